"""Who may do what: persona × address × method × object, from ACCESS, and the page that says so in words.

A row is one line: route, method, what it acts on, and who gets which answer. Whoever is not named gets 404, the same
as for what does not exist. Somebody who is not signed in is sent to sign in. `make docs` writes docs/access.md.
"""

from typing import Any

from telemachus.program.uploads import work_of
from tests.house.access_cohort import COHORT
from tests.house.access_pairs import STANDING
from tests.house.access_process import CAREER, INTAKE, VOCABULARY, WAY_TO_A_PAIR
from tests.house.access_row import (
    CHIEFS,
    COLLEAGUES,
    DEPUTY,
    DIRECTORS,
    DONE,
    EVERYBODY,
    GET,
    MISSING,
    NOT_TAKEN,
    OBJECTS,
    OFFICES,
    PERSONAS,
    POST,
    READS,
    REFUSED,
    TO_SIGN_IN,
    WORDS,
    WRONG,
    Row,
    does,
    fills,
    may,
    reads,
    too_late,
)  # fmt: skip
from tests.house.stage import Stage

__all__ = ["MISSING", "OBJECTS", "PERSONAS", "ROWS", "TO_SIGN_IN", "WORDS", "WRONG", "Row"]


def today(stage: Stage) -> dict[str, Any]:
    return {
        "day": stage.cast.today,
        "on": stage.cast.today,
        "begins": stage.cast.ago(-30),
        "until": stage.cast.ago(-40),
    }


def next_week(stage: Stage) -> dict[str, Any]:
    return {"day": stage.cast.ago(-8), "hour": "10:00", "was": stage.appointment.at.isoformat()}


def ending(stage: Stage) -> dict[str, Any]:
    return {"on": stage.cast.today, "ending": "changed"}


def new_pair(stage: Stage) -> dict[str, Any]:
    return {"mentee": stage.cast.pia.pk, "mentor": stage.cast.halloran.pk, "begins": stage.cast.today, "agreed": "on"}


def slip_of_yesterday(stage: Stage) -> dict[str, Any]:
    return {"day": stage.cast.ago(2), "how": "slip"}


def new_role(stage: Stage) -> dict[str, Any]:
    return {"person": stage.cast.colleague.pk, "kind": "committee", "since": stage.cast.today}


def new_delegate(stage: Stage) -> dict[str, Any]:
    return {"email": stage.cast.committee.email}


def what_was_shown(stage: Stage) -> dict[str, Any]:
    return {"seen": work_of(stage.upload).plan(stage.cast.now).fingerprint}


SETTINGS = {"name": "Digestive Diseases", "at_least": 2, "aim": 4, "capacity": 3}
NEW_PERSON = {"given_name": "Ada", "family_name": "Fry", "email": "ada.fry@division.example", "kind": "assistant"}

WEB = [
    reads("web:today", "", *EVERYBODY),
    reads("web:people", "digestive", *OFFICES),
    reads("web:person", "mei", *OFFICES),
    reads("web:person", "directing_mentor", *OFFICES),
    reads("web:person", "other_mentor"),
    Row("web:healthz", GET, "", may(READS, *EVERYBODY), anonymous=READS),
]

PEOPLE = [
    reads("people:settings", "", *EVERYBODY),
    does("people:change_own", "", *EVERYBODY, given={"zone": "America/New_York"}),
    does("people:end_delegation", "delegation", "osei"),
    does("people:end_delegation", "delegation_ended"),
]

