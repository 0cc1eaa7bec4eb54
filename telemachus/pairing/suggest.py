"""Whom the director might name to a mentee: the first version, a plain count of needs and offers (R6, R20).

`suggest` is the one function that a matching engine will replace; what it returns is what the pages read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from telemachus.career.models import Appointment
from telemachus.pairing.models import Need, Offer
from telemachus.pairing.rules import Facts, Why, facts
from telemachus.pairing.vocabulary import words_of
from telemachus.people.models import Person
from telemachus.program.models import Program, Role

# Whole points of a thousand: what of the needs is covered, the same series, room beside other mentees.
NEEDS, SERIES, ROOM = 700, 150, 150
PLACES_THAT_COUNT = 3


@dataclass(frozen=True)
class Suggestion:
    """One senior colleague for one mentee. `needs`, `series` and `load` sum to `points`, 0 to 1000."""

    mentor: Person
    appointment: Appointment | None
    needs: int
    series: int
    load: int
    covered: tuple[str, ...]
    uncovered: tuple[str, ...]
    room: int
    why_not: tuple[Why, ...]

    @property
    def points(self) -> int:
        return self.needs + self.series + self.load

    @property
    def covered_words(self) -> list[str]:
        return words_of(self.covered)

    @property
    def uncovered_words(self) -> list[str]:
        return words_of(self.uncovered)

    @property
    def reason(self) -> str:
        """A sentence that the mentee may read; the director may write a better one."""
        sentences = []
        if self.covered:
            sentences.append(self._covers())
        if self.series:
            sentences.append(_("Is in your own series."))
        return " ".join(sentences) or _("Has room for another mentee.")

    def _covers(self) -> str:
        """Which topics these are stands beside it, on the director's page as on the mentee's."""
        if not self.uncovered:
            return _("Can help with everything you asked for.")
        counts = {"n": len(self.covered), "wanted": len(self.covered) + len(self.uncovered)}
        return _("Can help with %(n)s of the %(wanted)s things you asked for.") % counts


def suggest(program: Program, mentee: Person, now: datetime) -> list[Suggestion]:
    """Every mentor of the program: those who can be chosen first, best first; then the others with their reasons."""
    known = facts(program, mentee, now)
    wanted = Need.objects.topics_of(program, mentee)
    offers = {offer.person_id: offer for offer in Offer.objects.filter(person__roles__program=program)}
    mentors = Person.objects.filter(
        roles__in=Role.objects.filter(program=program, kind=Role.Kind.MENTOR).on(program.day(now)), is_active=True
    )
    found = [
        _suggestion(mentor, known, wanted, offers.get(mentor.pk))
        for mentor in mentors.distinct().order_by("sort_name", "pk")
    ]
    return sorted(found, key=lambda one: (bool(one.why_not), -one.points))


def _suggestion(mentor: Person, known: Facts, wanted: Sequence[str], offer: Offer | None) -> Suggestion:
    own, appointment = known.appointments.get(known.mentee), known.appointments.get(mentor.pk)
    offered = set(offer.topics) if offer else set()
    covered = tuple(topic for topic in wanted if topic in offered)
    room = known.room_of(mentor.pk)
    return Suggestion(
        mentor=mentor,
        appointment=appointment,
        needs=NEEDS * len(covered) // len(wanted) if wanted else 0,
        series=SERIES if own and appointment and own.series == appointment.series else 0,
        load=ROOM * min(room, PLACES_THAT_COUNT) // PLACES_THAT_COUNT,
        covered=covered,
        uncovered=tuple(topic for topic in wanted if topic not in offered),
        room=room,
        why_not=tuple(known.why_not(mentor.pk)),
    )


def why_not(program: Program, mentee: Person, mentor: UUID, now: datetime) -> list[Why]:
    """The reasons against one colleague, who need not be a mentor."""
    return facts(program, mentee, now).why_not(mentor)
