"""Boxes to tick: the terms of one or several programs, kind by kind."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.pairing.models import Term
from telemachus.pairing.vocabulary import KINDS, standing
from telemachus.program.models import Program


class TermsField(forms.MultipleChoiceField):
    """Gives terms. One that was merged while the page was open counts as what it stands for."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "invalid_choice": gettext_lazy("The list has changed since you opened the page. Please look at it once more.")
    }

    def __init__(self, *, terms: Sequence[Term], merged: Mapping[str, str], held: Collection[UUID], **kwargs: Any):
        super().__init__(required=False, choices=[(str(term.pk), _box(term)) for term in terms], **kwargs)
        self.terms = {str(term.pk): term for term in terms}
        self.merged = merged
        self.initial = [str(term.pk) for term in terms if term.pk in held]

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(self.merged.get(key, key) for key in super().to_python(value)))

    def clean(self, value: Any) -> Any:
        return [self.terms[key] for key in super().clean(value)]


def _box(term: Term) -> str:
    return _("%(words)s (no longer offered)") % {"words": term.words} if term.retired_on else term.words


@dataclass(frozen=True)
class Boxes:
    """One group as the page shows it; `found` are boxes of terms that the person's own papers speak of."""

    field: forms.BoundField
    found: list[BoundWidget]
    others: list[BoundWidget]


class TermsForm(forms.Form):
    """A field for each program and kind, named by both. `found`: ids that the person's papers suggest."""

    asks: Mapping[str, Any] = {}
    programs: Sequence[Program]

    def __init__(
        self,
        *args: Any,
        programs: Sequence[Program],
        held: Iterable[Term],
        found: Collection[UUID] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.programs, self.found = programs, found
        self.names: dict[UUID, list[str]] = {program.pk: [] for program in programs}
        known = list(Term.objects.filter(program__in=programs))
        standing_ids = {term.pk for term in standing(held)}
        for program in programs:
            for kind in KINDS:
                of_kind = [term for term in known if (term.program_id, term.kind) == (program.pk, kind)]
                self._add(program, kind, of_kind, standing_ids)

    def _add(self, program: Program, kind: str, terms: Sequence[Term], held: Collection[UUID]) -> None:
        shown = [term for term in terms if term.is_offered or (term.pk in held and not term.merged_into_id)]
        if shown:
            merged = {str(term.pk): str(term.merged_into_id) for term in terms if term.merged_into_id}
            name = f"{kind}-{program.slug}"
            self.fields[name] = TermsField(label=self.asks[kind], terms=shown, merged=merged, held=held)
            self.names[program.pk].append(name)

    @property
    def ticked(self) -> list[Term]:
        names = [name for of_program in self.names.values() for name in of_program]
        return [term for name in names for term in self.cleaned_data[name]]

    def groups(self) -> Iterator[tuple[Program, list[Boxes]]]:
        """Program by program, as the page shows them."""
        for program in self.programs:
            yield program, [self._boxes(self[name]) for name in self.names[program.pk]]

    def _boxes(self, field: forms.BoundField) -> Boxes:
        ticked = {str(value) for value in field.value() or ()}
        hinted = {str(pk) for pk in self.found} - ticked
        boxes = list(field.subwidgets)
        return Boxes(
            field=field,
            found=[box for box in boxes if str(box.data["value"]) in hinted],
            others=[box for box in boxes if str(box.data["value"]) not in hinted],
        )
