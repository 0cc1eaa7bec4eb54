"""What waits about status forms: to confirm one's own, to look again at one that is not right."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from telemachus.career.access import forms_to_confirm, questioned_forms
from telemachus.career.models import StatusForm
from telemachus.lib.step import Act, Step
from telemachus.people.models import Person


def steps(user: Person, now: datetime) -> list[Step]:
    return [*_to_confirm(user), *_questioned(user)]


def _to_confirm(user: Person) -> Iterator[Step]:
    for form in forms_to_confirm(user).order_by("completed_on"):
        yield Step(
            sentence=_("Look at your academic status form and confirm it."),
            why=_("The coordinator has completed it; it takes a minute."),
            since=_known(form.completed_on),
            acts=(Act(_("Look at it"), _page(form), by_link=True),),
        )


def _questioned(user: Person) -> Iterator[Step]:
    for form in questioned_forms(user).order_by("questioned_on", "person__sort_name"):
        complete = reverse("career:complete_status", args=[form.program.slug, form.person_id])
        yield Step(
            sentence=_("%(name)s says that something in the status form is not right.") % {"name": form.person},
            why=_("Please ask what it is, and complete the form again."),
            since=_known(form.questioned_on),
            acts=(Act(_("Correct it"), complete, by_link=True),),
        )


def _page(form: StatusForm) -> str:
    return reverse("career:status", args=[form.program.slug, form.person_id])


def _known(day: date | None) -> date:
    assert day is not None
    return day
