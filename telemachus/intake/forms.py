"""What director and coordinator type on the way of a recruit: letters, times, a day, an ending."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.intake import letters
from telemachus.intake.models import Letter, Recruit
from telemachus.program.forms import Day

LONGEST_LETTER = 8000
CLOCKS_CHANGE = gettext_lazy("The clocks change that night: this time does not exist, or comes twice. Choose another.")
TIMES = ("first", "second", "third")


class MomentInput(forms.DateTimeInput):
    """The browser's own field for a day and an hour."""

    input_type = "datetime-local"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


class Moment(forms.DateTimeField):
    """A day and an hour on the division's clock, whatever clock the reader's pages follow."""

    widget = MomentInput
    zone = ZoneInfo("UTC")

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(self.zone):
            return super().prepare_value(value)

    def to_python(self, value: Any) -> datetime | None:
        """An hour that the clocks skip, or go through twice, cannot be agreed on: the sentence says which it is."""
        with timezone.override(self.zone):
            try:
                return super().to_python(value)
            except forms.ValidationError as error:
                if error.code == "ambiguous_timezone":
                    raise forms.ValidationError(CLOCKS_CHANGE) from error
                raise


class TimesForm(forms.Form):
    first = Moment(label=gettext_lazy("First time"), required=False)
    second = Moment(label=gettext_lazy("Second time"), required=False)
    third = Moment(label=gettext_lazy("Third time"), required=False)

    def __init__(self, *args: Any, recruit: Recruit, times: Sequence[datetime] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recruit = recruit
        self.initial = {**dict(zip(TIMES, times, strict=False)), **self.initial}
        for field in self.fields.values():
            if isinstance(field, Moment):
                field.zone = ZoneInfo(recruit.program.zone)

    @property
    def times(self) -> list[datetime]:
        """Those that were left or typed, in their order."""
        given = [self.cleaned_data.get(name) for name in TIMES]
        return sorted(at for at in given if at)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._refuse_past(cleaned)
        self._refuse_taken(cleaned)
        if not self.errors and not self.times:
            self.add_error("first", _("Propose at least one time."))
        if len(set(self.times)) != len(self.times):
            self.add_error("second", _("Propose different times."))
        return cleaned

    def _refuse_past(self, cleaned: dict[str, Any]) -> None:
        now = timezone.now()
        for name in TIMES:
            at = cleaned.get(name)
            if at and at <= now:
                self.add_error(name, _("This time has passed. Choose a later one."))
            elif at and at.year > now.year + 1:
                self.add_error(name, _("Look at the year once more: %(year)d.") % {"year": at.year})

    def _refuse_taken(self, cleaned: dict[str, Any]) -> None:
        for name in TIMES:
            at = cleaned.get(name)
            if at and self.recruit.others_at(at).exists():
                self.add_error(name, _("Another first meeting has been agreed for this hour. Choose another time."))


class LetterForm(forms.Form):
    body = forms.CharField(
        label=gettext_lazy("Your letter"),
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 22, "class": "writing"}),
    )
    keep = forms.BooleanField(
        label=gettext_lazy("Keep this wording for our program"),
        required=False,
        help_text=gettext_lazy("The next letter of this kind begins with it; the name of each recruit is put in."),
    )
    kind: Letter.Kind

    def __init__(self, *args: Any, kind: Letter.Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_body(self) -> str:
        body = str(self.cleaned_data["body"]).replace("\r\n", "\n")
        unknown = letters.unknown_blanks(body, self.kind)
        if unknown:
            known = ", ".join(f"[{blank}]" for blank in letters.known_blanks(self.kind))
            words = {"blank": f"[{unknown[0]}]", "known": known}
            raise forms.ValidationError(_("%(blank)s would go out as it stands. What is filled in: %(known)s.") % words)
        return body


class IntroduceForm(LetterForm, TimesForm):
    field_order = ("body", *TIMES, "keep")


class RemindForm(LetterForm):
    """`is_own`: about what this one recruit has still to send, so no wording for the next."""

    seen = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_own:
            del self.fields["keep"]


class RemindWithTimesForm(RemindForm, TimesForm):
    field_order = ("body", *TIMES, "keep")


class MeetForm(forms.Form):
    on = Day(label=gettext_lazy("The day on which you met"))
    before = forms.BooleanField(
        label=gettext_lazy("Yes, we met before that"), required=False, widget=forms.HiddenInput()
    )
    packet = forms.BooleanField(label=gettext_lazy("The welcome packet was handed over"), required=False, initial=True)

    def __init__(self, *args: Any, recruit: Recruit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.noticed = recruit.program.day(recruit.noticed_at)

    def clean(self) -> dict[str, Any]:
        """A day before the notice can be right, and is more often a slip: it is asked about once."""
        cleaned = super().clean() or {}
        on = cleaned.get("on")
        if on and on < self.noticed and not cleaned.get("before"):
            self.fields["before"].widget = forms.CheckboxInput()
            day = date_format(self.noticed, "j F Y")
            self.add_error("on", _("The notice came on %(day)s only. Did you meet before that?") % {"day": day})
        return cleaned


class CloseForm(forms.Form):
    ending = forms.ChoiceField(label=gettext_lazy("What has become of it"), widget=forms.RadioSelect())

    def __init__(self, *args: Any, must_pair: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ending"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = endings(must_pair=must_pair)


def endings(*, must_pair: bool) -> list[tuple[str, Any]]:
    """A pair ends the way by itself; to be welcomed is enough for whoever need not pair."""
    given = Recruit.Ending
    chosen = [given.DECLINED, given.DID_NOT_COME, given.NO_REPLY]
    return [(each.value, each.label) for each in (chosen if must_pair else [given.WELCOMED, *chosen])]
