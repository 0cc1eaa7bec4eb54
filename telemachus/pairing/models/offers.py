"""What a mentor offers and a mentee needs, and who may not, or may all the same, be paired with whom."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import uuid4

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.audit.models import record
from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.events import PairingEvent
from telemachus.pairing.models.terms import Term
from telemachus.people.models import Person
from telemachus.program.models import Program


def _kept(row: "Offer | Need", terms: Iterable[Term]) -> list[Term]:
    """What the row has from now on. A term that stands for another stays as it was ticked: taken apart, it is there."""
    wanted = {term.standing_id: term for term in terms}
    had = [term for term in row.terms.all() if term.standing_id in wanted]
    return [*had, *(wanted[key] for key in wanted.keys() - {term.standing_id for term in had})]


class OfferManager(models.Manager["Offer"]):
    def lock(self, mentor: Person) -> "Offer":
        """The mentor's offer, locked until the transaction ends: a rule about places locks their owner first."""
        self.get_or_create(person=mentor)
        return self.select_for_update(no_key=True).get(person=mentor)

    def change(
        self,
        mentor: Person,
        *,
        places: int | None,
        terms: Iterable[Term],
        rests: tuple[date, date] | None = None,
        now: datetime,
    ) -> "Offer":
        """The mentor's own words: how many mentees in all, what the mentor offers, and when nobody new is to come."""
        with transaction.atomic():
            offer = self.lock(mentor)
            offer.places = places
            offer.rests_from, offer.rests_until = rests or (None, None)
            offer.save(update_fields=["places", "rests_from", "rests_until"])
            offer.terms.set(_kept(offer, terms))
            record(PairingEvent.OFFER_CHANGED, offer, by=mentor, now=now)
        return offer


class Offer(models.Model):
    """A person has one total of places, over all programs; without a number of one's own, each program's counts."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="offer")
    places = models.PositiveSmallIntegerField(null=True)
    terms = models.ManyToManyField(Term, related_name="offers")
    # First and last day on which nobody new is taken; pairs that stand go on.
    rests_from = models.DateField(null=True)
    rests_until = models.DateField(null=True)

    objects = OfferManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rests_from=None, rests_until=None) | Q(rests_until__gte=F("rests_from")),
                name="offer_rest_in_order",
            ),
        ]

    def rests(self, day: date) -> bool:
        if self.rests_from is None or self.rests_until is None:
            return False
        return self.rests_from <= day <= self.rests_until

    def room(self, program: Program, taken: int) -> int:
        """How many more this mentor can take when that many places are taken."""
        return max((program.capacity if self.places is None else self.places) - taken, 0)


class NeedManager(models.Manager["Need"]):
    def change(self, program: Program, mentee: Person, *, terms: Iterable[Term], by: Person, now: datetime) -> "Need":
        """What the mentee asks for and works on, in place of what stood."""
        with transaction.atomic():
            self.get_or_create(program=program, person=mentee)
            need = self.select_for_update(no_key=True).get(program=program, person=mentee)
            need.terms.set(_kept(need, terms))
            record(PairingEvent.NEEDS_CHANGED, need, by=by, now=now, program=program)
        return need

    def terms_of(self, program: Program, mentee: Person) -> list[Term]:
        """As they were ticked, each with what it stands for (`vocabulary.standing`)."""
        return list(Term.objects.filter(needs__program=program, needs__person=mentee).with_standing())


class Need(models.Model):
    """What a mentee would like help with, in the words of the vocabulary."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="needs")
    terms = models.ManyToManyField(Term, related_name="needs")

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
        """Save it anew; said twice it stands once. Of this and a wish for the same person only one holds."""
        if self.person_id == self.other_id:
            raise Refused(_("Name somebody else."))
        with transaction.atomic():
            wished = Person.objects.select_for_update(no_key=True).get(pk=self.person_id).wished_for
            if wished.filter(program=self.program, mentor=self.other).exists():
                said = _("You have said that you would like to be paired with %(name)s. Take that back first.")
                raise Refused(said % {"name": self.other})
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
