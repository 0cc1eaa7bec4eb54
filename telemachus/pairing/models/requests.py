"""The question to a senior colleague whether he or she will mentor (R7). While it is open it holds a place."""

from datetime import date, datetime, timedelta
from typing import Any, Self
from uuid import uuid4

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.audit.models import record
from telemachus.lib.change import Turn, turn
from telemachus.pairing.events import PairingEvent
from telemachus.pairing.models.pairings import Pairing
from telemachus.pairing.models.shortlists import Shortlist
from telemachus.people.models import Person
from telemachus.program.models import Program

# After so many days without an answer a request gives its place back.
DAYS_TO_ANSWER = 14


class RequestQuerySet(models.QuerySet["Request"]):
    def waiting(self) -> Self:
        return self.filter(state=Request.State.WAITING)

    def holding(self) -> Self:
        """Those that hold a place of their mentor."""
        return self.filter(state__in=Request.HOLDING)

    def with_people(self) -> Self:
        return self.select_related("program", "mentee", "mentor", "shortlist")


class Request(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("waits for the mentor")
        ACCEPTED = "accepted", gettext_lazy("accepted")
        DECLINED = "declined", gettext_lazy("declined")
        WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")
        EXPIRED = "expired", gettext_lazy("not answered in time")
        INTRODUCED = "introduced", gettext_lazy("the pair stands")

    # Asked and not answered, or accepted and not yet introduced: in these a place of the mentor is taken.
    HOLDING = (State.WAITING, State.ACCEPTED)

    TURNS = (
        Turn("ask", (), State.WAITING),
        Turn("accept", (State.WAITING,), State.ACCEPTED),
        Turn("decline", (State.WAITING,), State.DECLINED),
        Turn("withdraw", HOLDING, State.WITHDRAWN),
        Turn("expire", (State.WAITING,), State.EXPIRED),
        Turn("introduce", (State.ACCEPTED,), State.INTRODUCED),
        Turn("enter", HOLDING, State.INTRODUCED),
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE)
    mentee = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="requests_as_mentee")
    mentor = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="requests_as_mentor")
    shortlist = models.ForeignKey(Shortlist, on_delete=models.CASCADE, related_name="requests")
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    # The last day on which it can be answered.
    until = models.DateField()
    answered_on = models.DateField(null=True)
    pairing = models.OneToOneField(Pairing, on_delete=models.SET_NULL, null=True, related_name="request")

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(mentee=F("mentor")), name="request_of_two"),
            models.UniqueConstraint(
                fields=["program", "mentee"],
                condition=Q(state__in=["waiting", "accepted"]),
                name="request_one_at_a_time",
            ),
            models.UniqueConstraint(fields=["shortlist", "mentor"], name="request_once_per_list"),
        ]

    def __str__(self) -> str:
        return f"{self.mentee} → {self.mentor}"

    @property
    def papers(self) -> Shortlist:
        """What the mentee ticked stands on the list: `shows_cv` and its like."""
        return self.shortlist

    def accept(self, *, by: Person, now: datetime, on: date | None = None) -> None:
        """`on` is the day of an answer that was told."""
        self._turn("accept", PairingEvent.ACCEPTED, by, now, answered_on=on or self.program.day(now))

    def decline(self, *, by: Person, now: datetime, on: date | None = None) -> None:
        """No reason is asked. The director is told, and nobody else."""
        self._turn("decline", PairingEvent.DECLINED, by, now, answered_on=on or self.program.day(now))

    def withdraw(self, *, by: Person | None, now: datetime, code: str = "") -> None:
        """The director takes the question back, also after the mentor accepted; the place is free again.

        `code` is the kind of ending where the mentor leaves: the mails read it, and write to nobody who died.
        """
        self._turn("withdraw", PairingEvent.WITHDRAWN, by, now, code=code, answered_on=self.program.day(now))

    def expire(self, *, now: datetime) -> None:
        self._turn("expire", PairingEvent.EXPIRED, None, now, answered_on=self.program.day(now))

    def introduce(self, pairing: Pairing) -> None:
        """The pair stands; its own event says so."""
        turn(self, "introduce", otherwise=_("This request is no longer open."), pairing=pairing)

    def enter(self, pairing: Pairing, *, now: datetime) -> None:
        """The director has entered the pair for which this asks; the pair's own event says so."""
        otherwise, today = _("This request is no longer open."), self.program.day(now)
        turn(self, "enter", otherwise=otherwise, pairing=pairing, answered_on=today)

    def _turn(
        self, verb: str, event: PairingEvent, by: Person | None, now: datetime, code: str = "", **also: Any
    ) -> None:
        with transaction.atomic():
            turn(self, verb, otherwise=_("This request is no longer open."), **also)
            record(event, self, by=by, now=now, program=self.program, code=code)


def last_day(program: Program, now: datetime) -> date:
    return program.day(now) + timedelta(days=DAYS_TO_ANSWER)


def places(mentor: Person) -> int:
    """How many places of this mentor are taken, over all programs: active pairs, and requests that hold one."""
    return (
        Pairing.objects.active().filter(mentor=mentor).count() + Request.objects.holding().filter(mentor=mentor).count()
    )
