"""Compares people's names as they are typed: split, folded, matched exactly or asked about, never guessed."""

import re
import unicodedata
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

K = TypeVar("K", bound=Hashable)

TITLES = {"dr", "doctor", "prof", "professor", "mr", "mrs", "ms", "mx"}
SUFFIXES = {
    "jr", "sr", "ii", "iii", "iv", "md", "phd", "mph", "mba", "mbbs", "mbchb", "dphil", "drph", "scd", "msc",
    "mscr", "mshs", "pharmd", "dds", "dmd", "jd", "facp", "facg", "agaf", "faga", "fasge", "faasld",
}  # fmt: skip
# Family names too (Do, Ma): a degree only in capitals and where a comma sets it apart.
DEGREES_AFTER_COMMA = {"DO", "MS", "MA", "MAS", "BA", "BS", "RN", "NP", "PA"}
# Only as typed, in small letters: “Thanh Van Nguyen” has a middle name.
PARTICLES = {
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "das", "do", "dos", "du", "la", "le", "los",
    "las", "ter", "ten", "zu", "al", "el", "bin", "ibn",
}  # fmt: skip
# Letters that are no accented form of another in Unicode, though people type them as one.
LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "ħ": "h"}
)
APOSTROPHES = re.compile("['`\u2018\u2019\u02bc\u02bb\u00b4\u2032\uff07]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
CLOSE = 0.7
MOST_SUGGESTED = 5


@dataclass(frozen=True)
class Name:
    """A name without titles and degrees; `given` holds middle names too and may be empty."""

    family: str
    given: str


def split_name(text: str) -> Name:
    """“Haddad, Ulla”, “Ulla Haddad” or “Dr. Haddad” to its parts, spelled as typed."""
    parts = _parts(text)
    if len(parts) > 1:
        return Name(parts[0], " ".join(parts[1:]))
    words = parts[0].split() if parts else []
    cut = _family_start(words)
    return Name(" ".join(words[cut:]), " ".join(words[:cut]))


def fold(text: str) -> str:
    """A key for comparing: no accents, case or punctuation; “D'Souza-Łuk” is “dsouza luk”."""
    plain = _decomposed(_decomposed(APOSTROPHES.sub("", text)).casefold())
    return " ".join("".join(map(_kept, plain)).translate(LETTERS).split())


def initials(name: Name) -> str:
    """First letters of given and family name, in capitals: “UH”."""
    firsts = (next(filter(str.isalpha, part), "") for part in (name.given, name.family))
    return "".join(first.upper()[:1] for first in firsts)


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula."""
    return text.startswith(FORMULA_STARTS)


def has_invisible(text: str) -> bool:
    """Whether the text holds what nobody sees: marks that turn its direction, letters of no width, controls."""
    return any(unicodedata.category(letter) in ("Cc", "Cf") for letter in text)


def resolve(text: str, people: Sequence[tuple[K, Name]]) -> list[K]:
    """Everyone who can be meant, each once: by the whole name, else by what was given of it.

    Middle names may be missing, a letter stands for a name, a family name alone means all who have it.
    A person may stand in `people` under several names. Empty for an unknown name: see `suggest`.
    """
    readings = [reading for reading in map(_folded, _readings(text)) if reading.family]
    known = [(key, _folded(name)) for key, name in people]
    for can_be in (Name.__eq__, _is_compatible):
        found = [key for key, name in known if any(can_be(reading, name) for reading in readings)]
        if found:
            return list(dict.fromkeys(found))
    return []


def suggest(text: str, people: Sequence[tuple[K, Name]]) -> list[K]:
    """Up to five people whose names look alike, closest first: for a question, never for an answer."""
    wanted = fold(" ".join(_parts(text)))
    closeness: dict[K, float] = {}
    for key, name in people:
        closeness[key] = max(closeness.get(key, 0.0), _closeness(wanted, _folded(name)))
    ranked = sorted(closeness, key=lambda key: -closeness[key])
    return [key for key in ranked if closeness[key] >= CLOSE][:MOST_SUGGESTED]


def _parts(text: str) -> list[str]:
    """What stands between the commas, spaces collapsed, without titles, degrees and empty parts."""
    first, *rest = (part.split() for part in text.split(","))
    kept = [first, *(words for words in rest if not all(map(_is_degree, words)))]
    return [" ".join(_bare(words)) for words in kept if words]


def _bare(words: list[str]) -> list[str]:
    while len(words) > 1 and _plain(words[0]) in TITLES:
        words = words[1:]
    while len(words) > 1 and _plain(words[-1]) in SUFFIXES:
        words = words[:-1]
    return words


def _is_degree(word: str) -> bool:
    return _plain(word) in SUFFIXES or word.replace(".", "") in DEGREES_AFTER_COMMA


def _plain(word: str) -> str:
    return word.replace(".", "").casefold()


def _family_start(words: list[str]) -> int:
    start = max(len(words) - 1, 0)
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return start


def _readings(text: str) -> list[Name]:
    """Every way to part the words, since “Inés Castro Peña” does not say where the family name begins."""
    parts = _parts(text)
    if len(parts) != 1:
        return [split_name(text)] if parts else []
    words = parts[0].split()
    return [Name(" ".join(words[cut:]), " ".join(words[:cut])) for cut in range(len(words))]


def _folded(name: Name) -> Name:
    return Name(fold(name.family), fold(name.given))


def _is_compatible(one: Name, other: Name) -> bool:
    """Same family name, and no given name of one against one of the other; a letter stands for a name."""
    pairs = zip(one.given.split(), other.given.split(), strict=False)
    return one.family == other.family and all(_can_stand_for(*pair) for pair in pairs)


def _can_stand_for(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _closeness(wanted: str, name: Name) -> float:
    orders = (f"{name.given} {name.family}", f"{name.family} {name.given}", name.family)
    return max(SequenceMatcher(None, wanted, order.strip()).ratio() for order in orders)


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFKD", text)


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Mn":
        return ""
    return character if category[0] in "LNM" else " "
