"""How the small contracts that each room may answer are found: `steps.py`, `holdings.py`, `events.py`."""

from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule


def modules(name: str) -> Iterator[ModuleType]:
    """The module `name` of every room that has one, in the order of INSTALLED_APPS."""
    for config in apps.get_app_configs():
        if config.name.startswith("telemachus.") and config.module and module_has_submodule(config.module, name):
            yield import_module(f"{config.name}.{name}")


def answers(name: str) -> Iterator[Callable[..., Any]]:
    """The function of that name in each such module."""
    for module in modules(name):
        yield getattr(module, name)
