"""Who may do what with a pair that stands: agreement, change, light touch, interim; and who is whose deputy."""

from typing import Any

from tests.house.access_row import (
    CONFLICT,
    DEPUTY,
    DIRECTORS,
    DONE,
    EVERYBODY,
    GET,
    OFFICES,
    POST,
    REFUSED,
    Row,
    does,
    fills,
    may,
    reads,
    too_late,
)  # fmt: skip
from tests.house.stage import Stage

RUN_BY_DIRECTORS = ("coordinator", "mei", "osei")
RUN_FOR_DIRECTOR = ("coordinator", "tomas", "directing_mentor")


def of_interim(stage: Stage) -> dict[str, Any]:
    return {"mentor": stage.cast.both.pk, "agreed": "on"}


def today(stage: Stage) -> dict[str, Any]:
    return {"on": stage.cast.today}


def new_deputy(stage: Stage) -> dict[str, Any]:
    return {"deputy": stage.cast.colleague.pk}


def of_leaving(stage: Stage) -> dict[str, Any]:
    return {"on": stage.cast.today, "ending": "mentor_left", "role_ends": "on"}


STANDING = [
    *fills("pairing:agreement", "mei_osei", "mei", "osei", given={}, refused=OFFICES),
    *fills("pairing:agreement", "mei_halloran", given={}, refused=OFFICES),
    *fills("pairing:ask_change", "mei_osei", "mei", "osei", given={}, refused=OFFICES),
    *fills("pairing:ask_change", "mei_halloran", given={}, refused=OFFICES),
    # The mentee has asked already; the mentor is answered as if nobody had.
    Row("pairing:ask_change", POST, "jonas_osei", may(CONFLICT, "jonas") | may(DONE, "osei") | may(REFUSED, *OFFICES)),
    does("pairing:take_back_change", "change", "jonas", refused=DIRECTORS),
    does("pairing:take_back_change", "change_of_director", "tomas", refused=("director", DEPUTY)),
    *fills("pairing:settle_change", "change", *DIRECTORS, given=today, refused=["jonas"]),
    *fills("pairing:settle_change", "change_of_director", "director", DEPUTY, given=today, refused=["tomas"]),
    does("pairing:complete", "mei_osei", *DIRECTORS, refused=RUN_BY_DIRECTORS),
    does("pairing:complete", "tomas_director", "director", DEPUTY, refused=RUN_FOR_DIRECTOR),
    *too_late("pairing:complete", "mei_halloran", *DIRECTORS, refused=["coordinator"]),
    does("pairing:go_on", "mei_osei", *DIRECTORS, refused=RUN_BY_DIRECTORS),
    does("pairing:go_on", "tomas_director", "director", DEPUTY, refused=RUN_FOR_DIRECTOR),
    *too_late("pairing:go_on", "mei_halloran", *DIRECTORS, refused=["coordinator"]),
    does("pairing:wish_light_touch", "mei_osei", "mei", refused=("osei", *OFFICES)),
    does("pairing:wish_light_touch", "mei_halloran", refused=OFFICES),
    # The year has been excused meanwhile.
    Row("pairing:end_light_touch", POST, "light_touch", may(DONE, "jonas") | may(CONFLICT, *DIRECTORS)),
    does("pairing:end_light_touch", "light_touch_of_director", "tomas", "director", DEPUTY),
    does("pairing:excuse", "mei_osei", *DIRECTORS, refused=RUN_BY_DIRECTORS),
    does("pairing:excuse", "tomas_director", "director", DEPUTY, refused=RUN_FOR_DIRECTOR),
    *too_late("pairing:excuse", "mei_halloran", *DIRECTORS, refused=["coordinator"]),
    *too_late("pairing:excuse", "jonas_osei", *DIRECTORS, refused=("coordinator", "jonas", "osei")),
    does("pairing:take_back_excuse", "excuse", *DIRECTORS, refused=("coordinator", "jonas", "osei")),
    *fills("pairing:leaving", "osei", *DIRECTORS, given=of_leaving),
    *fills("pairing:leaving", "directing_mentor", "director", given=of_leaving, refused=["directing_mentor"]),
    *fills("pairing:stand_in", "jonas_osei", *DIRECTORS, given=of_interim, refused=("coordinator", "jonas", "osei")),
    # A pair that does not rest needs nobody.
    *too_late("pairing:stand_in", "mei_osei", *DIRECTORS, methods=(GET, POST), refused=RUN_BY_DIRECTORS),
    *too_late("pairing:stand_in", "tomas_director", "director", DEPUTY, methods=(GET, POST), refused=RUN_FOR_DIRECTOR),
    *too_late("pairing:stand_in", "mei_halloran", *DIRECTORS, methods=(GET, POST), refused=["coordinator"]),
    reads("pairing:deputized", "", *EVERYBODY),
    reads("program:deputy", "digestive", *DIRECTORS),
    # Also while something waits with the one before.
    does("program:deputy", "digestive", *DIRECTORS, given=new_deputy),
    does("program:end_deputy", "deputy", "directing_mentor"),
]
