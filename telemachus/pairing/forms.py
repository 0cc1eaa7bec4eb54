"""What the director enters about a pair."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.pairing.models import Pairing, places
from telemachus.people.models import Person
from telemachus.program.forms import Day, PersonChoice
from telemachus.program.models import Program, Role


class PairForm(forms.Form):
    mentee = PersonChoice(label=gettext_lazy("Mentee"), queryset=Person.objects.none())
    mentor = PersonChoice(label=gettext_lazy("Mentor"), queryset=Person.objects.none())
    begins = Day(
        label=gettext_lazy("Active from"),
        help_text=gettext_lazy("The day on which the two were introduced. It may lie in the past."),
    )
    full = forms.BooleanField(
        label=gettext_lazy("All places of this mentor are taken; the mentor agreed to one more"),
        required=False,
        widget=forms.HiddenInput(),
    )

    def __init__(self, *args: Any, program: Program, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.program = program
        for name, kind in (("mentee", Role.Kind.MENTEE), ("mentor", Role.Kind.MENTOR)):
            field = self.fields[name]
            assert isinstance(field, PersonChoice)
            holders = Role.objects.filter(program=program, kind=kind).on(day)
            field.queryset = Person.objects.filter(roles__in=holders).distinct().order_by("sort_name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        mentor = cleaned.get("mentor")
        if mentor and not cleaned.get("full"):
            taken = places(mentor)
            if taken >= self.program.capacity:
                self.fields["full"].widget = forms.CheckboxInput()
                words = {"name": mentor, "taken": taken, "capacity": self.program.capacity}
                self.add_error("mentor", _("%(name)s has %(taken)s of %(capacity)s places taken.") % words)
        return cleaned


class EndForm(forms.Form):
    on = Day(label=gettext_lazy("Last day of the pair"))
    ending = forms.ChoiceField(
        label=gettext_lazy("How it ends"), choices=Pairing.Ending.choices, widget=forms.RadioSelect()
    )


class PauseForm(forms.Form):
    begins = Day(label=gettext_lazy("First day"))
    until = Day(label=gettext_lazy("Last day"))
