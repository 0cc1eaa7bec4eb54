"""What the director sets: the program's words and numbers, its people and their roles."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.people.models import Person
from telemachus.program.access import can_be_deputy
from telemachus.program.models import Program, Role

YEARS_BACK = 50
YEARS_AHEAD = 10


class DayInput(forms.DateInput):
    """The browser's own date field; it wants and gives ISO dates."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class Day(forms.DateField):
    """A day that somebody can mean: a slip in the year is said at once, not found years later."""

    widget = DayInput

    def validate(self, value: date | None) -> None:
        super().validate(value)
        today = timezone.localdate()
        if value and not today.year - YEARS_BACK <= value.year <= today.year + YEARS_AHEAD:
            raise ValidationError(_("Look at the year once more: %(year)d.") % {"year": value.year})


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """People as the coordinator looks for them: family name first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"empty_label": gettext_lazy("Please choose"), **kwargs})

    def label_from_instance(self, person: Person) -> str:
        return person.listed_name


# A meeting a week, a mentor of fifty: more is a slip of the keyboard, and the pages draw a box for each.
MOST_A_YEAR, MOST_MENTEES = 52, 50


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    at_least = forms.IntegerField(
        label=gettext_lazy("Meetings an academic year, at least"),
        help_text=gettext_lazy("What each pair owes; less where it began or paused in mid-year."),
        min_value=0,
        max_value=MOST_A_YEAR,
    )
    aim = forms.IntegerField(
        label=gettext_lazy("Meetings an academic year, aim"),
        help_text=gettext_lazy("The rhythm that you recommend. Four is one a quarter."),
        min_value=0,
        max_value=MOST_A_YEAR,
    )
    capacity = forms.IntegerField(label=gettext_lazy("Mentees a mentor can take"), min_value=0, max_value=MOST_MENTEES)

    class Meta:
        model = Program
        fields = ("name", "at_least", "aim", "capacity")
        labels = {"name": gettext_lazy("Name of the division, as people say it")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("aim") or 0) < (cleaned.get("at_least") or 0):
            self.add_error("aim", _("The aim cannot be lower than what is owed at least."))
        return cleaned


class PersonForm(forms.Form):
    given_name = forms.CharField(label=gettext_lazy("Given name"), max_length=100)
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=100)
    email = forms.EmailField(label=gettext_lazy("Work email address"), help_text=gettext_lazy("Used to sign in."))
    kind = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.Kind.choices, initial=Role.Kind.ASSISTANT)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class RoleForm(forms.Form):
    person = PersonChoice(label=gettext_lazy("Person"), queryset=Person.objects.none())
    kind = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.Kind.choices)
    since = Day(label=gettext_lazy("First day"))
    until = Day(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Empty where no end is set."),
    )

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, PersonChoice)
        field.queryset = Person.objects.filter(roles__program=program).distinct().order_by("sort_name")


class LastDayForm(forms.Form):
    on = Day(
        label=gettext_lazy("Last day of this role"),
        help_text=gettext_lazy("It holds through that day. To withdraw it at once, choose yesterday."),
    )


class DeputyForm(forms.Form):
    deputy = PersonChoice(
        label=gettext_lazy("Deputy"),
        queryset=Person.objects.none(),
        help_text=gettext_lazy(
            "A mentor, a senior colleague, somebody of the committee or another director. "
            "Not the chief, the coordinator, an assistant or a mentee."
        ),
        error_messages={"invalid_choice": gettext_lazy("This person cannot be a deputy. Please name somebody else.")},
    )

    def __init__(self, *args: Any, program: Program, director: Person, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["deputy"]
        assert isinstance(field, PersonChoice)
        field.queryset = can_be_deputy(program, director, day)
