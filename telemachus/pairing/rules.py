"""Who cannot be whose mentor, and why not: the hard rules of R9, each with a reason that can be shown.

Asked at the shortlist, the choice, the request and the acceptance alike; later engines read the same codes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from telemachus.career.models import Appointment, Standing
from telemachus.career.status_form import other_mentors
from telemachus.pairing.models import Apart, Exemption, Offer, Pairing, Pause, Request
from telemachus.people.models import Person
from telemachus.program.models import Program, Role

Kind = Role.Kind


class Why(StrEnum):
    """Why somebody cannot be this mentee's mentor, the surest reason first."""

    SAME = "same"
    NOT_A_MENTOR = "not_a_mentor"
    CLINICAL = "clinical"
    RESEARCH = "research"
    SUPERVISOR = "supervisor"
    CHIEF = "chief"
    REPORTING = "reporting"
    RELATIVE = "relative"
    RANK = "rank"
    AWAY = "away"
    TOGETHER = "together"
    NOT_AGAIN = "not_again"
    RESTS = "rests"
    FULL = "full"


# The mentor's own numbers and days: a yes of the mentor's own goes before them.
OWN_WORD = frozenset({Why.RESTS, Why.FULL})
# What one of the two said in confidence: at the other's answer it would be told by elimination.
CONFIDED = frozenset({Why.RELATIVE, Why.NOT_AGAIN})
# The mentee's wish and the director's record lift these (R9).
LIFTED = frozenset({Why.SUPERVISOR, Why.CHIEF, Why.REPORTING, Why.TOGETHER})


@dataclass(frozen=True)
class Senior:
    """What the rules read about a program's senior faculty, whoever the mentee is; all keys are ids of people."""

    appointments: Mapping[UUID, Appointment]
    mentors: frozenset[UUID]
    chiefs: frozenset[UUID]
    junior: frozenset[UUID]
    away: frozenset[UUID]
    resting: frozenset[UUID]
    room: Mapping[UUID, int]
    default_room: int

    def room_of(self, mentor: UUID) -> int:
        return self.room.get(mentor, self.default_room)


@dataclass(frozen=True)
class Facts:
    """What the rules read about one mentee; `above` is the reporting line upwards, the supervisor first."""

    mentee: UUID
    senior: Senior
    others: Mapping[UUID, str]
    above: tuple[UUID, ...]
    together: frozenset[UUID]
    apart: Mapping[UUID, str]
    exempt: frozenset[UUID]

    def why_not(self, mentor: UUID) -> list[Why]:
        """Every reason against this mentor; an empty list means that nothing speaks against the pair."""
        return [why for why in self._against(mentor) if not (why in LIFTED and mentor in self.exempt)]

    def _against(self, mentor: UUID) -> Iterator[Why]:
        senior = self.senior
        checks = (
            (Why.SAME, mentor == self.mentee),
            (Why.NOT_A_MENTOR, mentor not in senior.mentors),
            (Why.CLINICAL, self.others.get(mentor) == Why.CLINICAL),
            (Why.RESEARCH, self.others.get(mentor) == Why.RESEARCH),
            (Why.SUPERVISOR, self.above[:1] == (mentor,)),
            (Why.CHIEF, mentor in senior.chiefs),
            (Why.REPORTING, mentor in self.above[1:]),
            (Why.RELATIVE, self.apart.get(mentor) == Why.RELATIVE),
            (Why.RANK, mentor in senior.junior),
            (Why.AWAY, mentor in senior.away),
            (Why.TOGETHER, mentor in self.together),
            (Why.NOT_AGAIN, self.apart.get(mentor) == Why.NOT_AGAIN),
            (Why.RESTS, mentor in senior.resting),
            (Why.FULL, senior.room_of(mentor) <= 0),
        )
        return (why for why, holds in checks if holds)


def facts(program: Program, mentee: Person, now: datetime) -> Facts:
    return facts_of(program, [mentee], now)[mentee.pk]


def facts_of(program: Program, mentees: Collection[Person], now: datetime) -> dict[UUID, Facts]:
    """By mentee; eleven queries, however many mentees and colleagues there are."""
    senior = _senior(program, now)
    supervisors = {key: one.supervisor_id for key, one in senior.appointments.items()}
    others = other_mentors(program, mentees)
    together, apart = _together(program, mentees), _apart(program, mentees)
    exempt = _grouped(_of(Exemption.objects.filter(program=program), mentees).values_list("mentee", "mentor"))
    return {
        mentee.pk: Facts(
            mentee=mentee.pk,
            senior=senior,
            others=others.get(mentee.pk, {}),
            above=tuple(_above(mentee.pk, supervisors)),
            together=together[mentee.pk],
            apart=apart.get(mentee.pk, {}),
            exempt=exempt[mentee.pk],
        )
        for mentee in mentees
    }


