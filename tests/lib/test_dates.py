from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telemachus.lib.dates import parse_date, parse_dates

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
FULL = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"]
FULL += ["November", "December"]

STYLES = {
    "iso": lambda day: day.isoformat(),
    "us": lambda day: f"{day.month:02}/{day.day:02}/{day.year}",
    "us_bare": lambda day: f"{day.month}/{day.day}/{day.year}",
    "month_first": lambda day: f"{MONTHS[day.month - 1]} {day.day:02}, {day.year}",
    "month_in_full": lambda day: f"{FULL[day.month - 1]} {day.day}, {day.year}",
    "month_upper": lambda day: f"{MONTHS[day.month - 1].upper()}. {day.day} {day.year}",
    "day_first": lambda day: f"{day.day:02}-{MONTHS[day.month - 1]}-{day.year}",
    "day_spaced": lambda day: f"{day.day} {FULL[day.month - 1]} {day.year}",
    "midnight": lambda day: f"{day.isoformat()} 00:00:00",
    "us_midnight": lambda day: f"{day.month}/{day.day}/{day.year} 12:00:00 AM",
}
SHORT_STYLES = {
    "us_short": lambda day: f"{day.month}/{day.day}/{day.year % 100:02}",
    "day_first_short": lambda day: f"{day.day:02}-{MONTHS[day.month - 1]}-{day.year % 100:02}",
}
SEPARATORS = [", ", ",", "; ", ";", " / ", " /", "/ ", "\n", "\r\n", " and ", ", and ", " & ", "  ", ",\n"]
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
DAYS_OF_TWO_FIGURES = st.dates(date(1970, 1, 1), date(2069, 12, 31))
ANY_STYLE = {**STYLES, **SHORT_STYLES}
WRITTEN = st.tuples(
    DAYS_OF_TWO_FIGURES,
    st.sampled_from(sorted(ANY_STYLE)),
    st.sampled_from(SEPARATORS),
)


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@given(day=DAYS)
def test_every_style_of_every_date(style, day):
    assert parse_date(f" {style(day)}\n") == day
    assert parse_dates(style(day)) == ([day], [])


@pytest.mark.parametrize("style", SHORT_STYLES.values(), ids=SHORT_STYLES)
@given(day=DAYS_OF_TWO_FIGURES)
def test_two_figures_of_a_year_mean_1970_to_2069(style, day):
    assert parse_date(style(day)) == day


@given(st.lists(WRITTEN))
def test_dates_in_any_mixture_of_styles_and_separators(written):
    text = "".join(ANY_STYLE[style](day) + separator for day, style, separator in written)
    assert parse_dates(text) == ([day for day, _, _ in written], [])


@given(st.text() | st.text("0123456789/-,; JanTBD\n"))
def test_dates_of_any_text_are_read_and_what_is_left_is_verbatim(text):
    dates, pieces = parse_dates(text)
    assert all(isinstance(day, date) for day in dates)
    assert all(piece and piece in text and parse_date(piece) is None for piece in pieces)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("7/1/26", date(2026, 7, 1)),
        ("11/1/94", date(1994, 11, 1)),
        ("12/31/69", date(2069, 12, 31)),
        ("1/1/70", date(1970, 1, 1)),
        ("01-May-1999", date(1999, 5, 1)),
        ("Aug 22, 2025", date(2025, 8, 22)),
        ("Sept. 5, 2025", date(2025, 9, 5)),
        ("2/29/2024", date(2024, 2, 29)),
    ],
)
def test_date_as_the_files_write_it(text, day):
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "TBD", "n/a", "13/45/2025", "25/12/2025", "Feb 30, 2025", "2/29/2025", "2025-13-01",
        "0/1/2025", "45931", "45931.0", "1/1/0202", "7/1/2205", "7/1/126", "10/2025", "Oct 2025",
        "Okt 3, 2025", "1.10.2025", "2025-06-10 14:30", "01-05-99", "May-01-Feb",
        "\u0667/\u0661/\u0662\u0660\u0662\u0666", "10/30/2024, 9/4/25",
    ],
)  # fmt: skip
def test_date_that_is_none_is_not_guessed(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "days", "pieces"),
    [
        ("Apr 17, 2025, 2026-03-05", [date(2025, 4, 17), date(2026, 3, 5)], []),
        ("10/16/25 / 11/17/2025", [date(2025, 10, 16), date(2025, 11, 17)], []),
        ("Dec 04, 2024 / 2/14/25", [date(2024, 12, 4), date(2025, 2, 14)], []),
        ("13/45/2025", [], ["13/45/2025"]),
        ("Oct 32, 2024; 9/4/25", [date(2025, 9, 4)], ["Oct 32, 2024"]),
        ("10/30/24, TBD, 9/4/25", [date(2024, 10, 30), date(2025, 9, 4)], ["TBD"]),
        ("10/30/24 (by phone)", [date(2024, 10, 30)], ["(by phone)"]),
        ("not 10/30/24", [], ["not 10/30/24"]),
        ("Oct 30 and Nov 5, 2024", [date(2024, 11, 5)], ["Oct 30"]),
        ("10/30/24 - 11/2/24", [date(2024, 10, 30)], ["- 11/2/24"]),
        ("10/30/24/11/2/24", [], ["10/30/24/11/2/24"]),
        ("10/30/20245", [], ["10/30/20245"]),
        ("fall term; spring", [], ["fall term", "spring"]),
        (" ,; ", [], []),
        ("", [], []),
    ],
)
def test_dates_of_one_cell(text, days, pieces):
    assert parse_dates(text) == (days, pieces)


def test_dates_of_a_long_cell_do_not_take_long():
    assert parse_dates(" " * 100_000 + "x" + " " * 100_000 + "y")[0] == []
