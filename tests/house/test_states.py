"""What moves a row is what the pages of the rooms draw."""

import ast
from pathlib import Path

import pytest

from telemachus.pairing import requesting
from tests.house.states_page import nouns, page

ROOMS = Path(__file__).resolve().parents[2] / "telemachus"
STATES = Path(__file__).resolve().parents[2] / "docs" / "rooms" / "states.md"


def test_page_is_as_the_code_is() -> None:
    assert STATES.read_text() == "".join(page())


@pytest.mark.parametrize("noun", nouns())
def test_every_turn_is_a_verb_of_the_noun(noun) -> None:
    for turn in noun.TURNS:
        owners = (noun, type(noun.objects), requesting)
        assert any(hasattr(owner, turn.verb) for owner in owners), turn.verb


@pytest.mark.parametrize("noun", nouns())
def test_every_state_is_reached_and_left_or_the_last(noun) -> None:
    assert {turn.after for turn in noun.TURNS} - {""} == set(noun.State)
    assert any(not turn.before for turn in noun.TURNS)


@pytest.mark.parametrize("room", ["pairing", "intake"])
def test_nothing_else_moves_a_row(room: str) -> None:
    """Neither `compare_and_set(…, to={"state": …})` nor `.update(state=…)` beside `turn`; what `.update(**…)` writes is
    not to be seen, so it is none either.
    """
    found = [
        f"{file.name}:{call.lineno}"
        for file in (ROOMS / room).rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text()))
        if isinstance(call, ast.Call) and _moves(call)
    ]
    assert found == []


def _moves(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    given = {word.arg: word.value for word in call.keywords}
    if name in ("update", "update_or_create", "_set"):
        return "state" in given or None in given
    to = given.get("to")
    return name == "compare_and_set" and isinstance(to, ast.Dict) and "state" in _keys(to)


def _keys(literal: ast.Dict) -> list[object]:
    return [getattr(key, "value", "") for key in literal.keys]
