"""A division's program: its people's roles, its settings, and the files that are being imported."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.audit.models import record, record_all
from telemachus.lib.change import compare_and_set
from telemachus.lib.errors import Conflict, Refused
from telemachus.lib.rooms import answers
from telemachus.lib.time import AcademicYear, academic_year
from telemachus.people.models import Person
from telemachus.program.events import ProgramEvent
from telemachus.program.rulebook import RuleBook, load


class ProgramManager(models.Manager["Program"]):
    def found(self, *, slug: str, name: str, policy: str, now: datetime, **fields: Any) -> "Program":
        """A new program that begins with the aims of its rule book, and with what rooms add in their `founded.py`."""
        book = load(policy)
        with transaction.atomic():
            program = self.create(
                slug=slug,
                name=name,
                policy=policy,
                at_least=book.at_least,
                aim=book.aim,
                capacity=book.capacity,
                **fields,
            )
            record(ProgramEvent.FOUNDED, program, by=None, now=now, program=program)
            for founded in answers("founded"):
                founded(program)
        return program


class Program(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    policy = models.CharField(max_length=40)
    zone = models.CharField(max_length=60, default=settings.TIME_ZONE)
    at_least = models.PositiveSmallIntegerField()
    aim = models.PositiveSmallIntegerField()
    capacity = models.PositiveSmallIntegerField()

    objects = ProgramManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(aim__gte=F("at_least")), name="program_aim_not_below_at_least"),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def book(self) -> RuleBook:
        return _book(self.policy)

    def day(self, now: datetime) -> date:
        """The date on the division's wall calendar at this instant."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def year(self, now: datetime) -> AcademicYear:
        return self.year_of(self.day(now))

    def year_of(self, day: date) -> AcademicYear:
        return academic_year(day, self.book.year_starts)

    def change_settings(self, *, by: Person, now: datetime, **fields: Any) -> None:
        for name, value in fields.items():
            setattr(self, name, value)
        with transaction.atomic():
            self.save(update_fields=list(fields))
            record(ProgramEvent.SETTINGS_CHANGED, self, by=by, now=now, program=self)

    def grant(
        self,
        person: Person,
        kind: "Role.Kind",
        *,
        since: date,
        until: date | None = None,
        by: Person | None,
        now: datetime,
    ) -> "Role":
        """Give the person a role from a first to a last day. Raises Refused where one stands, or for oneself."""
        _refuse_oneself(person, by)
        if until and until < since:
            raise Refused(_("The last day comes before the first."))
        try:
            with transaction.atomic():
                self.refuse_twice(person, kind, since, until)
                role = Role.objects.create(program=self, person=person, kind=kind, since=since, until=until)
                record(ProgramEvent.ROLE_GRANTED, role, by=by, now=now, program=self)
                if kind == Role.Kind.DIRECTOR:
                    self._relieve_directors(by=by, now=now)
        except IntegrityError as error:
            raise Refused(_("%(name)s has this role already.") % {"name": person}) from error
        return role

    def _relieve_directors(self, *, by: Person | None, now: datetime) -> None:
        """Whoever directs from now on reads nothing of what was told about a director's pair before."""
        directing = self.roles.filter(kind=Role.Kind.DIRECTOR).on(self.day(now))
        for director in Person.objects.filter(roles__in=directing).distinct():
            self.relieve(director, by=by, now=now)

    def relieve(self, director: Person, *, by: Person | None, now: datetime) -> None:
        """Others read from now on what concerns this director: rooms clear what was told, in their `relieve.py`."""
        for relieve in answers("relieve"):
            relieve(self, director, by=by, now=now)

    def refuse_twice(self, person: Person, kind: "Role.Kind", since: date, until: date | None) -> None:
        """The constraint knows open roles only; days that overlap are refused here, under the program's lock."""
        Program.objects.select_for_update(no_key=True).get(pk=self.pk)
        same = self.roles.filter(Q(until=None) | Q(until__gte=since), person=person, kind=kind)
        if same.filter(since__lte=until or date.max).exists():
            raise Refused(_("%(name)s has this role already.") % {"name": person})

    def grant_all(
        self, wanted: Iterable[tuple[Person, "Role.Kind", date]], *, by: Person | None, now: datetime
    ) -> list["Role"]:
        """`grant` for many who are known to have no such role yet, in three statements."""
        roles = Role.objects.bulk_create(
            Role(program=self, person=person, kind=kind, since=since) for person, kind, since in wanted
        )
        record_all(ProgramEvent.ROLE_GRANTED, roles, by=by, now=now, program=self)
        return roles


@cache
def _book(policy: str) -> RuleBook:
    """Read once in a process: a list of seventy appointments asks seventy programs."""
    return load(policy)


