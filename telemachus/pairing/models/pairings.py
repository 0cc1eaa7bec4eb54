"""Who is paired with whom and when. Why stands nowhere."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Self
from uuid import uuid4

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.audit.models import record, record_all
from telemachus.lib.change import Turn, compare_and_set, turn
from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.events import PairingEvent
from telemachus.people.models import Person
from telemachus.program.models import Program


class PairingQuerySet(models.QuerySet["Pairing"]):
    def active(self) -> Self:
        return self.filter(state=Pairing.State.ACTIVE)

    def waiting(self) -> Self:
        return self.filter(state=Pairing.State.WAITING)

    def registered(self) -> Self:
        """Active or ended: everything but claims from paper that the director has not seen."""
        return self.exclude(state=Pairing.State.WAITING)

    def lasting(self) -> Self:
        """A mentee's own mentors, less the interim ones, who stand in while a pair rests."""
        return self.filter(stands_in_for=None)

    def within(self, first: date, last: date) -> Self:
        """Those that stood on at least one day of the span."""
        return self.filter(Q(ends=None) | Q(ends__gte=first), begins__lte=last)

    def of(self, person: Person) -> Self:
        return self.filter(Q(mentee=person) | Q(mentor=person))

    def with_people(self) -> Self:
        return self.select_related("mentee", "mentor", "program")

    def by_mentee(self) -> Self:
        return self.order_by("mentee__sort_name", "begins", "pk")


class PairingManager(models.Manager["Pairing"]):
    def enter(
        self, program: Program, *, mentee: Person, mentor: Person, begins: date, by: Person | None, now: datetime
    ) -> "Pairing":
        """A pair that is active from this day, entered by the director, to whom both have said yes."""
        pairing = Pairing(program=program, mentee=mentee, mentor=mentor, begins=begins)
        return self._stand(pairing, PairingEvent.ENTERED, by=by, now=now)

    def introduce(self, program: Program, *, mentee: Person, mentor: Person, by: Person, now: datetime) -> "Pairing":
        """The two whom a request has brought together: from today arranging is the mentee's part (R8)."""
        pairing = Pairing(program=program, mentee=mentee, mentor=mentor, begins=program.day(now))
        return self._stand(pairing, PairingEvent.INTRODUCED, by=by, now=now)

    def stand_in(self, absent: "Pairing", *, mentor: Person, by: Person, now: datetime) -> "Pairing":
        """Somebody for the time in which a pair rests; that pair stays as it is."""
        pairing = Pairing(
            program=absent.program, mentee=absent.mentee, mentor=mentor, begins=absent.program.day(now),
            stands_in_for=absent,
        )  # fmt: skip
        return self._stand(pairing, PairingEvent.INTRODUCED, by=by, now=now)

    def _stand(self, pairing: "Pairing", event: PairingEvent, *, by: Person | None, now: datetime) -> "Pairing":
        pairing.state = Pairing.State.ACTIVE
        pairing.refuse_impossible(today=pairing.program.day(now))
        try:
            with transaction.atomic():
                pairing.save()
                record(event, pairing, by=by, now=now, program=pairing.program)
        except IntegrityError as error:
            sentence = _("%(mentee)s has a mentor already. End that pair first.") % {"mentee": pairing.mentee}
            raise Refused(sentence) from error
        return pairing

    def claim_all(self, pairings: Iterable["Pairing"], *, by: Person | None, now: datetime) -> list["Pairing"]:
        """Pairs that a paper register names and nobody here knew: they wait for the director."""
        claimed = self.bulk_create(pairings)
        for program in {pairing.program for pairing in claimed}:
            mine = [pairing for pairing in claimed if pairing.program == program]
            record_all(PairingEvent.CLAIMED, mine, by=by, now=now, program=program)
        return claimed


