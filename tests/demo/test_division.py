"""The demo division holds every state of every process that exists."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
import time_machine
from django.db.models import Count

from telemachus.audit.models import Event
from telemachus.career.models import Absence, Appointment
from telemachus.demo import division
from telemachus.demo.cast import CAST, JONAS, NOVAK
from telemachus.intake.models import HOUR, ProposedTime, Recruit
from telemachus.meetings.models import AppointmentToMeet, Meeting, TalkWish
from telemachus.pairing.models import Pairing, Pause
from telemachus.people.models import Delegation, Person
from telemachus.program.models import Program, Role
from tests.cast import NOW

TABLES = (Absence, Appointment, AppointmentToMeet, Delegation, Event, Meeting, Pairing, Pause, Person, Role, TalkWish)


@pytest.fixture
def demo(db, now) -> Program:
    assert division.load(now=NOW)
    return Program.objects.get(slug=division.SLUG)


@pytest.mark.parametrize("day", ["2026-07-01", "2026-08-15", "2026-12-31", "2027-02-28", "2027-06-30", "2028-02-29"])
def test_division_loads_on_any_day(db, day: str) -> None:
    """Its dates are relative to today: no two of them may ever fall together."""
    now = datetime.fromisoformat(f"{day}T18:00:00+00:00")
    with time_machine.travel(now, tick=False):
        assert division.load(now=now)


def rows() -> dict[str, int]:
    return {table.__name__: table.objects.count() for table in TABLES}


def test_division_has_about_seventy_faculty(demo: Program) -> None:
    here = Appointment.objects.filter(program=demo, begins__lte=demo.day(datetime.now(UTC)))
    assert 65 <= here.count() <= 80
    assert set(CAST) == {part for part in CAST if Person.objects.filter(email=part.email).exists()}


def test_every_state_of_every_process_is_there(demo: Program) -> None:
    home = Meeting.objects.filter(program=demo)
    assert set(home.values_list("state", flat=True)) == set(Meeting.State)
    assert set(home.exclude(how="").values_list("how", flat=True)) == set(Meeting.How)
    assert set(home.values_list("kind", flat=True)) == set(Meeting.Kind)
    assert set(Pairing.objects.filter(program=demo).values_list("state", flat=True)) == set(Pairing.State)
    endings = set(Pairing.objects.filter(program=demo, state="ended").values_list("ending", flat=True))
    assert endings - {""} >= set(Pairing.Ending) - {Pairing.Ending.DIED}
    assert set(Absence.objects.values_list("kind", flat=True)) >= {"leave", "missing"}
    for table in (AppointmentToMeet, TalkWish, Pause, Delegation):
        assert table.objects.exists(), table


def test_people_are_in_the_states_that_the_cast_tells(demo: Program) -> None:
    assert not Pairing.objects.active().filter(mentee__email=JONAS.email).exists()
    assert not Role.objects.filter(person__email=NOVAK.email).on(demo.day(NOW)).exists()
    assert Program.objects.count() == 2
    twice = Person.objects.annotate(programs=Count("roles__program", distinct=True)).filter(programs=2)
    assert twice.count() == 1


def test_dates_are_of_two_years_and_not_of_the_future(demo: Program) -> None:
    days = sorted(Meeting.objects.values_list("day", flat=True))
    assert (demo.day(NOW) - days[0]).days > 365
    assert days[-1] <= demo.day(NOW)
    assert all(row.pairing is None or row.pairing.covers(row.day) for row in Meeting.objects.select_related("pairing"))


def test_loading_twice_changes_nothing(demo: Program) -> None:
    before = rows()
    assert not division.load(now=NOW)
    assert rows() == before


def test_director_meets_one_recruit_at_a_time(demo: Program) -> None:
    """Neither agreed hours nor offered ones fall together, on any day on which the division is loaded."""
    agreed = [one.meets_at for one in Recruit.objects.open() if one.meets_at and one.meets_at > NOW]
    offered = list(ProposedTime.objects.filter(recruit__state="open", at__gt=NOW).values_list("at", flat=True))
    hours = sorted(agreed + offered)
    assert len(agreed) >= 4
    assert all(later - earlier >= HOUR for earlier, later in pairwise(hours))