PROGRAM = [
    reads("program:name_delegate", "", *EVERYBODY),
    Row("program:name_delegate", POST, "", may(NOT_TAKEN, *EVERYBODY) | may(DONE, *COLLEAGUES), given=new_delegate),
    reads("program:setup", "digestive", *DIRECTORS),
    *fills("program:change_settings", "digestive", *DIRECTORS, given=SETTINGS),
    *fills("program:add_person", "digestive", *DIRECTORS, given=NEW_PERSON),
    *fills("program:grant_role", "digestive", *DIRECTORS, given=new_role),
    *fills("program:end_role", "role", *DIRECTORS, given=today),
    # To step down is everybody's right.
    *fills("program:end_role", "role_of_director", *DIRECTORS, given=today),
    # First the pair ends.
    reads("program:end_role", "role_in_pair", *DIRECTORS),
    Row("program:end_role", POST, "role_in_pair", may(NOT_TAKEN, *DIRECTORS), given=today),
    reads("program:end_role", "role_of_directors_mentee", "director", refused=["directing_mentor"]),
    Row(
        "program:end_role",
        POST,
        "role_of_directors_mentee",
        may(NOT_TAKEN, "director") | may(REFUSED, "directing_mentor"),
        given=today,
    ),
    reads("program:end_role", "role_ended"),
    does("program:end_role", "role_ended", given=today),
    reads("program:imports", "digestive", *OFFICES),
    Row("program:bring", POST, "digestive", may(READS, *OFFICES)),
    reads("program:upload", "upload", *OFFICES),
    reads("program:upload", "upload_written", *OFFICES),
    Row("program:progress", GET, "upload", may(DONE, *OFFICES)),
    does("program:answer", "upload", *OFFICES),
    does("program:ask_again", "upload", *OFFICES),
    does("program:write", "upload", *OFFICES, given=what_was_shown),
    *too_late("program:write", "upload", *OFFICES, given={"seen": "something else"}),
    does("program:drop", "upload", *OFFICES),
    *too_late("program:drop", "upload_written", *OFFICES),
]

PAIRING = [
    # A deputy enters pairs of the director only: this one is somebody else's.
    reads("pairing:enter", "digestive", *DIRECTORS, DEPUTY),
    Row("pairing:enter", POST, "digestive", may(DONE, *DIRECTORS) | may(NOT_TAKEN, DEPUTY), given=new_pair),
    *fills("pairing:end", "mei_osei", *DIRECTORS, given=ending, refused=("coordinator", "mei", "osei")),
    *too_late("pairing:end", "mei_halloran", *DIRECTORS, methods=(GET, POST), refused=["coordinator"]),
    *fills(
        "pairing:end",
        "tomas_director",
        "director",
        DEPUTY,
        given=ending,
        refused=("coordinator", "tomas", "directing_mentor"),
    ),
    does("pairing:accept_from_paper", "waiting_pair", *DIRECTORS, refused=["coordinator"]),
    *too_late("pairing:accept_from_paper", "mei_osei", *DIRECTORS, refused=("coordinator", "mei", "osei")),
    does("pairing:refuse_from_paper", "waiting_pair", *DIRECTORS, refused=["coordinator"]),
    *too_late("pairing:refuse_from_paper", "mei_osei", *DIRECTORS, refused=("coordinator", "mei", "osei")),
    *fills("pairing:pause_pair", "mei_osei", *DIRECTORS, given=today, refused=("coordinator", "mei", "osei")),
    *fills(
        "pairing:pause_pair",
        "tomas_director",
        "director",
        DEPUTY,
        given=today,
        refused=("coordinator", "tomas", "directing_mentor"),
    ),
    *fills("pairing:pause_person", "mei", *DIRECTORS, given=today),
    *fills("pairing:pause_person", "tomas", "director", given=today, refused=["directing_mentor"]),
    *fills("pairing:pause_person", "directing_mentor", "director", given=today, refused=["directing_mentor"]),
    does("pairing:resume", "pause_of_pair", *DIRECTORS, refused=("coordinator", "jonas", "osei")),
    does(
        "pairing:resume",
        "pause_of_directors_pair",
        "director",
        DEPUTY,
        refused=("coordinator", "tomas", "directing_mentor"),
    ),
    does("pairing:resume", "pause_of_person", *DIRECTORS, refused=("coordinator", "lucia")),
    does("pairing:resume", "pause_of_ended", *DIRECTORS, refused=["coordinator"]),
    reads("pairing:absence", "absence", *DIRECTORS),
    reads("pairing:absence", "absence_settled"),
    reads("pairing:absence", "absence_of_director", "director"),
    does("pairing:settle_absence", "absence", *DIRECTORS),
    does("pairing:settle_absence", "absence_settled"),
    does("pairing:settle_absence", "absence_of_director", "director"),
]

