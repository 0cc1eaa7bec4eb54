"""What the forecast reads of a program, and how it is drawn and said: counts and words of the vocabulary, no names."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachus.pairing.cohort import Cohort, cohort, seekers
from telemachus.pairing.engine import Answer
from telemachus.pairing.forecast import Forecast, Sought, Taker, drawn, forecast
from telemachus.pairing.match.limit import solve_for_page
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
    """`pooled`: from the needs of so many the recruits were drawn; 0 is an even draw. `is_empty`: without a mentor."""

    program: Program
    found: Forecast
    bars: tuple[Bar, ...]
    pooled: int
    is_empty: bool

    @property
    def short(self) -> list[str]:
        """The needs for which there are too few places, in sentences."""
        return [_short(bar) for bar in self.bars if bar.need.short]

    @property
    def sentences(self) -> Iterator[str]:
        found = self.found
        if found.seeking:
            yield _seeking(found)
        if found.unplaced and found.taken:
            yield _unplaced(found)
        yield _placed(found)
        if found.placed:
            yield _well(found)
        if found.lacking:
            yield self._lacking()
        yield self._drawn()

    def _lacking(self) -> str:
        more = self.found.mentors_more(self.program.capacity)
        lacking = self.found.lacking
        places = ngettext("%(n)s more place", "%(n)s more places", lacking) % {"n": counted(lacking)}
        if more:
            mentors = ngettext("%(n)s more mentor", "%(n)s more mentors", more) % {"n": counted(more)}
            said = _("%(places)s, or %(mentors)s with as many places as the program sets (%(each)s)")
            places = said % {"places": places, "mentors": mentors, "each": self.program.capacity}
        if self.found.unplaced:
            return _("For everybody, those who seek now included, it would take %(places)s.") % {"places": places}
        return _("It would take %(places)s.") % {"places": places}

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
    """Whoever asks counts as a mentor too: places are places. The engine places first who seeks now."""
    # Of searches that somebody else runs not even the number is told.
    waiting = seekers(program, reader, now)
    group = cohort(program, waiting, by=None, now=now).read_by(reader)
    first = solve_for_page(group.case)
    terms = {str(term.pk): term for term in Term.objects.offered().filter(program=program, kind=Term.Kind.HELP)}
    pool = _pool(group, program, now)
    needs = drawn(pool, list(terms), recruits, seed)
    takers = _takers(group, first, reader, now)
    found = forecast(needs, takers, seeking=len(waiting), unplaced=len(first.unplaced))
    return Outlook(program, found, tuple(_bars(found, group)), sum(map(bool, pool)), is_empty=not group.mentors)


def _pool(group: Cohort, program: Program, now: datetime) -> list[frozenset[str]]:
    """The needs of today's mentees."""
    here = program.roles.filter(kind=Kind.MENTEE).on(program.day(now)).values_list("person", flat=True)
    said = (group.wanted.get(person, {}) for person in set(here))
    return [frozenset(each.get(Term.Kind.HELP, ())) for each in said]


def _takers(group: Cohort, first: Answer, reader: Person, now: datetime) -> list[Taker]:
    """Everybody whom a recruit of whom nothing is known could be named."""
    senior = group.senior or facts(group.program, reader, now).senior
    able = senior.mentors - senior.chiefs - senior.junior - senior.away - senior.resting
    taken = Counter(first.pairs.values())
    people = (mentor.pk for mentor in group.mentors if mentor.pk in able)
    return [
        Taker(group.offered.get(key, {}).get(Term.Kind.HELP, frozenset()), senior.room_of(key), taken[str(key)])
        for key in people
    ]


def _bars(found: Forecast, group: Cohort) -> Iterator[Bar]:
    most = max([1, *(max(need.sought, need.places) for need in found.needs)])
    for need in found.needs:
        words = group.terms[need.need].words
        yield Bar(words, need, WIDE * need.sought // most, WIDE * need.places // most)


def _seeking(found: Forecast) -> str:
    """Who seeks now, and what is left of the places."""
    who = ngettext("%(n)s person seeks a mentor now", "%(n)s people seek a mentor now", found.seeking)
    words = {"who": capfirst(who % {"n": counted(found.seeking)}), "left": _left(found.places)}
    if not found.free:
        return _("%(who)s.") % words
    if not found.taken:
        return _("%(who)s; no free place can go to any of them.") % words
    of = ngettext("the only free place", "%(taken)s of the %(free)s free places", found.free)
    words["of"] = of % {"taken": counted(found.taken), "free": counted(found.free)}
    return _("%(who)s and will take %(of)s; %(left)s.") % words


def _left(places: int) -> str:
    if not places:
        return _("none is left")
    return ngettext("%(n)s is left", "%(n)s are left", places) % {"n": counted(places)}


def _unplaced(found: Forecast) -> str:
    said = ngettext("%(n)s of them gets nobody.", "%(n)s of them get nobody.", found.unplaced)
    return capfirst(said % {"n": counted(found.unplaced)})


def _placed(found: Forecast) -> str:
    if not found.free:
        return _("There is no free place.")
    if not found.places:
        return _("So no recruit can be placed.")
    words = {"where": _where(found), "placed": counted(found.placed), "missing": counted(found.missing)}
    if not found.missing:
        return _("%(where)s: everybody who comes can be placed.") % words
    return _("%(where)s: %(placed)s who come can be placed, %(missing)s cannot.") % words


def _where(found: Forecast) -> str:
    """The number of places stands in one sentence only."""
    mentors = ngettext("%(n)s colleague", "%(n)s colleagues", found.mentors) % {"n": counted(found.mentors)}
    if found.taken:
        return _("What is left is with %(mentors)s") % {"mentors": mentors}
    said = ngettext(
        "There is %(n)s free place, with %(mentors)s", "There are %(n)s free places, with %(mentors)s", found.places
    )
    return said % {"n": counted(found.places), "mentors": mentors}


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
