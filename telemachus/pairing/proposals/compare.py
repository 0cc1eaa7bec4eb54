"""Two settings of the weights for the same people, side by side: who differs, what speaks for the pairs, the load."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachus.pairing.models import PARTS
from telemachus.pairing.proposals.page import Page
from telemachus.pairing.proposals.words import counted
from telemachus.pairing.weighing import NAMES
from telemachus.people.models import Person


@dataclass(frozen=True)
class Differs:
    """A mentee who gets somebody else; None is nobody."""

    mentee: Person
    one: Person | None
    other: Person | None


@dataclass(frozen=True)
class Share:
    """Points of all `pairs` together; `weight` is what one pair can have at most."""

    points: int
    weight: int
    pairs: int

    @property
    def percent(self) -> int:
        return 100 * self.points // max(self.weight * self.pairs, 1)

    @property
    def width(self) -> int:
        return 10 * self.percent

    @property
    def said(self) -> str:
        if not self.weight:
            return _("counts nothing")
        return _("%(percent)s%%") % {"percent": self.percent}


@dataclass(frozen=True)
class Sum:
    """What a part gives all pairs together, under each setting: they weigh it differently, so shares are compared."""

    name: str
    one: Share
    other: Share


@dataclass(frozen=True)
class Figures:
    placed: int
    unplaced: int
    covered: int
    needs: int
    floor: int
    load: str


@dataclass(frozen=True)
class Compared:
    differ: tuple[Differs, ...]
    same: int
    sums: tuple[Sum, ...]
    one: Figures
    other: Figures


def compared(one: Page, other: Page) -> Compared:
    left, right = _chosen(one), _chosen(other)
    people = {row.mentee_id: row.mentee for page in (one, other) for row in page.rows}
    ordered = sorted(people.values(), key=lambda person: (person.sort_name, person.pk))
    differ = [
        Differs(person, left.get(person.pk), right.get(person.pk))
        for person in ordered
        if left.get(person.pk) != right.get(person.pk)
    ]
    return Compared(
        differ=tuple(differ),
        same=len(ordered) - len(differ),
        sums=tuple(_sums(one, other)),
        one=_figures(one),
        other=_figures(other),
    )


def _chosen(page: Page) -> Mapping[UUID, Person | None]:
    return {row.mentee_id: row.mentor for row in page.rows}


def _sums(one: Page, other: Page) -> list[Sum]:
    left, right = _shares(one), _shares(other)
    return [Sum(str(NAMES[part]), left[part], right[part]) for part in PARTS]


def _shares(page: Page) -> dict[str, Share]:
    points, pairs = _by_part(page), len(page.pairs)
    return {part: Share(points[part], page.proposal.weights[part], pairs) for part in PARTS}


def _by_part(page: Page) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in page.pairs:
        found.update({part.part: part.points for part in page.parts_of(row)})
    return found


def _figures(page: Page) -> Figures:
    needs = [part for row in page.pairs for part in page.parts_of(row) if part.part == "needs"]
    covered, lacking = sum(len(part.has) for part in needs), sum(len(part.lacks) for part in needs)
    return Figures(
        placed=len(page.pairs),
        unplaced=len(page.rows) - len(page.pairs),
        covered=covered,
        needs=covered + lacking,
        floor=page.proposal.floor,
        load=_spread(page),
    )


def _spread(page: Page) -> str:
    """“two mentors with one more, one with three more”."""
    spread = Counter(load.added for load in page.loads)
    said = [
        ngettext("%(mentors)s mentor gets %(added)s", "%(mentors)s mentors get %(added)s", mentors)
        % {"mentors": counted(mentors), "added": counted(added)}
        for added, mentors in sorted(spread.items())
    ]
    return ", ".join(said) or _("nobody gets anybody")