PAIR_AND_OFFICES = ("mei", "osei", *OFFICES)
MEETINGS = [
    reads("meetings:my_mentor", "", *EVERYBODY),
    reads("meetings:my_mentees", "", *EVERYBODY),
    reads("meetings:times", "", *EVERYBODY),
    reads("meetings:pair", "mei_osei", "mei", "osei"),
    reads("meetings:pair", "mei_halloran"),
    reads("meetings:slip", "mei_osei", *PAIR_AND_OFFICES),
    reads("meetings:slip", "mei_halloran", *OFFICES),
    reads("meetings:slip", "tomas_director", "tomas", DEPUTY, *OFFICES),
    *fills("meetings:log", "mei_osei", "mei", "osei", given=today, refused=OFFICES),
    *fills("meetings:log", "mei_halloran", given=today, refused=OFFICES),
    does("meetings:wish", "mei_osei", "mei", "osei", refused=OFFICES),
    does("meetings:wish", "mei_halloran", refused=OFFICES),
    does("meetings:heard", "wish", "jonas", "osei"),
    *fills("meetings:arrange", "mei_osei", "mei", "osei", "abebe", given=next_week),
    *fills("meetings:arrange", "mei_halloran", given=next_week),
    *fills("meetings:move", "appointment", "mei", "osei", "abebe", given=next_week),
    *fills("meetings:move", "appointment_of_director", "tomas", "directing_mentor", given=next_week),
    does("meetings:cancel", "appointment", "mei", "osei", "abebe"),
    does("meetings:cancel", "appointment_of_director", "tomas", "directing_mentor"),
    does("meetings:confirm", "logged", "osei", refused=["mei"]),
    *too_late("meetings:confirm", "confirmed", "osei", refused=("mei", *OFFICES)),
    does("meetings:confirm", "confirmed_of_ended", refused=OFFICES),
    does("meetings:not_right", "logged", "osei", refused=["mei"]),
    *too_late("meetings:not_right", "confirmed", "osei", refused=("mei", *OFFICES)),
    does("meetings:withdraw", "logged", "mei", refused=["osei"]),
    *too_late("meetings:withdraw", "confirmed", "mei", refused=("osei", *OFFICES)),
    does("meetings:decline", "asked", "mei", "osei"),
    *too_late("meetings:decline", "logged", "mei", "osei"),
    reads("meetings:rhythm", "digestive", *DIRECTORS),
    reads("meetings:register", "digestive", *OFFICES),
    reads("meetings:export", "digestive", *OFFICES, more={"form": "csv"}),
    reads("meetings:export", "digestive", more={"form": "pdf"}),
    reads("meetings:dates", "mei_osei", *OFFICES),
    reads("meetings:dates", "mei_halloran", *OFFICES),
    reads("meetings:dates", "tomas_director", "director", "coordinator"),
    *fills("meetings:file", "mei_osei", "coordinator", given=slip_of_yesterday, refused=("mei", "osei", *DIRECTORS)),
    reads("meetings:file", "mei_halloran", "coordinator", refused=DIRECTORS),
    *fills("meetings:correct", "confirmed", "coordinator", given=today, refused=("mei", "osei", *DIRECTORS)),
    *fills("meetings:correct", "with_director", *OFFICES, given=today, refused=["mei"]),
    *fills("meetings:correct", "conference", *CHIEFS, "coordinator", given=today, refused=("mei", *DIRECTORS)),
    *fills(
        "meetings:correct",
        "with_director_of_own",
        "director",
        "coordinator",
        given=today,
        refused=("tomas", "directing_mentor"),
    ),
    *fills(
        "meetings:correct",
        "conference_of_own",
        "chief",
        "coordinator",
        given=today,
        refused=("lucia", "chief_mentor", *DIRECTORS),
    ),
    reads("meetings:correct", "logged", refused=("mei", "osei")),
    reads("meetings:correct", "confirmed_of_ended", "coordinator", refused=DIRECTORS),
    *fills(
        "meetings:strike", "confirmed", "coordinator", given={"reason": "twice"}, refused=("mei", "osei", *DIRECTORS)
    ),
    *fills(
        "meetings:strike",
        "confirmed_of_director",
        "coordinator",
        given={"reason": "twice"},
        refused=("director", "tomas", "directing_mentor"),
    ),
    reads("meetings:strike", "confirmed_of_ended", "coordinator", refused=DIRECTORS),
    *fills("meetings:met_director", "mei", *OFFICES, given=today, refused=CHIEFS),
    *fills(
        "meetings:met_director", "tomas", "director", "coordinator", given=today, refused=("directing_mentor", *CHIEFS)
    ),
    *fills("meetings:held_conference", "mei", *CHIEFS, "coordinator", given=today, refused=DIRECTORS),
    *fills(
        "meetings:held_conference", "lucia", "chief", "coordinator", given=today, refused=("chief_mentor", *DIRECTORS)
    ),
    reads("meetings:conferences", "digestive", *CHIEFS, *OFFICES),
]

