"""Our templates, read as text: which there are, and what in them a person or a browser would see."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, TokenType

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ROOT / "telemachus"
Attribute = tuple[str, str, str]  # tag, name, value


def templates() -> list[Path]:
    """All of ours: pages, cotton components and mails."""
    return sorted(path for path in ROOMS.glob("*/templates/**/*") if path.suffix in {".html", ".txt"})


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


class Markup(HTMLParser):
    """The tags' attributes, and the words between the tags; `bare_scripts` are scripts without a `src`."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.attributes: list[Attribute] = []
        self.words: list[str] = []
        self.tags: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def literal(text: str) -> str:
    """The template without its tags, variables, comments and translated blocks: what would be sent as it stands."""
    return "".join(_literal(text))


def _literal(text: str) -> Iterator[str]:
    within = ""
    for token in Lexer(text).tokenize():
        word = token.contents.split(" ", 1)[0]
        if token.token_type == TokenType.BLOCK and within:
            within = "" if word == f"end{within}" else within
        elif token.token_type == TokenType.BLOCK and word in ("blocktranslate", "comment"):
            within = word
        elif token.token_type == TokenType.TEXT and not within:
            yield token.contents
        else:
            yield " "


def variables(text: str) -> Iterator[str]:
    for token in Lexer(text).tokenize():
        if token.token_type == TokenType.VAR:
            yield token.contents


WORD = re.compile(r"[^\W\d_]{2,}")


def has_words(text: str, *, names: frozenset[str] = frozenset({"Telemachus"})) -> bool:
    """Is there a word in it, names and units aside?"""
    return any(word not in names for word in WORD.findall(text))
