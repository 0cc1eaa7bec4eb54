"""A recruit on the way from the coordinator's notice to a pair. What other rooms know of the way stands there."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Self
from uuid import uuid4

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.audit.models import record
from telemachus.intake.events import IntakeEvent
from telemachus.lib.change import Turn, compare_and_set, turn
from telemachus.lib.errors import Conflict, Refused
from telemachus.people.models import Person
from telemachus.program.models import Program

TIMES_TO_PROPOSE = 3
# The two may have met before the coordinator wrote, but not years ago.
DAYS_BEFORE_NOTICE = 180
# As long as a first meeting takes: two of them in one program never overlap.
HOUR = timedelta(hours=1)


class RecruitQuerySet(models.QuerySet["Recruit"]):
    def open(self) -> Self:
        return self.filter(state=Recruit.State.OPEN)

    def with_people(self) -> Self:
        return self.select_related("program", "person", "hiring_lead").prefetch_related("times")

    def meeting_at(self, at: datetime) -> Self:
        """Those whose agreed first meeting would overlap with one at this time."""
        return self.open().filter(meets_at__gt=at - HOUR, meets_at__lt=at + HOUR)


class RecruitManager(models.Manager["Recruit"]):
    def notice(
        self, program: Program, person: Person, *, hiring_lead: Person | None = None, by: Person | None, now: datetime
    ) -> "Recruit":
        """Tell the director of somebody who will come (R1). Raises Refused for somebody who is on the way already."""
        try:
            with transaction.atomic():
                recruit = self.create(program=program, person=person, hiring_lead=hiring_lead, noticed_at=now)
                record(IntakeEvent.NOTICED, recruit, by=by, now=now, program=program)
        except IntegrityError as error:
            raise Refused(_("%(name)s has been announced already.") % {"name": person}) from error
        return recruit


class Recruit(models.Model):
    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("on the way")
        ENDED = "ended", gettext_lazy("ended")

    TURNS = (
        Turn("notice", (), State.OPEN),
        Turn("close", (State.OPEN,), State.ENDED),
        Turn("reopen", (State.ENDED,), State.OPEN),
    )

    class Ending(models.TextChoices):
        PAIRED = "paired", gettext_lazy("has a mentor")
        WELCOMED = "welcomed", gettext_lazy("welcomed; no mentor wished")
        DECLINED = "declined", gettext_lazy("declined the position")
        DID_NOT_COME = "did_not_come", gettext_lazy("did not come")
        NO_REPLY = "no_reply", gettext_lazy("no reply")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="recruits")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recruited")
    hiring_lead = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    ending = models.CharField(max_length=20, choices=Ending.choices, blank=True)
    noticed_at = models.DateTimeField()
    ended_on = models.DateField(null=True)
    # Counts anew when a search without a reply is taken up again.
    reopened_at = models.DateTimeField(null=True)
    # A letter that came back before this moment went to a wrong address.
    address_corrected_at = models.DateTimeField(null=True)
    # The first meeting with the director: the time that was agreed, forgotten once it was held.
    meets_at = models.DateTimeField(null=True)
    picked_at = models.DateTimeField(null=True)
    # None of the proposed times suits: the director proposes others.
    others_asked_at = models.DateTimeField(null=True)
    met_on = models.DateField(null=True)
    packet_on = models.DateField(null=True)
    # Somebody of a higher rank need not pair; who wishes for a mentor says so.
    wishes_mentor_at = models.DateTimeField(null=True)

    objects = RecruitManager.from_queryset(RecruitQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "person"], condition=Q(state="open"), name="recruit_on_the_way_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open", ending="", ended_on=None)
                | (Q(state="ended", ended_on__isnull=False) & ~Q(ending="")),
                name="recruit_ended_has_ending",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def write(self, kind: "Letter.Kind", body: str, *, by: Person, now: datetime) -> "Letter":
        """Send a letter of the director's (R2): a first one once, and reminders after it."""
        with transaction.atomic():
            self.hold()
            if kind == Letter.Kind.REMINDER and not self.letters.exists():
                raise Refused(_("Send the introduction first."))
            if kind != Letter.Kind.REMINDER and self.letters.filter(kind=kind, came_back_on=None).exists():
                raise Conflict(_("This letter has been sent already."))
            letter = Letter.objects.create(recruit=self, kind=kind, body=body, by=by, sent_at=now)
            record(IntakeEvent.WRITTEN_TO, letter, by=by, now=now, program=self.program)
        return letter

    def propose(self, times: Sequence[datetime], *, by: Person, now: datetime) -> None:
        """Three times for the hour with the director; new ones take the place of the old, and of a time agreed.

        The very times that stand already are proposed once only.
        """
        if any(at <= now for at in times):
            raise Refused(_("A time to propose lies in the future."))
        if len(set(times)) != len(times) or not times:
            raise Refused(_("Propose different times."))
        with transaction.atomic():
            self.hold_hours()
            self._refuse_met()
            if self._offers(times):
                return
            self._refuse_taken(times)
            event = IntakeEvent.TIMES_REPLACED if self.meets_at else IntakeEvent.TIMES_PROPOSED
            self.times.all().delete()
            ProposedTime.objects.bulk_create(ProposedTime(recruit=self, at=at) for at in times)
            self._set(meets_at=None, picked_at=None, others_asked_at=None)
            record(event, self, by=by, now=now, program=self.program)

    def propose_as_shown(
        self, times: Sequence[datetime], *, agreed: datetime | None, by: Person, now: datetime
    ) -> None:
        """`agreed` is the time that the page showed: one that was chosen since is not thrown away unseen."""
        with transaction.atomic():
            self.hold_hours()
            if self.meets_at and self.meets_at != agreed:
                raise Refused(
                    _("A time has been agreed since you opened this page. Propose others only if it no longer holds.")
                )
            self.propose(times, by=by, now=now)

    def pick(self, at: datetime, *, by: Person, now: datetime) -> None:
        """One of the proposed times; the others are forgotten, and nobody else is offered this hour any more."""
        with transaction.atomic():
            self.hold_hours()
            self._refuse_met()
            if not self.times.filter(at=at, at__gt=now).exists():
                raise Conflict(_("This time is no longer offered. Please choose another."))
            self.times.all().delete()
            self._set(meets_at=at, picked_at=now, others_asked_at=None)
            overlapping = ProposedTime.objects.filter(at__gt=at - HOUR, at__lt=at + HOUR)
            overlapping.filter(recruit__program=self.program).delete()
            record(IntakeEvent.TIME_PICKED, self, by=by, now=now, program=self.program)

    def ask_other_times(self, *, by: Person, now: datetime) -> None:
        """None of them suits, or the agreed one no longer does."""
        with transaction.atomic():
            self.hold()
            self._refuse_met()
            if self.meets_at is None and not self.times.exists():
                raise Conflict(_("The director knows already that other times are needed."))
            self.times.all().delete()
            self._set(meets_at=None, picked_at=None, others_asked_at=now)
            record(IntakeEvent.OTHER_TIMES_ASKED, self, by=by, now=now, program=self.program)

    def meet(self, *, on: date, by: Person, now: datetime) -> None:
        """The hour with the director was held on this day (R5)."""
        if on > self.program.day(now):
            raise Refused(_("This day has not come yet."))
        if on < self.program.day(self.noticed_at) - timedelta(days=DAYS_BEFORE_NOTICE):
            raise Refused(_("This day lies long before the notice. Look at it once more."))
        with transaction.atomic():
            self.hold()
            self._refuse_met()
            self.times.all().delete()
            self._set(met_on=on, meets_at=None, picked_at=None, others_asked_at=None)
            record(IntakeEvent.MET, self, by=by, now=now, program=self.program)

    def hand_packet(self, *, by: Person, now: datetime) -> None:
        """The welcome packet is handed over, on paper or as the page (R5)."""
        with transaction.atomic():
            self.hold()
            if self.packet_on is not None:
                raise Conflict(_("The packet has been handed over already."))
            self._set(packet_on=self.program.day(now))
            record(IntakeEvent.PACKET_HANDED, self, by=by, now=now, program=self.program)

    def wish_mentor(self, *, by: Person, now: datetime) -> None:
        """Somebody of a higher rank would like a mentor too: the path goes on like everybody's."""
        with transaction.atomic():
            self.hold()
            if self.wishes_mentor_at is not None:
                raise Conflict(_("You have said so already."))
            self._set(wishes_mentor_at=now)
            record(IntakeEvent.MENTOR_WISHED, self, by=by, now=now, program=self.program)

    def close(self, ending: "Recruit.Ending", *, by: Person | None, now: datetime) -> None:
        with transaction.atomic():
            today = self.program.day(now)
            gone: dict[str, Any] = dict.fromkeys(("meets_at", "picked_at", "others_asked_at"))
            otherwise = _("This has been closed already.")
            turn(self, "close", otherwise=otherwise, ending=ending, ended_on=today, **gone)
            self.times.all().delete()
            record(IntakeEvent.CLOSED, self, by=by, now=now, program=self.program, code=ending)

    def reopen(self, *, by: Person, now: datetime) -> None:
        """The recruit comes after all, or has answered at last; the days to reply count anew."""
        try:
            with transaction.atomic():
                otherwise = _("This is open already.")
                turn(self, "reopen", otherwise=otherwise, ending="", ended_on=None, reopened_at=now)
                record(IntakeEvent.REOPENED, self, by=by, now=now, program=self.program)
        except IntegrityError as error:
            raise Conflict(_("%(name)s has been announced anew meanwhile.") % {"name": self.person}) from error

    def refuse_ended(self) -> None:
        """Raise Conflict for one whose way has ended: nothing is to be done there before it is reopened."""
        if self.state != self.State.OPEN:
            raise Conflict(_("This has been closed already."))

    def hold(self) -> None:
        """Lock the row until the transaction ends, and see what came first. Raises Conflict for an ended one."""
        held = Recruit.objects.select_for_update(no_key=True)
        self.refresh_from_db(from_queryset=held)
        self.refuse_ended()

    def hold_hours(self) -> None:
        """`hold`, and before it the program: of two who want the same hour, the second sees that it is taken."""
        Program.objects.select_for_update(no_key=True).get(pk=self.program_id)
        self.hold()

    def others_at(self, at: datetime) -> RecruitQuerySet:
        """Whose agreed first meeting in the program stands against one of this recruit at this time."""
        return Recruit.objects.meeting_at(at).filter(program=self.program_id).exclude(pk=self.pk)

    def _offers(self, times: Sequence[datetime]) -> bool:
        return self.meets_at is None and set(self.times.values_list("at", flat=True)) == set(times)

    def _refuse_taken(self, times: Sequence[datetime]) -> None:
        if any(self.others_at(at).exists() for at in times):
            raise Refused(_("One of these hours has just been taken by another first meeting. Propose another."))

    def _refuse_met(self) -> None:
        if self.met_on is not None:
            raise Conflict(_("The first meeting has been held already."))

    def _set(self, **fields: object) -> None:
        """Inside `hold`: the row is ours."""
        compare_and_set(self, where={}, to=fields)


