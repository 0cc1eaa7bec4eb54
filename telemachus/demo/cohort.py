"""A proposal for ten of the demo division who seek a mentor, under two settings, ready to be looked at and sent."""

from datetime import datetime

from telemachus.demo.cast import LAURENT
from telemachus.pairing.cohort import not_yet, seekers, weights_of
from telemachus.pairing.models import Proposal, Shortlist, Weights
from telemachus.pairing.proposals.forms import seed_of, title_of
from telemachus.pairing.proposals.work import work
from telemachus.people.models import Person
from telemachus.program.models import Program

TAKE_PART = 10
# The second setting: what somebody works on counts most.
INTERESTS_FIRST = {"needs": 200, "interests": 450}


def propose_cohort(program: Program, now: datetime) -> None:
    director = Person.objects.get(email=LAURENT.email)
    listed = set(Shortlist.objects.open().filter(program=program).values_list("mentee", flat=True))
    seek = [person for person in seekers(program, director, now) if person.pk not in listed]
    early = not_yet(program, seek, now)
    people = [person for person in seek if person.pk not in early][:TAKE_PART]
    first: Proposal | None = None
    for weights in (weights_of(program), Weights(program=program, **INTERESTS_FIRST)):
        made = Proposal.objects.make(
            program, people, title=title_of(program, now), seed=seed_of(program, now), weights=weights, beside=first,
            by=director, now=now,
        )  # fmt: skip
        work(made, now=now)
        first = first or made
