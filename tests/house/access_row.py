"""One line of the access matrix, and the people and objects that it names."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.house.stage import Stage

# Every person of tests/cast.py, as the page names them.
PERSONAS = {
    "director": "director",
    "coordinator": "coordinator",
    "chief": "chief",
    "committee": "committee member, deputy of a director",
    "colleague": "colleague",
    "mei": "mentee",
    "osei": "mentor",
    "jonas": "another mentee",
    "halloran": "former mentor",
    "abebe": "the mentor's delegate",
    "directing_mentor": "director who mentors",
    "tomas": "mentee of a director",
    "chief_mentor": "chief who mentors",
    "lucia": "mentee of a chief",
    "pia": "mentee without a mentor",
    "leaver": "leaver",
    "both": "person in two programs",
    "stranger": "person without a role",
    "other_director": "another division's director",
    "other_coordinator": "another division's coordinator",
    "other_mentor": "another division's mentor",
    "sofia": "another division's mentee",
}
OBJECTS = {
    "": "",
    "digestive": "the division",
    "mei_osei": "an active pair",
    "jonas_osei": "another pair of that mentor",
    "mei_halloran": "an ended pair",
    "tomas_director": "the pair of a director",
    "lucia_chief": "the pair of a chief",
    "waiting_pair": "a pair from paper that waits",
    "asked": "the question whether they met",
    "logged": "a date that the mentee logged",
    "confirmed": "a registered date",
    "confirmed_of_ended": "a registered date of an ended pair",
    "confirmed_of_director": "a registered date of a director's pair",
    "with_director": "the mentee's yearly meeting with the director",
    "conference": "the mentee's conference with the chief",
    "with_director_of_own": "the yearly meeting of a director's own mentee",
    "conference_of_own": "the conference of a chief's own mentee",
    "appointment": "a time to come",
    "appointment_of_director": "a time to come of a director's pair",
    "wish": "the other mentee's wish to talk",
    "pause_of_pair": "a pause of the other mentee's pair",
    "pause_of_directors_pair": "a pause of a director's pair",
    "pause_of_person": "a pause of a chief's mentee",
    "pause_of_ended": "a pause of an ended pair",
    "absence": "what a roster said of the other mentee",
    "absence_settled": "what a roster said, settled",
    "absence_of_director": "what a roster said of a director",
    "upload": "a file that waits",
    "upload_written": "a file that is written",
    "role": "a role that holds",
    "role_ended": "a role that has ended",
    "role_of_director": "a director's own role",
    "role_in_pair": "the role of a mentee in a pair",
    "role_of_directors_mentee": "the role of a director's mentee",
    "delegation": "a delegation by the mentor",
    "delegation_ended": "a delegation that has ended",
    "cv": "the mentee’s CV",
    "status": "the mentee’s status form",
    "deputy": "a deputy of a director",
    "recruit": "a recruit",
    "recruit_ended": "a recruit who declined",
    "recruit_senior": "a recruit of a higher rank",
    "letter": "a letter to a recruit",
    "shortlist": "names that wait for the mentee’s choice",
    "shortlist_chosen": "names of which the mentee has chosen",
    "shortlist_of_director": "names with a director among them",
    "shortlist_closed": "names in whose place newer ones stand",
    "request": "the question to a mentor",
    "request_accepted": "a question to which the mentor said yes",
    "request_declined": "a question to which the mentor said no",
    "request_of_director": "the question to a director who mentors",
    "change": "the other mentee’s wish for another mentor",
    "change_of_director": "such a wish of a director’s mentee",
    "apart": "the other mentee’s wish not to be paired with somebody",
    "proposal": "a director’s proposal for a cohort",
    "proposal_working": "a proposal that is being worked out",
    "liking": "the other mentee’s wish to be paired with somebody",
    "term": "a term of the vocabulary",
    "term_merged": "a term merged into another",
    "term_retired": "a term that is no longer offered",
    "light_touch": "a mentee’s word that less is needed",
    "light_touch_of_director": "such a word of a director’s mentee",
    "osei": "the mentor",
    "excuse": "an excused year of the other mentee",
    "pia": "the recruit",
    "jonas": "another mentee",
    "mei": "the mentee",
    "tomas": "the mentee of a director",
    "lucia": "the mentee of a chief",
    "directing_mentor": "the director who mentors",
    "other_mentor": "somebody of another division only",
}

READS, DONE, REFUSED, MISSING, CONFLICT, NOT_TAKEN, WRONG = 200, 302, 403, 404, 409, 422, 405
WORDS = {READS: "reads", DONE: "does it", REFUSED: "refused", CONFLICT: "too late", NOT_TAKEN: "asked to correct"}
TO_SIGN_IN = "to sign in"
GET, POST = "GET", "POST"

DIRECTORS = ("director", "directing_mentor")
OFFICES = (*DIRECTORS, "coordinator")
CHIEFS = ("chief", "chief_mentor")
# Stands in for the director who mentors.
DEPUTY = "committee"
EVERYBODY = tuple(PERSONAS)
# Who may name the committee member as a delegate: everybody of that division today, but not oneself.
OUTSIDERS = ("leaver", "stranger", "other_director", "other_coordinator", "other_mentor", "sofia")
COLLEAGUES = tuple(persona for persona in PERSONAS if persona not in (*OUTSIDERS, DEPUTY))

Given = dict[str, Any] | Callable[[Stage], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    route: str
    method: str
    on: str
    answers: dict[str, int]
    given: Given = field(default_factory=dict)
    more: dict[str, str] = field(default_factory=dict)
    anonymous: int | str = TO_SIGN_IN

    def answer(self, persona: str) -> int:
        return self.answers.get(persona, MISSING)


def may(status: int, *personas: str) -> dict[str, int]:
    return dict.fromkeys(personas, status)


def reads(route: str, on: str, *personas: str, refused: Iterable[str] = (), **more: Any) -> Row:
    return Row(route, GET, on, may(READS, *personas) | may(REFUSED, *refused), **more)


def does(route: str, on: str, *personas: str, refused: Iterable[str] = (), **more: Any) -> Row:
    return Row(route, POST, on, may(DONE, *personas) | may(REFUSED, *refused), **more)


def fills(route: str, on: str, *personas: str, given: Given, refused: Iterable[str] = ()) -> list[Row]:
    """A page with a form: whoever reads it may send it."""
    page = reads(route, on, *personas, refused=refused)
    return [page, does(route, on, *personas, refused=refused, given=given)]


def too_late(
    route: str, on: str, *personas: str, methods: Iterable[str] = (POST,), refused: Iterable[str] = (), **more: Any
) -> list[Row]:
    """What has been done already, or cannot be done to this object any more: a sentence says so."""
    answers = may(CONFLICT, *personas) | may(REFUSED, *refused)
    return [Row(route, method, on, answers, **more) for method in methods]
