"""What a person may change about oneself here, the password too."""

from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import ChangePasswordForm, ResetPasswordKeyForm, SetPasswordForm
from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from telemachus.lib.time import place_of
from telemachus.people.models import Person


class OwnForm(forms.Form):
    zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_("Times are shown in this zone."),
    )
    shortcuts_off = forms.BooleanField(
        label=_("Switch the keyboard shortcuts off"),
        required=False,
        help_text=_("“/” goes to the search field, “g” and then “t” to Today."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
        field = self.fields["zone"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _same(person)), *((zone, zone.replace("_", " ")) for zone in zones)]


def _same(person: Person) -> str:
    """Whoever has no zone of one's own reads the division's clock, so the running zone names its place."""
    if person.zone:
        return gettext("Same as the division")
    return gettext("Same as the division (%(place)s)") % {"place": place_of(timezone.get_current_timezone_name())}


class DelegateForm(forms.Form):
    email = forms.EmailField(
        label=_("Email address of the person who arranges your times"),
        help_text=_("Somebody in your division. If your assistant is not here yet, ask the director to add them."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class _Worded:
    """allauth's password forms in our words: the rule in one line, and no label said twice."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["password1"].help_text = _(
            "At least 12 characters; not a common password, not only digits, not your name or address."
        )


class SetPassword(_Worded, SetPasswordForm):  # type: ignore[misc]
    pass


class ChangePassword(_Worded, ChangePasswordForm):  # type: ignore[misc]
    pass


class ResetPassword(_Worded, ResetPasswordKeyForm):  # type: ignore[misc]
    pass
