"""What the director enters about a pair."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.pairing.access import mentees_to_enter, mentors_to_enter, runs
from telemachus.pairing.models import Offer, Pairing, Request, places
from telemachus.pairing.rules import OWN_WORD, Why, facts, sentence
from telemachus.people.models import Person
from telemachus.program.forms import Day, PersonChoice
from telemachus.program.models import Program


class PairForm(forms.Form):
    mentee = PersonChoice(label=gettext_lazy("Mentee"), queryset=Person.objects.none())
    mentor = PersonChoice(label=gettext_lazy("Mentor"), queryset=Person.objects.none())
    begins = Day(
        label=gettext_lazy("A pair since"),
        help_text=gettext_lazy("The day on which the two were introduced. It may lie in the past."),
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("Both have told me that they wish it"),
        error_messages={"required": gettext_lazy("A pair is chosen by both: ask them first, or send a list.")},
    )
    full = forms.BooleanField(
        label=gettext_lazy("The mentor takes nobody new, or all places are taken; the mentor agreed to this one"),
        required=False,
        widget=forms.HiddenInput(),
    )

    def __init__(self, *args: Any, program: Program, by: Person, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.program, self.by, self.now = program, by, now
        for name, offered in (("mentee", mentees_to_enter), ("mentor", mentors_to_enter)):
            field = self.fields[name]
            assert isinstance(field, PersonChoice)
            field.queryset = offered(by, program, now).order_by("sort_name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        mentee, mentor = cleaned.get("mentee"), cleaned.get("mentor")
        if mentee and mentor:
            if not runs(self.by, self.program, mentee, mentor):
                self.add_error("mentor", self._not_yours(mentee, mentor))
            elif not self._is_paired(mentee):
                self._look_at(mentee, mentor, facts(self.program, mentee, self.now).why_not(mentor.pk))
        return cleaned

    def _not_yours(self, *members: Person) -> str:
        if self.by in members:
            return _("Nobody runs their own mentoring: another director or the deputy enters this.")
        return _("As deputy you enter pairs of the director for whom you stand in.")

    def _is_paired(self, mentee: Person) -> bool:
        """Then that is what there is to say."""
        return Pairing.objects.active().lasting().filter(program=self.program, mentee=mentee).exists()

    def _look_at(self, mentee: Person, mentor: Person, against: Iterable[Why]) -> None:
        for why in against:
            if why in OWN_WORD:
                self._ask_for_one_more(why, mentee, mentor)
            else:
                self.add_error("mentor", sentence(why, mentee, mentor))

    def _ask_for_one_more(self, why: Why, mentee: Person, mentor: Person) -> None:
        held = Request.objects.holding().filter(program=self.program, mentee=mentee, mentor=mentor)
        if self.cleaned_data.get("full") or held.exists():
            return
        self.fields["full"].widget = forms.CheckboxInput()
        said = self._places_taken(mentor) if why == Why.FULL else sentence(why, mentee, mentor)
        self.add_error("mentor", said)

    def _places_taken(self, mentor: Person) -> str:
        offer = Offer.objects.filter(person=mentor).first()
        capacity = self.program.capacity if offer is None or offer.places is None else offer.places
        words = {"name": mentor, "taken": places(mentor), "capacity": capacity}
        return _("%(name)s has %(taken)s of %(capacity)s places taken.") % words


class EndForm(forms.Form):
    on = Day(label=gettext_lazy("Last day of the pair"))
    ending = forms.ChoiceField(
        label=gettext_lazy("How it ends"), choices=Pairing.Ending.choices, widget=forms.RadioSelect()
    )


class PauseForm(forms.Form):
    begins = Day(label=gettext_lazy("First day"))
    until = Day(label=gettext_lazy("Last day"))
