"""That two people will meet, and that they met and when. Ids, dates, instants and listed codes only (R14, B1)."""

from datetime import date, datetime, timedelta
from typing import Self
from uuid import uuid4

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachus.audit.models import record
from telemachus.lib.change import compare_and_set
from telemachus.lib.errors import Conflict, Refused
from telemachus.meetings import codes
from telemachus.meetings.events import MeetingEvent
from telemachus.pairing.models import Pairing
from telemachus.people.models import Person
from telemachus.program.models import Program

# After so many days one side's word counts.
DAYS_TO_ANSWER = 14
# Nobody arranges further ahead: such a day is a slip of the keyboard.
DAYS_AHEAD = 2 * 366
# A question that nobody answered goes after so many days.
DAYS_TO_ASK = 30


def listed(field: str, codes: type[models.TextChoices], *, name: str, or_empty: bool = False) -> models.CheckConstraint:
    """A database check that a column holds one of the listed codes: no column here has room for a sentence."""
    values = [*codes.values, ""] if or_empty else list(codes.values)
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


class AppointmentToMeet(models.Model):
    """Date and time at which a pair will meet; erased the day after."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="appointments")
    at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pairing", "at"], name="appointment_same_time_once")]

    @classmethod
    def arrange(cls, pairing: Pairing, *, at: datetime, by: Person, now: datetime) -> "AppointmentToMeet":
        """Set a time; whoever wished to talk has been heard."""
        _refuse_time(at, now)
        try:
            with transaction.atomic():
                pairing.hold()
                pairing.refuse_ended()
                appointment = cls.objects.create(pairing=pairing, at=at, made_by=by)
                TalkWish.objects.filter(pairing=pairing).delete()
                record(MeetingEvent.ARRANGED, appointment, by=by, now=now, program=pairing.program)
        except IntegrityError as error:
            raise Conflict(_("This time is set already.")) from error
        return appointment

    def move(self, *, to: datetime, was: datetime, by: Person, now: datetime) -> None:
        """`was` is the time that the mover saw: two who move at once do not overwrite each other."""
        _refuse_time(to, now)
        try:
            with transaction.atomic():
                compare_and_set(
                    self,
                    where={"at": was},
                    to={"at": to, "made_by": by},
                    otherwise=_("This appointment has been moved or cancelled meanwhile. Look at it again."),
                )
                record(MeetingEvent.MOVED, self, by=by, now=now, program=self.pairing.program)
        except IntegrityError as error:
            raise Conflict(_("There is an appointment at that time already.")) from error

    def cancel(self, *, by: Person, now: datetime) -> None:
        with transaction.atomic():
            gone, _tables = AppointmentToMeet.objects.filter(pk=self.pk, at=self.at).delete()
            if not gone:
                raise Conflict(_("This appointment has been moved or cancelled already."))
            # The pair, not the appointment: that row is gone.
            record(MeetingEvent.CANCELLED, self.pairing, by=by, now=now, program=self.pairing.program)


def _refuse_time(at: datetime, now: datetime) -> None:
    if at <= now:
        raise Refused(_("This time has passed. A meeting that was held is registered with “We met” by one of the two."))
    if at > now + timedelta(days=DAYS_AHEAD):
        raise Refused(_("This is more than two years ahead: look at the year once more."))


class TalkWish(models.Model):
    """ "I'd like to talk": one tap, until a time is set or thirty days have gone."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="talk_wishes")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pairing", "by"], name="talk_wish_once")]

    @classmethod
    def express(cls, pairing: Pairing, *, by: Person, now: datetime) -> None:
        """A second tap changes nothing."""
        with transaction.atomic():
            wish, new = cls.objects.get_or_create(pairing=pairing, by=by, defaults={"at": now})
            if new:
                record(MeetingEvent.TALK_WISHED, wish, by=by, now=now, program=pairing.program)

    def heard(self) -> None:
        """They have talked, or will: the wish goes, whoever says so."""
        TalkWish.objects.filter(pk=self.pk).delete()


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def held(self) -> Self:
        """Those that count: confirmed by both, by one side's word after fourteen days, or from paper."""
        return self.filter(state=Meeting.State.CONFIRMED)

    def mentoring(self) -> Self:
        return self.filter(kind=Meeting.Kind.MENTORING)

    def between(self, first: date, last: date) -> Self:
        return self.filter(day__gte=first, day__lte=last)


