"""An answer that a mentor gave by word of mouth."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.pairing.models import Request
from telemachus.program.forms import Day


class ToldForm(forms.Form):
    YES, NO = "yes", "no"

    answer = forms.ChoiceField(
        label=gettext_lazy("What was said"),
        choices=[(YES, gettext_lazy("Yes")), (NO, gettext_lazy("No"))],
        widget=forms.RadioSelect(),
    )
    on = Day(label=gettext_lazy("Told me on"))

    def __init__(self, *args: Any, asked: Request, now: datetime, **kwargs: Any) -> None:
        day = asked.program.day
        super().__init__(*args, **{"initial": {"on": day(now)}, **kwargs})
        self.first, self.last = day(asked.made_at), day(now)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if not self.first <= on <= self.last:
            raise forms.ValidationError(_("Choose a day between the request and today."))
        return on
