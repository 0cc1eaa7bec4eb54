"""Somebody on the way, as far as a test needs it."""

from datetime import timedelta

from telemachus.career.models import Appointment
from telemachus.intake.models import Letter, Recruit
from telemachus.people.models import Person
from tests.cast import Cast


def recruit_of(cast: Cast, person: Person) -> Recruit:
    return Recruit.objects.notice(cast.digestive, person, by=cast.coordinator, now=cast.now - timedelta(days=9))


def introduced(cast: Cast, person: Person, *days: int) -> Recruit:
    """Written to; with a time to meet in so many days each."""
    recruit = recruit_of(cast, person)
    recruit.write(Letter.Kind.INTRODUCTION, "Welcome", by=cast.director, now=cast.now - timedelta(days=4))
    if days:
        recruit.propose(
            [cast.now + timedelta(days=each) for each in days], by=cast.director, now=cast.now - timedelta(days=4)
        )
    return recruit


def met(cast: Cast, person: Person) -> Recruit:
    recruit = introduced(cast, person)
    recruit.meet(on=cast.ago(2), by=cast.director, now=cast.now)
    recruit.hand_packet(by=cast.director, now=cast.now)
    return recruit


def full_professor(cast: Cast, person: Person) -> Appointment:
    book = cast.digestive.book
    series = next(one.code for one in book.series if not one.volunteer)
    rank = max(book.ranks, key=lambda one: one.order).code
    return Appointment.objects.create(program=cast.digestive, person=person, title="PROF", series=series, rank=rank)
