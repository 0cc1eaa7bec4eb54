"""Who may see and do what with appointments and dates. Where and how long a meeting was, nobody can see."""

from datetime import datetime

from django.db.models import Q, QuerySet

from telemachus.career.coming import coming
from telemachus.meetings.models import AppointmentToMeet, Meeting, MeetingQuerySet, TalkWish
from telemachus.pairing.access import own_pairings
from telemachus.pairing.models import Pairing, PairingQuerySet
from telemachus.people.access import principals_of
from telemachus.people.models import Person
from telemachus.program.access import OFFICE, Kind, programs_as
from telemachus.program.models import Program, Role


def arrangeable_pairings(user: Person) -> PairingQuerySet:
    """One's own active pairs, and those of the people for whom one arranges times; in programs where one has a part."""
    principals = principals_of(user).values("pk")
    theirs = Q(mentee=user) | Q(mentor=user) | Q(mentee__in=principals) | Q(mentor__in=principals)
    return Pairing.objects.active().filter(theirs, program__in=programs_as(user)).with_people()


def visible_appointments(user: Person) -> QuerySet[AppointmentToMeet]:
    """Those of the pairs for which one may set times."""
    found = AppointmentToMeet.objects.filter(pairing__in=arrangeable_pairings(user))
    return found.select_related("pairing__mentee", "pairing__mentor", "pairing__program", "made_by").order_by("at")


def visible_meetings(user: Person) -> MeetingQuerySet:
    """Of one's own active pairs all; as an office of the program, what is registered; one's own with the office."""
    offices = programs_as(user, *OFFICE)
    chaired = programs_as(user, Kind.CHIEF)
    not_mine = ~Q(pairing__mentee=user) & ~Q(pairing__mentor=user) & ~Q(person=user)
    registered = Q(state=Meeting.State.CONFIRMED)
    return Meeting.objects.filter(
        Q(pairing__in=own_pairings(user))
        | Q(person=user)
        | (Q(program__in=offices) & registered & (Q(pairing=None) | not_mine))
        | (Q(program__in=chaired) & Q(kind=Meeting.Kind.CONFERENCE))
    ).select_related("pairing__mentee", "pairing__mentor", "pairing__program", "program", "person")


def visible_wishes(user: Person) -> QuerySet[TalkWish]:
    """Those of one's own active pairs."""
    return TalkWish.objects.filter(pairing__in=own_pairings(user)).select_related("pairing", "by")


def registered_dates(user: Person, pairing: Pairing) -> MeetingQuerySet:
    """The registered dates of a pair that the person's office may see, newest first."""
    return visible_meetings(user).filter(pairing=pairing, state=Meeting.State.CONFIRMED).order_by("-day")


def director_dates(user: Person, pairing: Pairing) -> MeetingQuerySet:
    """The yearly meetings of the mentee with the director, newest first."""
    found = visible_meetings(user).filter(program=pairing.program, kind=Meeting.Kind.DIRECTOR)
    return found.filter(person=pairing.mentee).order_by("-day")


def mentees_of(program: Program, now: datetime) -> QuerySet[Person]:
    """Who is a mentee of the program today, by name."""
    roles = Role.objects.filter(program=program, kind=Kind.MENTEE).on(program.day(now))
    return Person.objects.filter(roles__in=roles).distinct().order_by("sort_name", "pk")


def conferring(program: Program, now: datetime) -> QuerySet[Person]:
    """With whom the chief holds the yearly conference: mentees who have come already."""
    return mentees_of(program, now).exclude(pk__in=list(coming(program, program.day(now))))


def can_log(user: Person, pairing: Pairing) -> bool:
    return is_member(user, pairing) and pairing.state == Pairing.State.ACTIVE


def can_confirm(user: Person, meeting: Meeting) -> bool:
    """The other of the two, never the one who logged it."""
    return meeting.pairing is not None and is_member(user, meeting.pairing) and meeting.logged_by_id != user.pk


def can_withdraw(user: Person, meeting: Meeting) -> bool:
    return meeting.pairing is not None and meeting.logged_by_id == user.pk


def can_decline(user: Person, meeting: Meeting) -> bool:
    return meeting.pairing is not None and is_member(user, meeting.pairing)


def can_file(user: Person, pairing: Pairing) -> bool:
    """Enter from paper and as told: the coordinator's part, and never for oneself."""
    return pairing.program in programs_as(user, Kind.COORDINATOR) and not is_member(user, pairing)


def can_record(user: Person, program: Program, kind: str, person: Person | None) -> bool:
    """Meetings with the director: director and coordinator; conferences: chief and coordinator. Not with one's own."""
    if person == user or own_pairings(user).filter(mentee=person).exists():
        return False
    officer = Kind.CHIEF if kind == Meeting.Kind.CONFERENCE else Kind.DIRECTOR
    return program in programs_as(user, Kind.COORDINATOR, officer)


def can_correct(user: Person, meeting: Meeting) -> bool:
    """What is registered, by whoever may register it; nobody's own."""
    if meeting.state != Meeting.State.CONFIRMED:
        return False
    if meeting.pairing is not None:
        return can_file(user, meeting.pairing)
    return can_record(user, meeting.program, meeting.kind, meeting.person)


def is_member(user: Person, pairing: Pairing) -> bool:
    return user.pk in (pairing.mentee_id, pairing.mentor_id)
