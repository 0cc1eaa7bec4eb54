"""What is kept about a person is named by some room's `holdings.py`, so that My record can say so (B2)."""

from django.apps import apps
from django.db.models import ForeignKey, Model, UUIDField

from telemachus.lib.holding import holdings_of
from telemachus.people.models import Person

STEPS = 2


def about_people() -> set[str]:
    """Labels of the models with a path to a person: at most two references, or an id without a reference."""
    models = [model for model in apps.get_models() if model is not Person]
    near: set[type[Model]] = {Person, *filter(_names_an_id, models)}
    for _step in range(STEPS):
        near |= {model for model in models if any(target in near for target in _targets(model))}
    return {model._meta.label for model in near}


def _targets(model: type[Model]) -> list[type[Model]]:
    # A program is no person, though its founding, its uploads and its people lead from it to some.
    return [field.related_model for field in model._meta.get_fields() if isinstance(field, ForeignKey)]


def _names_an_id(model: type[Model]) -> bool:
    """An id that refers to no table may be a person's: the record of events and the viewings keep such."""
    ours = model.__module__.startswith("telemachus.")
    return ours and any(isinstance(field, UUIDField) and not field.primary_key for field in model._meta.get_fields())


def test_holdings_name_every_model_with_a_path_to_a_person(cast) -> None:
    named = {label for holding in holdings_of(cast.mei) for label in holding.models}
    assert about_people() - named == set()


def test_holdings_name_only_models_that_exist(cast) -> None:
    named = {label for holding in holdings_of(cast.mei) for label in holding.models}
    assert named - {model._meta.label for model in apps.get_models()} == set()


def test_paths_to_a_person_are_found() -> None:
    assert {
        "people.Person",
        "pairing.Pairing",
        "meetings.Meeting",
        "audit.Event",
        "account.EmailAddress",
    } <= about_people()
