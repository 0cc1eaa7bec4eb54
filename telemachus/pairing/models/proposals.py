"""Who might be paired with whom, for a whole cohort: a director's working paper, in people and points.

Why somebody was left out is not kept: it is read anew by whoever may, for as long as it holds.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID, uuid4

from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.audit.models import record
from telemachus.lib.change import Turn, turn
from telemachus.lib.errors import Refused
from telemachus.pairing.events import PairingEvent
from telemachus.pairing.models.weights import PARTS, Weights
from telemachus.people.models import Person
from telemachus.program.models import Program

LONGEST_TITLE = 80
MOST_SEED = 2**31 - 1
# The longest time that one answer may take, and after how many minutes one that stands still is taken up again.
SECONDS = 60
MINUTES = 5
TRIES = 3
DAYS_KEPT = 30

WEIGHED = (*PARTS, "floor", "load")


@dataclass(frozen=True)
class Answered:
    """What the engine answered, by keys of people: who got whom with how many points, and the proof."""

    pairs: Mapping[UUID, UUID]
    points: Mapping[UUID, int]
    prices: Mapping[UUID, int]
    by_lottery: Collection[UUID]
    figures: Mapping[str, Any]


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def working(self) -> Self:
        return self.filter(state=Proposal.State.WORKING)

    def stalled(self, now: datetime) -> Self:
        return self.working().filter(since__lt=now - timedelta(minutes=MINUTES))

    def with_all_sent(self) -> Self:
        """`all_sent`: a list was sent for each of its pairs."""
        pairs = Proposed.objects.filter(proposal=OuterRef("pk")).exclude(mentor=None)
        sent, waits = Exists(pairs.exclude(accepted_at=None)), Exists(pairs.filter(accepted_at=None))
        return self.annotate(all_sent=Case(When(sent & ~waits, then=True), default=False))


class ProposalManager(models.Manager["Proposal"]):
    def make(
        self,
        program: Program,
        mentees: Iterable[Person],
        *,
        title: str,
        seed: int,
        weights: Weights,
        beside: "Proposal | None" = None,
        by: Person,
        now: datetime,
    ) -> "Proposal":
        """Begin one for these mentees. The same again, while the first is being worked out, is the first."""
        people = {person.pk for person in mentees}
        if not people:
            raise Refused(_("Choose at least one person who seeks a mentor."))
        asked = {"title": title, "seed": seed, "weights": {name: getattr(weights, name) for name in WEIGHED}}
        with transaction.atomic():
            Program.objects.select_for_update(no_key=True).get(pk=program.pk)
            for same in self.filter(program=program, by=by, beside=beside, state=Proposal.State.WORKING, **asked):
                if set(same.rows.values_list("mentee", flat=True)) == people:
                    return same
            made = self.create(program=program, beside=beside, by=by, made_at=now, since=now, **asked)
            Proposed.objects.bulk_create(Proposed(proposal=made, mentee_id=key) for key in sorted(people))
            record(PairingEvent.PROPOSED, made, by=by, now=now, program=program)
        return made


class Proposal(models.Model):
    """`seed` draws the lottery, `weights` are those of that day: with both the same people get the same answer again.

    `cost` and `bound` are the proof, in whole numbers; one unplaced mentee costs `per_unplaced`, one below the floor
    `per_below`. `blocking` counts pairs that would rather have each other.
    """

    class State(models.TextChoices):
        WORKING = "working", gettext_lazy("is being worked out")
        READY = "ready", gettext_lazy("is ready")
        FAILED = "failed", gettext_lazy("could not be worked out")

    class Fault(models.TextChoices):
        TIME = "time", gettext_lazy("No answer came within a minute. Take fewer people at once, or run it again.")
        WEIGHTS = (
            "weights",
            gettext_lazy("So many mentees of one mentor cannot be weighed exactly: lower the charge for load."),
        )
        NOBODY = "nobody", gettext_lazy("Nobody of these seeks a mentor any more, or their searches are not with you.")
        STOPPED = "stopped", gettext_lazy("It was interrupted again and again. Please run it once more.")

    TURNS = (
        Turn("make", (), State.WORKING),
        Turn("take_up", (State.WORKING,), State.WORKING),
        Turn("answer", (State.WORKING,), State.READY),
        Turn("fail", (State.WORKING,), State.FAILED),
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE)
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="proposals")
    # The same people under another setting of the weights, to be looked at side by side.
    beside = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="others")
    made_at = models.DateTimeField()
    title = models.CharField(max_length=LONGEST_TITLE)
    seed = models.PositiveIntegerField(default=0)
    weights = models.JSONField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.WORKING)
    fault = models.CharField(max_length=20, choices=Fault.choices, blank=True)
    since = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    floor = models.PositiveSmallIntegerField(default=0)
    cost = models.BigIntegerField(default=0)
    bound = models.BigIntegerField(default=0)
    per_unplaced = models.BigIntegerField(default=0)
    per_below = models.BigIntegerField(default=0)
    blocking = models.PositiveIntegerField(default=0)

    objects = ProposalManager.from_queryset(ProposalQuerySet)()

    def __str__(self) -> str:
        return self.title

    @property
    def weighed(self) -> Weights:
        """The weights of that day, in no table."""
        return Weights(program=self.program, **{name: self.weights[name] for name in WEIGHED})

    @property
    def said(self) -> str:
        """The state, for a list that was read `with_all_sent`."""
        return _("all lists sent") if getattr(self, "all_sent", False) else self.get_state_display()

    @property
    def gap(self) -> int:
        return self.cost - self.bound

    def take_up(self, *, now: datetime) -> None:
        """A worker was killed with it: it is begun anew, TRIES times at most."""
        if self.tries >= TRIES:
            self.fail(self.Fault.STOPPED)
            return
        turn(self, "take_up", since=now, tries=self.tries + 1)

    def answer(self, found: Answered) -> None:
        """Written once, whoever else has worked at the same."""
        with transaction.atomic():
            turn(self, "answer", **found.figures)
            rows = list(self.rows.all())
            for row in rows:
                row.mentor_id, row.points = found.pairs.get(row.mentee_id), found.points.get(row.mentee_id)
                row.price = found.prices.get(row.mentor_id, 0) if row.mentor_id else 0
                row.by_lottery = row.mentee_id in found.by_lottery
            Proposed.objects.bulk_update(rows, ["mentor", "points", "price", "by_lottery"])

    def fail(self, fault: "Proposal.Fault") -> None:
        turn(self, "fail", fault=fault)


class Proposed(models.Model):
    """One mentee of a proposal, with the mentor and the points, or without; `accepted_at`: then the list was sent."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="rows")
    mentee = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="proposed_as_mentee")
    mentor = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="proposed_as_mentor")
    points = models.PositiveSmallIntegerField(null=True)
    price = models.PositiveBigIntegerField(default=0)
    by_lottery = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "mentee"], name="proposed_once"),
            models.CheckConstraint(condition=~Q(mentee=F("mentor")), name="proposed_of_two"),
            models.CheckConstraint(
                condition=Q(mentor=None, points=None) | Q(mentor__isnull=False, points__isnull=False),
                name="proposed_points_of_a_pair",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(mentor__isnull=False), name="proposed_accepted_pair"
            ),
        ]
