"""When a person or a pair rests: a first and a last day, and no reason."""

from datetime import date, datetime, timedelta
from typing import Self
from uuid import uuid4

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachus.audit.models import record
from telemachus.lib.change import compare_and_set
from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.events import PairingEvent
from telemachus.pairing.models.pairings import Pairing, PairingQuerySet
from telemachus.people.models import Person
from telemachus.program.models import Program


class PauseQuerySet(models.QuerySet["Pause"]):
    def touching(self, pairing: Pairing) -> Self:
        """Pauses of the pair or of one of its members."""
        return self.filter(
            Q(pairing=pairing) | Q(program=pairing.program, person__in=[pairing.mentee_id, pairing.mentor_id])
        )

    def on(self, day: date) -> Self:
        return self.filter(begins__lte=day, until__gte=day)


class Pause(models.Model):
    """A person or a pair rests from a day until a day: leave, a sabbatical. No reason has a place here."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="pauses")
    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, null=True, related_name="pauses")
    begins = models.DateField()
    until = models.DateField()

    objects = PauseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, pairing__isnull=False) | Q(person__isnull=False, pairing=None),
                name="pause_of_person_or_pair",
            ),
            models.CheckConstraint(condition=Q(until__gte=F("begins")), name="pause_days_in_order"),
        ]

    def start(self, *, by: Person, now: datetime) -> None:
        """Save a new pause; two that overlap become one sentence instead of two rows."""
        same = Pause.objects.filter(program=self.program, person=self.person, pairing=self.pairing)
        if self.until < self.begins:
            raise Refused(_("The last day of the pause comes before its first."))
        self._refuse_before_the_pair()
        with transaction.atomic():
            # The program's row is the lock: two directors cannot add overlapping pauses at once.
            Program.objects.select_for_update(no_key=True).get(pk=self.program_id)
            if same.filter(begins__lte=self.until, until__gte=self.begins).exists():
                raise Refused(
                    _("There is a pause in these days already. Choose other days, or say first that it is over.")
                )
            self.save(force_insert=True)
            record(PairingEvent.PAUSED, self, by=by, now=now, program=self.program)

    def _refuse_before_the_pair(self) -> None:
        """Days on which there was no pair yet that could rest are a slip in the year."""
        pairs = Pairing.objects.filter(pk=self.pairing_id) if self.person is None else self._pairs_of(self.person)
        first = min(pairs.values_list("begins", flat=True), default=None)
        if first and self.until < first:
            words = {"day": date_format(first, "j F Y")}
            raise Refused(_("The pair began on %(day)s, after these days. Look at the year once more.") % words)

    def _pairs_of(self, person: Person) -> PairingQuerySet:
        return Pairing.objects.registered().of(person).filter(program=self.program)

    def resume(self, *, on: date, by: Person, now: datetime) -> None:
        """`on` is the first day that counts again; a pause that had not begun before it is taken back whole."""
        if self.until < on:
            raise Conflict(_("This pause is over already."))
        with transaction.atomic():
            record(PairingEvent.RESUMED, self, by=by, now=now, program=self.program)
            if on <= self.begins:
                self._take_back()
                return
            compare_and_set(self, where={"until": self.until}, to={"until": on - timedelta(days=1)})

    def _take_back(self) -> None:
        gone, _tables = Pause.objects.filter(pk=self.pk).delete()
        if not gone:
            raise Conflict(_("This pause has been taken back already."))
