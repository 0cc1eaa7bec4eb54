"""Two academic years of an invented division, made by the importers and by what people can do themselves."""

import io
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from telemachus.demo.cast import (
    AMARA,
    CAST,
    CHIEF,
    EKSTROM,
    GRACE,
    INES,
    JONAS,
    LAURENT,
    LUCIA,
    MEI,
    NADIA,
    NDIAYE,
    NOVAK,
    RUTH,
    Part,
)
from telemachus.demo.cohort import propose_cohort
from telemachus.demo.faculty import Member, faculty, register_csv, roster_csv
from telemachus.demo.recruits import Newcomers
from telemachus.lib.errors import Refused
from telemachus.meetings import codes
from telemachus.meetings.models import AppointmentToMeet, Meeting, TalkWish
from telemachus.pairing.models import Pairing, Pause
from telemachus.people.models import Person
from telemachus.program.models import Program, Role, Upload, add_person_to
from telemachus.program.upload_command import run_import

SLUG = "digestive-diseases"


def load(*, now: datetime) -> bool:
    """Make the division; False where it stands already. All or nothing."""
    if Program.objects.filter(slug=SLUG).exists():
        return False
    with transaction.atomic():
        Division(now).make()
    return True


class Division:
    """The people and the clock while the division is being made."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.program = Program.objects.found(slug=SLUG, name="Digestive Diseases", policy="uc-som", now=now)
        self.today = self.program.day(now)
        self.members = faculty(self.today)

    def make(self) -> None:
        self._staff()
        self._papers()
        self._offices()
        self._this_year()
        self._endings()
        self._presence()
        self._cardiology()
        Newcomers(self.program, self.now).make()
        propose_cohort(self.program, self.now)

    # -- who ------------------------------------------------------------------------------------

    def _staff(self) -> None:
        for part, kind in ((RUTH, Role.Kind.COORDINATOR), (GRACE, Role.Kind.ASSISTANT)):
            add_person_to(
                self.program, kind=kind, by=None, now=self.now,
                given_name=part.given, family_name=part.family, email=part.email,
            )  # fmt: skip

    def _offices(self) -> None:
        first = self.today - timedelta(days=900)
        for part, kind in (
            (LAURENT, Role.Kind.DIRECTOR),
            (CHIEF, Role.Kind.CHIEF),
            (NADIA, Role.Kind.COMMITTEE),
        ):
            self.program.grant(self.person(part), kind, since=first, by=None, now=self.now)
        director = self.person(LAURENT)
        cast = [part.email for part in CAST]
        claims = Pairing.objects.filter(program=self.program).waiting().by_mentee()
        unsure = list(claims.exclude(mentee__email__in=cast).exclude(mentor__email__in=cast))[-2:]
        for pairing in claims:
            if pairing not in unsure:  # two claims from paper are left for the director's Today
                pairing.accept_from_paper(by=director, now=self.now)

    def _papers(self) -> None:
        self._import(Upload.Kind.ROSTER, "roster.csv", roster_csv(self.members))
        self._import(Upload.Kind.REGISTER, "register.csv", register_csv(self._paper_lines()))

    def _import(self, kind: Upload.Kind, name: str, content: bytes) -> None:
        said = io.StringIO()
        if run_import(kind, program=self.program, name=name, content=content, answers={}, dry_run=False, out=said):
            raise Refused(f"{name}: {said.getvalue()}")

    def _paper_lines(self) -> list[tuple[Member, Member, date, list[date], date | None]]:
        """Pairs of the last two academic years with the dates that the coordinator had on paper."""
        juniors = [one for one in self.members if "ASST" in one.title and one.email != JONAS.email]
        seniors = [one for one in self.members if "ASST" not in one.title and "VOL" not in one.title]
        mentors = {MEI.email: NDIAYE, LUCIA.email: NDIAYE, juniors[2].email: NDIAYE, juniors[3].email: LAURENT,
                   juniors[4].email: CHIEF, juniors[5].email: EKSTROM, juniors[6].email: INES}  # fmt: skip
        lines = []
        for n, mentee in enumerate(juniors[:18]):
            part = mentors.get(mentee.email)
            mentor = self.member(part) if part else seniors[12 + n]
            since = max(mentee.since + timedelta(days=45), self._start(2) + timedelta(days=20 * (n % 4)))
            lines.append((mentee, mentor, since, self._paper_days(n, since), self._director_day(n, since)))
        return lines

    def _paper_days(self, n: int, since: date) -> list[date]:
        """Dates of the last two academic years, in a rhythm of its own for each pair."""
        days = [self._start(2) + timedelta(days=60 + 11 * n % 50 + step) for step in (0, 95, 190, 270)]
        days += [self._start(1) + timedelta(days=40 + 13 * n % 60 + step) for step in (0, 88, 201)]
        kept = [self._weekday(day) for k, day in enumerate(days) if (n + k) % 5]
        return [day for day in kept if since <= day < self._start(0)]

    def _director_day(self, n: int, since: date) -> date | None:
        day = self._weekday(self._start(1) + timedelta(days=100 + n))
        return day if n % 4 and day >= since else None

    # -- this academic year ---------------------------------------------------------------------

    def _this_year(self) -> None:
        active = list(Pairing.objects.filter(program=self.program).active().with_people().by_mentee())
        for n, pairing in enumerate(active):
            for step in range(n % 3):
                self._met(pairing, self._start(0) + timedelta(days=20 + 9 * n % 40 + 55 * step))
        mei, lucia = self.pair(MEI), self.pair(LUCIA)
        self._met(mei, self.today - timedelta(days=75))
        self._asked(mei, days_ago=9)
        self._said_by_mentor(lucia, days_ago=4)
        self._meets_in(self.pair(MEI), days=13, by=self.person(MEI))
        self._delegate(lucia)
        others = [pairing for pairing in active if pairing.mentee.email not in (MEI.email, LUCIA.email)]
        self._said_by_one_long_ago(others[1])
        TalkWish.express(others[0], by=others[0].mentee, now=self.now - timedelta(days=2))
        self._pause(others[3])
        self._coordinator(others[4], others[5])
        self._with_the_offices(active)

    def _met(self, pairing: Pairing, day: date) -> None:
        """The mentee logs it the next day, the mentor confirms it the day after."""
        day = self._free(pairing, day)
        if not pairing.begins <= day < self.today - timedelta(days=3):
            return
        meeting = Meeting.objects.log(pairing, day=day, by=pairing.mentee, now=self.at(day, 1))
        meeting.confirm(by=pairing.mentor, now=self.at(day, 2))

    def _asked(self, pairing: Pairing, *, days_ago: int) -> None:
        day = self._free(pairing, self.today - timedelta(days=days_ago))
        Meeting.objects.ask(pairing, day=day, now=self.at(day, 1))

    def _said_by_mentor(self, pairing: Pairing, *, days_ago: int) -> None:
        day = self._free(pairing, self.today - timedelta(days=days_ago))
        Meeting.objects.log(pairing, day=day, by=pairing.mentor, now=self.at(day, 0, hour=18))

    def _said_by_one_long_ago(self, pairing: Pairing) -> None:
        """The other never answered: after fourteen days one side's word counts."""
        day = self._free(pairing, self.today - timedelta(days=30))
        meeting = Meeting.objects.log(pairing, day=day, by=pairing.mentee, now=self.at(day, 1))
        meeting.count(now=self.at(day, 16))

    def _meets_in(self, pairing: Pairing, *, days: int, by: Person) -> None:
        AppointmentToMeet.arrange(pairing, at=self.at(self._weekday(self.today), days, hour=15), by=by, now=self.now)

    def _delegate(self, pairing: Pairing) -> None:
        grace = self.person(GRACE)
        self.person(NDIAYE).name_delegate(grace, since=self.today - timedelta(days=200), now=self.now)
        self._meets_in(pairing, days=20, by=grace)

    def _pause(self, pairing: Pairing) -> None:
        director = self.person(LAURENT)
        begins, until = self.today - timedelta(days=40), self.today + timedelta(days=50)
        Pause(program=self.program, person=pairing.mentee, begins=begins, until=until).start(by=director, now=self.now)

    def _coordinator(self, told: Pairing, slip: Pairing) -> None:
        ruth = self.person(RUTH)
        for pairing, how, days in ((told, Meeting.How.TOLD, 24), (slip, Meeting.How.SLIP, 31)):
            day = self._free(pairing, self.today - timedelta(days=days))
            by_voice = how == Meeting.How.TOLD
            Meeting.objects.record_for_pair(
                pairing, day=day, how=how, by=ruth, now=self.now,
                told_by=pairing.mentor if by_voice else None, told_on=self.today if by_voice else None,
            )  # fmt: skip

    def _with_the_offices(self, pairings: list[Pairing]) -> None:
        director, chief = self.person(LAURENT), self.person(CHIEF)
        for n, pairing in enumerate(pairings[:9]):
            if n % 2 and director not in (pairing.mentee, pairing.mentor):
                day = self._weekday(self.today - timedelta(days=10 + n))
                self._office(Meeting.Kind.DIRECTOR, pairing.mentee, day, director)
            if n % 4 == 1:
                self._office(
                    Meeting.Kind.CONFERENCE, pairing.mentee, self._weekday(self.today - timedelta(days=n)), chief
                )

    def _office(self, kind: codes.Kind, person: Person, day: date, by: Person) -> None:
        Meeting.objects.record_with_office(self.program, kind, person, day=day, by=by, now=self.now)

    # -- endings and absences -------------------------------------------------------------------

    def _endings(self) -> None:
        """One pair for each kind of ending, from the end of the list, and Ekström's."""
        director = self.person(LAURENT)
        active = Pairing.objects.filter(program=self.program).active().with_people().by_mentee()
        ekstrom = active.get(mentor=self.person(EKSTROM))
        ekstrom.end(
            on=self._last_day(ekstrom, self.today - timedelta(days=70)),
            ending=Pairing.Ending.CHANGED,
            by=director,
            now=self.now,
        )
        spare = [
            pairing
            for pairing in active
            if pairing.mentor.email not in (NDIAYE.email, LAURENT.email, CHIEF.email, INES.email)
        ]
        for pairing, ending in zip(spare[-4:], list(Pairing.Ending)[1:5], strict=True):
            pairing.end(
                on=self._last_day(pairing, self.today - timedelta(days=30)), ending=ending, by=director, now=self.now
            )

    def _presence(self) -> None:
        """A newer roster: one mentor on leave, one person missing; and somebody whose roles have ended."""
        mentor = Pairing.objects.filter(program=self.program).active().exclude(
            mentor__email__in=[part.email for part in (NDIAYE, LAURENT, CHIEF, INES)]
        ).with_people().by_mentee()[0].mentor  # fmt: skip
        newer = roster_csv(self.members, on_leave=frozenset([mentor.email or ""]), gone=frozenset([NOVAK.email]))
        self._import(Upload.Kind.ROSTER, "roster-newer.csv", newer)
        director = self.person(LAURENT)
        for role in Role.objects.filter(program=self.program, person=self.person(NOVAK), until=None):
            role.end(on=self.today - timedelta(days=20), by=director, now=self.now)

    def _cardiology(self) -> None:
        """A second division: Inés Wójcik mentors there too, and nobody of one sees anybody of the other."""
        program = Program.objects.found(slug="cardiology", name="Cardiology", policy="us-generic", now=self.now)
        amara = add_person_to(
            program, kind=Role.Kind.DIRECTOR, by=None, now=self.now,
            given_name=AMARA.given, family_name=AMARA.family, email=AMARA.email,
        )  # fmt: skip
        mentee = add_person_to(
            program, kind=Role.Kind.MENTEE, by=amara, now=self.now,
            given_name="Noor", family_name="Aziz", email="naziz@heart.example.edu",
        )  # fmt: skip
        ines = self.person(INES)
        program.grant(ines, Role.Kind.MENTOR, since=self.today - timedelta(days=300), by=amara, now=self.now)
        Pairing.objects.enter(program, mentee=mentee, mentor=ines, begins=self.today, by=amara, now=self.now)

    # -- small words ----------------------------------------------------------------------------

    def person(self, part: Part) -> Person:
        return Person.objects.get(email=part.email)

    def member(self, part: Part) -> Member:
        return next(one for one in self.members if one.email == part.email)

    def pair(self, part: Part) -> Pairing:
        return Pairing.objects.active().with_people().get(program=self.program, mentee__email=part.email)

    def at(self, day: date, days: int, *, hour: int = 9) -> datetime:
        return datetime.combine(day + timedelta(days=days), time(hour), tzinfo=ZoneInfo(self.program.zone))

    def _start(self, years_ago: int) -> date:
        year = self.program.year(self.now)
        for _ in range(years_ago):
            year = year.previous()
        return year.first

    @staticmethod
    def _last_day(pairing: Pairing, day: date) -> date:
        """No earlier than the last day on which the two met."""
        return max(day, *pairing.meetings.values_list("day", flat=True), pairing.begins)

    def _free(self, pairing: Pairing, day: date) -> date:
        """The last weekday up to this one of which the pair has said nothing: the division loads on any day."""
        day = self._weekday(day)
        while pairing.meetings.filter(day=day).exists():
            day = self._weekday(day - timedelta(days=1))
        return day

    @staticmethod
    def _weekday(day: date) -> date:
        """Saturday and Sunday become the Friday before."""
        return day - timedelta(days=max(day.weekday() - 4, 0))
