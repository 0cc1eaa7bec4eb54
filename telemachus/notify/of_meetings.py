"""Mails about appointments and dates: to the other of the pair, and to the mentee first where something is asked."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from telemachus.audit.models import Event
from telemachus.meetings.access import arrangeable_pairings
from telemachus.meetings.codes import State
from telemachus.meetings.events import MeetingEvent
from telemachus.meetings.models import AppointmentToMeet, Meeting, TalkWish
from telemachus.notify.of_pairs import words_of_pair
from telemachus.notify.telling import Context, tell
from telemachus.pairing.access import own_pairings
from telemachus.pairing.models import Pairing
from telemachus.people.models import Person


def mentee_of_meeting(event: Event) -> Iterable[Person]:
    """Arranging is the mentee's part: the mentee is asked first (REQUIREMENTS, "Who is nudged")."""
    return [meeting.pairing.mentee for meeting in _meetings(event.subject) if meeting.pairing]


def other_of_meeting(event: Event) -> Iterable[Person]:
    return _but(event, (meeting.pairing for meeting in _meetings(event.subject)))


def other_of_pairing(event: Event) -> Iterable[Person]:
    return _but(event, Pairing.objects.filter(pk=event.subject).with_people())


def other_of_appointment(event: Event) -> Iterable[Person]:
    found = AppointmentToMeet.objects.filter(pk=event.subject)
    return _but(event, (row.pairing for row in found.select_related("pairing__mentee", "pairing__mentor")))


def other_of_wish(event: Event) -> Iterable[Person]:
    found = TalkWish.objects.filter(pk=event.subject).select_related("pairing__mentee", "pairing__mentor")
    return _but(event, (wish.pairing for wish in found))


@tell(MeetingEvent.ASKED, whom=mentee_of_meeting)
def asked(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    return _of_meeting(recipient, subject, State.ASKED)


@tell(MeetingEvent.LOGGED, whom=other_of_meeting)
def logged(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    return _of_meeting(recipient, subject, State.LOGGED)


@tell(MeetingEvent.NOT_RIGHT, whom=other_of_pairing)
def not_right(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    return _of_pairing(recipient, subject)


@tell(MeetingEvent.ARRANGED, MeetingEvent.MOVED, whom=other_of_appointment)
def arranged(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    found = AppointmentToMeet.objects.filter(pk=subject, at__gt=now, pairing__in=arrangeable_pairings(recipient))
    appointment = found.select_related("pairing__mentee", "pairing__mentor", "pairing__program").first()
    return {**words_of_pair(recipient, appointment.pairing), "at": appointment.at} if appointment else None


@tell(MeetingEvent.CANCELLED, whom=other_of_pairing)
def cancelled(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    return _of_pairing(recipient, subject)


@tell(MeetingEvent.TALK_WISHED, whom=other_of_wish)
def talk_wished(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    wish = TalkWish.objects.filter(pk=subject, pairing__in=own_pairings(recipient)).select_related("pairing").first()
    return _of_pairing(recipient, wish.pairing_id) if wish else None


def _meetings(pk: UUID) -> Iterable[Meeting]:
    return Meeting.objects.filter(pk=pk).select_related("pairing__mentee", "pairing__mentor")


def _but(event: Event, pairings: Iterable[Pairing | None]) -> list[Person]:
    """The members of the pair, less whoever did it. A delegate is no member: then both are told."""
    members = [person for pairing in pairings if pairing for person in (pairing.mentee, pairing.mentor)]
    return [person for person in members if person.pk != event.by]


def _of_meeting(recipient: Person, subject: UUID, state: State) -> Context | None:
    found = Meeting.objects.filter(pk=subject, state=state, pairing__in=own_pairings(recipient))
    meeting = found.select_related("pairing__mentee", "pairing__mentor", "pairing__program").first()
    if meeting is None or meeting.pairing is None:
        return None
    return {**words_of_pair(recipient, meeting.pairing), "day": meeting.day}


def _of_pairing(recipient: Person, subject: UUID) -> Context | None:
    pairing = own_pairings(recipient).filter(pk=subject).first()
    return words_of_pair(recipient, pairing) if pairing else None
