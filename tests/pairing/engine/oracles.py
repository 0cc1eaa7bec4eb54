"""What the engine should find, found otherwise: by trying everything, by other solvers, by plain loops over ids."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product

import numpy as np
from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]
from scipy.optimize import linear_sum_assignment

from telemachus.pairing.engine import MOST, NEVER, Answer, Case, Certificate
from tests.pairing.engine.cases import points_of

Pairs = Mapping[str, str]
Objective = tuple[int, int, int]


def fitting(case: Case) -> dict[tuple[str, str], int]:
    """Points of the pairs that may be: neither excluded nor with a mentor who has no place."""
    points = points_of(case).tolist()
    return {
        (mentee, mentor): points[row][column]
        for row, mentee in enumerate(case.mentees)
        for column, mentor in enumerate(case.mentors)
        if points[row][column] != NEVER and case.places[column] > 0
    }


def best(case: Case) -> dict[str, int]:
    found = dict.fromkeys(case.mentees, 0)
    for (mentee, _mentor), points in fitting(case).items():
        found[mentee] = max(found[mentee], points)
    return found


def places_of(case: Case) -> dict[str, int]:
    return dict(zip(case.mentors, case.places, strict=True))


def standing_of(case: Case) -> dict[str, int]:
    return dict(zip(case.mentors, case.standing if len(case.standing) else [0] * len(case.mentors), strict=True))


def load(case: Case, pairs: Pairs) -> int:
    standing, taken = standing_of(case), Counter(pairs.values())
    return sum(case.aims.load * (standing[mentor] + seat) for mentor in taken for seat in range(taken[mentor]))


def objective(case: Case, floor: int, pairs: Pairs) -> Objective:
    """In this order: unplaced, below the floor, regret and load."""
    fit, top = fitting(case), best(case)
    got = [fit[pair] for pair in pairs.items()]
    regret = sum(top[mentee] for mentee in pairs) - sum(got)
    return len(case.mentees) - len(pairs), sum(points < floor for points in got), regret + load(case, pairs)


def feasible(case: Case, pairs: Pairs) -> bool:
    places, fit = places_of(case), fitting(case)
    within = all(count <= places[mentor] for mentor, count in Counter(pairs.values()).items())
    return within and all(pair in fit for pair in pairs.items())


def everything(case: Case) -> Iterator[dict[str, str]]:
    """All that can be answered."""
    fit = fitting(case)
    choices = [[None, *(mentor for mentor in case.mentors if (mentee, mentor) in fit)] for mentee in case.mentees]
    for chosen in product(*choices):
        pairs = {mentee: mentor for mentee, mentor in zip(case.mentees, chosen, strict=True) if mentor is not None}
        if feasible(case, pairs):
            yield pairs


def reachable_floor(case: Case) -> int:
    """The highest least points of those who place the most."""
    fit, answers = fitting(case), list(everything(case))
    most = max(map(len, answers))
    return max(min((fit[pair] for pair in pairs.items()), default=0) for pairs in answers if len(pairs) == most)


def floor_of(case: Case) -> int:
    return reachable_floor(case) if case.aims.floor is None else case.aims.floor


def optima(case: Case, floor: int) -> tuple[Objective, list[dict[str, str]]]:
    """The least objective, and all answers that reach it."""
    told = [(objective(case, floor, pairs), pairs) for pairs in everything(case)]
    least = min(each for each, _pairs in told)
    return least, [pairs for each, pairs in told if each == least]


# One number for the three orders, as the engine documents it


def weights(case: Case) -> tuple[int, int]:
    """What one mentee below the floor costs, and one unplaced: each more than all together that comes after."""
    count, standing = len(case.mentees), standing_of(case)
    seats = max((standing[mentor] + min(places, count) for mentor, places in places_of(case).items()), default=0)
    most = MOST + case.aims.load * seats
    below = count * most + 1
    return below, count * (below + most) + 1


def total(case: Case, floor: int, pairs: Pairs) -> int:
    (unplaced, under, rest), (below, alone) = objective(case, floor, pairs), weights(case)
    return alone * unplaced + below * under + rest


def pair_costs(case: Case, floor: int) -> dict[tuple[str, str], int]:
    top, (below, _alone) = best(case), weights(case)
    return {pair: top[pair[0]] - points + below * (points < floor) for pair, points in fitting(case).items()}


def bound(case: Case, floor: int, prices: Mapping[str, int]) -> int:
    """Weak duality: at these prices every mentee pays at least this, and every mentor returns at most that."""
    _below, alone = weights(case)
    paid = dict.fromkeys(case.mentees, alone)
    for (mentee, mentor), cost in pair_costs(case, floor).items():
        paid[mentee] = min(paid[mentee], cost + prices[mentor])
    standing, kept = standing_of(case), 0
    for mentor, places in places_of(case).items():
        charges = [case.aims.load * (standing[mentor] + seat) - prices[mentor] for seat in range(places)]
        kept += min(sum(charges[:seats]) for seats in range(len(charges) + 1))
    return sum(paid.values()) + kept


# Other solvers


def seats(case: Case) -> list[tuple[str, int]]:
    """Every seat of every mentor with its charge, at most as many as there are mentees."""
    standing, count = standing_of(case), len(case.mentees)
    return [
        (mentor, case.aims.load * (standing[mentor] + seat))
        for mentor, places in places_of(case).items()
        for seat in range(min(places, count))
    ]


def by_seats(case: Case, floor: int, forced: tuple[str, str] | None = None) -> int:
    """scipy's linear_sum_assignment on expanded seats, and one seat for nobody for each mentee."""
    costs, all_seats, (_below, alone) = pair_costs(case, floor), seats(case), weights(case)
    matrix = np.full((len(case.mentees), len(all_seats) + len(case.mentees)), alone, dtype=np.int64)
    for row, mentee in enumerate(case.mentees):
        for column, (mentor, charge) in enumerate(all_seats):
            matrix[row, column] = costs.get((mentee, mentor), 2 * alone) + charge
    if forced:
        row, other = case.mentees.index(forced[0]), [mentor != forced[1] for mentor, _charge in all_seats]
        matrix[row, np.array(other + [True] * len(case.mentees))] = 2 * alone
    return int(matrix[linear_sum_assignment(matrix)].sum())


