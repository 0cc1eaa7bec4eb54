"""What a mentor offers: what he or she can help with, and how many mentees in all (R20)."""

from django import forms
from django.utils.translation import gettext_lazy

from telemachus.pairing.models import Term
from telemachus.pairing.term_fields import TermsForm
from telemachus.program.forms import MOST_MENTEES


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
