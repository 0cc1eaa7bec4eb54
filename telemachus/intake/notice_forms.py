"""What the coordinator types about somebody who will come."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.intake.announce import PERSON, correctable
from telemachus.intake.models import Recruit
from telemachus.intake.recruit_known import Doubt, Newcomer, People, doubts, objection, past
from telemachus.lib.names import has_invisible, is_formula_like
from telemachus.people.models import Person
from telemachus.program.forms import Day, PersonChoice
from telemachus.program.models import Program, Role


def plain(text: str) -> None:
    if is_formula_like(text):
        raise ValidationError(_("This looks like a formula. Please begin with a letter."))
    if has_invisible(text):
        raise ValidationError(_("An invisible character stands in it. Please type it anew instead of pasting it."))


def asked(label: Any) -> forms.BooleanField:
    """Shown only where there is something to ask."""
    return forms.BooleanField(label=label, required=False, widget=forms.HiddenInput())


class NewcomerForm(forms.Form):
    given_name = forms.CharField(
        label=gettext_lazy("Given name"),
        max_length=100,
        validators=[plain],
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )
    family_name = forms.CharField(
        label=gettext_lazy("Family name"),
        max_length=100,
        validators=[plain],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    namesake = asked(gettext_lazy("It is somebody else of the same name"))
    email = forms.EmailField(
        label=gettext_lazy("Email address"),
        help_text=gettext_lazy(
            "The director writes to it, and it is used to sign in. A work address, where there is one."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    other_name = asked(gettext_lazy("It is the same person"))
    title = forms.CharField(
        label=gettext_lazy("Job title"),
        max_length=120,
        validators=[plain],
        help_text=gettext_lazy("As proposed, such as ASST PROF IN RES-HCOMP or Assistant Professor."),
    )
    series = forms.ChoiceField(label=gettext_lazy("Series"), required=False, widget=forms.HiddenInput())
    rank = forms.ChoiceField(label=gettext_lazy("Rank"), required=False, widget=forms.HiddenInput())
    step = forms.CharField(label=gettext_lazy("Step"), max_length=10, required=False, validators=[plain])
    begins = Day(label=gettext_lazy("Start day"))
    past = asked(gettext_lazy("Yes, on this day"))

    def __init__(self, *args: Any, program: Program, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.program, self.day = program, day
        self._fill_classes()

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._classify(cleaned)
        if not self.errors:
            self.look_around(self.newcomer)
        return cleaned

    def look_around(self, newcomer: Newcomer) -> None:
        """Ask what should be asked, once every field is right by itself."""

    @property
    def newcomer(self) -> Newcomer:
        return Newcomer(**{name: self.cleaned_data[name] for name in Newcomer.__dataclass_fields__})

    def ask(self, doubt: Doubt) -> None:
        if not self.cleaned_data.get(doubt.asks.value):
            self.fields[doubt.asks.value].widget = forms.CheckboxInput()
            self.add_error(doubt.field, doubt.sentence)

    def show_classes(self) -> None:
        for name in ("series", "rank"):
            field = self.fields[name]
            field.widget, field.required = forms.Select(), True
        self._fill_classes()

    def _fill_classes(self) -> None:
        """Again where the widget is another one."""
        book = self.program.book
        self._choices("series").choices = [("", ""), *((each.code, each.name) for each in book.series)]
        self._choices("rank").choices = [("", ""), *((each.code, each.name) for each in book.ranks)]

    def _classify(self, cleaned: dict[str, Any]) -> None:
        """By the rule book, or by what was chosen where it does not know the title."""
        title = cleaned.get("title")
        found = self.program.book.classify(title) if title else None
        if found:
            cleaned |= {"series": found.series, "rank": found.rank}
        elif title:
            self.show_classes()
            if not (cleaned.get("series") and cleaned.get("rank")):
                self.add_error("title", _("The rule book does not know this title. Please choose series and rank."))

    def _choices(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field


class NoticeForm(NewcomerForm):
    hiring_lead = PersonChoice(
        label=gettext_lazy("Hiring lead"),
        queryset=Person.objects.none(),
        required=False,
        help_text=gettext_lazy("Who knows the newcomer and can say more."),
    )

    def __init__(self, *args: Any, program: Program, day: date, **kwargs: Any) -> None:
        super().__init__(*args, program=program, day=day, **kwargs)
        field = self.fields["hiring_lead"]
        assert isinstance(field, PersonChoice)
        field.queryset = members(program, day)

    def look_around(self, newcomer: Newcomer) -> None:
        people = People(self.program, {newcomer.email}, self.day)
        if refusal := objection(newcomer, people):
            self.add_error(refusal.field, str(refusal))
            return
        for doubt in list(doubts(newcomer, people)):
            self.ask(doubt)


class CorrectForm(NewcomerForm):
    """Only what an office corrects is asked; `kept` says why the rest is not."""

    def __init__(self, *args: Any, recruit: Recruit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("series") and self.program.book.classify(self.initial["title"]) is None:
            self.show_classes()
        asked_for = correctable(recruit)
        self.left_out = [name for name in PERSON if name not in asked_for]
        self.kept = _kept(recruit, asked_for)
        for name in self.left_out:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """What a page that was opened before still asked for is not passed over without a word."""
        known = {name: self.initial.get(name) or "" for name in self.left_out}
        if any(self.data.get(name, known[name]) != known[name] for name in self.left_out):
            self.add_error(None, self.kept)
        self.cleaned_data |= known
        return super().clean()

    def look_around(self, newcomer: Newcomer) -> None:
        if newcomer.begins != self.initial.get("begins") and newcomer.begins < self.day:
            self.ask(past(newcomer.begins))


def _kept(recruit: Recruit, asked_for: Collection[str]) -> str:
    if not asked_for:
        return _(
            "%(name)s has another part here too: name and email address are not changed from this page. They follow "
            "the roster from personnel."
        ) % {"name": recruit}
    if "email" not in asked_for:
        return _(
            "%(name)s has signed in already, or papers have come in: the email address is not changed from this page. "
            "It follows the roster from personnel."
        ) % {"name": recruit}
    return ""


def members(program: Program, day: date) -> QuerySet[Person]:
    """Whoever of the division can have led the search."""
    current = Role.objects.filter(program=program).exclude(kind=Role.Kind.ASSISTANT).on(day)
    return Person.objects.filter(pk__in=current.values("person")).order_by("sort_name", "pk")
