"""Reads a file of mentees and a file of mentors for the matching: who they are, what they want, which rules stand."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from django.utils.translation import gettext as _

from telemachus.lib.rows import Row, Table, TableError, raise_any
from telemachus.lib.table import read_table
from telemachus.pairing.match.settings import FIELDS, MENTEES, MENTORS, MOST_PLACES, Wishes

MOST_STAGE = 1_000_000
# By their key: small letters and digits only. The first that a file has is taken.
SYNONYMS = {
    "id": (
        "id", "identifier", "uid", "personid", "menteeid", "mentorid", "employeeid", "email", "emailaddress",
        "workemail",
    ),
    "name": ("name", "fullname", "mentee", "mentor", "menteename", "mentorname", "legalname"),
    "needs": ("needs", "need", "mentoringneeds", "seeks", "seeking", "wants", "goals"),
    "offers": ("offers", "offer", "offering", "canhelpwith", "expertise", "strengths", "skills"),
    "interests": ("interests", "interest", "areasofinterest", "researchinterests", "topics"),
    "series": ("series", "track", "facultyseries", "academicseries"),
    "stage": ("stage", "careerstage", "rank", "academicrank"),
    "not": ("not", "notwith", "exclude", "excluded", "excludes", "exclusions"),
    "places": ("places", "capacity", "maxmentees", "slots", "seats"),
    "has": ("has", "currentmentees", "existingmentees", "mentees"),
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One row: a mentee with needs, or a mentor with offers. Terms and series are keys.

    `others` are ids: a mentee's of mentors who are excluded, a mentor's of mentees in the file who have this mentor;
    `has` counts them with those who are not in the file.
    """

    id: str
    name: str
    wants: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    series: str | None = None
    stage: int | None = None
    places: int = 0
    has: int = 0
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cohort:
    """`spelled` gives a term or series as it was first written, by its key.

    `columns` are the fields that each side has, `unread` the columns that mean nothing here, by file.
    """

    mentees: list[Entry]
    mentors: list[Entry]
    spelled: Mapping[str, str]
    columns: Mapping[str, frozenset[str]]
    unread: Mapping[str, list[str]]

    def stands(self) -> list[tuple[str, str]]:
        """Pairs that stand already, of mentees in the file."""
        mentees = {each.id for each in self.mentees}
        return [(mentee, mentor.id) for mentor in self.mentors for mentee in mentor.others if mentee in mentees]


@dataclass(frozen=True)
class Source:
    """A file's name, as the sentences show it, and what is in it."""

    name: str
    content: bytes


def read_cohort(mentees: Source, mentors: Source, wanted: Wishes) -> Cohort:
    """Raises TableError with everything that is wrong in both files, by file, row and column."""
    sheets, odd = {}, []
    for side, source in ((MENTEES, mentees), (MENTORS, mentors)):
        try:
            sheets[side] = _Sheet(side, source.name, read_table(source.name, source.content), wanted)
        except TableError as error:
            odd += [_placed(source.name, sentence) for sentence in error.sentences]
    raise_any(iter(odd))
    return _cohort(sheets[MENTEES], sheets[MENTORS])


