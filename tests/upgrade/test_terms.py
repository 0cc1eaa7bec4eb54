"""From the first version's list to the vocabulary and back: what people ticked comes along both ways (R20)."""

from datetime import date
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from telemachus.pairing.vocabulary import STANDARD

BEFORE = [("pairing", "0002_choice_request_change")]
HELPS = 16


def model(apps: Apps, room: str, name: str) -> Any:
    """As it was at that time."""
    return apps.get_model(room, name)


def latest() -> Apps:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    return executor.loader.project_state(executor.loader.graph.leaf_nodes()).apps


def back() -> Apps:
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    # Other rooms stand where they stood.
    return executor.loader.project_state([*BEFORE, *_others(executor)]).apps


def _others(executor: MigrationExecutor) -> list[tuple[str, str]]:
    return [node for node in executor.loader.graph.leaf_nodes() if node[0] in ("people", "program")]


def populate(apps: Apps) -> None:
    programs = [
        model(apps, "program", "Program").objects.create(
            slug=slug, name=slug, policy="uc-som", at_least=2, aim=4, capacity=3
        )
        for slug in ("digestive", "cardiology", "renal")
    ]
    digestive, cardiology, _renal = programs
    people = {name: _person(apps, name) for name in ("mentor", "mentee", "silent")}
    for program, until in ((digestive, None), (cardiology, date(2026, 1, 31))):
        model(apps, "program", "Role").objects.create(
            program=program, person=people["mentor"], kind="mentor", since=date(2025, 1, 1), until=until
        )
    offers = model(apps, "pairing", "Offer").objects
    offers.create(person=people["mentor"], places=4, topics=["grants", "life"])
    offers.create(person=people["silent"], topics=[])
    needs = model(apps, "pairing", "Need").objects
    needs.create(program=digestive, person=people["mentee"], topics=["grants", "unwritten"])


def _person(apps: Apps, name: str):
    return model(apps, "people", "Person").objects.create(
        pk=uuid4(), given_name=name, family_name=name, sort_name=name, email=f"{name}@division.example"
    )


def topics(apps: Apps) -> dict[str, list[str]]:
    rows = [*model(apps, "pairing", "Offer").objects.all(), *model(apps, "pairing", "Need").objects.all()]
    return {row.person.given_name: row.topics for row in rows}


def words(apps: Apps, name: str, person: str) -> set[tuple[str, str]]:
    row = model(apps, "pairing", name).objects.get(person__given_name=person)
    return set(row.terms.values_list("program__slug", "words"))


@pytest.mark.races
def test_terms_come_along_both_ways(own_database: str) -> None:
    populate(back())
    ticked = {"mentor": ["grants", "life"], "silent": [], "mentee": ["grants", "unwritten"]}

    apps = latest()
    grants, life = "first grants and keeping funding going", "a life outside work"
    terms = model(apps, "pairing", "Term").objects
    for slug in ("digestive", "cardiology", "renal"):
        kinds = terms.filter(program__slug=slug).values_list("kind", flat=True)
        assert sorted(kinds) == ["help"] * HELPS + ["meeting"] * 2
    # Of every program of which the mentor has been a part.
    assert words(apps, "Offer", "mentor") == {
        (slug, one) for slug in ("digestive", "cardiology") for one in (grants, life)
    }
    assert words(apps, "Offer", "silent") == set()
    assert words(apps, "Need", "mentee") == {("digestive", grants), ("digestive", "the unwritten rules")}
    assert model(apps, "pairing", "Offer").objects.get(person__given_name="mentor").places == 4

    # The director has changed words since, and merged two: the way back knows the terms by their ids.
    term = terms.get(program__slug="digestive", words=grants)
    terms.filter(pk=term.pk).update(words="money")
    terms.filter(program__slug="digestive", words="the unwritten rules").update(merged_into=term)
    assert topics(back()) == ticked

    again = latest()
    assert words(again, "Need", "mentee") == {("digestive", grants), ("digestive", "the unwritten rules")}
    assert words(again, "Offer", "mentor") == words(apps, "Offer", "mentor") - {("digestive", "money")} | {
        ("digestive", grants)
    }


def test_terms_of_the_migration_are_those_of_a_new_program() -> None:
    """As long as nobody has changed the list of today; what was filled in once stays as it was filled in."""
    filled = import_module("telemachus.pairing.migrations.0004_fill_terms").TERMS
    assert [code for code, *_rest in filled] == list(STANDARD)
