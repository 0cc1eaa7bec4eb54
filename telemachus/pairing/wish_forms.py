"""Whom somebody would like to be paired with, and whom rather not."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.pairing.models import Apart
from telemachus.people.models import Person
from telemachus.program.forms import PersonChoice


class _AboutSomebody(forms.Form):
    """Names a colleague in the field `about`. Who directs the program reads what is kept here: said before it is."""

    about = "other"
    known = forms.BooleanField(
        label=gettext_lazy("I know that; keep it all the same"), required=False, widget=forms.HiddenInput()
    )

    def __init__(self, *args: Any, people: QuerySet[Person], directors: Collection[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.directors = directors
        field = self.fields[self.about]
        assert isinstance(field, PersonChoice)
        field.queryset = people

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        named = cleaned.get(self.about)
        if named in self.directors and not cleaned.pop("known", False):
            self.fields["known"].widget = forms.CheckboxInput()
            self.add_error(self.about, _("%(name)s directs the program and would read this.") % {"name": named})
        return {name: value for name, value in cleaned.items() if name != "known"}


class ApartForm(_AboutSomebody):
    other = PersonChoice(label=gettext_lazy("Colleague"), queryset=Person.objects.none())
    kind = forms.ChoiceField(
        label=gettext_lazy("What the director should know"),
        choices=[(kind.value, capfirst(kind.label)) for kind in Apart.Kind],
        widget=forms.RadioSelect(),
    )


class WishForm(_AboutSomebody):
    about = "mentor"
    mentor = PersonChoice(label=gettext_lazy("I would like as my mentor"), queryset=Person.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "wish", **kwargs})
