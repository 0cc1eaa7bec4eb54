"""How many meetings a pair owes a year: the rule as it is written in `compliance.py`."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from telemachus.lib.time import AcademicYear, academic_year
from telemachus.meetings.compliance import Standing, standing

YEAR = academic_year(date(2026, 10, 14), (7, 1))
LEAP = academic_year(date(2027, 10, 14), (7, 1))
LONG_AGO = date(2020, 1, 1)


def owed(begins=LONG_AGO, ends=None, *, pauses=(), at_least=2, year=YEAR):
    return standing(met=0, at_least=at_least, aim=4, stood=(begins, ends), pauses=pauses, year=year).at_least


@pytest.mark.parametrize(
    ("begins", "ends", "meetings"),
    [
        (LONG_AGO, None, 2),
        (YEAR.first, None, 2),
        (YEAR.first, YEAR.last, 2),
        (date(2026, 9, 30), None, 2),  # 274 days of 365 are 1.501 meetings
        (date(2026, 10, 1), None, 1),  # 273 days are 1.496
        (date(2027, 1, 1), None, 1),
        (date(2027, 3, 31), None, 1),  # 92 days are 0.504
        (date(2027, 4, 1), None, 0),  # 91 days are 0.499
        (YEAR.last, None, 0),
        (LONG_AGO, date(2026, 12, 31), 1),
        (LONG_AGO, YEAR.first, 0),
        (LONG_AGO, YEAR.first - timedelta(days=1), 0),
        (YEAR.last + timedelta(days=1), None, 0),
    ],
)
def test_pair_owes_the_share_of_the_days_on_which_it_stood(begins, ends, meetings):
    assert owed(begins, ends) == meetings


def test_half_a_meeting_is_not_owed():
    assert (LEAP.last - LEAP.first).days + 1 == 366
    half_of_one = LEAP.first + timedelta(days=182)
    assert owed(LEAP.first, half_of_one, at_least=1, year=LEAP) == 0
    assert owed(LEAP.first, half_of_one + timedelta(days=1), at_least=1, year=LEAP) == 1
    one_and_a_half = LEAP.first + timedelta(days=274)
    assert owed(LEAP.first, one_and_a_half - timedelta(days=1), year=LEAP) == 1
    assert owed(LEAP.first, one_and_a_half, year=LEAP) == 2


def test_leap_day_counts_as_a_day():
    assert owed(year=LEAP) == 2
    assert owed(pauses=[(date(2028, 2, 29), date(2028, 2, 29))], year=LEAP, at_least=366) == 365


@pytest.mark.parametrize(
    ("pauses", "meetings"),
    [
        ([(date(2026, 7, 1), date(2026, 12, 31))], 1),
        ([(date(2027, 1, 1), None)], 1),
        ([(date(2026, 1, 1), date(2026, 6, 30))], 2),
        ([(date(2026, 7, 1), date(2027, 6, 30))], 0),
        ([(date(2026, 7, 1), date(2026, 10, 1)), (date(2026, 9, 1), date(2026, 12, 31))], 1),
        ([(date(2026, 7, 1), date(2026, 12, 31)), (date(2026, 7, 1), date(2026, 12, 31))], 1),
    ],
)
def test_days_of_a_pause_are_not_counted_and_never_twice(pauses, meetings):
    assert owed(pauses=pauses) == meetings


def test_missing_is_never_below_none():
    assert Standing(met=5, at_least=2, aim=4).missing == 0
    assert Standing(met=1, at_least=2, aim=4).missing == 1


def test_aim_is_shared_as_what_is_owed_is():
    stands = standing(met=1, at_least=2, aim=4, stood=(date(2027, 1, 1), None), pauses=[], year=YEAR)
    assert (stands.at_least, stands.aim, stands.met, stands.missing) == (1, 2, 1, 0)


DAYS = st.dates(date(2025, 7, 1), date(2029, 6, 30))
SPANS = st.tuples(DAYS, st.none() | DAYS)
PAUSES = st.lists(st.tuples(DAYS, DAYS), max_size=4)
YEARS = st.sampled_from([YEAR, LEAP, YEAR.previous(), academic_year(date(2026, 3, 1), (1, 1))])


def counted(stood, pauses, year: AcademicYear) -> int:
    """Day by day, as one would with a calendar."""
    day, days = year.first, 0
    while day <= year.last:
        stands = stood[0] <= day and (stood[1] is None or day <= stood[1])
        days += stands and not any(first <= day and (last is None or day <= last) for first, last in pauses)
        day += timedelta(days=1)
    return days


@given(SPANS, PAUSES, YEARS, st.integers(0, 12))
def test_rule_holds_for_any_days(stood, pauses, year, at_least):
    length = (year.last - year.first).days + 1
    exact = at_least * counted(stood, pauses, year) / length
    found = owed(*stood, pauses=pauses, at_least=at_least, year=year)
    assert 0 <= found <= at_least
    assert abs(found - exact) <= 0.5
    assert found < exact + 0.5


@given(DAYS, DAYS, DAYS, PAUSES, YEARS, st.integers(0, 12))
def test_more_days_never_owe_less(begins, ends, later, pauses, year, at_least):
    assume(ends <= later)
    shorter = owed(begins, ends, pauses=pauses, at_least=at_least, year=year)
    assert shorter <= owed(begins, later, pauses=pauses, at_least=at_least, year=year)
    assert shorter <= owed(begins, ends, pauses=pauses[1:], at_least=at_least, year=year)


@given(SPANS, PAUSES, YEARS)
def test_pauses_that_overlap_are_counted_once(stood, pauses, year):
    assert owed(*stood, pauses=[*pauses, *pauses], year=year) == owed(*stood, pauses=pauses, year=year)
