"""Works a proposal out: the cohort as it stands now, solved within a minute and written once."""

from datetime import datetime
from uuid import UUID

from telemachus.pairing.cohort import Cohort, cohort, seekers
from telemachus.pairing.engine import Answer, CaseError
from telemachus.pairing.engine.edges import Costs
from telemachus.pairing.match.limit import OutOfTime, solve_within
from telemachus.pairing.models import Proposal
from telemachus.pairing.models.proposals import SECONDS, Answered
from telemachus.people.models import Person


def work(proposal: Proposal, *, now: datetime, seconds: float = SECONDS) -> None:
    """Raises Conflict where it has been answered meanwhile."""
    mentees = taking_part(proposal, now)
    if not mentees:
        proposal.fail(Proposal.Fault.NOBODY)
        return
    asked = cohort_of(proposal, mentees, now)
    try:
        found = solve_within(asked.case, seconds)
    except OutOfTime:
        proposal.fail(Proposal.Fault.TIME)
    except CaseError:
        proposal.fail(Proposal.Fault.WEIGHTS)
    else:
        proposal.answer(_answered(asked, found))


def taking_part(proposal: Proposal, now: datetime) -> list[Person]:
    """Those of its mentees who still seek, and whose search is still the maker's."""
    wanted = set(proposal.rows.values_list("mentee", flat=True))
    return [person for person in seekers(proposal.program, proposal.by, now) if person.pk in wanted]


def cohort_of(proposal: Proposal, mentees: list[Person], now: datetime) -> Cohort:
    """With the weights and the seed of the proposal, and with all else as it is now."""
    return cohort(proposal.program, mentees, by=proposal.by, now=now, weights=proposal.weighed, seed=proposal.seed)


def _answered(asked: Cohort, found: Answer) -> Answered:
    costs, proof = Costs.of(asked.case, found.floor), found.certificate
    return Answered(
        pairs={UUID(mentee): UUID(mentor) for mentee, mentor in found.pairs.items()},
        points={UUID(mentee): points for mentee, points in found.points.items()},
        prices={UUID(mentor): price for mentor, price in found.prices.items()},
        by_lottery={UUID(mentee) for mentee in found.by_lottery},
        figures={
            "floor": found.floor,
            "cost": proof.cost if proof else 0,
            "bound": proof.bound if proof else 0,
            "per_unplaced": costs.unplaced,
            "per_below": costs.below,
            "blocking": found.blocking,
        },
    )