class MeetingManager(models.Manager["Meeting"]):
    def ask(self, pairing: Pairing, *, day: date, now: datetime) -> None:
        """Did you meet on this day? Asked once; no question where the day is registered already."""
        with transaction.atomic():
            pairing.hold()
            meeting, new = self.get_or_create(
                pairing=pairing,
                day=day,
                defaults={"program": pairing.program, "kind": Meeting.Kind.MENTORING, "state": Meeting.State.ASKED},
            )
            if new:
                record(MeetingEvent.ASKED, meeting, by=None, now=now, program=pairing.program)

    def log(self, pairing: Pairing, *, day: date, by: Person, now: datetime) -> "Meeting":
        """One of the pair says that they met. Where the other said so before, that confirms it."""
        fresh = {"state": Meeting.State.LOGGED, "logged_by": by, "logged_at": now}
        with transaction.atomic():
            pairing.hold()
            refuse_day(pairing, day, now)
            meeting, new = self.get_or_create(
                pairing=pairing, day=day, defaults={"program": pairing.program, "kind": Meeting.Kind.MENTORING, **fresh}
            )
            if not new and meeting.state == Meeting.State.LOGGED and meeting.logged_by_id != by.pk:
                meeting.confirm(by=by, now=now)
                return meeting
            if not new:
                compare_and_set(
                    meeting,
                    where={"state": Meeting.State.ASKED},
                    to=fresh,
                    otherwise=_("This date is registered already."),
                )
            record(MeetingEvent.LOGGED, meeting, by=by, now=now, program=pairing.program)
        return meeting

    def record_for_pair(
        self,
        pairing: Pairing,
        *,
        day: date,
        how: codes.How,
        by: Person,
        now: datetime,
        told_by: Person | None = None,
        told_on: date | None = None,
    ) -> "Meeting":
        """The coordinator registers what was told or stands on a signed slip; an open question is answered by it."""
        known = {
            "state": Meeting.State.CONFIRMED, "how": how, "confirmed_by": by, "confirmed_at": now,
            "told_by": told_by, "told_on": told_on,
        }  # fmt: skip
        with transaction.atomic():
            pairing.hold()
            refuse_day(pairing, day, now)
            _refuse_told(told_on, day, pairing.program.day(now))
            meeting, new = self.get_or_create(
                pairing=pairing, day=day, defaults={"program": pairing.program, "kind": Meeting.Kind.MENTORING, **known}
            )
            if not new:
                open_states = [Meeting.State.ASKED, Meeting.State.LOGGED]
                compare_and_set(
                    meeting, where={"state__in": open_states}, to=known, otherwise=_("This date is registered already.")
                )
            record(MeetingEvent.RECORDED, meeting, by=by, now=now, program=pairing.program, code=how)
        return meeting

    def record_with_office(
        self, program: Program, kind: codes.Kind, person: Person, *, day: date, by: Person, now: datetime
    ) -> "Meeting":
        """The yearly meeting with the director, or the career planning conference, was held on this day."""
        if day > program.day(now):
            raise Refused(_("This day has not come yet."))
        try:
            with transaction.atomic():
                meeting = self.create(
                    program=program, kind=kind, person=person, day=day,
                    state=Meeting.State.CONFIRMED, how=Meeting.How.OFFICE, confirmed_by=by, confirmed_at=now,
                )  # fmt: skip
                record(MeetingEvent.RECORDED, meeting, by=by, now=now, program=program, code=kind)
        except IntegrityError as error:
            raise Conflict(_("This date is registered already.")) from error
        return meeting


