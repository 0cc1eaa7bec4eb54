"""What the parts of a pair's points say, in sentences: all of it for who decides, less of it for the mentee."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachus.pairing.engine import Given
from telemachus.pairing.models import Term

Terms = Mapping[str, Term]


@dataclass(frozen=True)
class Reason:
    """What one part gives the pair: `points` of at most `weight`, and why in a few words without a full stop."""

    part: str
    points: int
    weight: int
    words: str


def reasons(parts: Iterable[Given], terms: Terms) -> list[Reason]:
    """For who decides: every part that gives points, and the needs in any case."""
    said = ((part, _said(part, terms)) for part in parts)
    return [Reason(part.part, part.points, part.weight, words) for part, words in said if words]


def for_director(parts: Iterable[Given], terms: Terms) -> list[str]:
    return [f"{capfirst(reason.words)}." for reason in reasons(parts, terms)]


def for_mentee(parts: Iterable[Given], terms: Terms) -> str:
    """A sentence or two that the mentee may read and that is kept with the list: nothing of ranks, room or wishes."""
    return " ".join(filter(None, _told(parts, terms))) or _("A senior colleague of your division.")


def words_of(keys: Iterable[str], terms: Terms) -> list[str]:
    """In the order of the vocabulary."""
    found = [terms[key] for key in keys if key in terms]
    return [term.words for term in sorted(found, key=lambda term: (term.place, term.words))]


def _said(given: Given, terms: Terms) -> str:
    has = "; ".join(words_of(given.has, terms))
    match given.part:
        case "needs":
            return _covers(given)
        case "interests" if has:
            return _("works on this too: %(interests)s") % {"interests": has}
        case "series" if given.points:
            return _("same series")
        case "stage" if given.points:
            return _("further on by two ranks") if given.points == given.weight else _("one rank further on")
        case "meeting" if has:
            return _("can meet as wished: %(ways)s") % {"ways": has}
        case "wish" if given.points:
            return _("wished for")
    return ""


def _covers(given: Given) -> str:
    wanted = len(given.has) + len(given.lacks)
    said = ngettext("covers %(n)s of %(all)s need", "covers %(n)s of %(all)s needs", wanted)
    return said % {"n": len(given.has), "all": wanted} if wanted else ""


def _told(parts: Iterable[Given], terms: Terms) -> Iterator[str]:
    """Which topics are covered stands beside it wherever it is read."""
    by_name = {given.part: given for given in parts}
    if needs := by_name.get("needs"):
        yield _can_help(needs.has, needs.lacks)
    if (interests := by_name.get("interests")) and interests.has:
        # A list takes so much; the others are seen in the talk.
        shared = words_of(interests.has, terms)[:MOST_INTERESTS]
        yield _("Works on %(interests)s, as you do.") % {"interests": _and(shared)}
    if (series := by_name.get("series")) and series.points:
        yield _("Is in your own series.")


MOST_INTERESTS = 2


def _can_help(has: Sequence[str], lacks: Sequence[str]) -> str:
    if not has:
        return ""
    if not lacks:
        return _("Can help with everything you asked for.")
    return _("Can help with %(n)s of the %(wanted)s things you asked for.") % {
        "n": len(has),
        "wanted": len(has) + len(lacks),
    }


def _and(words: Sequence[str]) -> str:
    *first, last = words
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last
