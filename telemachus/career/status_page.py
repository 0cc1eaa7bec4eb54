"""The page on which the coordinator completes a status form: what stands once, and three tables of rows."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms.formsets import TOTAL_FORM_COUNT, BaseFormSet
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.career.forms import words
from telemachus.career.models import Appointment, Grant, OtherMentor, StatusForm
from telemachus.career.status_form import EFFORT, Rows
from telemachus.career.support import support_from
from telemachus.people.models import Person
from telemachus.program.forms import Day

SPARE_ROWS = 2
MORE_ROWS = 3
MOST_ROWS = 60

Choices = list[tuple[str, str]]


def percent(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=100)


def optional_day(label: Any, help_text: Any = "") -> Day:
    return Day(label=label, required=False, help_text=help_text)


class AppointmentForm(forms.Form):
    """What the coordinator may know better than the roster."""

    step = forms.CharField(label=gettext_lazy("Step"), max_length=10, required=False)
    percent = percent(gettext_lazy("Percent of full time"))
    begins = optional_day(gettext_lazy("Appointed from"))
    ends = optional_day(gettext_lazy("Appointed until"), gettext_lazy("Empty where no end is set."))

    def clean(self) -> dict[str, Any]:
        return in_order(self, super().clean() or {})


def in_order(form: forms.Form, cleaned: dict[str, Any]) -> dict[str, Any]:
    begins, ends = cleaned.get("begins"), cleaned.get("ends")
    if begins and ends and ends < begins:
        form.add_error("ends", _("The last day comes before the first."))
    return cleaned


class StatusFieldsForm(forms.Form):
    """Everything that stands once."""

    basis = forms.ChoiceField(
        label=gettext_lazy("Basis"),
        required=False,
        choices=[("", gettext_lazy("not known")), *StatusForm.Basis.choices],
    )
    joint_site = forms.CharField(
        label=gettext_lazy("Joint site"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Another hospital or institution of the same appointment."),
    )
    pause_years = forms.IntegerField(
        label=gettext_lazy("Years for which the clock was stopped"),
        min_value=0,
        max_value=2,
        initial=0,
        help_text=gettext_lazy("Whole years, two at most; never the reason."),
    )
    support_ends = optional_day(
        gettext_lazy("Support for new faculty ends"),
        gettext_lazy("An estimate of three years from the start; confirm it with academic personnel."),
    )
    support_raise_by = optional_day(
        gettext_lazy("What comes after it must be talked about by"),
        gettext_lazy("An estimate of one and a half years from the start."),
    )
    effort_clinical = percent(gettext_lazy("Clinical"))
    effort_research = percent(gettext_lazy("Research"))
    effort_teaching = percent(gettext_lazy("Teaching"))
    effort_administration = percent(gettext_lazy("Administration"))
    effort_service = percent(gettext_lazy("Service"))
    teaching = words(gettext_lazy("Teaching"), gettext_lazy("Courses, supervision, rounds."))
    evaluations_on_file = forms.NullBooleanField(
        label=gettext_lazy("Are evaluations of the teaching on file?"), required=False
    )
    committees = words(gettext_lazy("Committees"), "", rows=2)
    boards = words(gettext_lazy("Boards"), gettext_lazy("Certifications, with their year."), rows=2)
    societies = words(gettext_lazy("Societies"), "", rows=2)
    revision = forms.IntegerField(widget=forms.HiddenInput(), min_value=0, max_value=10_000)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ends, raise_by = cleaned.get("support_ends"), cleaned.get("support_raise_by")
        if ends and raise_by and raise_by > ends:
            self.add_error("support_raise_by", _("By then the support has ended. Choose a day before its end."))
        given = [cleaned.get(part) for part in EFFORT]
        if any(share is not None for share in given) and not any(part in self.errors for part in EFFORT):
            # An empty share beside others is none of the time.
            cleaned |= {part: share or 0 for part, share in zip(EFFORT, given, strict=True)}
            whole = sum(share or 0 for share in given)
            if whole != 100:
                self.add_error(EFFORT[0], _("The five shares make %(whole)s, not 100.") % {"whole": whole})
        return cleaned


class RowForm(forms.Form):
    """One row of a table; a row that is left, or made, wholly empty is none."""

    needed: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.is_blank:
            for name in self.needed:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Please fill this in, or empty the whole row."))
        return in_order(self, cleaned)

    @property
    def is_blank(self) -> bool:
        return not self.errors and not any(self.row.values())

    @property
    def row(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}


class TitleForm(RowForm):
    needed = ("title", "begins")
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120, required=False)
    begins = optional_day(gettext_lazy("From"))
    ends = optional_day(gettext_lazy("Until"))


class GrantForm(RowForm):
    needed = ("mechanism", "status")
    mechanism = forms.CharField(label=gettext_lazy("Mechanism"), max_length=60, required=False)
    role = forms.CharField(label=gettext_lazy("Role"), max_length=60, required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False, choices=[("", ""), *Grant.Status.choices])
    begins = optional_day(gettext_lazy("From"))
    ends = optional_day(gettext_lazy("Until"))
    percent = percent(gettext_lazy("Percent of time"))


class OtherMentorForm(RowForm):
    needed = ("kind",)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput())
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False, choices=[("", ""), *OtherMentor.Kind.choices])
    person = forms.TypedChoiceField(
        label=gettext_lazy("Of the division"), required=False, coerce=UUID, empty_value=None
    )
    name = forms.CharField(label=gettext_lazy("Or from elsewhere, by name"), max_length=120, required=False)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = people

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_blank and not self.errors and bool(cleaned.get("person")) == bool(cleaned.get("name")):
            self.add_error(
                "person", _("Choose somebody of the division, or name somebody from elsewhere: one of the two.")
            )
        return cleaned

    @property
    def row(self) -> dict[str, Any]:
        row = super().row
        return {"kind": row.get("kind", ""), "person_id": row.get("person"), "name": row.get("name", "")}


TABLES: dict[str, type[RowForm]] = {"titles": TitleForm, "grants": GrantForm, "mentors": OtherMentorForm}


class StatusPage:
    """The whole page as one: bound where something was posted, else filled with what is known."""

    def __init__(
        self, form: StatusForm, appointment: Appointment | None, people: Sequence[Person], *, posted: QueryDict | None
    ) -> None:
        self.form, self.appointment = form, appointment
        # A table came without a count of rows that can be: what was typed in it is not read.
        self.is_cut_off = False
        choices = [("", ""), *((str(person.pk), person.listed_name) for person in people)]
        self.fields = StatusFieldsForm(posted, initial=_known_fields(form, appointment))
        known = {name: getattr(appointment, name) for name in AppointmentForm.base_fields} if appointment else {}
        self.of_appointment = AppointmentForm(posted, prefix="appointment", initial=known) if appointment else None
        self.tables = {
            "titles": self._table("titles", posted, _known_titles),
            "grants": self._table("grants", posted, _known_grants),
            "mentors": self._table("mentors", posted, _known_mentors, people=choices),
        }

    def _table(
        self, name: str, posted: QueryDict | None, known: Callable[[StatusForm], list[dict[str, Any]]], **given: Any
    ) -> BaseFormSet[RowForm]:
        factory = forms.formset_factory(TABLES[name], extra=SPARE_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
        if posted is not None:
            table = factory(posted, prefix=name, form_kwargs=given)
            if _is_whole(table):
                return table
            self.is_cut_off = True
        initial = None if self.form._state.adding else known(self.form)
        return factory(None, prefix=name, initial=initial, form_kwargs=given)

    @cached_property
    def parts(self) -> list[Any]:
        return [part for part in (self.of_appointment, self.fields, *self.tables.values()) if part]

    def is_valid(self) -> bool:
        # Each is asked, so that every mistake is said at once.
        if self.is_cut_off:
            self.fields.add_error(None, _("One of the tables did not arrive whole. Please enter it once more."))
        asked = [part.is_valid() for part in self.parts]
        if not all(asked):
            return False
        self._look_at_support()
        return self.fields.is_valid()

    def _look_at_support(self) -> None:
        """Support is for new faculty: none of it lies before the first appointment that stands on the page."""
        begins = [row["begins"] for row in self.rows.titles]
        if self.of_appointment and self.of_appointment.cleaned_data["begins"]:
            begins.append(self.of_appointment.cleaned_data["begins"])
        first = min(begins, default=None)
        for name in ("support_ends", "support_raise_by"):
            day = self.fields.cleaned_data.get(name)
            if first and day and day < first:
                words = {"day": date_format(first, "j F Y")}
                self.fields.add_error(name, _("This lies before the first appointment, of %(day)s.") % words)

    @property
    def judged(self) -> list[forms.Form]:
        """Every form of the page whose mistakes stand beside it."""
        single = [form for form in (self.of_appointment, self.fields) if form]
        return [*single, *(row for table in self.tables.values() for row in table.forms)]

    @property
    def rows(self) -> Rows:
        mentors = self.tables["mentors"].forms
        return Rows(
            titles=_filled(self.tables["titles"]),
            grants=_filled(self.tables["grants"]),
            other_mentors=_filled(self.tables["mentors"]),
            seen_mentors=[row.cleaned_data["key"] for row in mentors if row.cleaned_data.get("key")],
        )


def _is_whole(table: BaseFormSet[RowForm]) -> bool:
    counts = table.management_form
    return counts.is_valid() and int(counts.cleaned_data[TOTAL_FORM_COUNT] or 0) <= MOST_ROWS


def _filled(table: BaseFormSet[RowForm]) -> list[dict[str, Any]]:
    return [form.row for form in table.forms if not form.is_blank]


def _known_fields(form: StatusForm, appointment: Appointment | None) -> dict[str, Any]:
    known = {name: getattr(form, name) for name in StatusFieldsForm.base_fields}
    if form.completed_on is None and appointment and appointment.begins:
        support = support_from(appointment.begins)
        known |= {"support_ends": support.ends, "support_raise_by": support.raise_by}
    return known


def _known_titles(form: StatusForm) -> list[dict[str, Any]]:
    return [dict(row) for row in form.titles.values("title", "begins", "ends")]


def _known_grants(form: StatusForm) -> list[dict[str, Any]]:
    return [dict(row) for row in form.grants.values("mechanism", "role", "status", "begins", "ends", "percent")]


def _known_mentors(form: StatusForm) -> list[dict[str, Any]]:
    return [
        {"key": each.pk, "kind": each.kind, "person": each.person_id, "name": each.name}
        for each in form.other_mentors.all()
    ]


def with_more_rows(posted: QueryDict, table: str) -> QueryDict:
    """What was typed, with more empty rows in that table."""
    grown = posted.copy()
    total = f"{table}-TOTAL_FORMS"
    count = whole_number(grown.get(total, ""))
    grown[total] = str(min(count + MORE_ROWS, MOST_ROWS))
    return grown


def whole_number(text: str) -> int:
    """A number that a page of ours sent; 0 for anything that is none of a page's size."""
    return int(text) if text.isdecimal() and len(text) < 6 else 0
