"""Whom to name beside the proposed colleague: worked out for all mentees together, so that a place is offered once."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from telemachus.pairing.cohort import Cohort
from telemachus.pairing.engine import Answer, CaseError, Rule, Scores, solve
from telemachus.pairing.match.limit import PAGE, after
from telemachus.pairing.models import Proposal, Proposed
from telemachus.people.models import Person

# So many more names stand on a list beside the proposed one, so that there is a choice.
FURTHER = 2


def further(
    proposal: Proposal, rows: Iterable[Proposed], group: Cohort, room: Mapping[UUID, int]
) -> dict[UUID, list[Person]]:
    """For each mentee of these pairs, FURTHER at most, best first; never the proposal's maker.

    `room`: the places that the proposal leaves. A colleague is named to no more people than that.
    """
    pairs = {row.mentee_id: row.mentor_id for row in rows if row.mentor_id and row.mentee_id in group.row}
    mine = replace(group, mentees=tuple(person for person in group.mentees if person.pk in pairs))
    with suppress(CaseError):
        return _further(mine, pairs, proposal.by_id, room, after(PAGE))
    return {}


def _further(
    mine: Cohort, pairs: Mapping[UUID, UUID], by: UUID, room: Mapping[UUID, int], enough: Callable[[], bool]
) -> dict[UUID, list[Person]]:
    """What one round has given is excluded, and its places are taken, in the next."""
    given = {(mine.row[mentee], mine.column[mentor]) for mentee, mentor in pairs.items() if mentor in mine.column}
    left = [max(room.get(mentor.pk, 0), 0) for mentor in mine.mentors]
    named: dict[UUID, list[int]] = defaultdict(list)
    for _round in range(FURTHER if pairs else 0):
        found = _solved(mine, Rule("named", frozenset(given), _column(mine, by)), left, enough)
        chosen = [(UUID(mentee), mine.column[UUID(mentor)]) for mentee, mentor in found.pairs.items()]
        taken = Counter(at for _mentee, at in chosen)
        left = [places - taken[at] for at, places in enumerate(left)]
        given |= {(mine.row[mentee], at) for mentee, at in chosen}
        for mentee, at in chosen:
            named[mentee].append(at)
    return {mentee: _best_first(mine, mentee, found) for mentee, found in named.items()}


def _column(mine: Cohort, mentor: UUID) -> frozenset[int]:
    return frozenset({mine.column[mentor]} if mentor in mine.column else ())


def _solved(mine: Cohort, rule: Rule, left: list[int], enough: Callable[[], bool]) -> Answer:
    table = Scores(mine.scores.shape, mine.scores.parts, [*mine.scores.rules, rule])
    return solve(replace(mine.case, table=table, places=left), enough)


def _best_first(mine: Cohort, mentee: UUID, found: list[int]) -> list[Person]:
    def points(at: int) -> int:
        return sum(part.points for part in mine.scores.of(mine.row[mentee], at))

    return [mine.mentors[at] for at in sorted(found, key=points, reverse=True)]


def room_left(proposal: Proposal, group: Cohort) -> dict[UUID, int]:
    """Places that are free when all of the proposal is accepted, by mentor."""
    taken = Counter(proposal.rows.exclude(mentor=None).values_list("mentor", flat=True))
    places = zip(group.mentors, group.case.places, strict=True)
    return {mentor.pk: count - taken[mentor.pk] for mentor, count in places}
