from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telemachus.lib.time import AcademicYear, academic_year, age_in_words, place_of, waiting_in_words

JULY = (7, 1)
STARTS = st.dates(date(2001, 1, 1), date(2001, 12, 31)).map(lambda day: (day.month, day.day))
DAYS = st.dates(date(1950, 1, 1), date(2150, 1, 1))


def test_year_holds_its_first_and_last_day():
    year = AcademicYear(date(2026, 7, 1), date(2027, 6, 30))
    assert academic_year(date(2026, 7, 1), JULY) == year
    assert academic_year(date(2027, 6, 30), JULY) == year
    assert academic_year(date(2026, 6, 30), JULY) == year.previous()
    assert academic_year(date(2027, 7, 1), JULY) == year.next()


def test_label():
    assert academic_year(date(2026, 12, 1), JULY).label == "2026\N{EN DASH}27"
    assert academic_year(date(1999, 12, 1), JULY).label == "1999\N{EN DASH}00"
    assert academic_year(date(2026, 12, 1), (1, 1)).label == "2026"


def test_months_are_twelve_in_order():
    months = academic_year(date(2026, 11, 21), JULY).months()
    assert months[0] == date(2026, 7, 1)
    assert months[-1] == date(2027, 6, 1)
    assert len(months) == 12


def test_months_touched_by_a_year_that_starts_within_one():
    assert len(academic_year(date(2026, 11, 21), (9, 15)).months()) == 13


@given(DAYS, STARTS)
def test_every_day_lies_in_one_year(day, starts):
    year = academic_year(day, starts)
    assert year.contains(day)
    assert (year.first.month, year.first.day) == starts
    assert year.last + timedelta(days=1) == year.next().first
    assert year.previous().last + timedelta(days=1) == year.first
    assert year.previous().next() == year
    assert not year.next().contains(day)


def test_year_cannot_start_on_a_day_that_not_every_year_has():
    with pytest.raises(ValueError, match="29 February"):
        academic_year(date(2024, 3, 1), (2, 29))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "1 day"),
        (12, "12 days"),
        (13, "13 days"),
        (14, "2 weeks"),
        (42, "6 weeks"),
        (90, "12 weeks"),
        (91, "3 months"),
        (122, "4 months"),
        (730, "24 months"),
    ],
)
def test_age_in_words(days, words):
    assert age_in_words(days) == words


def test_age_cannot_be_negative():
    with pytest.raises(ValueError, match="-1"):
        age_in_words(-1)


@pytest.mark.parametrize(("days", "words"), [(0, "new today"), (1, "waiting for 1 day"), (42, "waiting for 6 weeks")])
def test_waiting_in_words(days, words):
    assert waiting_in_words(days) == words


@pytest.mark.parametrize(
    ("zone", "place"),
    [("America/Los_Angeles", "Los Angeles"), ("America/Indiana/Knox", "Knox"), ("UTC", "UTC")],
)
def test_place_of_a_zone(zone, place):
    assert place_of(zone) == place
