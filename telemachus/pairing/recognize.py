"""Which terms a text speaks of: whole words, plainly compared. Nothing of the text is kept.

A word is the same in any case, with or without accents, in the singular as in the plural. What stands inside another
word is no match: NIH is not in Munich.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

APOSTROPHES = re.compile("['’]")
WORD = re.compile(r"[^\W_]+")
# A word that a line's end divides; it may also be two that a hyphen joins: both are read.
DIVIDED = re.compile(r"(?<=\w)[-\u00ad\u2010]\s*\n\s*(?=\w)")
# Accents that stand by themselves, and what only shapes a line: soft hyphens, joiners.
UNSEEN = {"Mn", "Cf"}
# What is shorter is no plural.
SHORTEST_PLURAL = 4


def recognized(text: str, signs: Mapping[Key, Iterable[str]]) -> set[Key]:
    """The keys of which at least one sign, a word or several in a row, stands in the text."""
    read = [_line(text), _line(DIVIDED.sub("", text))]
    return {key for key, phrases in signs.items() if any(_stands(phrase, read) for phrase in phrases)}


def signs_in(listed: str) -> list[str]:
    """Of a list with commas, semicolons or lines."""
    return [sign for sign in map(str.strip, re.split(r"[,;\n]", listed)) if sign]


def _stands(phrase: str, read: list[str]) -> bool:
    wanted = _line(phrase)
    return bool(wanted.strip()) and any(wanted in line for line in read)


def _line(text: str) -> str:
    """The words with one space before, between and behind them."""
    return f" {' '.join(map(_singular, _words(text)))} "


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text).casefold())
    return WORD.findall("".join(each for each in plain if unicodedata.category(each) not in UNSEEN))


def _singular(word: str) -> str:
    if len(word) < SHORTEST_PLURAL or not word.endswith("s") or word.endswith("ss"):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]