def by_flow(case: Case, floor: int) -> int:
    """OR-Tools' min cost flow: the cost of a mentor's seats is convex, so that arcs of one each fill in order."""
    flow, mentees, _below_alone = min_cost_flow.SimpleMinCostFlow(), len(case.mentees), weights(case)
    source, sink = mentees + len(case.mentors), mentees + len(case.mentors) + 1
    vertex = {mentor: mentees + at for at, mentor in enumerate(case.mentors)}
    row = {mentee: at for at, mentee in enumerate(case.mentees)}
    for at in range(mentees):
        flow.add_arc_with_capacity_and_unit_cost(source, at, 1, 0)
        flow.add_arc_with_capacity_and_unit_cost(at, sink, 1, _below_alone[1])
    for (mentee, mentor), cost in pair_costs(case, floor).items():
        flow.add_arc_with_capacity_and_unit_cost(row[mentee], vertex[mentor], 1, cost)
    for mentor, charge in seats(case):
        flow.add_arc_with_capacity_and_unit_cost(vertex[mentor], sink, 1, charge)
    flow.set_node_supply(source, mentees)
    flow.set_node_supply(sink, -mentees)
    assert flow.solve() == flow.OPTIMAL
    return flow.optimal_cost()


def most_placed(case: Case, floor: int) -> int:
    """By augmenting paths: how many can be placed with at least so many points."""
    wishes: dict[str, list[str]] = {mentee: [] for mentee in case.mentees}
    for (mentee, mentor), points in fitting(case).items():
        if points >= floor:
            wishes[mentee].append(mentor)
    places, kept = places_of(case), {mentor: list[str]() for mentor in case.mentors}

    def seated(mentee: str, seen: set[str]) -> bool:
        for mentor in wishes[mentee]:
            if mentor in seen:
                continue
            seen.add(mentor)
            if len(kept[mentor]) < places[mentor]:
                kept[mentor].append(mentee)
                return True
            for at, other in enumerate(kept[mentor]):
                if seated(other, seen):
                    kept[mentor][at] = mentee
                    return True
        return False

    return sum(seated(mentee, set()) for mentee in case.mentees)


# Stability


def blocking(case: Case, pairs: Pairs) -> int:
    fit, places, count = fitting(case), places_of(case), 0
    for (mentee, mentor), points in fit.items():
        theirs = [fit[other, mentor] for other, chosen in pairs.items() if chosen == mentor]
        wanted = mentee not in pairs or points > fit[mentee, pairs[mentee]]
        welcome = len(theirs) < places[mentor] or points > min(theirs)
        count += wanted and welcome
    return count


# Whatever an answer says of itself


def holds(case: Case, found: Answer) -> None:
    """Feasible, and told truly, by whichever mode it was found."""
    fit = fitting(case)
    assert feasible(case, found.pairs)
    assert found.points == {mentee: fit[mentee, mentor] for mentee, mentor in found.pairs.items()}
    assert found.unplaced == tuple(sorted(set(case.mentees) - set(found.pairs)))
    assert found.below_floor == tuple(sorted(m for m, points in found.points.items() if points < found.floor))
    assert found.blocking == blocking(case, found.pairs)


def proved(case: Case, found: Answer) -> None:
    """The certificate, checked by what stands above and not by the engine."""
    holds(case, found)
    said = certificate(found)
    assert said.cost == total(case, found.floor, found.pairs)
    assert said.bound == bound(case, found.floor, found.prices)
    assert said.gap == 0
    assert said.proved


def certificate(found: Answer) -> Certificate:
    assert found.certificate is not None
    return found.certificate
