"""Draws docs/rooms/states.md from the `TURNS` by which the rows themselves move (`telemachus/lib/change.py`)."""

import os
from collections.abc import Iterator
from typing import Any

import django

HEAD = """# States of recruit, list, request and pair

Drawn by `make docs` from `TURNS` of each class, which are what moves its rows; `make check` looks whether it is true.
"""


def nouns() -> list[type[Any]]:
    from telemachus.intake.models import Recruit
    from telemachus.pairing.models import Pairing, Request, Shortlist

    return [Recruit, Shortlist, Request, Pairing]


def page() -> Iterator[str]:
    yield HEAD
    for noun in nouns():
        yield f"\n## {noun.__name__}\n\n```mermaid\nstateDiagram-v2\n"
        yield from (f"    {line}\n" for line in lines(noun))
        yield "```\n\n"
        yield from (f"- *{state.value}*: {state.label}\n" for state in noun.State)


def lines(noun: type[Any]) -> Iterator[str]:
    for turn in noun.TURNS:
        for before in turn.before or ("[*]",):
            yield f"{before} --> {turn.after or '[*]'}: {turn.verb}"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    print("".join(page()), end="")


if __name__ == "__main__":
    main()
