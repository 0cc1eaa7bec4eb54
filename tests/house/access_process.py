"""Who may do what on the way to a pair: papers, recruits, names, requests."""

from typing import Any

from django.core.files.base import ContentFile

from telemachus.pairing.vocabulary import standard_id
from tests.documents import pdf
from tests.house.access_row import (
    DEPUTY,
    DIRECTORS,
    DONE,
    GET,
    NOT_TAKEN,
    OFFICES,
    POST,
    Row,
    does,
    fills,
    may,
    reads,
    too_late,
)
from tests.house.stage import Stage

# Of whom there can be papers: the division's mentees and colleagues.
OWNERS = ("mei", "jonas", "tomas", "lucia", "pia", "colleague")
MENTORS = ("osei", "halloran", "both", "directing_mentor", "chief_mentor")
# Whose mentee or mentor it is not.
NOT_BRANDT = ("director", DEPUTY)


def a_cv(stage: Stage) -> dict[str, Any]:
    return {"file": ContentFile(pdf(), name="CV.pdf")}


def status_as_shown(stage: Stage) -> dict[str, Any]:
    sent = {"pause_years": 0, "revision": 1, "evaluations_on_file": "unknown"}
    tables = ("titles", "grants", "mentors")
    return sent | {f"{table}-{which}_FORMS": 0 for table in tables for which in ("TOTAL", "INITIAL")}


def newcomer(stage: Stage) -> dict[str, Any]:
    named = {"given_name": "Ada", "family_name": "Fry", "email": "ada.fry@division.example"}
    return {**named, "title": "ASST PROF IN RES-HCOMP", "begins": stage.cast.ago(-60)}


def corrected(stage: Stage) -> dict[str, Any]:
    """The address as it is: the recruit has signed in."""
    return {**newcomer(stage), "given_name": "Pia", "family_name": "Larsen", "email": stage.cast.pia.email}


def letter_and_time(stage: Stage) -> dict[str, Any]:
    return {"body": "Welcome.", "first": f"{stage.cast.ago(-9)}T10:00"}


def reminder(stage: Stage) -> dict[str, Any]:
    return {"body": "Welcome once more.", "seen": 1}


def a_time(stage: Stage) -> dict[str, Any]:
    return {"at": stage.recruit.times.all()[0].at.isoformat()}


def met(stage: Stage) -> dict[str, Any]:
    return {"on": stage.cast.today, "packet": "on"}


def named(stage: Stage) -> dict[str, Any]:
    key = stage.cast.halloran.pk.hex
    return {f"on_{key}": "on", f"reason_{key}": "Knows the way."}


def choice(stage: Stage) -> dict[str, Any]:
    return {"first": stage.shortlist.candidates.all()[0].pk, "other": "no"}


def a_mentor(stage: Stage) -> dict[str, Any]:
    return {"other": stage.cast.osei.pk, "kind": "not_again"}


def liked(stage: Stage) -> dict[str, Any]:
    return {"wish-mentor": stage.cast.both.pk}


def needs(stage: Stage) -> dict[str, Any]:
    return {"help-digestive": [stage.term.pk]}


def as_it_was(stage: Stage) -> dict[str, Any]:
    return {"words": "grants", "was": f"{stage.term.words} | {stage.term.signs}"}


def another(stage: Stage) -> dict[str, Any]:
    return {"into": standard_id(stage.cast.digestive, "life")}


def wished(stage: Stage) -> dict[str, Any]:
    return {"on": stage.cast.today, "wished": "on"}


def told(stage: Stage) -> dict[str, Any]:
    return {"answer": "yes", "on": stage.cast.today}


CAREER = [
    reads("career:papers", "digestive", *OWNERS),
    *fills("career:send_cv", "digestive", *OWNERS, given=a_cv),
    *fills("career:write_aspirations", "digestive", *OWNERS, given={"focus": "Trials."}),
    does("career:take_back_cv", "digestive", "mei"),
    does("career:take_back_aspirations", "digestive", "mei"),
    reads("career:cv", "mei", "mei", *DIRECTORS),
    *fills("career:put_cv", "mei", *OFFICES, given=a_cv),
    reads("career:aspirations", "mei", "mei", *DIRECTORS),
    reads("career:status", "mei", "mei", *OFFICES),
    *fills("career:complete_status", "mei", "coordinator", given=status_as_shown, refused=DIRECTORS),
    does("career:confirm_status", "mei", "mei", given={"revision": 1}, refused=OFFICES),
    does("career:not_right", "mei", "mei", given={"revision": 1}, refused=OFFICES),
]

