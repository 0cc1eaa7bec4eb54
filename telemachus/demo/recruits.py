"""The demo division's recruits: one at every step of the way, one for every ending; and what befalls some pairs."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from telemachus.career.models import Aspirations, CurriculumVitae, StatusForm
from telemachus.career.status_form import Rows
from telemachus.demo.cast import ALINA, HOST, JONAS, LAURENT, NADIA, NDIAYE, RUTH, TUNDE, Part
from telemachus.demo.papers import cv_of
from telemachus.demo.vocabulary import Vocabulary
from telemachus.intake.announce import announce
from telemachus.intake.closing import close
from telemachus.intake.first_meeting import hold_first_meeting
from telemachus.intake.letters import draft, introduce, remind, welcome
from telemachus.intake.models import Letter, Recruit
from telemachus.intake.times import HOURS, free_times
from telemachus.pairing.models import Acknowledgement, ChangeWish, LightTouch, Pairing, Request, Shortlist, Wish
from telemachus.pairing.requesting import accept, ask, choose, name
from telemachus.pairing.requesting import introduce as introduce_pair
from telemachus.pairing.suggest import suggest
from telemachus.people.models import Person
from telemachus.program.models import Deputy, Program

Ending = Recruit.Ending
JUNIOR, SENIOR = ("ASST PROF IN RES-HCOMP", "assistant"), ("ASSOC PROF IN RES-HCOMP", "associate")


class Newcomers:
    """The recruits, each brought as far as its step by what people can do themselves."""

    def __init__(self, program: Program, now: datetime) -> None:
        self.program, self.now, self.today = program, now, program.day(now)
        self.director = Person.objects.get(email=LAURENT.email)
        self.coordinator = Person.objects.get(email=RUTH.email)
        self.vocabulary = Vocabulary(program, self.director, now)

    def make(self) -> None:
        self.vocabulary.make()
        # Jonas has sent his papers and ticked nothing yet: the page suggests to him what they speak of.
        self._sends(Person.objects.get(email=JONAS.email), days=8)
        self._agreements()
        self._deputy()
        self._before_the_meeting()
        self._after_the_meeting()
        self._higher_rank()
        self._endings()
        self._changes()

    def at(self, days: int, hour: int = 9) -> datetime:
        """So many days ago, or ahead where negative."""
        moment = datetime.combine(self.today - timedelta(days=days), time(hour), tzinfo=ZoneInfo(self.program.zone))
        return min(moment, self.now) if days >= 0 else moment

    def _agreements(self) -> None:
        """Most have read the agreement since the summer; a few are asked on Today."""
        for n, pairing in enumerate(Pairing.objects.filter(program=self.program).active().with_people().by_mentee()):
            for person in (pairing.mentee, pairing.mentor):
                if n % 4 or person == self.director:
                    Acknowledgement.give(pairing, by=person, now=max(self.at(60), self._first_hour(pairing.begins)))

    def _first_hour(self, day: date) -> datetime:
        return datetime.combine(day, time(12), tzinfo=ZoneInfo(self.program.zone))

    def _deputy(self) -> None:
        nadia = Person.objects.get(email=NADIA.email)
        Deputy.name_for(self.program, director=self.director, deputy=nadia, now=self.now)

    # -- recruits ---------------------------------------------------------------------------------

    def _notice(self, part: Part | tuple[str, str], *, days: int, title: tuple[str, str] = JUNIOR) -> Recruit:
        given, family = (part.given, part.family) if isinstance(part, Part) else part
        email = part.email if isinstance(part, Part) else f"{given[0]}{family}@{HOST}".lower()
        return announce(
            self.program, given_name=given, family_name=family, email=email, title=title[0], series="in-residence",
            rank=title[1], step="1", begins=self.today + timedelta(days=60 + days), hiring_lead=None,
            by=self.coordinator, now=self.at(days),
        )  # fmt: skip

    def _written_to(
        self, part: Part | tuple[str, str], *, days: int, times: Sequence[datetime] | None = None
    ) -> Recruit:
        """With hours of the next weeks that nobody else has, where no others are given."""
        recruit = self._notice(part, days=days + 2)
        body = draft(recruit, Letter.Kind.INTRODUCTION, by=self.director)
        offered = times or free_times(self.program, self.now)
        introduce(recruit, body, offered, by=self.director, now=self.at(days))
        return recruit

    def _agreed(self, part: Part | tuple[str, str], *, days: int, times: Sequence[datetime] | None = None) -> Recruit:
        recruit = self._written_to(part, days=days, times=times)
        first = recruit.times.all()[0]
        recruit.pick(first.at, by=recruit.person, now=self.at(days - 1))
        return recruit

    def _then(self, days: int) -> list[datetime]:
        """The hours that were free so many days ago: of whoever never came to one of them."""
        return free_times(self.program, self.at(days))

    def _hours_of(self, days: int) -> list[datetime]:
        """The hours of the day, so many days ago, on which the two then met."""
        return [self.at(days, hour) for hour in HOURS]

    def _papers(self, recruit: Recruit, *, days: int) -> None:
        self._sends(recruit.person, days=days)
        self.vocabulary.needs_of(recruit.person, now=self.at(days))

    def _sends(self, person: Person, *, days: int) -> None:
        now = self.at(days)
        CurriculumVitae.objects.receive(self.program, person, document=cv_of(person), by=person, now=now)
        Aspirations.objects.write(
            self.program, person, by=person, now=now,
            role_wanted="An independent group within five years, and a clinic that stays small enough to know.",
            one_year="The first grant is in; two papers of the fellowship are out.",
        )  # fmt: skip

    def _status(self, recruit: Recruit, *, days: int) -> StatusForm:
        form = StatusForm.objects.lock(self.program, recruit.person)
        form.complete(
            by=self.coordinator, now=self.at(days), rows=Rows(), revision=form.revision, basis="12",
            effort_clinical=40, effort_research=45, effort_teaching=10, effort_administration=5, effort_service=0,
        )  # fmt: skip
        return form

    def _before_the_meeting(self) -> None:
        self._notice(("Lin", "Zhao"), days=1)
        self._written_to(("Farid", "Nazari"), days=4).letters.get().come_back(by=self.coordinator, now=self.at(3))
        self._written_to(ALINA, days=3)
        suits_not = self._written_to(("Marta", "Kowalska"), days=5)
        suits_not.ask_other_times(by=suits_not.person, now=self.at(2))
        self._agreed(("Diego", "Herrera"), days=16)
        without_form = self._agreed(("Saanvi", "Iyer"), days=9)
        self._papers(without_form, days=7)
        to_confirm = self._agreed(("Joon-ho", "Park"), days=10)
        self._papers(to_confirm, days=8)
        self._status(to_confirm, days=2)
        all_here = self._agreed(("Clara", "Winter"), days=12)
        self._papers(all_here, days=9)
        self._status(all_here, days=6).confirm(by=all_here.person, now=self.at(5))
        silent = self._written_to(("Oskar", "Nyberg"), days=50, times=self._then(50))
        body = draft(silent, Letter.Kind.REMINDER, by=self.director)
        remind(silent, body, seen=1, by=self.director, now=self.at(30))

    def _met(self, part: Part | tuple[str, str], *, days: int) -> Recruit:
        recruit = self._agreed(part, days=days + 14, times=self._hours_of(days))
        self._papers(recruit, days=days + 10)
        self._status(recruit, days=days + 9).confirm(by=recruit.person, now=self.at(days + 8))
        hold_first_meeting(recruit, on=self.today - timedelta(days=days), by=self.director, now=self.at(days, 12))
        recruit.hand_packet(by=self.director, now=self.at(days, 12))
        return recruit

    def _named(self, recruit: Recruit, *, days: int, first: Person | None = None) -> Shortlist:
        found = [one for one in suggest(self.program, recruit.person, self.now) if not one.why_not]
        found = [one for one in found if one.mentor != self.director]
        if first is not None:
            found.sort(key=lambda one: one.mentor != first)
        named = [(one.mentor, one.reason) for one in found[:3]]
        return name(self.program, recruit.person, named, by=self.director, now=self.at(days))

    def _chosen(self, recruit: Recruit, *, days: int, first: Person | None = None) -> Shortlist:
        shortlist = self._named(recruit, days=days + 2, first=first)
        ranked = list(shortlist.candidates.all())[:2]
        choose(shortlist, ranked, shows=("shows_cv", "shows_needs"), by=recruit.person, now=self.at(days))
        return shortlist

    def _asked(self, recruit: Recruit, *, days: int, first: Person | None = None) -> Request:
        return ask(self._chosen(recruit, days=days + 1, first=first), by=self.director, now=self.at(days))

    def _after_the_meeting(self) -> None:
        ndiaye = Person.objects.get(email=NDIAYE.email)
        without_packet = self._agreed(("Nils", "Aalto"), days=20, times=self._hours_of(1))
        self._papers(without_packet, days=16)
        hold_first_meeting(without_packet, on=self.today - timedelta(days=1), by=self.director, now=self.at(1, 12))
        wishing = self._met(("Amina", "Sesay"), days=3).person
        Wish(program=self.program, mentee=wishing, mentor=ndiaye).keep(now=self.at(2))
        self._named(self._met(TUNDE, days=9), days=4, first=ndiaye)
        self._chosen(self._met(("Priyanka", "Bose"), days=12), days=1)
        self._asked(self._met(("Henrike", "Vogt"), days=15), days=2, first=ndiaye)
        declined = self._asked(self._met(("Rafael", "Campos"), days=20), days=6)
        declined.decline(by=declined.mentor, now=self.at(1))
        accepted = self._asked(self._met(("Yuki", "Mori"), days=22), days=5)
        accept(accepted, by=accepted.mentor, now=self.at(1))

    def _higher_rank(self) -> None:
        self._notice(("Ari", "Feldman"), days=2, title=SENIOR)
        self._welcomed(("Beatriz", "Fonseca"), days=6)

    def _welcomed(self, part: tuple[str, str], *, days: int) -> Recruit:
        recruit = self._notice(part, days=days + 1, title=SENIOR)
        welcome(recruit, draft(recruit, Letter.Kind.WELCOME, by=self.director), by=self.director, now=self.at(days))
        return recruit

    def _endings(self) -> None:
        paired = self._asked(self._met(("Ewa", "Lis"), days=40), days=28)
        accept(paired, by=paired.mentor, now=self.at(26))
        introduce_pair(paired, by=self.director, now=self.at(25))
        Recruit.objects.get(person=paired.mentee).close(Ending.PAIRED, by=None, now=self.at(25))
        way: tuple[tuple[Callable[[], Recruit], Recruit.Ending], ...] = (
            (lambda: self._welcomed(("Conrad", "Meyer"), days=30), Ending.WELCOMED),
            (lambda: self._written_to(("Sade", "Bello"), days=33, times=self._then(33)), Ending.DECLINED),
            (lambda: self._agreed(("Ivo", "Marek"), days=38, times=self._then(38)), Ending.DID_NOT_COME),
            (lambda: self._written_to(("Kit", "Larkin"), days=60, times=self._then(60)), Ending.NO_REPLY),
        )
        for n, (comes, ending) in enumerate(way):
            close(comes(), ending, by=self.director, now=self.at(10 + n))

    # -- pairs ------------------------------------------------------------------------------------

    def _changes(self) -> None:
        """A change under way, one of the director's own pair for the deputy, and a mentee who needs less now."""
        pairs = Pairing.objects.filter(program=self.program).active().with_people().by_mentee()
        known = [part.email for part in (LAURENT, NDIAYE)]
        others = list(pairs.exclude(mentor__email__in=known).filter(begins__lt=self.today - timedelta(days=200)))
        ChangeWish.express(others[-1], call=True, by=others[-1].mentee, now=self.at(2))
        LightTouch.wish(others[-2], by=others[-2].mentee, now=self.at(7))
        if own := pairs.filter(mentor=self.director).first():
            ChangeWish.express(own, call=False, by=own.mentee, now=self.at(1))
