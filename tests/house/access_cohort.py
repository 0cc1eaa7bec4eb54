"""Who may do what with a cohort: the weights, proposals, and the look ahead. All of it is a director's."""

from typing import Any

from tests.house.access_row import DIRECTORS, DONE, GET, Row, does, fills, may, reads
from tests.house.stage import Stage

WEIGHTS = {"needs": 400, "interests": 200, "series": 100, "stage": 100, "meeting": 50, "wish": 100, "load": 60}


def taking_part(stage: Stage) -> dict[str, Any]:
    return {"mentees": [stage.cast.pia.pk], "title": "July", "seed": 1}


def its_rows(stage: Stage) -> dict[str, Any]:
    return {"rows": [row.pk for row in stage.proposal.rows.all()]}


COHORT = [
    *fills("pairing:change_weights", "digestive", *DIRECTORS, given=WEIGHTS),
    does("pairing:restore_weights", "digestive", *DIRECTORS),
    *fills("pairing:cohort", "digestive", *DIRECTORS, given=taking_part),
    reads("pairing:what_if", "digestive", *DIRECTORS),
    # A proposal is its maker's: another director makes one of the own.
    reads("pairing:proposal", "proposal", "director"),
    reads("pairing:proposal", "proposal_working", "director"),
    Row("pairing:proposal_progress", GET, "proposal", may(DONE, "director")),
    reads("pairing:compare", "proposal", "director"),
    does("pairing:accept_proposal", "proposal", "director", given=its_rows),
    does("pairing:run_again", "proposal", "director"),
    does("pairing:drop_proposal", "proposal", "director"),
]
