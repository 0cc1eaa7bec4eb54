"""How a program weighs what speaks for a pair, and what a director decides where not everything can be had."""

from datetime import datetime
from uuid import uuid4

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from telemachus.audit.models import record
from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.events import PairingEvent
from telemachus.people.models import Person
from telemachus.program.models import Program

MOST = 1000  # points of a perfect pair, as in the engine
PARTS = ("needs", "interests", "series", "stage", "meeting", "wish")


class Weights(models.Model):
    """Whole points, together at most MOST; a program without a row goes by the defaults.

    `floor`: points below which as few as possible are placed; None is the highest that can be kept for everyone.
    `load`: points that each further mentee of one mentor costs more than the one before.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="weights")
    needs = models.PositiveSmallIntegerField(default=450)
    interests = models.PositiveSmallIntegerField(default=200)
    series = models.PositiveSmallIntegerField(default=100)
    stage = models.PositiveSmallIntegerField(default=100)
    meeting = models.PositiveSmallIntegerField(default=50)
    wish = models.PositiveSmallIntegerField(default=100)
    floor = models.PositiveSmallIntegerField(null=True)
    load = models.PositiveSmallIntegerField(default=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(needs__lte=MOST - F("interests") - F("series") - F("stage") - F("meeting") - F("wish")),
                name="weights_together_at_most_all",
            ),
            models.CheckConstraint(condition=Q(floor=None) | Q(floor__lte=MOST), name="weights_floor"),
            models.CheckConstraint(condition=Q(load__lte=MOST), name="weights_load"),
        ]


class Wish(models.Model):
    """A mentee would like to be paired with somebody: whoever runs the search reads it, nobody else."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE)
    mentee = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="wished_for")
    mentor = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="wished_by")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(mentee=F("mentor")), name="wish_of_two"),
            models.UniqueConstraint(fields=["program", "mentee", "mentor"], name="wish_once"),
        ]

    def keep(self, *, now: datetime) -> None:
        """Save it; said twice it stands once."""
        if self.mentee_id == self.mentor_id:
            raise Refused(_("Name somebody else."))
        with transaction.atomic():
            apart = Person.objects.select_for_update(no_key=True).get(pk=self.mentee_id).kept_apart
            if apart.filter(program=self.program, other=self.mentor).exists():
                said = _("You have said that you would rather not be paired with %(name)s. Take that back first.")
                raise Refused(said % {"name": self.mentor})
            stands, new = Wish.objects.get_or_create(program=self.program, mentee=self.mentee, mentor=self.mentor)
            if new:
                record(PairingEvent.WISHED_FOR, stands, by=self.mentee, now=now, program=self.program)

    def take_back(self, *, now: datetime) -> None:
        with transaction.atomic():
            gone, _tables = Wish.objects.filter(pk=self.pk).delete()
            if not gone:
                raise Conflict(_("This has been taken back already."))
            record(PairingEvent.WISH_TAKEN_BACK, self, by=self.mentee, now=now, program=self.program)
