"""A list for Pia, who has no mentor, and what a browser sends when she chooses."""

from telemachus.pairing.models import Candidate, Shortlist
from telemachus.pairing.requesting import name
from telemachus.people.models import Person
from tests.cast import Cast

REASONS = {"Osei": "Has brought two colleagues through the appraisal.", "Halloran": "Knows first grants well."}


def list_for_pia(cast: Cast, *mentors: Person) -> Shortlist:
    listed = mentors or (cast.osei, cast.halloran, cast.both)
    named = [(mentor, REASONS.get(mentor.family_name, "")) for mentor in listed]
    return name(cast.digestive, cast.pia, named, by=cast.director, now=cast.now)


def of(shortlist: Shortlist, mentor: Person) -> Candidate:
    return shortlist.candidates.get(mentor=mentor)


def choice(shortlist: Shortlist, first: Person, *others: Person, **given: str) -> dict[str, str]:
    ranked = dict(zip(("second", "third"), (str(of(shortlist, one).pk) for one in others), strict=False))
    return {"first": str(of(shortlist, first).pk), "other": "no", **ranked, **given}