DEMO = [
    Row("demo:stage", GET, "", may(READS, *EVERYBODY), anonymous=READS),
    Row("demo:enter", POST, "", {}, given={"email": "nobody@division.example"}, anonymous=MISSING),
    Row("demo:mail", GET, "", may(READS, *EVERYBODY), anonymous=READS),
]


def at_the_door(route: str, anonymous: tuple[int | str, int | str], signed_in: tuple[int, int]) -> list[Row]:
    """A page of django-allauth, opened and sent empty: by somebody not signed in, and by anybody who is."""
    return [
        Row(route, method, "", may(known, *EVERYBODY), anonymous=unknown)
        for method, unknown, known in zip((GET, POST), anonymous, signed_in, strict=True)
    ]


SIGN_IN = [
    *at_the_door("account_login", (READS, READS), (DONE, DONE)),
    *at_the_door("account_request_login_code", (READS, READS), (DONE, DONE)),
    *at_the_door("account_confirm_login_code", (DONE, DONE), (DONE, DONE)),
    *at_the_door("account_logout", (DONE, DONE), (READS, DONE)),
    # Nobody of the cast has a password: there is nothing to confirm with, and one is set before it is changed.
    *at_the_door("account_reauthenticate", (TO_SIGN_IN, TO_SIGN_IN), (REFUSED, REFUSED)),
    *at_the_door("account_change_password", (TO_SIGN_IN, TO_SIGN_IN), (DONE, DONE)),
    *at_the_door("account_set_password", (TO_SIGN_IN, TO_SIGN_IN), (READS, READS)),
    *at_the_door("account_inactive", (READS, WRONG), (READS, WRONG)),
    *at_the_door("account_reset_password", (READS, READS), (READS, READS)),
    *at_the_door("account_reset_password_done", (READS, WRONG), (READS, WRONG)),
    *at_the_door("account_reset_password_from_key", (READS, READS), (READS, READS)),
    *at_the_door("account_reset_password_from_key_done", (READS, WRONG), (READS, WRONG)),
]

ROWS = [
    *WEB,
    *PEOPLE,
    *PROGRAM,
    *CAREER,
    *INTAKE,
    *VOCABULARY,
    *COHORT,
    *WAY_TO_A_PAIR,
    *PAIRING,
    *STANDING,
    *MEETINGS,
    *DEMO,
    *SIGN_IN,
]
