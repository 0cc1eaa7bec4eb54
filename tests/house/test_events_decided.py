"""Of every event it is decided whether somebody is told."""

from django.template.loader import get_template

from telemachus.audit.kinds import EventKind
from telemachus.lib.rooms import modules
from telemachus.notify.rules import RULES, SILENT


def events() -> set[EventKind]:
    """Every member of every enum that a room's `events.py` defines."""
    enums = {each for module in modules("events") for each in vars(module).values() if _is_enum(each)}
    return {event for enum in enums for event in enum}


def _is_enum(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, EventKind) and value is not EventKind


def test_events_are_told_or_silent_never_both() -> None:
    told = {rule.kind for rule in RULES.values()}
    assert len(events()) > 20
    assert told | SILENT == events()
    assert told & SILENT == set()


def test_event_codes_are_unique_and_carry_their_room() -> None:
    codes = [event.code for event in events()]
    assert len(codes) == len(set(codes))
    for event in events():
        assert event.code == f"{type(event).__module__.split('.')[1]}.{event.name.lower()}"


def test_rules_have_their_templates() -> None:
    assert len([get_template(rule.template) for rule in RULES.values()]) == len(RULES) > 0