class Meeting(models.Model):
    Kind = codes.Kind
    State = codes.State
    How = codes.How
    Correction = codes.Correction

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="meetings")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, null=True, related_name="meetings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="meetings")
    day = models.DateField()
    state = models.CharField(max_length=20, choices=State.choices)
    how = models.CharField(max_length=20, choices=How.choices, blank=True)
    logged_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    logged_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    told_on = models.DateField(null=True)

    objects = MeetingManager.from_queryset(MeetingQuerySet)()

    class Meta:
        constraints = [
            listed("kind", codes.Kind, name="meeting_kind_listed"),
            listed("state", codes.State, name="meeting_state_listed"),
            listed("how", codes.How, name="meeting_how_listed", or_empty=True),
            models.CheckConstraint(
                condition=Q(kind="mentoring", pairing__isnull=False, person=None)
                | (~Q(kind="mentoring") & Q(pairing=None, person__isnull=False)),
                name="meeting_of_pair_or_person",
            ),
            models.CheckConstraint(
                condition=(Q(state="confirmed") & ~Q(how="")) | (~Q(state="confirmed") & Q(how="")),
                name="meeting_confirmed_says_how",
            ),
            models.UniqueConstraint(fields=["pairing", "day"], name="meeting_pair_day_once"),
            models.UniqueConstraint(fields=["program", "person", "kind", "day"], name="meeting_person_day_once"),
        ]

    def confirm(self, *, by: Person, now: datetime) -> None:
        """The other of the two says so too."""
        with transaction.atomic():
            compare_and_set(
                self,
                where={"state": self.State.LOGGED},
                to={"state": self.State.CONFIRMED, "how": self.How.BOTH, "confirmed_by": by, "confirmed_at": now},
                otherwise=_("Nothing is left to confirm: this date is registered, or it was withdrawn."),
            )
            record(MeetingEvent.CONFIRMED, self, by=by, now=now, program=self.program)

    def count(self, *, now: datetime) -> None:
        """Fourteen days have gone: the word of the one who logged it counts."""
        with transaction.atomic():
            compare_and_set(
                self,
                where={"state": self.State.LOGGED},
                to={"state": self.State.CONFIRMED, "how": self.How.ONE_SIDE, "confirmed_at": now},
            )
            record(MeetingEvent.COUNTED, self, by=None, now=now, program=self.program)

    def not_right(self, *, by: Person, now: datetime) -> None:
        """The other says that they did not meet then: the date goes."""
        self._remove(MeetingEvent.NOT_RIGHT, by=by, now=now)

    def withdraw(self, *, by: Person, now: datetime) -> None:
        """Whoever logged it takes it back before the other has answered."""
        self._remove(MeetingEvent.WITHDRAWN, by=by, now=now)

    def _remove(self, event: MeetingEvent, *, by: Person, now: datetime) -> None:
        with transaction.atomic():
            gone, _tables = Meeting.objects.filter(pk=self.pk, state=self.State.LOGGED).delete()
            if not gone:
                raise Conflict(_("This date has been answered or taken back already."))
            # The pair, not the meeting: that row is gone.
            record(event, self.pairing or self.program, by=by, now=now, program=self.program)

    def decline(self, *, by: Person, now: datetime) -> None:
        """ "We did not meet": the question goes, and nothing is registered."""
        gone, _tables = Meeting.objects.filter(pk=self.pk, state=self.State.ASKED).delete()
        if not gone:
            raise Conflict(_("This question has been answered already."))

    def correct(self, *, day: date, reason: codes.Correction, by: Person, now: datetime) -> None:
        """Put the right day. What only one of the two said of that day, or was asked about it, is answered by it."""
        if day == self.day:
            raise Refused(_("This is the day that is registered already."))
        if self.pairing is not None:
            refuse_day(self.pairing, day, now)
        elif day > self.program.day(now):
            raise Refused(_("This day has not come yet."))
        try:
            with transaction.atomic():
                if self.pairing is not None:
                    self.pairing.meetings.exclude(state=self.State.CONFIRMED).filter(day=day).delete()
                compare_and_set(self, where={"state": self.State.CONFIRMED, "day": self.day}, to={"day": day})
                record(MeetingEvent.CORRECTED, self, by=by, now=now, program=self.program, code=reason)
        except IntegrityError as error:
            raise Refused(_("That day is registered already. Remove this one instead.")) from error

    def strike(self, *, reason: codes.Correction, by: Person, now: datetime) -> None:
        """The coordinator takes a date out of the register."""
        with transaction.atomic():
            record(MeetingEvent.STRUCK, self, by=by, now=now, program=self.program, code=reason)
            gone, _tables = Meeting.objects.filter(pk=self.pk, state=self.State.CONFIRMED, day=self.day).delete()
            if not gone:
                raise Conflict(_("This date has been corrected or removed already."))


