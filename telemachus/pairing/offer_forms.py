"""What a mentor offers: what he or she can help with, and how many mentees in all (R20)."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.pairing.models import Term
from telemachus.pairing.term_fields import TermsForm
from telemachus.program.forms import MOST_MENTEES, Day


class OfferForm(TermsForm):
    asks = {
        Term.Kind.HELP: gettext_lazy("I can help with"),
        Term.Kind.INTEREST: gettext_lazy("I work on"),
        Term.Kind.MEETING: gettext_lazy("I can meet"),
    }

    places = forms.IntegerField(
        label=gettext_lazy("How many mentees in all, over all programs"),
        help_text=gettext_lazy("Leave empty to go by each program’s number. 0 means nobody new for now."),
        required=False,
        min_value=0,
        max_value=MOST_MENTEES,
    )
    rests_from = Day(label=gettext_lazy("Nobody new from"), required=False)
    rests_until = Day(
        label=gettext_lazy("to"),
        help_text=gettext_lazy("For a leave or a full season: until then you are not suggested. Your mentees stay."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("rests_from"), cleaned.get("rests_until")
        if not self.errors and first and not last:
            self.add_error("rests_until", _("Say until when; you can change it whenever you like."))
        if first and last and last < first:
            self.add_error("rests_until", _("The last day comes before the first."))
        if last and last < timezone.localdate():
            self.add_error("rests_until", _("This day has passed. Choose a later one, or leave both empty."))
        return cleaned

    @property
    def rests(self) -> tuple[date, date] | None:
        """From today where only the last day was said."""
        first, last = self.cleaned_data["rests_from"], self.cleaned_data["rests_until"]
        return (first or timezone.localdate(), last) if last else None
