"""How many ask for each term and how many offer it: numbers only, nobody is named."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from telemachus.career.access import OF_PAPERS
from telemachus.pairing.models import Term
from telemachus.program.models import Program, Role


@dataclass(frozen=True)
class Demand:
    """People who have a term, or one that was merged into it."""

    wanted: int = 0
    offered: int = 0

    @property
    def is_short(self) -> bool:
        return self.wanted > self.offered


def demand(program: Program, day: date) -> Mapping[UUID, Demand]:
    """By the term that stands, of whoever is in the program on that day; in two queries."""
    wanted = _counted(program, day, "needs", *OF_PAPERS)
    offered = _counted(program, day, "offers", Role.Kind.MENTOR)
    found = {pk: Demand(wanted.get(pk, 0), offered.get(pk, 0)) for pk in wanted.keys() | offered.keys()}
    return defaultdict(Demand, found)


def _counted(program: Program, day: date, having: str, *kinds: str) -> dict[UUID, int]:
    """Each person once, though more than one of what was merged was ticked."""
    here = Role.objects.filter(program=program, kind__in=kinds).on(day).values("person")
    people = Count(having, filter=Q(**{f"{having}__person__in": here}), distinct=True)
    terms = Term.objects.filter(program=program).order_by()
    found = terms.values(stands_as=Coalesce("merged_into_id", "id")).annotate(people=people)
    return {row["stands_as"]: row["people"] for row in found}