INTAKE = [
    reads("intake:board", "digestive", *OFFICES, DEPUTY),
    *fills("intake:notice", "digestive", *OFFICES, given=newcomer),
    *fills("intake:correct", "recruit", *OFFICES, given=corrected),
    *too_late("intake:correct", "recruit_ended", *OFFICES, methods=(GET, POST), given=newcomer),
    reads("intake:recruit", "recruit", *OFFICES),
    reads("intake:recruit", "recruit_ended", *OFFICES),
    *fills("intake:remind", "recruit", *DIRECTORS, given=reminder, refused=["coordinator"]),
    *fills("intake:propose", "recruit", *DIRECTORS, given=letter_and_time, refused=["coordinator"]),
    does("intake:pick_as_told", "recruit", *OFFICES, given=a_time),
    *fills("intake:meet", "recruit", *DIRECTORS, given=met, refused=["coordinator"]),
    does("intake:hand_packet", "recruit", *DIRECTORS, refused=["coordinator"]),
    *fills("intake:close", "recruit", *DIRECTORS, given={"ending": "declined"}, refused=["coordinator"]),
    does("intake:reopen", "recruit_ended", *DIRECTORS, refused=["coordinator"]),
    does("intake:came_back", "letter", *OFFICES),
    *fills("intake:introduce", "recruit_senior", *DIRECTORS, given={"body": "Welcome."}, refused=["coordinator"]),
    reads("intake:mine", "digestive", "mei", "jonas", "tomas", "lucia", "pia", "colleague"),
    does("intake:pick", "recruit", "pia", given=a_time, refused=OFFICES),
    does("intake:ask_other_times", "recruit", "pia", refused=OFFICES),
    does("intake:wish_mentor", "recruit_senior", "colleague", refused=OFFICES),
    reads("intake:packet", "recruit", *OFFICES),
    reads("intake:packet_pdf", "recruit", *OFFICES),
]

VOCABULARY = [
    reads("pairing:vocabulary", "digestive", *DIRECTORS),
    *fills("pairing:add_term", "digestive", *DIRECTORS, given={"kind": "interest", "words": "motility"}),
    *fills("pairing:change_term", "term", *DIRECTORS, given=as_it_was),
    *fills("pairing:merge_term", "term", *DIRECTORS, given=another),
    does("pairing:take_apart_term", "term_merged", *DIRECTORS),
    *too_late("pairing:take_apart_term", "term", *DIRECTORS),
    does("pairing:retire_term", "term", *DIRECTORS),
    *too_late("pairing:retire_term", "term_retired", *DIRECTORS),
    does("pairing:bring_back_term", "term_retired", *DIRECTORS),
    does("pairing:move_up_term", "term", *DIRECTORS),
    does("pairing:move_down_term", "term", *DIRECTORS),
    *too_late("pairing:move_down_term", "term_merged", *DIRECTORS),
]

WAY_TO_A_PAIR = [
    reads("pairing:shortlist", "pia", *DIRECTORS),
    does("pairing:shortlist", "pia", *DIRECTORS, given=named),
    *fills("pairing:exempt", "pia", *DIRECTORS, given=wished),
    does("pairing:ask", "shortlist_chosen", *DIRECTORS, refused=["colleague"]),
    *too_late("pairing:ask", "shortlist_of_director", "director", DEPUTY, refused=["abebe"]),
    *fills("pairing:choose", "shortlist", "pia", given=choice, refused=DIRECTORS),
    *too_late("pairing:choose", "shortlist_closed", "pia", methods=(GET, POST), refused=DIRECTORS),
    does("pairing:ask_others", "shortlist", "pia", refused=DIRECTORS),
    reads("pairing:request", "request", "osei", *DIRECTORS),
    reads("pairing:request", "request_declined", *DIRECTORS),
    reads("pairing:request", "request_of_director", *NOT_BRANDT, "directing_mentor"),
    reads("pairing:request_cv", "request"),
    does("pairing:accept", "request", "osei", refused=DIRECTORS),
    *too_late("pairing:accept", "request_accepted", "both", refused=DIRECTORS),
    does("pairing:decline", "request", "osei", refused=DIRECTORS),
    does("pairing:withdraw", "request", *DIRECTORS, refused=["osei"]),
    *too_late("pairing:withdraw", "request_declined", *DIRECTORS),
    does("pairing:introduce", "request_accepted", *DIRECTORS, refused=["both"]),
    *fills("pairing:answer_as_told", "request", *DIRECTORS, given=told, refused=["osei"]),
    *fills("pairing:change_offer", "", "osei", "halloran", "both", "directing_mentor", "chief_mentor", "other_mentor",
           given={"places": 3}),
    *fills("pairing:change_needs", "digestive", *OWNERS, given=needs),
    # A mentee names a mentor, a mentor a mentee.
    reads("pairing:keep_apart", "digestive", *OWNERS, *MENTORS),
    Row("pairing:keep_apart", POST, "digestive", may(DONE, *OWNERS) | may(NOT_TAKEN, *MENTORS), given=a_mentor),
    does("pairing:let_together", "apart", "jonas"),
    *fills("pairing:wish_for", "digestive", *OWNERS, given=liked),
    does("pairing:take_back_wish", "liking", "jonas"),
]  # fmt: skip
