"""What a director says before a cohort is matched: who takes part, under which title, and with which lottery."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.career.models import Appointment
from telemachus.pairing.cohort import asks_for_help, not_yet, wanted_in
from telemachus.pairing.models import Shortlist
from telemachus.pairing.models.proposals import LONGEST_TITLE, MOST_SEED
from telemachus.pairing.proposals.words import no_needs_in_words
from telemachus.people.models import Person
from telemachus.program.models import Program


@dataclass(frozen=True)
class Seeker:
    """Somebody who can take part: the first day, what has been sent already, and what is missing before names."""

    person: Person
    begins: date | None
    sent: date | None
    not_yet: str
    asks_for_help: bool

    @property
    def is_ready(self) -> bool:
        """Ticked at first: no list is open, and the way has come as far as names."""
        return self.sent is None and not self.not_yet

    @property
    def said(self) -> str:
        days = (
            (_("first day %(day)s"), self.begins),
            (_("has an open list of %(day)s"), self.sent),
        )
        known = [words % {"day": date_format(day, "j F Y")} for words, day in days if day]
        return " · ".join(filter(None, [*known, self.not_yet, "" if self.asks_for_help else no_needs_in_words()]))


def seekers_of(program: Program, people: Collection[Person], now: datetime) -> list[Seeker]:
    """The same few queries for one as for fifty."""
    begins = dict(Appointment.objects.filter(program=program, person__in=people).values_list("person", "begins"))
    sent = dict(Shortlist.objects.open().filter(program=program, mentee__in=people).values_list("mentee", "sent_at"))
    missing, wanted = not_yet(program, people, now), wanted_in(program)
    return [
        Seeker(
            person=person,
            begins=begins.get(person.pk),
            sent=program.day(sent[person.pk]) if person.pk in sent else None,
            not_yet=missing.get(person.pk, ""),
            asks_for_help=asks_for_help(wanted, person),
        )
        for person in people
    ]


def title_of(program: Program, now: datetime) -> str:
    return _("Recruits of %(month)s") % {"month": date_format(program.day(now), "F Y")}


def seed_of(program: Program, now: datetime) -> int:
    """The same all day: a proposal that is run twice says the same."""
    return int(f"{program.day(now):%Y%m%d}")


class CohortForm(forms.Form):
    mentees = forms.MultipleChoiceField(
        label=gettext_lazy("Who takes part"),
        widget=forms.CheckboxSelectMultiple(),
        error_messages={
            "required": gettext_lazy("Choose at least one person."),
            "invalid_choice": gettext_lazy(
                "Somebody whom you ticked no longer seeks a mentor. Look at the list again."
            ),
        },
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=LONGEST_TITLE)
    seed = forms.IntegerField(
        label=gettext_lazy("Number of the lottery"),
        help_text=gettext_lazy(
            "Where two answers are equally good, a lottery decides. The same number draws the same."
        ),
        min_value=0,
        max_value=MOST_SEED,
    )
    compare = forms.BooleanField(label=gettext_lazy("Compare with a second setting of the weights"), required=False)

    def __init__(self, *args: Any, seekers: Collection[Seeker], **kwargs: Any) -> None:
        at_first = [str(one.person.pk) for one in seekers if one.is_ready]
        initial = {"mentees": at_first, **kwargs.pop("initial", {})}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.seekers: Mapping[str, Seeker] = {str(one.person.pk): one for one in seekers}
        field = self.fields["mentees"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, one.person.listed_name) for key, one in self.seekers.items()]

    def ticks(self) -> Iterator[tuple[forms.boundfield.BoundWidget, Seeker]]:
        """Each checkbox with what is known of the person."""
        return zip(self["mentees"].subwidgets, self.seekers.values(), strict=True)

    def people(self) -> list[Person]:
        return [self.seekers[key].person for key in self.cleaned_data["mentees"]]


class AcceptForm(forms.Form):
    """Which pairs of a proposal, and whether further names stand on each list."""

    rows = forms.TypedMultipleChoiceField(coerce=UUID, required=True)
    further = forms.BooleanField(
        label=gettext_lazy("Name the next best two who keep a place as well, so that there is a choice"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, rows: Collection[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["rows"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(str(key), "") for key in rows]
