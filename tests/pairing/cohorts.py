"""A cohort: people who seek a mentor, and a proposal for them as the director makes and the worker answers it."""

from collections.abc import Iterable
from typing import Any

from telemachus.pairing.cohort import seekers, weights_of
from telemachus.pairing.models import Need, Offer, Proposal, Proposed, Term, Weights
from telemachus.pairing.proposals.tasks import work_out
from telemachus.people.models import Person
from telemachus.program.models import Role
from tests.cast import Cast

LIFE, GRANTS = "a life outside work", "first grants and keeping funding going"


def mentee(cast: Cast, number: int, kind: Role.Kind = Role.Kind.MENTEE) -> Person:
    """One more mentee of the division, without a mentor."""
    mail = f"{kind}{number}@division.example"
    made = Person.objects.add(given_name="Row", family_name=f"Number{number}", email=mail, by=None, now=cast.now)
    cast.digestive.grant(made, kind, since=cast.ago(30), by=None, now=cast.now)
    return made


def term(cast: Cast, words: str) -> Term:
    return Term.objects.get(program=cast.digestive, words=words)


def needs(cast: Cast, person: Person, *words: str) -> None:
    need, _new = Need.objects.get_or_create(program=cast.digestive, person=person)
    need.terms.set([term(cast, each) for each in words])


def offers(cast: Cast, mentor: Person, *words: str, places: int | None = None) -> None:
    offer, _new = Offer.objects.update_or_create(person=mentor, defaults={"places": places})
    offer.terms.set([term(cast, each) for each in words])


def no_places(cast: Cast, but: Iterable[Person] = ()) -> None:
    for role in cast.digestive.roles.filter(kind=Role.Kind.MENTOR).exclude(person__in=list(but)):
        Offer.objects.update_or_create(person=role.person, defaults={"places": 0})


def made(cast: Cast, mentees: Iterable[Person] | None = None, **more: Any) -> Proposal:
    """Asked for, and not worked out yet."""
    by = more.pop("by", cast.director)
    people = seekers(cast.digestive, by, cast.now) if mentees is None else mentees
    asked = {"title": "July", "seed": 7, "weights": weights_of(cast.digestive), **more}
    return Proposal.objects.make(cast.digestive, people, by=by, now=cast.now, **asked)


def ready(cast: Cast, mentees: Iterable[Person] | None = None, **more: Any) -> Proposal:
    proposal = made(cast, mentees, **more)
    work_out.func(str(proposal.pk))
    return again(proposal)


def again(proposal: Proposal) -> Proposal:
    return Proposal.objects.get(pk=proposal.pk)


def pairs(proposal: Proposal) -> dict[str, str]:
    rows = proposal.rows.select_related("mentee", "mentor")
    return {str(row.mentee): str(row.mentor) for row in rows if row.mentor}


def row_of(proposal: Proposal, person: Person) -> Proposed:
    return proposal.rows.get(mentee=person)


def weighed(cast: Cast, **points: int | None) -> Weights:
    return Weights(program=cast.digestive, **points)
