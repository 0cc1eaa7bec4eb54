"""What a search needed and nobody needs after it: CV, aspirations and letters, gone ninety days later; then the way."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max

from telemachus.career.papers import Papers, erase_papers, papers_of
from telemachus.intake.models import Letter, Recruit
from telemachus.intake.way import searches
from telemachus.pairing.models import Pairing
from telemachus.people.models import Person
from telemachus.program.models import Program

DAYS = 90
# The way itself stays for a year: the board and its questions look back no further.
DAYS_OF_A_YEAR = 366


def forget_papers(*, now: datetime) -> None:
    """Ninety days after a pair began or a way ended; never of whoever is on the way or looks for a mentor.

    The way goes a year after its end; that the pair stands is history, and stays.
    """
    for program in Program.objects.all():
        last_day = program.day(now) - timedelta(days=DAYS)
        ended = Recruit.objects.filter(program=program, ended_on__lte=last_day)
        Letter.objects.filter(recruit__in=ended).delete()
        Recruit.objects.filter(
            program=program, ended_on__lte=program.day(now) - timedelta(days=DAYS_OF_A_YEAR)
        ).delete()
        if people := _done_with(program, last_day, now):
            erase_papers(program, people, now=now)


def _done_with(program: Program, last_day: date, now: datetime) -> list[Person]:
    """Whose papers have done their work; a paper that came later counts from the day it came."""
    since = _since(program)
    people = list(Person.objects.filter(pk__in=since))
    papers = papers_of(program, people)
    waiting = _on_the_way(program, now)
    return [
        person
        for person in people
        if person.pk not in waiting and _is_over(papers[person.pk], since[person.pk], last_day)
    ]


def _since(program: Program) -> dict[UUID, date]:
    """The day on which the last pair of each began, or the last way ended."""
    pairs = Pairing.objects.registered().lasting().filter(program=program)
    found = dict(pairs.values_list("mentee").annotate(day=Max("begins")))
    ended = Recruit.objects.filter(program=program, state=Recruit.State.ENDED)
    for person, day in ended.values_list("person").annotate(day=Max("ended_on")):
        found[person] = max(found.get(person, day), day)
    return found


def _on_the_way(program: Program, now: datetime) -> set[UUID]:
    coming = Recruit.objects.open().filter(program=program).values_list("person", flat=True)
    return {*coming, *(way.person.pk for way in searches(program, now))}


def _is_over(papers: Papers, since: date, last_day: date) -> bool:
    days = [day for day in (papers.cv_on, papers.aspirations_on) if day]
    return bool(days) and max(*days, since) <= last_day
