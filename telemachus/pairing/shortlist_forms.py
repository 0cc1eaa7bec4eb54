"""What a director says about colleagues before a list goes out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.lib.names import Name, fold, resolve, suggest
from telemachus.pairing.search import Search
from telemachus.pairing.suggest import Suggestion
from telemachus.people.models import Person
from telemachus.program.forms import Day

LONGEST_REASON, LONGEST_NAME = 400, 120
MOST = 99
# So many are shown at once; the others are one tap away.
SHOWN = 6
ON, PLACE, REASON = "on_", "place_", "reason_"


@dataclass(frozen=True)
class Row:
    """A colleague with the three fields about him or her."""

    suggestion: Suggestion
    said: str
    on: forms.BoundField
    place: forms.BoundField
    reason: forms.BoundField

    @property
    def is_in_use(self) -> bool:
        return bool(self.on.value()) or bool(self.place.errors or self.reason.errors)

    @property
    def wanted(self) -> int:
        return self.suggestion.wanted


class ShortlistForm(forms.Form):
    """For each who can be chosen: on the list or not, at which place, and the reason that the mentee reads."""

    def __init__(self, *args: Any, search: Search, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.search = search
        ticked = search.ticked
        for suggestion in search.choosable:
            self._add(suggestion, is_ticked=suggestion.mentor.pk in ticked)

    def _add(self, suggestion: Suggestion, *, is_ticked: bool) -> None:
        mentor, key = suggestion.mentor, suggestion.mentor.pk.hex
        words = {"name": mentor, "mentee": self.search.mentee}
        self.fields[ON + key] = forms.BooleanField(
            label=_("Put %(name)s on the list") % words, required=False, initial=is_ticked
        )
        self.fields[PLACE + key] = forms.IntegerField(
            label=_("Place of %(name)s on the list") % words, required=False, min_value=1, max_value=MOST
        )
        self.fields[REASON + key] = forms.CharField(
            label=_("Why %(name)s; %(mentee)s reads it") % words,
            required=False,  # of those who are not on the list
            max_length=LONGEST_REASON,
            initial=suggestion.reason,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def rows(self) -> list[Row]:
        return [self._row(suggestion) for suggestion in self.search.choosable]

    def _row(self, suggestion: Suggestion) -> Row:
        key = suggestion.mentor.pk.hex
        said = self.search.said.get(suggestion.mentor.pk, "")
        return Row(suggestion, said, self[ON + key], self[PLACE + key], self[REASON + key])

    def first_rows(self) -> list[Row]:
        return self.rows()[:SHOWN]

    def further_rows(self) -> list[Row]:
        return self.rows()[SHOWN:]

    def further_in_use(self) -> bool:
        return any(row.is_in_use for row in self.further_rows())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if any(name.startswith(ON) and name not in self.fields for name in self.data):
            gone = _("Somebody whom you ticked can no longer be chosen. Look at the list again before you send it.")
            raise forms.ValidationError(gone)
        self._say_reasons()
        self._share_no_place()
        if not self.errors and not self.named():
            raise forms.ValidationError(_("Put at least one colleague on the list."))
        return cleaned

    def _say_reasons(self) -> None:
        for _place, mentor, reason in list(self._ticked()):
            field = REASON + mentor.pk.hex
            if not reason and field not in self.errors:
                self.add_error(field, _("Say in a sentence why; the mentee reads it."))

    def _share_no_place(self) -> None:
        """The later of two at one place is told of it: which of them goes first is the director's to say."""
        taken: dict[int, Person] = {}
        for place, mentor, _reason in list(self._ticked()):
            first = taken.setdefault(place, mentor)
            if first != mentor and place <= MOST:
                said = _("%(name)s stands at this place already.") % {"name": first}
                self.add_error(PLACE + mentor.pk.hex, said)

    def named(self) -> list[tuple[Person, str]]:
        """Those who are on the list, with the reason for each: by their places, the others after them as shown."""
        return [(mentor, reason) for _place, mentor, reason in sorted(self._ticked(), key=lambda one: one[0])]

    def _ticked(self) -> Iterator[tuple[int, Person, str]]:
        for suggestion in self.search.choosable:
            key = suggestion.mentor.pk.hex
            if self.cleaned_data.get(ON + key):
                place = self.cleaned_data.get(PLACE + key) or MOST + 1
                yield place, suggestion.mentor, self.cleaned_data.get(REASON + key, "")


class WhyNotForm(forms.Form):
    """A name as somebody types it, or a key; a name that is not clear is asked about beside the field."""

    why = forms.CharField(
        label=gettext_lazy("Why not …"),
        help_text=gettext_lazy("Type the name of any colleague of the program."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"list": "colleagues", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, people: Iterable[Person], nobody: Mapping[Person, str], **kwargs: Any) -> None:
        """`nobody`: of whom it is not answered, and what is said instead."""
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.nobody = {str(person.pk): said for person, said in nobody.items()}
        self.known = {**self.people, **{str(person.pk): person for person in nobody}}

    def clean_why(self) -> Person:
        text = self.cleaned_data["why"]
        names = [(key, Name(person.family_name, person.given_name)) for key, person in self.known.items()]
        found = [text] if text in self.people else resolve(text, names) or self._by_given_name(text)
        if len(found) == 1:
            return self._person(found[0])
        like = "; ".join(self.known[key].listed_name for key in found or suggest(text, names))
        if found:
            raise forms.ValidationError(_("Several colleagues can be meant: %(names)s.") % {"names": like})
        if like:
            raise forms.ValidationError(_("Nobody here has this name. Did you mean: %(names)s?") % {"names": like})
        raise forms.ValidationError(_("Nobody in this program has this name."))

    def _person(self, key: str) -> Person:
        if key in self.nobody:
            raise forms.ValidationError(self.nobody[key])
        return self.people[key]

    def _by_given_name(self, text: str) -> list[str]:
        return [key for key, person in self.known.items() if fold(person.given_name) == fold(text)]


class ExemptForm(forms.Form):
    wished = forms.BooleanField(
        label="", error_messages={"required": gettext_lazy("Only the mentee’s wish opens this.")}
    )
    on = Day(label=gettext_lazy("Told me on"))

    def __init__(self, *args: Any, mentee: Person, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"on": day}, **kwargs})
        self.day = day
        self.fields["wished"].label = _("%(mentee)s wishes it and told me so") % {"mentee": mentee}

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.day:
            raise forms.ValidationError(_("This day has not come yet."))
        return on
