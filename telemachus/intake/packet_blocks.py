"""What a packet is made of: sections, and in them the few shapes that page and paper both know how to show."""

from collections.abc import Iterator
from dataclasses import dataclass, field

LINES_ON_THE_PAGE = 2


@dataclass(frozen=True)
class Text:
    """A paragraph; a packet's first words in a section."""

    text: str
    kind: str = field(default="text", init=False)


@dataclass(frozen=True)
class Points:
    lines: tuple[str, ...]
    heading: str = ""
    kind: str = field(default="points", init=False)


@dataclass(frozen=True)
class Note:
    """Points that must not be overlooked."""

    heading: str
    lines: tuple[str, ...]
    kind: str = field(default="note", init=False)


@dataclass(frozen=True)
class Steps:
    """One after another, each with a name and a sentence."""

    rows: tuple[tuple[str, str], ...]
    kind: str = field(default="steps", init=False)


@dataclass(frozen=True)
class Terms:
    rows: tuple[tuple[str, str], ...]
    kind: str = field(default="terms", init=False)


@dataclass(frozen=True)
class Table:
    """The first cell of a row is its heading; an empty one is to be filled in by pen."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: str = field(default="table", init=False)

    @property
    def is_filled(self) -> bool:
        return any(cell for _heading, *cells in self.rows for cell in cells)

    def labelled(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Each row's heading, and its cells with the names of their columns."""
        for heading, *cells in self.rows:
            yield heading, list(zip(self.header[1:], cells, strict=True))


@dataclass(frozen=True)
class Lines:
    """A question and so many empty lines."""

    label: str
    count: int
    help: str = ""
    kind: str = field(default="lines", init=False)

    @property
    def some(self) -> range:
        """On the page they only hint at the paper: nobody scrolls past forty empty lines."""
        return range(min(self.count, LINES_ON_THE_PAGE))


@dataclass(frozen=True)
class Blanks:
    """Words before a line each, in rows of two; where the answer is known it stands there already."""

    rows: tuple[tuple[str, str], ...]
    kind: str = field(default="blanks", init=False)


Block = Text | Points | Note | Steps | Terms | Table | Lines | Blanks


@dataclass(frozen=True)
class Section:
    """`key` is its anchor; a form begins a page too, on which it stands `copies` times."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    begins_page: bool = False
    is_form: bool = False
    copies: int = 1


@dataclass(frozen=True)
class Packet:
    """`words` are those of the cover and the frame, by what they say."""

    title: str
    program: str
    person: str
    day: str
    words: dict[str, str]
    sections: tuple[Section, ...]
