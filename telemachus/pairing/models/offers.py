"""What a mentor offers and a mentee needs, and who may not, or may all the same, be paired with whom."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import uuid4

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.audit.models import record
from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.events import PairingEvent
from telemachus.people.models import Person
from telemachus.program.models import Program


class OfferManager(models.Manager["Offer"]):
    def lock(self, mentor: Person) -> "Offer":
        """The mentor's offer, locked until the transaction ends: a rule about places locks their owner first."""
        self.get_or_create(person=mentor)
        return self.select_for_update(no_key=True).get(person=mentor)

    def change(self, mentor: Person, *, places: int | None, topics: Collection[str], now: datetime) -> "Offer":
        """The mentor's own words: how many mentees in all, and what the mentor can help with."""
        with transaction.atomic():
            offer = self.lock(mentor)
            offer.places, offer.topics = places, sorted(topics)
            offer.save(update_fields=["places", "topics"])
            record(PairingEvent.OFFER_CHANGED, offer, by=mentor, now=now)
        return offer


class Offer(models.Model):
    """A person has one total of places, over all programs; without a number of one's own, each program's counts."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="offer")
    places = models.PositiveSmallIntegerField(null=True)
    # Codes of `pairing/vocabulary.py`.
    topics = models.JSONField(default=list)

    objects = OfferManager()

    def room(self, program: Program, taken: int) -> int:
        """How many more this mentor can take when that many places are taken."""
        return max((program.capacity if self.places is None else self.places) - taken, 0)


class NeedManager(models.Manager["Need"]):
    def change(self, program: Program, mentee: Person, *, topics: Collection[str], by: Person, now: datetime) -> "Need":
        with transaction.atomic():
            need, _new = self.update_or_create(program=program, person=mentee, defaults={"topics": sorted(topics)})
            record(PairingEvent.NEEDS_CHANGED, need, by=by, now=now, program=program)
        return need

    def topics_of(self, program: Program, mentee: Person) -> list[str]:
        need = self.filter(program=program, person=mentee).first()
        return list(need.topics) if need else []


class Need(models.Model):
    """What a mentee would like help with, in the words of the vocabulary."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="needs")
    topics = models.JSONField(default=list)

    objects = NeedManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "person"], name="need_one_per_program")]


class Apart(models.Model):
    """A person would rather not be paired with another, or is a near relative: the director reads it, nobody else."""

    class Kind(models.TextChoices):
        NOT_AGAIN = "not_again", gettext_lazy("I would rather not be paired with this person")
        RELATIVE = "relative", gettext_lazy("we are near relatives")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="kept_apart")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="kept_apart_by")
    kind = models.CharField(max_length=20, choices=Kind.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("other")), name="apart_of_two"),
            models.UniqueConstraint(fields=["program", "person", "other"], name="apart_once"),
        ]

    def keep(self, *, now: datetime) -> None:
        """Save it anew; said twice it stands once."""
        if self.person_id == self.other_id:
            raise Refused(_("Name somebody else."))
        with transaction.atomic():
            stands, _new = Apart.objects.update_or_create(
                program=self.program, person=self.person, other=self.other, defaults={"kind": self.kind}
            )
            record(PairingEvent.KEPT_APART, stands, by=self.person, now=now, program=self.program)

    def take_back(self, *, now: datetime) -> None:
        with transaction.atomic():
            gone, _tables = Apart.objects.filter(pk=self.pk).delete()
            if not gone:
                raise Conflict(_("This has been taken back already."))
            self.pk = self.id
            record(PairingEvent.LET_TOGETHER, self, by=self.person, now=now, program=self.program)


class ExemptionManager(models.Manager["Exemption"]):
    def allow(self, program: Program, *, mentee: Person, mentor: Person, by: Person, on: date, now: datetime) -> None:
        """The director records that the mentee wishes for this mentor though he or she is supervisor or chief (R9)."""
        with transaction.atomic():
            exemption, new = self.get_or_create(
                program=program, mentee=mentee, mentor=mentor, defaults={"by": by, "on": on}
            )
            if new:
                record(PairingEvent.EXEMPTED, exemption, by=by, now=now, program=program)


class Exemption(models.Model):
    """Supervisor and chief are excluded; this one may be asked, by the mentee's wish and the director's record."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE)
    mentee = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="exemptions")
    mentor = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="exempted_for")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    objects = ExemptionManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "mentee", "mentor"], name="exemption_once")]