def key(text: str) -> str:
    """For comparing: no difference of case, width, spaces or kind of apostrophe."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").casefold().split())


def _placed(name: str, sentence: str) -> str:
    return sentence if name in sentence else f"{name}: {sentence}"


# Columns and cells


def _column_key(title: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", title).casefold()))


@dataclass
class _Sheet:
    """One file with its columns found; what is wrong with a cell is gathered in `odd`."""

    side: str
    name: str
    table: Table
    wanted: Wishes
    odd: list[str] = field(default_factory=list)
    spelled: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns: dict[str, int] = {}
        raise_any(chain(self._map_columns(), self._look_for_ids()))

    def _map_columns(self) -> Iterator[str]:
        """Those that were named first, then the synonyms among the rest."""
        keys = list(map(_column_key, self.table.header))
        for what, title in self.wanted.columns[self.side].items():
            if _column_key(title) in keys:
                self.columns[what] = keys.index(_column_key(title))
            else:
                yield _("%(file)s has no column “%(title)s”. Its columns: %(known)s.") % {
                    "file": self.name,
                    "title": title,
                    "known": ", ".join(self.table.header),
                }
        for what in FIELDS[self.side]:
            free = [each for each in SYNONYMS[what] if each in keys and keys.index(each) not in self.columns.values()]
            if free:
                self.columns.setdefault(what, keys.index(free[0]))

    def _look_for_ids(self) -> Iterator[str]:
        if not {"id", "name"} & set(self.columns):
            yield _(
                '%(file)s has no column “id” or “name”. Name it: --map %(side)s.id="Title of the column". '
                "Its columns: %(known)s."
            ) % {"file": self.name, "side": self.side, "known": ", ".join(self.table.header)}
        if not self.table.rows:
            yield _("%(file)s holds nobody: there is no row below the header.") % {"file": self.name}

    @property
    def id_field(self) -> str:
        return "id" if "id" in self.columns else "name"

    @property
    def unread(self) -> list[str]:
        return [title for at, title in enumerate(self.table.header) if at not in self.columns.values()]

    def text(self, row: Row, what: str) -> str:
        return " ".join(row.cells[self.columns[what]].split()) if what in self.columns else ""

    def say(self, row: Row, what: str, sentence: str) -> None:
        where = {"file": self.name, "row": row.number, "column": self.table.header[self.columns[what]]}
        self.odd.append(_("%(file)s, row %(row)s, column “%(column)s”: ") % where + sentence)

    def terms(self, row: Row, what: str) -> frozenset[str]:
        return frozenset(map(self.kind, _split(row.cells[self.columns[what]]))) if what in self.columns else frozenset()

    def kind(self, text: str) -> str:
        """The key of a term; how it was spelled first is remembered."""
        self.spelled.setdefault(key(text), text)
        return key(text)

    def whole(self, row: Row, what: str, low: int, high: int) -> int | None:
        """The cell's number; None where the cell is empty, or holds none and it has been said."""
        text = self.text(row, what)
        if not text:
            return None
        if text.removeprefix("-").isdecimal() and len(text) < 10 and low <= int(text) <= high:
            return int(text)
        rule = _("“%(text)s” is no whole number from %(low)s to %(high)s.") % {"text": text, "low": low, "high": high}
        self.say(row, what, rule)
        return None

    def stage(self, row: Row) -> int | None:
        text = self.text(row, "stage")
        names = [key(each) for each in self.wanted.stages]
        if key(text) in names:
            return names.index(key(text)) + 1
        if not text or text.removeprefix("-").isdecimal():
            return self.whole(row, "stage", -MOST_STAGE, MOST_STAGE)
        known = _("Stages here: %(known)s.") % {"known": ", ".join(self.wanted.stages)}
        hint = _('Give the order of the names, the lowest first: --stages "Assistant,Associate,Professor".')
        sentence = _("“%(text)s” is neither a whole number nor a stage that is known.") % {"text": text}
        self.say(row, "stage", f"{sentence} {known if names else hint}")
        return None


def _split(cell: str) -> list[str]:
    parts = cell.replace(",", ";").replace("\n", ";").split(";")
    return [" ".join(part.split()) for part in parts if part.strip()]


# People


def _cohort(mentees: _Sheet, mentors: _Sheet) -> Cohort:
    known_mentees, known_mentors = _Known(mentees), _Known(mentors)
    ours = [_mentee(mentees, row, known_mentors) for row in mentees.table.rows]
    theirs = [_mentor(mentors, row, known_mentees) for row in mentors.table.rows]
    _look_for_contradictions(mentees, ours, theirs)
    raise_any(iter([*mentees.odd, *mentors.odd]))
    return Cohort(
        ours,
        theirs,
        mentors.spelled | mentees.spelled,
        {sheet.side: frozenset(sheet.columns) for sheet in (mentees, mentors)},
        {sheet.name: sheet.unread for sheet in (mentees, mentors)},
    )