class Pairing(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("waits for the director")
        ACTIVE = "active", gettext_lazy("active")
        ENDED = "ended", gettext_lazy("ended")

    TURNS = (
        Turn("enter", (), State.ACTIVE),
        Turn("introduce", (), State.ACTIVE),
        Turn("stand_in", (), State.ACTIVE),
        Turn("claim_all", (), State.WAITING),
        Turn("accept_from_paper", (State.WAITING,), State.ACTIVE),
        Turn("accept_from_paper", (State.WAITING,), State.ENDED),
        Turn("refuse_from_paper", (State.WAITING,), ""),
        Turn("end", (State.ACTIVE,), State.ENDED),
    )

    class Ending(models.TextChoices):
        """One kind for a change, whoever asked for it: an end is a date, never a judgement (R11)."""

        CHANGED = "changed", gettext_lazy("another mentor, or none for now")
        COMPLETED = "completed", gettext_lazy("completed: promoted")
        MENTEE_LEFT = "mentee_left", gettext_lazy("the mentee left")
        MENTOR_RETIRED = "mentor_retired", gettext_lazy("the mentor retired")
        MENTOR_LEFT = "mentor_left", gettext_lazy("the mentor left")
        DIED = "died", gettext_lazy("one of the two died (nobody is written to)")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="pairings")
    mentee = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pairings_as_mentee")
    mentor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pairings_as_mentor")
    state = models.CharField(max_length=20, choices=State.choices)
    begins = models.DateField()
    ends = models.DateField(null=True)
    ending = models.CharField(max_length=20, choices=Ending.choices, blank=True)
    # A mentor for the time in which another pair of this mentee rests.
    stands_in_for = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="stand_ins")
    # The mentee was promoted and the two wish to go on: asked once.
    goes_on = models.DateField(null=True)

    objects = PairingManager.from_queryset(PairingQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(mentee=F("mentor")), name="pairing_of_two"),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=F("begins")), name="pairing_days_in_order"),
            models.CheckConstraint(
                # A claim from paper may have ended on paper.
                condition=Q(state="ended", ends__isnull=False)
                | Q(state="active", ends=None, ending="")
                | Q(state="waiting", ending=""),
                name="pairing_ended_has_last_day",
            ),
            models.UniqueConstraint(
                fields=["program", "mentee"],
                condition=Q(state="active", stands_in_for=None),
                name="pairing_one_mentor_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["stands_in_for"], condition=Q(state="active"), name="pairing_one_stand_in_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["program", "mentee", "mentor", "begins"], name="pairing_same_pair_same_day_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentee} – {self.mentor}"

    def other(self, person: Person) -> Person:
        """The other member of the pair."""
        return self.mentor if person.pk == self.mentee_id else self.mentee

    def covers(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day <= self.ends)

    def hold(self) -> None:
        """Lock the row until the transaction ends: what follows sees an end that came first, and a later one waits."""
        held = Pairing.objects.select_for_update(no_key=True)
        try:
            self.refresh_from_db(fields=["state", "begins", "ends"], from_queryset=held)
        except Pairing.DoesNotExist as error:
            raise Conflict(_("This pair is no longer here.")) from error

    def refuse_ended(self) -> None:
        if self.state == self.State.ENDED:
            raise Conflict(_("This pair has ended already."))

    def refuse_impossible(self, *, today: date) -> None:
        if self.mentee_id == self.mentor_id:
            raise Refused(_("Nobody mentors oneself: choose two people."))
        if self.begins > today:
            raise Refused(_("A pair begins today or began earlier: this day has not come yet."))

    def accept_from_paper(self, *, by: Person, now: datetime) -> None:
        """The director knows this pair: it stands from the day, and to the day, that the paper gives."""
        state = self.State.ENDED if self.ends else self.State.ACTIVE
        busy = _("%(mentee)s has a mentor already. End that pair first, or refuse this one.") % {"mentee": self.mentee}
        try:
            with transaction.atomic():
                turn(self, "accept_from_paper", after=state)
                record(PairingEvent.ACCEPTED_FROM_PAPER, self, by=by, now=now, program=self.program)
        except IntegrityError as error:
            raise Refused(busy) from error

    def refuse_from_paper(self, *, by: Person, now: datetime) -> None:
        """The director does not know this pair: the claim and its dates go."""
        with transaction.atomic():
            # A delete that takes dates along looks at the state before it, not in it: the row is locked first.
            claim = Pairing.objects.waiting().select_for_update().filter(pk=self.pk).first()
            if claim is None:
                raise Conflict(_("Somebody was faster: this has changed since you opened the page."))
            record(PairingEvent.REFUSED_FROM_PAPER, self, by=by, now=now, program=self.program)
            claim.delete()

    def end(self, *, on: date, ending: "Pairing.Ending", by: Person | None, now: datetime) -> None:
        """`on` is the last day of the pair; it may lie in the past, not in the future."""
        if on < self.begins:
            day = date_format(self.begins, "j F Y")
            raise Refused(_("The pair began on %(day)s: it cannot end before that.") % {"day": day})
        if on > self.program.day(now):
            raise Refused(_("This day has not come yet: end the pair on that day."))
        with transaction.atomic():
            turn(self, "end", otherwise=_("This pair has ended already."), ends=on, ending=ending)
            record(PairingEvent.ENDED, self, by=by, now=now, program=self.program, code=ending)

    def go_on(self, *, by: Person, now: datetime) -> None:
        """The mentee was promoted, and the two go on all the same."""
        with transaction.atomic():
            compare_and_set(
                self, where={"state": self.State.ACTIVE, "goes_on": None}, to={"goes_on": self.program.day(now)}
            )
            record(PairingEvent.GOES_ON, self, by=by, now=now, program=self.program)
