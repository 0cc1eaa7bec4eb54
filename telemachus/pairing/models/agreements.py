"""That both know their parts (R12), that less is needed this year (B12), and that a year is excused: dates only."""

from datetime import date, datetime
from uuid import uuid4

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from telemachus.audit.models import record
from telemachus.lib.change import compare_and_set
from telemachus.lib.errors import Conflict
from telemachus.lib.time import AcademicYear
from telemachus.pairing.events import PairingEvent
from telemachus.pairing.models.pairings import Pairing
from telemachus.people.models import Person


class Acknowledgement(models.Model):
    """One of the two has read the agreement on that day; it holds for a year."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="acknowledgements")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="acknowledgements")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pairing", "person", "on"], name="acknowledged_once_a_day")]

    @classmethod
    def give(cls, pairing: Pairing, *, by: Person, now: datetime) -> None:
        """Said twice on one day it stands once."""
        with transaction.atomic():
            pairing.hold()
            pairing.refuse_ended()
            given, new = cls.objects.get_or_create(pairing=pairing, person=by, on=pairing.program.day(now))
            if new:
                record(PairingEvent.ACKNOWLEDGED, given, by=by, now=now, program=pairing.program)


class LightTouch(models.Model):
    """The mentee says that mentoring is not needed now. The floor stands until the director excuses a year."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="light_touches")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pairing"], condition=Q(until=None), name="light_touch_open_once"),
        ]

    @classmethod
    def wish(cls, pairing: Pairing, *, by: Person, now: datetime) -> None:
        try:
            with transaction.atomic():
                pairing.hold()
                pairing.refuse_ended()
                wished = cls.objects.create(pairing=pairing, since=pairing.program.day(now))
                record(PairingEvent.LIGHT_TOUCH_WISHED, wished, by=by, now=now, program=pairing.program)
        except IntegrityError as error:
            raise Conflict(_("You have said so already.")) from error

    def end(self, *, by: Person, now: datetime) -> None:
        with transaction.atomic():
            today = self.pairing.program.day(now)
            compare_and_set(self, where={"until": None}, to={"until": max(today, self.since)})
            record(PairingEvent.LIGHT_TOUCH_OVER, self, by=by, now=now, program=self.pairing.program)

    def leave_owed(self, *, by: Person, now: datetime) -> None:
        """Whoever runs the pair excuses nothing: not where somebody has excused the year meanwhile."""
        year = self.pairing.program.year(now)
        with transaction.atomic():
            self.pairing.hold()
            if Excuse.objects.filter(pairing=self.pairing_id, year=year.first).exists():
                raise Conflict(_("%(year)s has been excused meanwhile: no meeting is owed.") % {"year": year.label})
            self.end(by=by, now=now)


class Excuse(models.Model):
    """The director excuses a pair for an academic year, named by its first day: then no meetings are owed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="excuses")
    year = models.DateField()
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pairing", "year"], name="excuse_once_a_year")]

    @classmethod
    def grant(cls, pairing: Pairing, *, year: AcademicYear, by: Person, now: datetime) -> None:
        with transaction.atomic():
            pairing.hold()
            pairing.refuse_ended()
            day: date = pairing.program.day(now)
            excuse, new = cls.objects.get_or_create(pairing=pairing, year=year.first, defaults={"on": day})
            if not new:
                raise Conflict(_("This year is excused already."))
            record(PairingEvent.EXCUSED, excuse, by=by, now=now, program=pairing.program)

    def take_back(self, *, by: Person, now: datetime) -> None:
        with transaction.atomic():
            gone, _tables = Excuse.objects.filter(pk=self.pk).delete()
            if not gone:
                raise Conflict(_("This has been taken back already."))
            record(PairingEvent.EXCUSE_TAKEN_BACK, self.pairing, by=by, now=now, program=self.pairing.program)
