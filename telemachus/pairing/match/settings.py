"""How somebody wants a file of mentees matched: columns, weights, aims, from flags and from a small TOML."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from telemachus.lib.rows import raise_any
from telemachus.pairing.engine import MOST

MENTEES, MENTORS = "mentees", "mentors"
FIELDS = {
    MENTEES: ("id", "name", "needs", "interests", "series", "stage", "not"),
    MENTORS: ("id", "name", "offers", "interests", "series", "stage", "places", "has"),
}
WEIGHTS: Mapping[str, int] = {"needs": 500, "interests": 250, "series": 100, "stage": 150}
MODES = ("optimum", "stable")
MOST_PLACES = 10_000
DAY = 86_400


@dataclass(frozen=True)
class Wishes:
    """`columns` by side and field, `weights` by part; `stages` from the lowest; a `floor` of None is the reachable."""

    columns: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: {MENTEES: {}, MENTORS: {}})
    weights: Mapping[str, int] = field(default_factory=lambda: WEIGHTS)
    stages: tuple[str, ...] = ()
    places: int = 2
    floor: int | None = None
    load: int = 60
    seed: int = 0
    mode: str = "optimum"
    seconds: float = 60


def wishes(path: Path | None, flags: Mapping[str, Any], maps: Sequence[str]) -> Wishes:
    """What a flag says wins over what stands in the file. Raises TableError with a sentence for each thing amiss."""
    found = {} if path is None else _toml(path)
    name = "" if path is None else path.name
    aims = _table(found, "aims") | {key: value for key, value in flags.items() if value is not None}
    mapped = list(map(_mapped, maps))
    raise_any(chain(_odd(name, found), _odd_aims(aims), (sentence for _to, _column, sentence in mapped if sentence)))
    columns = {side: dict(_table(_table(found, "columns"), side)) for side in FIELDS}
    for (side, what), column, _sentence in mapped:
        columns[side][what] = column
    chosen: dict[str, Any] = {
        key: tuple(map(str.strip, value)) if key == "stages" else value for key, value in aims.items()
    }
    return Wishes(columns=columns, weights=_weights(found), **chosen)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        sentence = _("%(path)s is not TOML: %(error)s") % {"path": path, "error": error}
        raise_any(iter([sentence]))
        raise


def _table(found: Mapping[str, Any], key: str) -> dict[str, Any]:
    table = found.get(key, {})
    return table if isinstance(table, dict) else {}


def _weights(found: Mapping[str, Any]) -> Mapping[str, int]:
    """Whoever names weights names all: a part that is left out counts nothing."""
    named = _table(found, "weights")
    return {part: named.get(part, 0) for part in WEIGHTS} if named else WEIGHTS


def _mapped(text: str) -> tuple[tuple[str, str], str, str]:
    """“mentees.needs=Areas of interest” to side and field, column, and what is amiss."""
    to, _equals, column = (part.strip() for part in text.partition("="))
    side, _dot, what = to.partition(".")
    if what in FIELDS.get(side, ()) and column:
        return (side, what), column, ""
    sentence = _('--map %(text)s is not understood. Write for example --map mentees.needs="Areas of interest".')
    return ("", ""), "", f"{sentence % {'text': text}} {_known_fields()}"


def _known_fields() -> str:
    return " ".join(f"{side}: {', '.join(fields)}." for side, fields in FIELDS.items())


# What may be amiss


def _odd(name: str, found: Mapping[str, Any]) -> Iterator[str]:
    for key, value in found.items():
        if key not in ("columns", "weights", "aims") or not isinstance(value, dict):
            yield _("%(file)s: %(key)s is none of [columns.mentees], [columns.mentors], [weights], [aims].") % {
                "file": name,
                "key": key,
            }
    for side, columns in _table(found, "columns").items():
        yield from _odd_columns(name, side, columns)
    yield from _odd_weights(name, _table(found, "weights"))


def _odd_columns(name: str, side: str, columns: Any) -> Iterator[str]:
    named = columns if isinstance(columns, dict) else {"": ""}
    for what, column in named.items():
        if what not in FIELDS.get(side, ()) or not isinstance(column, str):
            sentence = _("%(file)s: columns.%(side)s.%(field)s is not understood.")
            yield f"{sentence % {'file': name, 'side': side, 'field': what}} {_known_fields()}"


def _odd_weights(name: str, weights: Mapping[str, Any]) -> Iterator[str]:
    for part, weight in weights.items():
        if part not in WEIGHTS or not _is_whole(weight) or not 0 <= weight <= MOST:
            yield _("%(file)s: weights.%(part)s should be one of %(known)s with points from 0 to %(most)s.") % {
                "file": name,
                "part": part,
                "known": ", ".join(WEIGHTS),
                "most": MOST,
            }
    if (total := sum(each for each in weights.values() if _is_whole(each))) > MOST:
        yield _("%(file)s: the weights sum to %(total)s. Together they may be at most %(most)s.") % {
            "file": name,
            "total": total,
            "most": MOST,
        }


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


# Each aim: whether a value is one, and the words for what one is
AIMS: Mapping[str, tuple[Callable[[Any], bool], Callable[[], str]]] = {
    "floor": (lambda it: _is_whole(it) and 0 <= it <= MOST, lambda: _("points from 0 to 1000")),
    "load": (lambda it: _is_whole(it) and 0 <= it <= MOST, lambda: _("points from 0 to 1000")),
    "seed": (_is_whole, lambda: _("a whole number")),
    "places": (lambda it: _is_whole(it) and 0 <= it <= MOST_PLACES, lambda: _("a whole number from 0 to 10000")),
    "mode": (lambda it: it in MODES, lambda: _("optimum or stable")),
    "seconds": (lambda it: isinstance(it, int | float) and 0 < it <= DAY, lambda: _("a number above 0, up to 86400")),
    "stages": (lambda it: _are_stages(it), lambda: _("names of ranks from the lowest up, each once")),
}


def _odd_aims(aims: Mapping[str, Any]) -> Iterator[str]:
    for key, value in aims.items():
        if key not in AIMS:
            yield _("There is no aim “%(key)s”. Known: %(known)s.") % {"key": key, "known": ", ".join(AIMS)}
        elif not AIMS[key][0](value):
            yield _("%(key)s should be %(what)s, not %(value)s.") % {"key": key, "what": AIMS[key][1](), "value": value}


def _are_stages(names: Any) -> bool:
    if not isinstance(names, list) or not all(isinstance(each, str) and each.strip() for each in names):
        return False
    return bool(names) and len({each.strip().casefold() for each in names}) == len(names)