def _refuse_oneself(person: Person, by: Person | None) -> None:
    if by == person:
        said = _(
            "Nobody gives oneself a role. Another director gives you an office; mentor and mentee follow from the "
            "roster, which the coordinator can bring in."
        )
        raise Refused(said)


def add_person_to(program: Program, *, kind: str, by: Person | None, now: datetime, **fields: Any) -> Person:
    """A new person with a first role from today; neither without the other."""
    with transaction.atomic():
        person = Person.objects.add(by=by, now=now, **fields)
        program.grant(person, Role.Kind(kind), since=program.day(now), by=by, now=now)
    return person


class RoleQuerySet(models.QuerySet["Role"]):
    def on(self, day: date) -> "RoleQuerySet":
        """Those that hold on that day; the last day is the last on which it holds."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class Role(models.Model):
    """What a person is in a program, from a first day to a last."""

    class Kind(models.TextChoices):
        MENTEE = "mentee", gettext_lazy("mentee")
        MENTOR = "mentor", gettext_lazy("mentor")
        DIRECTOR = "director", gettext_lazy("director")
        COORDINATOR = "coordinator", gettext_lazy("coordinator")
        CHIEF = "chief", gettext_lazy("chief")
        COMMITTEE = "committee", gettext_lazy("committee member")
        # Any faculty member of the division, and whoever has no other part in the program.
        COLLEAGUE = "colleague", gettext_lazy("colleague")
        # Not faculty: may be named as a delegate.
        ASSISTANT = "assistant", gettext_lazy("assistant")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="role_days_in_order"),
            models.UniqueConstraint(
                fields=["program", "person", "kind"], condition=Q(until=None), name="role_open_once"
            ),
        ]

    def end(self, *, on: date, by: Person | None, now: datetime) -> None:
        """`on` is the last day on which the role holds; one that began today can end yesterday: then it goes whole."""
        if on < self.since < self.program.day(now):
            raise Refused(_("The last day comes before the first."))
        with transaction.atomic():
            self._refuse_last_director(on)
            if self.until and on > self.until:
                _refuse_oneself(self.person, by)
                self.program.refuse_twice(self.person, self.Kind(self.kind), self.until + timedelta(days=1), on)
            record(ProgramEvent.ROLE_ENDED, self, by=by, now=now, program=self.program)
            if on < self.since:
                self._take_back()
            else:
                compare_and_set(self, where={"until": self.until}, to={"until": on})
            if self.kind == self.Kind.DIRECTOR:
                self.program.relieve(self.person, by=by, now=now)

    def refuse_tied(self, *, on: date, by: Person) -> None:
        """Not before the pair has ended: a later last day takes nothing away. Rooms answer in their `tied.py`."""
        if (self.until is None or on < self.until) and any(tied(self, by) for tied in answers("tied")):
            words = {"name": self.person, "role": self.get_kind_display()}
            said = _(
                "%(name)s is in a pair as %(role)s, or asked to be. "
                "First end the pair from the register, or take the request back."
            )
            raise Refused(said % words)

    def is_last_director(self, on: date) -> bool:
        """Would nobody direct the program on the day after?"""
        others = Role.objects.filter(program=self.program, kind=self.kind).exclude(pk=self.pk)
        return self.kind == self.Kind.DIRECTOR and not others.on(on + timedelta(days=1)).exists()

    def _refuse_last_director(self, on: date) -> None:
        """Nobody but a director can name one: a program never stands without."""
        if self.kind != self.Kind.DIRECTOR:
            return
        # The program's row is the lock: of two directors who leave at once, the second is asked to stay.
        Program.objects.select_for_update(no_key=True).get(pk=self.program_id)
        if self.is_last_director(on):
            raise Refused(_("Somebody must direct the program on the day after. Name the next director first."))

    def _take_back(self) -> None:
        gone, _tables = Role.objects.filter(pk=self.pk, until=self.until).delete()
        if not gone:
            raise Conflict(_("Somebody was faster: this has changed since you opened the page."))


class Deputy(models.Model):
    """Nobody administers oneself: what concerns a director as mentor or mentee is this person's to run."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="deputies")
    director = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="deputies")
    deputy = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="deputizes")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(director=F("deputy")), name="deputy_not_oneself"),
            models.UniqueConstraint(fields=["program", "director"], condition=Q(until=None), name="deputy_one"),
        ]

    @classmethod
    def name_for(cls, program: Program, *, director: Person, deputy: Person, now: datetime) -> "Deputy":
        """The director names one; another takes the place of the one before from now on."""
        if director.pk == deputy.pk:
            raise Refused(_("Name somebody else: a deputy stands in where you cannot decide about yourself."))
        with transaction.atomic():
            Program.objects.select_for_update(no_key=True).get(pk=program.pk)
            for before in cls.objects.filter(program=program, director=director, until=None):
                before.refuse_again(deputy)
                before.end(by=director, now=now)
            named = cls.objects.create(program=program, director=director, deputy=deputy, since=program.day(now))
            record(ProgramEvent.DEPUTY_NAMED, named, by=director, now=now, program=program)
        return named

    def refuse_again(self, deputy: Person) -> None:
        if self.deputy_id == deputy.pk:
            raise Refused(_("%(name)s is your deputy already.") % {"name": deputy})

    def end(self, *, by: Person, now: datetime) -> None:
        """From this moment the deputy sees nothing of it any more, and the rooms clear what was told this deputy alone.

        Always possible: a refusal would tell the director that something waits.
        """
        last = max(self.since, self.program.day(now) - timedelta(days=1))
        with transaction.atomic():
            compare_and_set(self, where={"until": None}, to={"until": last})
            record(ProgramEvent.DEPUTY_ENDED, self, by=by, now=now, program=self.program)
            self.program.relieve(self.director, by=by, now=now)