class ProposedTime(models.Model):
    """A time that the director offers for the first meeting; gone as soon as one is picked, or when it has passed."""

    recruit = models.ForeignKey(Recruit, on_delete=models.CASCADE, related_name="times")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["recruit", "at"], name="proposed_time_once")]


class Letter(models.Model):
    """What the director wrote to a recruit, as it was sent; erased ninety days after the search has ended."""

    class Kind(models.TextChoices):
        INTRODUCTION = "introduction", gettext_lazy("introduction")
        WELCOME = "welcome", gettext_lazy("welcome")
        REMINDER = "reminder", gettext_lazy("reminder")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    recruit = models.ForeignKey(Recruit, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    body = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    # The mail server refused it, or somebody saw it come back: the address is wrong.
    came_back_on = models.DateField(null=True)

    class Meta:
        ordering = ["sent_at"]

    def come_back(self, *, by: Person | None, now: datetime) -> None:
        with transaction.atomic():
            compare_and_set(self, where={"came_back_on": None}, to={"came_back_on": self.recruit.program.day(now)})
            record(IntakeEvent.CAME_BACK, self, by=by, now=now, program=self.recruit.program)


class Wording(models.Model):
    """A program's own wording of a letter, with the blanks that are filled in for each recruit."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE)
    kind = models.CharField(max_length=20, choices=Letter.Kind.choices)
    body = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "kind"], name="wording_one_per_kind")]


def forget_past_times(*, now: datetime) -> None:
    """A proposed time that has passed is no offer any more."""
    ProposedTime.objects.filter(at__lte=now - timedelta(hours=1)).delete()