def refuse_day(pairing: Pairing, day: date, now: datetime) -> None:
    """Raise Refused for a day that has not come, or on which this pair did not stand."""
    if day > pairing.program.day(now):
        raise Refused(_("%(day)s has not come yet. A meeting is registered after it was held.") % {"day": _long(day)})
    if day < pairing.begins:
        raise Refused(_("This pair began on %(day)s: choose that day or a later one.") % {"day": _long(pairing.begins)})
    if pairing.ends is not None and day > pairing.ends:
        raise Refused(
            _("This pair ended on %(day)s: choose that day or an earlier one.") % {"day": _long(pairing.ends)}
        )


def _refuse_told(told_on: date | None, day: date, today: date) -> None:
    if told_on is not None and not day <= told_on <= today:
        raise Refused(_("Nobody told it before it was held, nor later than today: look at the two days once more."))


def _long(day: date) -> str:
    return date_format(day, "j F Y")


def erase_past_appointments(*, now: datetime) -> int:
    """The day after, an appointment goes; what stays is the question whether the two met on that day.

    Where the pair has ended it goes before that: nobody will meet.
    """
    gone, _tables = AppointmentToMeet.objects.exclude(pairing__state=Pairing.State.ACTIVE).delete()
    for appointment in AppointmentToMeet.objects.filter(at__lt=now).select_related("pairing__program"):
        pairing = appointment.pairing
        day = pairing.program.day(appointment.at)
        if day >= pairing.program.day(now):
            continue
        with transaction.atomic():
            # Not one that was moved this very moment.
            erased, _tables = AppointmentToMeet.objects.filter(pk=appointment.pk, at=appointment.at).delete()
            if erased and pairing.covers(day):
                Meeting.objects.ask(pairing, day=day, now=now)
        gone += erased
    return gone


def close_old_questions(*, now: datetime) -> None:
    """One side's word counts after fourteen days; unanswered questions and old wishes go after thirty.

    Where the pair has ended nobody is left to answer a question, and a day after its last one is no day of the pair.
    """
    unsettled = Meeting.objects.exclude(state=Meeting.State.CONFIRMED)
    unsettled.filter(
        Q(state=Meeting.State.ASKED, pairing__state=Pairing.State.ENDED) | Q(day__gt=F("pairing__ends"))
    ).delete()
    for meeting in Meeting.objects.filter(
        state=Meeting.State.LOGGED, logged_at__lt=now - timedelta(days=DAYS_TO_ANSWER)
    ):
        try:
            meeting.count(now=now)
        except Conflict:
            continue  # answered this very moment
    old = now - timedelta(days=DAYS_TO_ASK)
    Meeting.objects.filter(state=Meeting.State.ASKED, day__lt=old.date()).delete()
    TalkWish.objects.filter(at__lt=old).delete()