class Upload(models.Model):
    """A file that is being imported: read, asked about, previewed, then written in one transaction.

    The content goes when it is written or dropped, and a week after it came in any case.
    """

    class Kind(models.TextChoices):
        ROSTER = "roster", gettext_lazy("Roster")
        REGISTER = "register", gettext_lazy("Paper register")
        RECRUITS = "recruits", gettext_lazy("Recruits")

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("waits for you")
        WRITING = "writing", gettext_lazy("is being written")
        WRITTEN = "written", gettext_lazy("is written")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    name = models.CharField(max_length=200)
    content = models.BinaryField(default=b"")
    answers = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.CASCADE)
    at = models.DateTimeField()
    writing_since = models.DateTimeField(null=True)
    # What the preview showed: writing stops where it would no longer do the same.
    seen = models.CharField(max_length=64, blank=True)
    # After writing: how many were created, changed, left.
    tally = models.JSONField(default=dict)

    def answer(self, answers: Mapping[str, str]) -> None:
        """Keep what was answered beside what was answered before; what the preview showed no longer counts."""
        with transaction.atomic():
            before = Upload.objects.select_for_update().get(pk=self.pk).answers
            self._set_answers({**before, **answers})

    def take_back(self, question: str) -> None:
        with transaction.atomic():
            before = Upload.objects.select_for_update().get(pk=self.pk).answers
            self._set_answers({key: answer for key, answer in before.items() if key != question})

    def _set_answers(self, answers: Mapping[str, str]) -> None:
        compare_and_set(
            self,
            where={"state": self.State.OPEN},
            to={"answers": dict(answers), "seen": ""},
            otherwise=_("This import is being written already."),
        )

    def start_writing(self, *, seen: str, now: datetime) -> None:
        compare_and_set(
            self,
            where={"state": self.State.OPEN},
            to={"state": self.State.WRITING, "seen": seen, "writing_since": now},
            otherwise=_("This import is being written already."),
        )

    def finish(self, *, tally: dict[str, int]) -> None:
        """Call it inside the transaction that wrote: it fails where the upload was put back meanwhile."""
        compare_and_set(
            self,
            where={"state": self.State.WRITING, "writing_since": self.writing_since},
            to={"state": self.State.WRITTEN, "tally": tally, "content": b"", "answers": {}},
        )

    def reopen(self) -> None:
        """Writing stopped before its end: nothing was written, the file waits again."""
        compare_and_set(
            self,
            where={"state": self.State.WRITING, "writing_since": self.writing_since},
            to={"state": self.State.OPEN, "writing_since": None},
        )

    def drop(self) -> None:
        """Erase a file that will not be written."""
        dropped, _by_model = Upload.objects.filter(pk=self.pk, state=self.State.OPEN).delete()
        if not dropped:
            raise Conflict(_("This import is being written already, or is written."))


class Remembered(models.Model):
    """An answer that the division gave once about its files: which column, which title, which person."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE)
    kind = models.CharField(max_length=20, choices=Upload.Kind.choices)
    question = models.CharField(max_length=300)
    answer = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "kind", "question"], name="remembered_once"),
        ]


# A file that nobody finished goes after so many days; writing that stands still is put back after so many minutes.
DAYS_TO_FINISH = 7
MINUTES_TO_WRITE = 10


def tidy_uploads(*, now: datetime) -> None:
    """Drop what was left lying, and reopen what a killed worker left half way: nothing of it was written."""
    Upload.objects.filter(at__lt=now - timedelta(days=DAYS_TO_FINISH)).delete()
    Upload.objects.filter(
        state=Upload.State.WRITING, writing_since__lt=now - timedelta(minutes=MINUTES_TO_WRITE)
    ).update(state=Upload.State.OPEN, writing_since=None)
