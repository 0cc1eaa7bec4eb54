"""A person's appointment in a division, as the personnel system knows it; beside it the papers of a mentee."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.audit.models import record
from telemachus.career.events import CareerEvent
from telemachus.career.own_papers import Aspirations, CurriculumVitae
from telemachus.career.status_form import Grant, OtherMentor, PriorTitle, StatusForm
from telemachus.lib.change import compare_and_set
from telemachus.people.models import Person
from telemachus.program.models import Program

__all__ = [
    "Absence",
    "AbsenceQuerySet",
    "Appointment",
    "Aspirations",
    "CurriculumVitae",
    "Grant",
    "OtherMentor",
    "PriorTitle",
    "Standing",
    "StatusForm",
]


class Standing(models.TextChoices):
    """What the personnel system says of somebody's presence."""

    ACTIVE = "active", gettext_lazy("active")
    LEAVE = "leave", gettext_lazy("on leave")
    TERMINATED = "terminated", gettext_lazy("no longer employed")


class Appointment(models.Model):
    """Series, rank and days of one person in one program; series and rank are codes of the rule book."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="appointments")
    title = models.CharField(max_length=120)
    series = models.CharField(max_length=40)
    rank = models.CharField(max_length=40)
    step = models.CharField(max_length=10, blank=True)
    # Percent of full time, 0 to 100.
    percent = models.PositiveSmallIntegerField(null=True)
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)
    supervisor = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="supervises")
    standing = models.CharField(max_length=20, choices=Standing.choices, default=Standing.ACTIVE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "person"], name="appointment_one_per_program"),
            models.CheckConstraint(condition=Q(percent=None) | Q(percent__lte=100), name="appointment_percent"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(begins=None) | Q(ends__gte=F("begins")), name="appointment_days_in_order"
            ),
        ]

    @property
    def rank_and_series(self) -> str:
        """In words of the rule book: "Assistant Professor, In Residence"."""
        book = self.program.book
        return f"{book.rank_name(self.rank)}, {book.series_name(self.series)}"

    def correct(self, *, by: Person | None, now: datetime, **fields: Any) -> None:
        """Write what the coordinator knows better than the roster; without a difference nothing is recorded."""
        was = {name: getattr(self, name) for name in fields}
        if was == fields:
            return
        with transaction.atomic():
            compare_and_set(self, where=was, to=fields)
            record(CareerEvent.APPOINTMENT_CHANGED, self, by=by, now=now, program=self.program)


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def unsettled(self) -> "AbsenceQuerySet":
        return self.filter(settled=None)


class Absence(models.Model):
    """A newer roster says that somebody is on leave or gone, or no longer lists the person: the director decides."""

    class Kind(models.TextChoices):
        LEAVE = "leave", gettext_lazy("is on leave")
        TERMINATED = "terminated", gettext_lazy("is no longer employed")
        MISSING = "missing", gettext_lazy("is not on the newest roster")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    noticed = models.DateField()
    settled = models.DateField(null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "person", "kind"], condition=Q(settled=None), name="absence_open_once"
            ),
        ]

    def settle(self, *, by: Person, on: date, now: datetime) -> None:
        with transaction.atomic():
            compare_and_set(
                self, where={"settled": None}, to={"settled": on}, otherwise=_("This has been settled already.")
            )
            record(CareerEvent.ABSENCE_SETTLED, self, by=by, now=now, program=self.program)


# What was settled is kept so long, in case somebody asks.
DAYS_SETTLED = 366


def forget_settled(*, now: datetime) -> None:
    Absence.objects.filter(settled__lt=now.date() - timedelta(days=DAYS_SETTLED)).delete()
