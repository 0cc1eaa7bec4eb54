"""What a mentee says on the way to a mentor: the choice, and the needs."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.career.status_form import OtherMentor
from telemachus.pairing.choice import Name
from telemachus.pairing.models import Candidate, Term
from telemachus.pairing.rules import Why, sentence_for_mentee
from telemachus.pairing.term_fields import TermsForm

NO = "no"
ANSWERS = [NO, *OtherMentor.Kind.values]
NEXT = ("second", "third")


def _choice(label: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, **options)


def _shown(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class ChoiceForm(forms.Form):
    """`other` is the button that was pressed: whether the first choice guides the mentee already (R9)."""

    first = _choice(
        gettext_lazy("Whom would you like as your mentor?"),
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Choose a colleague first.")},
    )
    second = _choice(gettext_lazy("Whom to ask next"), required=False)
    third = _choice(gettext_lazy("And after that"), required=False)
    shows_cv = _shown(gettext_lazy("my CV"))
    shows_aspirations = _shown(gettext_lazy("my aspirations"))
    shows_needs = _shown(gettext_lazy("what I would like help with"))
    other = _choice(
        gettext_lazy("Clinical or research mentor"),
        choices=[(answer, answer) for answer in ANSWERS],
        error_messages={"required": gettext_lazy("Please answer the question above the buttons.")},
    )

    def __init__(self, *args: Any, names: Sequence[Name], papers: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open = {str(name.candidate.pk): name.candidate for name in names if not name.gone}
        listed = [(key, str(candidate.mentor)) for key, candidate in self.open.items()]
        for name in ("first", *NEXT):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = listed if name == "first" else [("", _("nobody")), *listed]
            field.error_messages["invalid_choice"] = sentence_for_mentee(Why.FULL)
        unused = [name for name, needed in zip(NEXT, (2, 3), strict=True) if len(listed) < needed]
        for name in [*unused, *(name for name in self.fields if name.startswith("shows_") and name not in papers)]:
            del self.fields[name]

    @property
    def ranked(self) -> list[Candidate]:
        """First to last; who is named twice is asked once, where first named."""
        given = [self.cleaned_data.get(name) for name in ("first", *NEXT)]
        return [self.open[key] for key in dict.fromkeys(given) if key]

    @property
    def shows(self) -> list[str]:
        return [name for name, value in self.cleaned_data.items() if name.startswith("shows_") and value]

    @property
    def to_show(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("shows_")]

    @property
    def to_ask_next(self) -> list[forms.BoundField]:
        return [self[name] for name in NEXT if name in self.fields]


class NeedsForm(TermsForm):
    asks = {
        Term.Kind.HELP: gettext_lazy("I would like help with"),
        Term.Kind.INTEREST: gettext_lazy("I work on"),
        Term.Kind.MEETING: gettext_lazy("I can meet"),
    }