def _mentee(sheet: _Sheet, row: Row, mentors: "_Known") -> Entry:
    return Entry(
        id=sheet.text(row, sheet.id_field),
        name=sheet.text(row, "name"),
        wants=sheet.terms(row, "needs"),
        interests=sheet.terms(row, "interests"),
        series=sheet.kind(sheet.text(row, "series")) or None,
        stage=sheet.stage(row),
        others=tuple(_meant(sheet, row, "not", mentors)),
    )


def _mentor(sheet: _Sheet, row: Row, mentees: "_Known") -> Entry:
    places = sheet.whole(row, "places", 0, MOST_PLACES)
    return Entry(
        id=sheet.text(row, sheet.id_field),
        name=sheet.text(row, "name"),
        wants=sheet.terms(row, "offers"),
        interests=sheet.terms(row, "interests"),
        series=sheet.kind(sheet.text(row, "series")) or None,
        stage=sheet.stage(row),
        places=sheet.wanted.places if places is None else places,
        # Those who are in no file are mentees all the same.
        has=len(mentees.pieces(row, sheet.columns.get("has"))),
        others=tuple(_meant(sheet, row, "has", mentees)),
    )


class _Known:
    """The ids of one file, by key of id and of name; says what is wrong with them."""

    def __init__(self, sheet: _Sheet) -> None:
        self.file = sheet.name
        self._ids: dict[str, list[str]] = {}
        self._names: dict[str, list[str]] = {}
        seen: dict[str, int] = {}
        for row in sheet.table.rows:
            self._enter(sheet, row, seen)

    def _enter(self, sheet: _Sheet, row: Row, seen: dict[str, int]) -> None:
        text = sheet.text(row, sheet.id_field)
        if not text:
            sheet.say(row, sheet.id_field, _("Nothing stands here. Each row needs one that is its own."))
        elif key(text) in seen:
            sentence = _("“%(text)s” stands in row %(row)s already.") % {"text": text, "row": seen[key(text)]}
            sheet.say(row, sheet.id_field, sentence)
        else:
            seen[key(text)] = row.number
            self._ids[key(text)] = [text]
            self._names.setdefault(key(sheet.text(row, "name")), []).append(text)

    def of(self, text: str) -> list[str]:
        return self._ids.get(key(text)) or (self._names.get(key(text), []) if text else [])

    def pieces(self, row: Row, at: int | None) -> list[str]:
        """Names in one cell: a semicolon or a line parts them, a comma where the whole is nobody's name."""
        found: dict[str, str] = {}
        cell = "" if at is None else row.cells[at]
        for part in (" ".join(each.split()) for each in cell.replace("\n", ";").split(";")):
            for piece in [part] if self.of(part) else _split(part):
                found.setdefault(key(piece), piece)
        return list(found.values())


def _meant(sheet: _Sheet, row: Row, what: str, known: _Known) -> Iterator[str]:
    for piece in known.pieces(row, sheet.columns.get(what)):
        match known.of(piece):
            case [one]:
                yield one
            case []:
                # A mentor may well have mentees who are not to be placed now.
                if what == "not":
                    sentence = _("“%(text)s” is nobody in %(file)s. Correct it, or take it out.")
                    sheet.say(row, what, sentence % {"text": piece, "file": known.file})
            case _several:
                sentence = _("“%(text)s” is the name of more than one in %(file)s. Write the id.")
                sheet.say(row, what, sentence % {"text": piece, "file": known.file})


def _look_for_contradictions(sheet: _Sheet, mentees: Sequence[Entry], mentors: Sequence[Entry]) -> None:
    """A pair that stands may not be excluded too."""
    stands = {(mentee, mentor.id) for mentor in mentors for mentee in mentor.others}
    for row, mentee in zip(sheet.table.rows, mentees, strict=True):
        for mentor in mentee.others:
            if (mentee.id, mentor) in stands:
                sentence = _("“%(mentor)s” is excluded here, but has %(mentee)s already in the other file.")
                sheet.say(row, "not", sentence % {"mentor": mentor, "mentee": mentee.id})