def _senior(program: Program, now: datetime) -> Senior:
    day = program.day(now)
    appointments = {one.person_id: one for one in Appointment.objects.filter(program=program).select_related("program")}
    here = Role.objects.filter(program=program, person__is_active=True).on(day)
    standing = set(here.values_list("person", "kind"))
    # Whoever leaves today is nobody's mentor to be: the pair would outlive the role.
    mentoring = here.filter(kind=Kind.MENTOR).exclude(until=day).values_list("person", flat=True)
    offers = {offer.person_id: offer for offer in Offer.objects.all()}
    return Senior(
        appointments=appointments,
        mentors=frozenset(mentoring),
        chiefs=frozenset(person for person, kind in standing if kind == Kind.CHIEF),
        junior=frozenset(key for key, one in appointments.items() if program.book.is_junior(one.series, one.rank)),
        away=frozenset(_away(program, appointments.values(), day)),
        resting=frozenset(person for person, offer in offers.items() if offer.rests(day)),
        room=_room(program, offers),
        default_room=program.capacity,
    )


def _of(rows: QuerySet[Any], mentees: Collection[Person]) -> QuerySet[Any]:
    return rows.filter(mentee__in=mentees)


def _grouped(rows: Iterable[tuple[UUID, UUID]]) -> Mapping[UUID, frozenset[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for mentee, mentor in rows:
        found[mentee].add(mentor)
    return defaultdict(frozenset, {mentee: frozenset(mentors) for mentee, mentors in found.items()})


def _above(person: UUID, supervisors: Mapping[UUID, UUID | None]) -> Iterator[UUID]:
    """The supervisor, the supervisor's supervisor, and on; a ring of reports ends where it closes."""
    seen = {person}
    above = supervisors.get(person)
    while above is not None and above not in seen:
        yield above
        seen.add(above)
        above = supervisors.get(above)


def _away(program: Program, appointments: Collection[Appointment], day: date) -> Iterator[UUID]:
    yield from (one.person_id for one in appointments if one.standing != Standing.ACTIVE)
    yield from Pause.objects.filter(program=program).on(day).exclude(person=None).values_list("person", flat=True)


def _together(program: Program, mentees: Collection[Person]) -> Mapping[UUID, frozenset[UUID]]:
    """Pairs that have ended, or stand; whoever has stood in for another for a time may well be chosen."""
    pairs = _of(Pairing.objects.registered().filter(program=program), mentees)
    stood_in = Q(state=Pairing.State.ENDED, stands_in_for__isnull=False)
    return _grouped(pairs.exclude(stood_in).values_list("mentee", "mentor"))


def _apart(program: Program, mentees: Collection[Person]) -> Mapping[UUID, dict[UUID, str]]:
    """Whoever of the two said it, it holds for both."""
    found: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    said = Apart.objects.filter(Q(person__in=mentees) | Q(other__in=mentees), program=program)
    # Where one said this and the other that, kinship is the surer reason: it comes last and stays.
    for row in said.order_by("kind"):
        found[row.person_id][row.other_id] = row.kind
        found[row.other_id][row.person_id] = row.kind
    return found


def _room(program: Program, offers: Mapping[UUID, Offer]) -> dict[UUID, int]:
    """Free places of everybody who has taken one or named a number of one's own; over all programs."""
    taken: dict[UUID, int] = defaultdict(int)
    for rows in (Pairing.objects.active(), Request.objects.holding()):
        for mentor, count in rows.values_list("mentor").annotate(Count("pk")):
            taken[mentor] += count
    none = Offer()
    return {mentor: offers.get(mentor, none).room(program, taken[mentor]) for mentor in {*taken, *offers}}


def sentence(why: Why, mentee: Person, mentor: Person) -> str:
    """For the director, who may read every reason."""
    words = {"mentee": mentee, "mentor": mentor}
    return {
        Why.SAME: _("Nobody mentors oneself."),
        Why.NOT_A_MENTOR: _("%(mentor)s is no mentor of this program."),
        Why.CLINICAL: _("%(mentor)s is the clinical mentor; a career-development mentor is somebody else."),
        Why.RESEARCH: _("%(mentor)s is the research mentor; a career-development mentor is somebody else."),
        Why.SUPERVISOR: _("%(mentee)s reports to %(mentor)s."),
        Why.CHIEF: _("%(mentor)s is chief of the division."),
        Why.REPORTING: _("%(mentor)s stands above %(mentee)s in the reporting line."),
        Why.RELATIVE: _("%(mentor)s is a near relative."),
        Why.RANK: _("%(mentor)s is junior faculty."),
        Why.AWAY: _("%(mentor)s is on leave or rests now."),
        Why.TOGETHER: _("The two were a pair before."),
        Why.NOT_AGAIN: _("One of the two would rather not."),
        Why.RESTS: _("%(mentor)s takes nobody new for now."),
        Why.FULL: _("All places of %(mentor)s are taken."),
    }[why] % words


def sentence_for_mentee(why: Why) -> str:
    """What a mentee may read: nothing of the other side's wishes, and nothing of who else asked."""
    if why in (Why.CLINICAL, Why.RESEARCH):
        return _("A career-development mentor is somebody other than your clinical or research mentor.")
    return _("This colleague can no longer be chosen. Please choose somebody else, or ask for other names.")
