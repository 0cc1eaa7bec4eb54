"""The Academic Status Form (R4): what the coordinator completes and the person confirms. No amount of money."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import add
from typing import Any
from uuid import UUID, uuid4

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.audit.models import record
from telemachus.career.events import CareerEvent
from telemachus.lib.change import compare_and_set
from telemachus.lib.errors import Conflict, Refused
from telemachus.people.models import Person
from telemachus.program.models import Program

EFFORT = ("effort_clinical", "effort_research", "effort_teaching", "effort_administration", "effort_service")
IN_ORDER = Q(ends=None) | Q(begins=None) | Q(ends__gte=F("begins"))

Row = Mapping[str, Any]


def sum_of(columns: Iterable[str]) -> Combinable:
    first, *others = map(F, columns)
    return reduce(add, others, first)


@dataclass(frozen=True)
class Rows:
    """What stands in the form's tables. `seen_mentors` are the keys of those that the page showed:

    one whom the mentee named meanwhile stays.
    """

    titles: Sequence[Row] = ()
    grants: Sequence[Row] = ()
    other_mentors: Sequence[Row] = ()
    seen_mentors: Collection[UUID] = field(default_factory=tuple)


class StatusFormManager(models.Manager["StatusForm"]):
    def lock(self, program: Program, person: Person) -> "StatusForm":
        """The row, made where there is none yet, locked until the transaction ends."""
        form, _is_new = self.select_for_update().get_or_create(program=program, person=person)
        return form


class StatusForm(models.Model):
    """One person's status in one program. `revision` counts the completions: nobody confirms what was not shown."""

    class Basis(models.TextChoices):
        NINE = "9", gettext_lazy("9 months")
        ELEVEN = "11", gettext_lazy("11 months")
        TWELVE = "12", gettext_lazy("12 months")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="status_forms")
    basis = models.CharField(max_length=2, choices=Basis.choices, blank=True)
    joint_site = models.CharField(max_length=120, blank=True)
    # Years only, never the reason.
    pause_years = models.PositiveSmallIntegerField(default=0)
    support_ends = models.DateField(null=True)
    support_raise_by = models.DateField(null=True)
    # Percent of the person's time; all five or none.
    effort_clinical = models.PositiveSmallIntegerField(null=True)
    effort_research = models.PositiveSmallIntegerField(null=True)
    effort_teaching = models.PositiveSmallIntegerField(null=True)
    effort_administration = models.PositiveSmallIntegerField(null=True)
    effort_service = models.PositiveSmallIntegerField(null=True)
    teaching = models.TextField(blank=True)
    evaluations_on_file = models.BooleanField(null=True)
    committees = models.TextField(blank=True)
    boards = models.TextField(blank=True)
    societies = models.TextField(blank=True)
    revision = models.PositiveSmallIntegerField(default=0)
    completed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    completed_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    questioned_on = models.DateField(null=True)

    objects = StatusFormManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "person"], name="status_one_per_program"),
            models.CheckConstraint(condition=Q(pause_years__lte=2), name="status_pause_years"),
            models.CheckConstraint(condition=Q(basis__in=["", "9", "11", "12"]), name="status_basis"),
            models.CheckConstraint(
                condition=Q(**dict.fromkeys(EFFORT, None))
                | Q(
                    **{f"{part}__isnull": False for part in EFFORT},
                    effort_clinical=100 - sum_of(EFFORT[1:]),
                ),
                name="status_effort_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(completed_on__isnull=False) | Q(confirmed_on=None, questioned_on=None),
                name="status_confirmed_after_completed",
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        """Completed, and the person has said neither yes nor no."""
        return bool(self.completed_on) and not self.confirmed_on and not self.questioned_on

    def complete(self, *, by: Person, now: datetime, rows: Rows, revision: int, **fields: Any) -> None:
        """Write the whole form; `revision` is the one that the page showed. Completing again is how it is corrected."""
        if by.pk == self.person_id:
            raise Refused(_("Somebody else completes your form; you confirm it."))
        with transaction.atomic():
            row = StatusForm.objects.lock(self.program, self.person)
            if row.revision != revision:
                raise Conflict(_("Somebody completed this form while you had it open. Look at it again first."))
            written = {"revision": revision + 1, "completed_by": by, "completed_on": self.program.day(now)}
            for name, value in {**fields, **written, "confirmed_on": None, "questioned_on": None}.items():
                setattr(row, name, value)
            row.save()
            row._write(rows)
            record(CareerEvent.STATUS_COMPLETED, row, by=by, now=now, program=self.program)
        self.__dict__.update(row.__dict__)

    def _write(self, rows: Rows) -> None:
        self.titles.all().delete()
        PriorTitle.objects.bulk_create(PriorTitle(form=self, **row) for row in rows.titles)
        self.grants.all().delete()
        Grant.objects.bulk_create(Grant(form=self, **row) for row in rows.grants)
        self.other_mentors.filter(pk__in=rows.seen_mentors).delete()
        for row in rows.other_mentors:
            OtherMentor.objects.get_or_create(form=self, **row)

    def confirm(self, *, by: Person, now: datetime) -> None:
        """The person says that it is right as shown; a question asked before is answered by that."""
        with transaction.atomic():
            compare_and_set(
                self,
                where={"revision": self.revision, "confirmed_on": None, "completed_on__isnull": False},
                to={"confirmed_on": self.program.day(now), "questioned_on": None},
                otherwise=_("This form was confirmed already, or has changed since you read it. Look at it again."),
            )
            record(CareerEvent.STATUS_CONFIRMED, self, by=by, now=now, program=self.program)

    def question(self, *, by: Person, now: datetime) -> None:
        """The person says that something is not right: what, is said to the coordinator, not written here."""
        with transaction.atomic():
            compare_and_set(
                self,
                where={"revision": self.revision, "questioned_on": None, "completed_on__isnull": False},
                to={"questioned_on": self.program.day(now), "confirmed_on": None},
                otherwise=_("You have said so already, or the form has changed since you read it."),
            )
            record(CareerEvent.STATUS_QUESTIONED, self, by=by, now=now, program=self.program)


class PriorTitle(models.Model):
    """An earlier title whose years may count."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    form = models.ForeignKey(StatusForm, on_delete=models.CASCADE, related_name="titles")
    title = models.CharField(max_length=120)
    begins = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        ordering = ["begins"]
        constraints = [models.CheckConstraint(condition=IN_ORDER, name="prior_title_days_in_order")]


class Grant(models.Model):
    class Status(models.TextChoices):
        APPLIED = "applied", gettext_lazy("applied for")
        AWARDED = "awarded", gettext_lazy("awarded")
        ENDED = "ended", gettext_lazy("ended")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    form = models.ForeignKey(StatusForm, on_delete=models.CASCADE, related_name="grants")
    mechanism = models.CharField(max_length=60)
    role = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices)
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)
    # Of the person's time, never an amount.
    percent = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["begins", "mechanism"]
        constraints = [
            models.CheckConstraint(condition=IN_ORDER, name="grant_days_in_order"),
            models.CheckConstraint(condition=Q(percent=None) | Q(percent__lte=100), name="grant_percent"),
            models.CheckConstraint(condition=Q(status__in=["applied", "awarded", "ended"]), name="grant_status"),
        ]


class OtherMentor(models.Model):
    """Who guides the person clinically or in research; a career-development mentor is never one of them (R9)."""

    class Kind(models.TextChoices):
        CLINICAL = "clinical", gettext_lazy("clinical mentor")
        RESEARCH = "research", gettext_lazy("research mentor")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    form = models.ForeignKey(StatusForm, on_delete=models.CASCADE, related_name="other_mentors")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="mentors_otherwise")
    # Only of somebody who is not of the division.
    name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None) & ~Q(name="") | Q(person__isnull=False, name=""), name="other_mentor_is_one"
            ),
            models.CheckConstraint(condition=Q(kind__in=["clinical", "research"]), name="other_mentor_kind"),
            models.UniqueConstraint(fields=["form", "kind", "person"], name="other_mentor_once"),
        ]

    def __str__(self) -> str:
        return str(self.person) if self.person else self.name


def other_mentors(program: Program, mentees: Collection[Person]) -> dict[UUID, dict[UUID, str]]:
    """Who of the division is whose clinical or research mentor: by mentee, key to kind."""
    named = OtherMentor.objects.filter(form__program=program, form__person__in=mentees, person__isnull=False)
    found: dict[UUID, dict[UUID, str]] = {}
    for mentee, mentor, kind in named.values_list("form__person_id", "person_id", "kind"):
        if mentor is not None:
            found.setdefault(mentee, {})[mentor] = kind
    return found


def name_other_mentor(
    program: Program, mentee: Person, mentor: Person, kind: str, *, by: Person, now: datetime
) -> None:
    """The mentee, asked again at the choice, says that this is such a mentor; saying it twice changes nothing."""
    if mentor.pk == mentee.pk:
        raise Refused(_("Nobody is one’s own mentor."))
    with transaction.atomic():
        form = StatusForm.objects.lock(program, mentee)
        named, is_new = OtherMentor.objects.get_or_create(
            form=form, kind=OtherMentor.Kind(kind), person=mentor, defaults={"name": ""}
        )
        if is_new:
            record(CareerEvent.OTHER_MENTOR_NAMED, named, by=by, now=now, program=program)
