"""The words of a program: what can be offered and needed, what people work on, how they can meet (R20)."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.audit.models import record
from telemachus.lib.change import compare_and_set
from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.events import PairingEvent
from telemachus.people.models import Person
from telemachus.program.models import Program


class TermQuerySet(models.QuerySet["Term"]):
    def offered(self) -> "TermQuerySet":
        """Those that people can tick: neither retired nor merged into another."""
        return self.filter(retired_on=None, merged_into=None)

    def with_standing(self) -> "TermQuerySet":
        """With the terms that they were merged into: what each one stands for (`vocabulary.standing`)."""
        return self.select_related("merged_into")


class Term(models.Model):
    """One entry of the vocabulary. Merged or retired it stays in the table: nothing that people ticked is lost.

    A retired term counts for those who have it and is offered to nobody else. A merged one stands for the term it was
    merged into, which is never merged itself.
    """

    class Kind(models.TextChoices):
        HELP = "help", gettext_lazy("what a mentor can help with")
        INTEREST = "interest", gettext_lazy("what people work on")
        MEETING = "meeting", gettext_lazy("how people can meet")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.CharField(max_length=120)
    # Other words by which it is recognized in a CV or in aspirations, with commas between them.
    signs = models.CharField(max_length=300, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="merged")

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["place", "words", "pk"]
        constraints = [
            models.UniqueConstraint("program", "kind", Lower("words"), name="term_once"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="term_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def standing_id(self) -> UUID:
        return self.merged_into_id or self.pk

    @property
    def is_offered(self) -> bool:
        return self.retired_on is None and self.merged_into_id is None

    @classmethod
    def add(cls, program: Program, kind: str, words: str, *, signs: str = "", by: Person, now: datetime) -> "Term":
        """A term that can be ticked from now on, behind the others of its kind."""
        with transaction.atomic():
            _lock(program)
            last = cls.objects.filter(program=program, kind=kind).aggregate(last=models.Max("place"))["last"]
            term = cls(program=program, kind=kind, words=words, signs=signs, place=(last or 0) + 1)
            term.refuse_twice(words)
            term.save()
            record(PairingEvent.TERM_ADDED, term, by=by, now=now, program=program)
        return term

    def change(self, *, words: str, signs: str, by: Person, now: datetime) -> None:
        """Other words for the same thing: whoever ticked it has it under these."""
        was = {"words": self.words, "signs": self.signs}
        with transaction.atomic():
            _lock(self.program)
            self.refuse_twice(words)
            compare_and_set(self, where=was, to={"words": words, "signs": signs})
            record(PairingEvent.TERM_CHANGED, self, by=by, now=now, program=self.program)

    def refuse_twice(self, words: str) -> None:
        """The sentence says where the other stands: what is not offered any more can come back."""
        same = Term.objects.filter(program=self.program, kind=self.kind, words__iexact=words).exclude(pk=self.pk)
        if (other := same.with_standing().first()) is None:
            return
        said = _("“%(words)s” is on the list already.")
        if other.merged_into:
            said = _("“%(words)s” is on the list already, as part of “%(into)s”. Take it apart there.")
        elif other.retired_on:
            said = _("“%(words)s” is on the list already, no longer offered. Bring it back there.")
        raise Refused(said % {"words": other.words, "into": other.merged_into})

    def move_up(self, *, by: Person, now: datetime) -> None:
        self._move(-1, by=by, now=now)

    def move_down(self, *, by: Person, now: datetime) -> None:
        self._move(1, by=by, now=now)

    def _move(self, steps: int, *, by: Person, now: datetime) -> None:
        """Change places with the neighbour among those that can be ticked."""
        with transaction.atomic():
            _lock(self.program)
            row = list(Term.objects.filter(program=self.program, kind=self.kind).offered().select_for_update())
            at = next((at for at, term in enumerate(row) if term.pk == self.pk), None)
            if at is None or not 0 <= at + steps < len(row):
                raise Conflict(_("The order has changed since you opened the page. Look at it once more."))
            row[at], row[at + steps] = row[at + steps], row[at]
            for place, term in enumerate(row, start=1):
                term.place = place
            Term.objects.bulk_update(row, ["place"])
            record(PairingEvent.TERM_MOVED, self, by=by, now=now, program=self.program)

    def retire(self, *, by: Person, now: datetime) -> None:
        """Whoever has it keeps it; nobody else can tick it."""
        with transaction.atomic():
            _lock(self.program)
            day = self.program.day(now)
            compare_and_set(self, where={"retired_on": None, "merged_into": None}, to={"retired_on": day})
            record(PairingEvent.TERM_RETIRED, self, by=by, now=now, program=self.program)

    def bring_back(self, *, by: Person, now: datetime) -> None:
        with transaction.atomic():
            compare_and_set(self, where={"retired_on__isnull": False, "merged_into": None}, to={"retired_on": None})
            record(PairingEvent.TERM_BROUGHT_BACK, self, by=by, now=now, program=self.program)

    def merge(self, into: "Term", *, by: Person, now: datetime) -> None:
        """From now on it stands for the other one, and so does whatever was merged into it before."""
        with transaction.atomic():
            _lock(self.program)
            into.refresh_from_db()
            self._refuse_to_merge(into)
            compare_and_set(self, where={"merged_into": None}, to={"merged_into": into})
            Term.objects.filter(merged_into=self).update(merged_into=into)
            record(PairingEvent.TERM_MERGED, self, by=by, now=now, program=self.program)

    def _refuse_to_merge(self, into: "Term") -> None:
        if into.pk == self.pk:
            raise Refused(_("Choose another one: a term cannot be merged into itself."))
        if (into.program_id, into.kind) != (self.program_id, self.kind):
            raise Refused(_("Choose one of the same list."))
        if into.merged_into:
            words = {"words": into.words, "into": into.merged_into}
            raise Refused(_("“%(words)s” is part of “%(into)s” by now. Choose that one.") % words)
        if into.retired_on:
            raise Refused(_("“%(words)s” is no longer offered. Bring it back first.") % {"words": into.words})

    def take_apart(self, *, by: Person, now: datetime) -> None:
        """It stands for itself again: whoever ticked it has it as before."""
        with transaction.atomic():
            compare_and_set(self, where={"merged_into__isnull": False}, to={"merged_into": None})
            record(PairingEvent.TERM_TAKEN_APART, self, by=by, now=now, program=self.program)


def _lock(program: Program) -> None:
    """Two who change the list at once do it one after the other."""
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
