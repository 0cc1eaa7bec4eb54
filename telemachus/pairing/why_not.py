"""Why not this colleague: the rules against the pair, or where the colleague stands and what would have to change."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachus.pairing.engine import Explainer, Verdict
from telemachus.pairing.match.limit import solve_for_page
from telemachus.pairing.rules import Why, sentence
from telemachus.pairing.search import Search
from telemachus.pairing.suggest import Suggestion, Suggestions
from telemachus.people.models import Person


def why_not(found: Search, mentor: Person, against: Sequence[Why]) -> list[str]:
    """For the director, who may read every reason: sentences, the rules first."""
    suggestion = found.known.of(mentor)
    said = [sentence(why, found.mentee, mentor) for why in against]
    if suggestion is None:
        return said
    if list(against) == [Why.FULL]:
        return [*said, *_one_place_more(found.known, suggestion)]
    return said or list(_standing(found, suggestion))


def _standing(found: Search, one: Suggestion) -> Iterator[str]:
    """Of somebody who can be chosen."""
    place = found.choosable.index(one) + 1 if one in found.choosable else 0
    if place:
        yield ngettext(
            "%(mentor)s can be chosen, as the only one.",
            "%(mentor)s can be chosen: place %(place)s of %(n)s here.",
            len(found.choosable),
        ) % {"mentor": one.mentor, "place": place, "n": len(found.choosable)}
    if said := found.said.get(one.mentor.pk):
        yield f"{capfirst(said)}."
    yield from (f"{capfirst(reason.words)}." for reason in one.reasons)
    if one.price:
        yield one.price
    if place > 1 or not place:
        yield _better(found, one)


def _better(found: Search, one: Suggestion) -> str:
    """Who stands before this colleague, and what would turn it."""
    before = found.choosable[0]
    missing = one.explained.missing
    if missing == 0 or before == one:
        return _("Nothing would have to change: a proposal with the two is as good as any.")
    more = _needs_more(one, missing)
    if more is None:
        return _("%(before)s comes before. No change of the offer alone would turn that.") % {"before": before.mentor}
    turns = ngettext(
        "%(before)s comes before. That would turn if %(mentor)s could help with one more of the needs.",
        "%(before)s comes before. That would turn if %(mentor)s could help with %(n)s more of the needs.",
        more,
    )
    return turns % {"before": before.mentor, "mentor": one.mentor, "n": more}


def _needs_more(one: Suggestion, missing: int | None) -> int | None:
    """How many more of the needs would give the points that are missing; None where all of them would not."""
    needs = next(given for given in one.explained.parts if given.part == "needs")
    if missing is None:
        return None
    covered = len(needs.has)
    enough = (
        more
        for more in range(1, len(needs.lacks) + 1)
        if needs.weight * (covered + more) // one.wanted - needs.points >= missing
    )
    return next(enough, None)


def _one_place_more(known: Suggestions, one: Suggestion) -> Iterator[str]:
    """What the best proposal would be if a full mentor took one more."""
    case = known.cohort.case
    column = known.cohort.column[one.mentor.pk]
    wider = replace(case, places=[count + (at == column) for at, count in enumerate(case.places)])
    answer = solve_for_page(wider)
    seen = Explainer(wider, known.cohort.scores, answer).of(str(known.mentee.pk), str(one.mentor.pk))
    if seen.verdict in (Verdict.CHOSEN, Verdict.LOT):
        yield _("With one place more, the best proposal for all who seek would pair the two.")
    elif answer.pairs and str(one.mentor.pk) in answer.pairs.values():
        yield _("With one place more, it would do most for somebody else who seeks.")
    else:
        yield _("One place more would not change the proposal: others do as well or better for everyone who seeks.")
