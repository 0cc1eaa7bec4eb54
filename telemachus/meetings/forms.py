"""What people type about meetings: days and times, nothing else."""

from datetime import MAXYEAR, MINYEAR, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.lib.time import place_of
from telemachus.meetings.models import Meeting
from telemachus.pairing.models import Pairing
from telemachus.people.models import Person
from telemachus.program.forms import Day, PersonChoice


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class LogForm(forms.Form):
    day = Day(label=gettext_lazy("The day on which you met"))


class ArrangeForm(forms.Form):
    day = Day(label=gettext_lazy("Day"))
    hour = forms.TimeField(label=gettext_lazy("Time"), widget=TimeInput())

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["hour"].help_text = _("%(place)s time") % {"place": place_of(zone.key)}

    @property
    def at(self) -> datetime:
        """The instant meant, read in the zone of the one who typed it."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"], tzinfo=self.zone)

    def clean(self) -> dict[str, Any]:
        """An hour that the clocks skip in spring does not exist: say so instead of moving it."""
        cleaned = super().clean() or {}
        day, hour = cleaned.get("day"), cleaned.get("hour")
        if isinstance(day, date) and isinstance(hour, time) and not _exists(day, hour, self.zone):
            self.add_error("hour", _("The clocks go forward that night: this time does not exist. Choose another."))
        return cleaned


def _exists(day: date, hour: time, zone: ZoneInfo) -> bool:
    # At the calendar's edges another zone's date cannot be computed; such a day is refused for other reasons.
    if day.year in (MINYEAR, MAXYEAR):
        return True
    local = datetime.combine(day, hour, tzinfo=zone)
    return local == local.astimezone(ZoneInfo("UTC")).astimezone(zone)


class MoveForm(ArrangeForm):
    was = forms.DateTimeField(widget=forms.HiddenInput())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "was" in self.errors:
            del self.errors["was"]
            raise forms.ValidationError(_("This page is out of date. Open the appointment again."))
        return cleaned


class FileForm(forms.Form):
    """The coordinator enters a date from a signed slip, or as somebody told it."""

    day = Day(label=gettext_lazy("Date of the meeting"))
    how = forms.ChoiceField(
        label=gettext_lazy("How you know"),
        choices=[(how, capfirst(how.label)) for how in (Meeting.How.SLIP, Meeting.How.TOLD)],
        widget=forms.RadioSelect(),
        initial=Meeting.How.SLIP,
    )
    told_by = PersonChoice(label=gettext_lazy("As told by"), queryset=Person.objects.none())
    told_on = Day(label=gettext_lazy("Told on"))

    # The browser does not know that who told it is asked only where somebody did.
    use_required_attribute = False

    def __init__(self, *args: Any, pairing: Pairing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["told_by"]
        assert isinstance(field, PersonChoice)
        field.queryset = Person.objects.filter(pk__in=[pairing.mentee_id, pairing.mentor_id])
        for name in ("told_by", "told_on"):
            self.fields[name].required = not self.is_bound or self.data.get("how") == Meeting.How.TOLD
            self.fields[name].error_messages["required"] = _("Say who told you, and on which day.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("how") != Meeting.How.TOLD:
            return {**cleaned, "told_by": None, "told_on": None}
        return cleaned


class CorrectForm(forms.Form):
    """The reason of a new day is always that the day was wrong."""

    day = Day(label=gettext_lazy("The right day"))


class StrikeForm(forms.Form):
    reason = forms.ChoiceField(label=gettext_lazy("Why it is removed"), widget=forms.RadioSelect())

    def __init__(self, *args: Any, of_pair: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        unfit = [Meeting.Correction.WRONG_DAY] + ([] if of_pair else [Meeting.Correction.OTHER_PAIR])
        field.choices = [(code, capfirst(code.label)) for code in Meeting.Correction if code not in unfit]


class OfficeForm(forms.Form):
    day = Day(label=gettext_lazy("The day on which it was held"))
