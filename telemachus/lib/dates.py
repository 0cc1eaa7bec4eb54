"""Reads dates as people and personnel systems type them; gives back what is no date, never guesses."""

import re
from datetime import date

# Two figures for a year: 00 to 69 are the 2000s, 70 to 99 the 1900s.
PIVOT = 70
YEARS = range(1900, 2100)
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

# A personnel system writes midnight after a day; any other hour is not a day and is asked about.
MIDNIGHT = r"(?:[T ]\s*0?0:00(?::00(?:\.0+)?)?|\s+12:00(?::00)?\s*AM)?"
STYLES = tuple(
    re.compile(style + MIDNIGHT, re.IGNORECASE)
    for style in (
        r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})",
        r"(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})/(?P<year>[0-9]{4}|[0-9]{2})",
        r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>[0-9]{1,2})(?:,\s*|\s+)(?P<year>[0-9]{4})",
        r"(?P<day>[0-9]{1,2})(?P<gap>[- ])(?P<month>[a-z]{3,9})(?P=gap)(?P<year>[0-9]{4}|[0-9]{2})",
    )
)
SEPARATOR = re.compile(r"(?:\s*[,;&]\s*|\s+/\s*|\s*/\s+|\band\s+|\s+)+", re.IGNORECASE)
# Between a piece that is no date and the next: a space alone does not part it.
STRONG = re.compile(r"[,;&\n\r]|\s/|/\s|\sand\s", re.IGNORECASE)


def parse_date(text: str) -> date | None:
    """One date: 2025-06-30, 6/30/2025, 6/30/25 (month first), Jun 30, 2025 or 30-Jun-2025.

    None for what is no date: day first, a spreadsheet's serial number, years outside 1900 to 2099.
    """
    stripped = text.strip()
    for style in STYLES:
        if matched := style.fullmatch(stripped):
            return _date(matched)
    return None


def parse_dates(text: str) -> tuple[list[date], list[str]]:
    """All dates of one cell in their order, and the pieces that are no date, verbatim."""
    dates: list[date] = []
    pieces: list[str] = []
    place = _after_separator(text, 0)
    while place < len(text):
        end = _end_of_piece(text, place)
        piece = text[place:end].rstrip()
        day = parse_date(piece)
        if day is None:
            pieces.append(piece)
        else:
            dates.append(day)
        place = _after_separator(text, end)
    return dates, pieces


def _date(matched: re.Match[str]) -> date | None:
    month, year = _month(matched["month"]), _year(matched["year"])
    if month is None or year not in YEARS:
        return None
    try:
        return date(year, month, int(matched["day"]))
    except ValueError:
        return None


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    low = text.lower()
    names = [number for number, name in enumerate(MONTHS, 1) if low in (name, name[:3])]
    return 9 if low == "sept" else next(iter(names), None)


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < PIVOT else 1900)


def _after_separator(text: str, place: int) -> int:
    matched = SEPARATOR.match(text, place)
    return matched.end() if matched else place


def _end_of_piece(text: str, place: int) -> int:
    """Where the date that starts here ends (it may hold a comma), else where the next separator stands."""
    for style in STYLES:
        matched = style.match(text, place)
        if matched and _is_parted(text, matched.end()):
            return matched.end()
    strong = STRONG.search(text, place + 1)
    return strong.start() if strong else len(text)


def _is_parted(text: str, place: int) -> bool:
    return place == len(text) or SEPARATOR.match(text, place) is not None
