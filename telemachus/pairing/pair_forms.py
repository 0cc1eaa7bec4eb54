"""What is asked about a pair that stands: as little as can be."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from telemachus.pairing.leaving import ENDINGS
from telemachus.pairing.models import Pairing
from telemachus.people.models import Person
from telemachus.program.forms import Day, PersonChoice

# Here it is the mentor of whom one speaks.
SAID = {Pairing.Ending.DIED: gettext_lazy("the mentor died (nobody is written to)")}


class ReadForm(forms.Form):
    """Nothing to fill in: the button says it."""


class ChangeForm(forms.Form):
    """No field for a reason: none is asked, none is stored (R10)."""

    call = forms.BooleanField(label=gettext_lazy("I would like a call about this"), required=False)
    may_speak = forms.BooleanField(
        label=gettext_lazy("My present mentor may speak with the next one"),
        help_text=gettext_lazy("Nothing that is stored here goes from one to the other."),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, by_mentee: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_mentee:
            del self.fields["may_speak"]


class SettleForm(forms.Form):
    on = Day(label=gettext_lazy("Last day of the pair"))


class LeavingForm(forms.Form):
    on = Day(label=gettext_lazy("Last day of the pairs"))
    ending = forms.ChoiceField(
        label=gettext_lazy("What happened"),
        choices=[(each.value, SAID.get(each, each.label)) for each in ENDINGS],
        widget=forms.RadioSelect(),
    )
    role_ends = forms.BooleanField(
        label=gettext_lazy("The role of mentor ends on that day"), required=False, initial=True
    )


class StandInForm(forms.Form):
    mentor = PersonChoice(
        label=gettext_lazy("Interim mentor"),
        queryset=Person.objects.none(),
        help_text=gettext_lazy("Only those against whom no rule speaks, who fits best first."),
    )
    agreed = forms.BooleanField(label=gettext_lazy("The interim mentor and the mentee have both told me so"))

    def __init__(self, *args: Any, possible: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mentor"]
        assert isinstance(field, PersonChoice)
        field.queryset = Person.objects.filter(pk__in=[person.pk for person in possible])
        field.choices = [("", field.empty_label), *((person.pk, person.listed_name) for person in possible)]


def ending_of(form: LeavingForm) -> Pairing.Ending:
    return Pairing.Ending(form.cleaned_data["ending"])
