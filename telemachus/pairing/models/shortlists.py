"""Senior faculty whom the director names to a mentee, with reasons (R6), and what the mentee chose of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self
from uuid import uuid4

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.audit.models import record
from telemachus.lib.change import Turn, turn
from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.events import PairingEvent
from telemachus.people.models import Person
from telemachus.program.models import Program


class ShortlistQuerySet(models.QuerySet["Shortlist"]):
    def open(self) -> Self:
        return self.exclude(state=Shortlist.State.CLOSED)

    def with_people(self) -> Self:
        return self.select_related("program", "mentee", "by").prefetch_related("candidates__mentor")


class ShortlistManager(models.Manager["Shortlist"]):
    def send(
        self, program: Program, mentee: Person, named: Sequence[tuple[Person, str]], *, by: Person, now: datetime
    ) -> "Shortlist":
        """`named`: each mentor with the reason that the mentee will read, in order. An older list goes."""
        if not named:
            raise Refused(_("Choose at least one colleague for the list."))
        try:
            with transaction.atomic():
                self._close_older(program, mentee, by=by, now=now)
                shortlist = self.create(program=program, mentee=mentee, by=by, sent_at=now)
                Candidate.objects.bulk_create(
                    Candidate(shortlist=shortlist, mentor=mentor, place=place, reason=reason)
                    for place, (mentor, reason) in enumerate(named, 1)
                )
                record(PairingEvent.SHORTLISTED, shortlist, by=by, now=now, program=program)
        except IntegrityError as error:
            raise Conflict(_("Another list was sent to %(mentee)s just now.") % {"mentee": mentee}) from error
        return shortlist

    def _close_older(self, program: Program, mentee: Person, *, by: Person, now: datetime) -> None:
        for older in self.select_for_update().filter(program=program, mentee=mentee).exclude(state="closed"):
            if older.requests.holding().exists():
                raise Conflict(_("A request to a mentor of the last list is still open. Withdraw it first."))
            older.close(by=by, now=now)


class Shortlist(models.Model):
    class State(models.TextChoices):
        SENT = "sent", gettext_lazy("waits for the mentee’s choice")
        CHOSEN = "chosen", gettext_lazy("chosen")
        OTHERS = "others", gettext_lazy("the mentee asks for other names")
        CLOSED = "closed", gettext_lazy("closed")

    TURNS = (
        Turn("send", (), State.SENT),
        Turn("choose", (State.SENT, State.CHOSEN, State.OTHERS), State.CHOSEN),
        Turn("ask_others", (State.SENT, State.CHOSEN), State.OTHERS),
        Turn("close", (State.SENT, State.CHOSEN, State.OTHERS), State.CLOSED),
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE)
    mentee = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="shortlists")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, default=State.SENT)
    sent_at = models.DateTimeField()
    # When the mentee last answered.
    answered_at = models.DateTimeField(null=True)
    # What the mentee ticked for the mentor to see with the request.
    shows_cv = models.BooleanField(default=False)
    shows_aspirations = models.BooleanField(default=False)
    shows_needs = models.BooleanField(default=False)

    objects = ShortlistManager.from_queryset(ShortlistQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "mentee"], condition=~Q(state="closed"), name="shortlist_one_open"
            ),
        ]

    def choose(self, ranked: Sequence["Candidate"], *, shows: Sequence[str] = (), by: Person, now: datetime) -> None:
        """The first choice, and whom to ask should that not be possible; to be changed until somebody is asked."""
        if not ranked:
            raise Refused(_("Choose a colleague first."))
        with transaction.atomic():
            self._hold_unasked()
            shown: dict[str, Any] = {name: name in shows for name in PAPERS}
            otherwise = _("This list has been replaced by a newer one.")
            turn(self, "choose", otherwise=otherwise, answered_at=now, **shown)
            self.candidates.update(rank=None)
            for rank, candidate in enumerate(ranked, 1):
                self.candidates.filter(pk=candidate.pk).update(rank=rank)
            record(PairingEvent.CHOSEN, self, by=by, now=now, program=self.program)

    def drop(self, candidate: "Candidate", *, by: Person, now: datetime) -> None:
        """One name leaves the choice, and the others move up; with nobody left in it, other names are asked for."""
        with transaction.atomic():
            self._hold_unasked()
            if not self.candidates.filter(pk=candidate.pk).exclude(rank=None).update(rank=None):
                return
            left = list(self.candidates.exclude(rank=None).order_by("rank"))
            for rank, one in enumerate(left, 1):
                self.candidates.filter(pk=one.pk).update(rank=rank)
            if not left:
                self.ask_others(by=by, now=now)

    def _hold_unasked(self) -> None:
        """The row is the lock: a request that goes out now has read the ranks before or reads them after."""
        Shortlist.objects.select_for_update().get(pk=self.pk)
        if self.requests.exists():
            raise Conflict(_("This is being arranged already, and cannot be changed here any more."))

    def ask_others(self, *, by: Person, now: datetime) -> None:
        """The mentee would like other names; no reason is asked. A choice that was made is taken back with it."""
        with transaction.atomic():
            self._hold_unasked()
            turn(self, "ask_others", otherwise=_("You have asked for other names already."), answered_at=now)
            self.candidates.update(rank=None)
            record(PairingEvent.OTHERS_ASKED, self, by=by, now=now, program=self.program)

    def close(self, *, by: Person | None, now: datetime) -> None:
        """Nothing hangs on it any more: a pair stands, a newer list was sent, or the search has ended."""
        with transaction.atomic():
            turn(self, "close")
            record(PairingEvent.SHORTLIST_CLOSED, self, by=by, now=now, program=self.program)

    def left_to_ask(self) -> models.QuerySet["Candidate"]:
        """Whom the mentee chose and nobody has asked yet, the first choice first."""
        asked = self.requests.values("mentor")
        return self.candidates.exclude(rank=None).exclude(mentor__in=asked).order_by("rank").select_related("mentor")

    def next_choice(self) -> "Candidate | None":
        return self.left_to_ask().first()


PAPERS = ("shows_cv", "shows_aspirations", "shows_needs")


class Candidate(models.Model):
    """One name on a shortlist, with the reason that the mentee reads; `rank` is the mentee's: 1 is asked first."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    shortlist = models.ForeignKey(Shortlist, on_delete=models.CASCADE, related_name="candidates")
    mentor = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="candidacies")
    place = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=400, blank=True)
    rank = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["shortlist", "mentor"], name="candidate_once"),
            models.UniqueConstraint(fields=["shortlist", "rank"], name="candidate_rank_once"),
        ]
