"""How a director keeps the vocabulary: words, what they are recognized by, and which are the same."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.pairing.models import Term


class _WordsForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("In words"),
        help_text=gettext_lazy("As people read it, for example: inflammatory bowel disease."),
        max_length=120,
    )
    signs = forms.CharField(
        label=gettext_lazy("Recognized in a CV by"),
        help_text=gettext_lazy("Other words for it, with commas between them, for example: IBD, Crohn, colitis."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_words(self) -> str:
        return " ".join(str(self.cleaned_data["words"]).split())

    def clean_signs(self) -> str:
        return " ".join(str(self.cleaned_data["signs"]).split())


class AddTermForm(_WordsForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("Where it belongs"),
        choices=[(kind.value, capfirst(kind.label)) for kind in Term.Kind],
        widget=forms.RadioSelect(),
    )

    field_order = ["kind", "words", "signs"]


class ChangeTermForm(_WordsForm):
    """`was` is what the page showed: of two directors at once, the second is told what the first has written."""

    was = forms.CharField(widget=forms.HiddenInput(), required=False, strip=False)

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        shown = {"words": term.words, "signs": term.signs, "was": _shown(term)}
        super().__init__(*args, **{"initial": shown, **kwargs})
        self.term = term

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.pop("was", "") != _shown(self.term):
            assert isinstance(self.data, QueryDict)
            data = self.data.copy()
            data["was"] = _shown(self.term)
            self.data = data
            said = _("Somebody has changed this meanwhile: it says “%(words)s” now. Keep yours all the same?")
            self.add_error("words", said % {"words": self.term.words})
        return cleaned


def _shown(term: Term) -> str:
    return f"{term.words} | {term.signs}"


class TermChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Term.objects.none(), empty_label=gettext_lazy("Please choose"), **kwargs)


class MergeForm(forms.Form):
    into = TermChoice(label=gettext_lazy("The same as"))

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["into"]
        assert isinstance(field, TermChoice)
        same = Term.objects.filter(program=term.program_id, kind=term.kind)
        # One that was merged or retired while the page was open is refused with a sentence of its own.
        field.queryset = same
        field.choices = [("", field.empty_label), *((one.pk, one.words) for one in same.offered() if one != term)]
