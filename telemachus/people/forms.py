"""What a person may change about oneself here."""

from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _


class OwnForm(forms.Form):
    zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_("In which you read the clock. Empty: that of your division."),
    )
    shortcuts_off = forms.BooleanField(
        label=_("Switch the keyboard shortcuts off"),
        required=False,
        help_text=_("“/” goes to the search field, “g” and then “t” to Today."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
        field = self.fields["zone"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("that of the division")), *((zone, zone.replace("_", " ")) for zone in zones)]


class DelegateForm(forms.Form):
    email = forms.EmailField(
        label=_("Mail address of the person who arranges your times"),
        help_text=_("Somebody of your division. The director adds an assistant who is not here yet."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
