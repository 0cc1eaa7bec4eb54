"""What the forecast reads of a program, and how it is drawn and said: counts and words of the vocabulary, no names."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachus.pairing.cohort import Cohort, cohort
from telemachus.pairing.forecast import Forecast, Sought, Taker, drawn, forecast
from telemachus.pairing.models import Term
from telemachus.pairing.proposals.words import counted
from telemachus.pairing.rules import facts
from telemachus.people.models import Person
from telemachus.program.access import Kind
from telemachus.program.models import Program

WIDE = 1000


@dataclass(frozen=True)
class Bar:
    """A need in words; widths of WIDE are how many seek it and how many places there are for it."""

    words: str
    need: Sought
    sought: int
    offered: int


@dataclass(frozen=True)
class Outlook:
    """`pooled`: from the needs of so many the recruits were drawn; 0 is an even draw."""

    program: Program
    found: Forecast
    bars: tuple[Bar, ...]
    pooled: int

    @property
    def short(self) -> list[str]:
        """The needs for which there are too few places, in sentences."""
        return [_short(bar) for bar in self.bars if bar.need.short]

    @property
    def sentences(self) -> Iterator[str]:
        found = self.found
        yield _placed(found)
        if found.missing:
            yield self._lacking()
        if found.placed:
            yield _well(found)
        yield self._drawn()

    def _lacking(self) -> str:
        more = self.found.mentors_more(self.program.capacity)
        places = ngettext("%(n)s more place", "%(n)s more places", self.found.missing) % {
            "n": counted(self.found.missing)
        }
        if not more:
            return _("It would take %(places)s.") % {"places": places}
        mentors = ngettext("%(n)s more mentor", "%(n)s more mentors", more) % {"n": counted(more)}
        said = _("It would take %(places)s, or %(mentors)s with as many places as the program sets (%(each)s).")
        return said % {"places": places, "mentors": mentors, "each": self.program.capacity}

    def _drawn(self) -> str:
        if not self.pooled:
            return _("Nobody has said any needs yet: they are drawn evenly from the vocabulary.")
        said = ngettext(
            "What recruits will need is drawn from what one mentee needs now.",
            "What recruits will need is drawn from what %(n)s mentees need now.",
            self.pooled,
        )
        return said % {"n": counted(self.pooled)}


def outlook(program: Program, reader: Person, *, recruits: int, seed: int, now: datetime) -> Outlook:
    """Whoever asks counts as a mentor too: places are places."""
    group = cohort(program, [], by=None, now=now)
    terms = {str(term.pk): term for term in Term.objects.offered().filter(program=program, kind=Term.Kind.HELP)}
    pool = _pool(group, program, now)
    needs = drawn(pool, list(terms), recruits, seed)
    found = forecast(needs, _takers(group, reader, now))
    return Outlook(program, found, tuple(_bars(found, group)), sum(map(bool, pool)))


def _pool(group: Cohort, program: Program, now: datetime) -> list[frozenset[str]]:
    """The needs of today's mentees."""
    here = program.roles.filter(kind=Kind.MENTEE).on(program.day(now)).values_list("person", flat=True)
    said = (group.wanted.get(person, {}) for person in set(here))
    return [frozenset(each.get(Term.Kind.HELP, ())) for each in said]


def _takers(group: Cohort, reader: Person, now: datetime) -> list[Taker]:
    """Everybody whom a recruit of whom nothing is known could be named."""
    senior = facts(group.program, reader, now).senior
    able = senior.mentors - senior.chiefs - senior.junior - senior.away
    people = (mentor.pk for mentor in group.mentors if mentor.pk in able)
    return [Taker(group.offered.get(key, {}).get(Term.Kind.HELP, frozenset()), senior.room_of(key)) for key in people]


def _bars(found: Forecast, group: Cohort) -> Iterator[Bar]:
    most = max([1, *(max(need.sought, need.places) for need in found.needs)])
    for need in found.needs:
        words = group.terms[need.need].words
        yield Bar(words, need, WIDE * need.sought // most, WIDE * need.places // most)


def _placed(found: Forecast) -> str:
    places = ngettext("%(n)s free place", "%(n)s free places", found.places) % {"n": counted(found.places)}
    if not found.places:
        return _("There is no free place.")
    if not found.missing:
        return _("There are %(places)s: everybody can be placed.") % {"places": places}
    said = _("There are %(places)s: %(placed)s can be placed, %(missing)s cannot.")
    return said % {"places": places, "placed": counted(found.placed), "missing": counted(found.missing)}


def _well(found: Forecast) -> str:
    well = min(found.well, found.placed)
    if well == found.placed:
        return _("Everybody who is placed gets somebody who can help with at least half of the needs.")
    if not well:
        return _("None of them gets somebody who can help with at least half of the needs.")
    said = ngettext(
        "%(well)s of them gets somebody who can help with at least half of the needs.",
        "%(well)s of them get somebody who can help with at least half of the needs.",
        well,
    )
    return capfirst(said % {"well": counted(well)})


def _short(bar: Bar) -> str:
    words = {"need": bar.words, "sought": counted(bar.need.sought), "places": counted(bar.need.places)}
    words["short"] = counted(bar.need.short)
    if not bar.need.mentors:
        return _("“%(need)s”: needed by %(sought)s, offered by nobody who has room.") % words
    said = ngettext(
        "“%(need)s”: needed by %(sought)s; one colleague with room offers it, for %(places)s: %(short)s short.",
        "“%(need)s”: needed by %(sought)s; %(mentors)s colleagues with room offer it, for %(places)s together: "
        "%(short)s short.",
        bar.need.mentors,
    )
    return said % {**words, "mentors": counted(bar.need.mentors)}
