"""The rule book of a school: its series, ranks, titles, status codes and year, read from TOML and checked."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

POLICIES = Path(__file__).resolve().parent.parent / "policies"
KEYS = ("name", "family", "academic_year_starts", "pay_plans", "program", "statuses", "ranks", "series")
STATUSES = ("active", "leave", "terminated")
KEY = re.compile(r"[a-z0-9][a-z0-9-]*")
LINE = re.compile(r"\(at line ([0-9]+)")

Section = Mapping[str, object]


class RuleBookError(Exception):
    """What is wrong with a rule book: at which key ("series.2.code"), in which line where known."""

    def __init__(self, key: str, sentence: str, line: int | None = None) -> None:
        super().__init__(f"{key}: {sentence}" if key else sentence)
        self.key, self.sentence, self.line = key, sentence, line


@dataclass(frozen=True)
class Series:
    """A line of appointment; `junior_needs_mentor` says whether pairing is required in it."""

    code: str
    name: str
    junior_needs_mentor: bool
    volunteer: bool


@dataclass(frozen=True)
class Rank:
    """`order` counts from 1, the lowest."""

    code: str
    name: str
    order: int
    junior: bool


@dataclass(frozen=True)
class Classification:
    """Codes of a series and of a rank."""

    series: str
    rank: str


@dataclass(frozen=True)
class RuleBook:
    """`titles`, `statuses` and `pay_plans` hold normalised text; `year_starts` is month and day.

    `at_least` and `aim` count meetings an academic year, `capacity` the mentees of one mentor.
    """

    key: str
    name: str
    family: str
    year_starts: tuple[int, int]
    pay_plans: tuple[str, ...]
    series: tuple[Series, ...]
    ranks: tuple[Rank, ...]
    titles: Mapping[str, Classification]
    statuses: Mapping[str, str]
    at_least: int
    aim: int
    capacity: int

    def classify(self, title: str) -> Classification | None:
        """Series and rank of a whole title; None for one that the book does not know: ask, never guess."""
        whole = _normal(title)
        for plan in self.pay_plans:
            if whole.endswith(plan):
                return self.titles.get(whole.removesuffix(plan).rstrip())
        return self.titles.get(whole)

    def status(self, code: str) -> str | None:
        """“active”, “leave” or “terminated”; None for a code that the book does not know."""
        return self.statuses.get(_normal(code))

    def is_junior(self, series: str, rank: str) -> bool:
        """Whether the rank is a junior one, in whichever series. KeyError for codes not in the book."""
        return self._both(series, rank)[1].junior

    def needs_mentor(self, series: str, rank: str) -> bool:
        """Whether pairing is required, not merely offered. KeyError for codes not in the book."""
        line, step = self._both(series, rank)
        return step.junior and line.junior_needs_mentor

    def series_name(self, code: str) -> str:
        """KeyError for a code not in the book."""
        return {each.code: each.name for each in self.series}[code]

    def rank_name(self, code: str) -> str:
        """KeyError for a code not in the book."""
        return {each.code: each.name for each in self.ranks}[code]

    def _both(self, series: str, rank: str) -> tuple[Series, Rank]:
        lines = {each.code: each for each in self.series}
        steps = {each.code: each for each in self.ranks}
        return lines[series], steps[rank]


def load(key: str) -> RuleBook:
    """A shipped rule book. Raises RuleBookError for an unknown key and for a book with a mistake."""
    path = POLICIES / f"{key}.toml"
    if not KEY.fullmatch(key) or not path.is_file():
        raise RuleBookError("", _("There is no rule book “%(key)s”.") % {"key": key})
    return parse(key, path.read_text(encoding="utf-8"))


def parse(key: str, text: str) -> RuleBook:
    """A rule book from its TOML. Raises RuleBookError at the first mistake."""
    book = _toml(text)
    _only(book, "", KEYS)
    at_least, aim, capacity = _figures(book)
    return RuleBook(
        key=key,
        name=_text(book, "name"),
        family=_text(book, "family"),
        year_starts=_month_and_day(book, "academic_year_starts"),
        pay_plans=tuple(map(_normal, _texts(book, "pay_plans"))),
        series=_series(book),
        ranks=_ranks(book),
        titles=_titles(book),
        statuses=_statuses(book),
        at_least=at_least,
        aim=aim,
        capacity=capacity,
    )


def _normal(text: str) -> str:
    """Upper case, single spaces, none around a hyphen."""
    return re.sub(r" ?- ?", "-", " ".join(text.upper().split()))


def _toml(text: str) -> Section:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = LINE.search(str(error))
        sentence = _("This is not TOML: %(reason)s") % {"reason": error}
        raise RuleBookError("", sentence, int(line[1]) if line else None) from error


# The parts of the book


def _ranks(book: Section) -> tuple[Rank, ...]:
    return tuple(_rank(section, at, order) for order, (at, section) in enumerate(_coded(book, "ranks"), 1))


def _rank(section: Section, at: str, order: int) -> Rank:
    _only(section, at, ("code", "name", "words", "junior"))
    return Rank(_text(section, "code", at), _text(section, "name", at), order, _flag(section, "junior", at))


def _series(book: Section) -> tuple[Series, ...]:
    return tuple(_one_series(section, at) for at, section in _coded(book, "series"))


def _one_series(section: Section, at: str) -> Series:
    _only(section, at, ("code", "name", "junior_needs_mentor", "volunteer", "titles"))
    return Series(
        code=_text(section, "code", at),
        name=_text(section, "name", at),
        junior_needs_mentor=_flag(section, "junior_needs_mentor", at),
        volunteer=_flag(section, "volunteer", at),
    )


def _titles(book: Section) -> dict[str, Classification]:
    titles: dict[str, Classification] = {}
    for at, title, meant in _spelled_out(book):
        if titles.setdefault(title, meant) != meant:
            raise RuleBookError(at, _("The title “%(title)s” stands for two things.") % {"title": title})
    return titles


def _spelled_out(book: Section) -> Iterator[tuple[str, str, Classification]]:
    """Every title that the book knows, with the key of its form."""
    for at, series in _coded(book, "series"):
        for form in _texts(series, "titles", at):
            if form.count("{") != form.count("{rank}") or form.count("{rank}") != 1:
                raise RuleBookError(f"{at}.titles", _("“%(form)s” needs {rank} in it once.") % {"form": form})
            for word, rank in _words(book):
                meant = Classification(_text(series, "code", at), rank)
                yield f"{at}.titles", _normal(form.replace("{rank}", word)), meant


def _words(book: Section) -> list[tuple[str, str]]:
    ranks = _coded(book, "ranks")
    return [(word, _text(rank, "code", at)) for at, rank in ranks for word in _texts(rank, "words", at)]


def _statuses(book: Section) -> dict[str, str]:
    section = _section(book, "statuses")
    _only(section, "statuses", STATUSES)
    codes: dict[str, str] = {}
    for status in STATUSES:
        for code in _texts(section, status, "statuses"):
            if codes.setdefault(_normal(code), status) != status:
                sentence = _("The code “%(code)s” stands twice.") % {"code": code}
                raise RuleBookError(f"statuses.{status}", sentence)
    return codes


def _figures(book: Section) -> tuple[int, int, int]:
    section = _section(book, "program")
    _only(section, "program", ("at_least", "aim", "capacity"))
    at_least, aim, capacity = (_count(section, key, "program") for key in ("at_least", "aim", "capacity"))
    if aim < at_least:
        raise RuleBookError("program.aim", _("The aim cannot be lower than “at_least”."))
    return at_least, aim, capacity


# Reading one key


def _at(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key


def _only(section: Section, at: str, known: Collection[str]) -> None:
    for key in section:
        if key not in known:
            raise RuleBookError(_at(at, key), _("This key is unknown. Is it misspelt?"))


def _value(section: Section, key: str, at: str) -> object:
    if key not in section:
        raise RuleBookError(_at(at, key), _("This key is missing."))
    return section[key]


def _text(section: Section, key: str, at: str = "") -> str:
    value = _value(section, key, at)
    if not isinstance(value, str) or not value.strip():
        raise RuleBookError(_at(at, key), _("This must be a text in quotation marks."))
    return value


def _texts(section: Section, key: str, at: str = "") -> list[str]:
    value = _value(section, key, at)
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise RuleBookError(_at(at, key), _("This must be a list of texts in quotation marks."))
    return value


def _flag(section: Section, key: str, at: str) -> bool:
    value = _value(section, key, at)
    if not isinstance(value, bool):
        raise RuleBookError(_at(at, key), _("This must be true or false."))
    return value


def _count(section: Section, key: str, at: str) -> int:
    value = _value(section, key, at)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 100:
        raise RuleBookError(_at(at, key), _("This must be a whole number from 1 to 99."))
    return value


def _month_and_day(section: Section, key: str) -> tuple[int, int]:
    text = _text(section, key)
    try:
        # 2001 is no leap year: 29 February is refused, since not every year has one.
        day = date.fromisoformat(f"2001-{text}")
    except ValueError as error:
        raise RuleBookError(key, _("This must be a month and a day such as “07-01”.")) from error
    return day.month, day.day


def _section(book: Section, key: str) -> Section:
    value = _value(book, key, "")
    if not isinstance(value, dict):
        raise RuleBookError(key, _("This must be a section: [%(key)s].") % {"key": key})
    return value


def _coded(book: Section, key: str) -> list[tuple[str, Section]]:
    """The sections under [[key]], each with its place ("series.2"); their codes are distinct."""
    value = _value(book, key, "")
    if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
        raise RuleBookError(key, _("This must be one section or more: [[%(key)s]].") % {"key": key})
    sections = [(f"{key}.{place}", each) for place, each in enumerate(value, 1)]
    codes: set[str] = set()
    for at, section in sections:
        code = _text(section, "code", at)
        if code in codes:
            raise RuleBookError(f"{at}.code", _("The code “%(code)s” stands twice.") % {"code": code})
        codes.add(code)
    return sections
