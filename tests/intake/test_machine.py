"""Recruits, requests and pairs under any order of acts: nobody is lost, and no pair stands that should not (R6 to R12).

The acts are those of the rooms; an act that the program refuses changes nothing. What must hold is worked out here
from the stored rows, not by the code under test.
"""

import os
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from telemachus.career.models import Appointment, Aspirations, CurriculumVitae, StatusForm
from telemachus.career.status_form import Rows, name_other_mentor
from telemachus.intake.models import Letter, Recruit
from telemachus.intake.path import Move, Who
from telemachus.intake.way import arrive, searches, ways
from telemachus.lib.document import Document
from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.models import Apart, ChangeWish, Offer, Pairing, Pause, Request, Shortlist
from telemachus.pairing.requesting import accept, ask, choose, expire_requests, introduce, name
from telemachus.pairing.rules import facts
from telemachus.people.models import Person
from telemachus.program.models import Role
from tests.cast import NOW, rise

RECRUITS, MENTORS = 3, 4
CV = Document(kind="pdf", content=b"%PDF", pages=1, name="cv.pdf")
EXAMPLES = int(os.environ.get("MACHINE_EXAMPLES", "10"))
REACHED: Counter[str] = Counter()
which = st.integers(0, RECRUITS - 1)
mentor_of = st.integers(0, MENTORS - 1)


class Intake(RuleBasedStateMachine):
    """Each example plays in a transaction of its own that is rolled back."""

    def __init__(self) -> None:
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.now = NOW
        self.chosen: set[tuple[Any, Any]] = set()
        self.accepted: set[tuple[Any, Any]] = set()
        self.noticed: set[Any] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.frame.__exit__(None, None, None)

    @initialize()
    def curtain(self) -> None:
        self.cast = rise(self.now)
        self.program = self.cast.digestive
        for each in Pairing.objects.filter(program=self.program).active():
            each.end(on=self.cast.today, ending=Pairing.Ending.CHANGED, by=None, now=self.now)
        self.director = self.cast.director
        self.mentors = [self.cast.osei, self.cast.halloran, self.cast.both, self.cast.chief_mentor]
        for mentor in self.mentors[:2]:
            Offer.objects.change(mentor, places=1, terms=(), now=self.now)
        self.people = [self._comes(n) for n in range(RECRUITS)]

    def _comes(self, n: int) -> Person:
        person = Person.objects.add(
            given_name=f"Recruit {n}", family_name="Coming", email=f"r{n}@division.example", by=None, now=self.now
        )
        rank = "professor" if n == RECRUITS - 1 else "assistant"
        Appointment.objects.create(
            program=self.program, person=person, title="", series="in-residence", rank=rank,
            supervisor=self.mentors[2] if n == 0 else None,
        )  # fmt: skip
        self.program.grant(person, Role.Kind.MENTEE, since=self.cast.today, by=None, now=self.now)
        return person

    # -- the acts ---------------------------------------------------------------------------------

    def _try(self, act: Callable[[], Any]) -> bool:
        try:
            with transaction.atomic():
                act()
        except (Refused, Conflict):
            return False
        return True

    def _recruit(self, n: int) -> Recruit | None:
        return Recruit.objects.filter(person=self.people[n]).order_by("-noticed_at").first()

    def _with(self, n: int, act: Callable[[Recruit], Any]) -> None:
        recruit = self._recruit(n)
        if recruit:
            self._try(lambda: act(recruit))

    def _list(self, n: int) -> Shortlist | None:
        return Shortlist.objects.filter(mentee=self.people[n]).order_by("-sent_at").first()

    @rule(days=st.integers(1, 30))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        expire_requests(now=self.now)

    @rule(n=which)
    def notice(self, n: int) -> None:
        def act() -> None:
            recruit = Recruit.objects.notice(self.program, self.people[n], by=self.cast.coordinator, now=self.now)
            self.noticed.add(recruit.pk)

        self._try(act)

    @rule(n=which, kind=st.sampled_from(Letter.Kind))
    def write(self, n: int, kind: Letter.Kind) -> None:
        self._with(n, lambda recruit: recruit.write(kind, "Welcome.", by=self.director, now=self.now))

    @rule(n=which)
    def letter_comes_back(self, n: int) -> None:
        letter = Letter.objects.filter(recruit__person=self.people[n]).last()
        if letter:
            self._try(lambda: letter.come_back(by=None, now=self.now))

    @rule(n=which)
    def propose(self, n: int) -> None:
        times = [self.now + timedelta(days=day) for day in (3, 4, 5)]
        self._with(n, lambda recruit: recruit.propose(times, by=self.director, now=self.now))

    @rule(n=which)
    def pick(self, n: int) -> None:
        def act(recruit: Recruit) -> None:
            time = recruit.times.first()
            if time:
                recruit.pick(time.at, by=recruit.person, now=self.now)

        self._with(n, act)

    @rule(n=which)
    def ask_other_times(self, n: int) -> None:
        self._with(n, lambda recruit: recruit.ask_other_times(by=recruit.person, now=self.now))

    @rule(n=which)
    def send_papers(self, n: int) -> None:
        person = self.people[n]
        CurriculumVitae.objects.receive(self.program, person, document=CV, by=person, now=self.now)
        Aspirations.objects.write(self.program, person, focus="Trials.", by=person, now=self.now)

    @rule(n=which)
    def complete_status(self, n: int) -> None:
        form = StatusForm.objects.lock(self.program, self.people[n])
        form.complete(by=self.cast.coordinator, now=self.now, rows=Rows(), revision=form.revision)

    @rule(n=which)
    def confirm_status(self, n: int) -> None:
        form = StatusForm.objects.filter(program=self.program, person=self.people[n]).first()
        if form:
            self._try(lambda: form.confirm(by=self.people[n], now=self.now))

    @rule(n=which)
    def meet(self, n: int) -> None:
        self._with(n, lambda recruit: recruit.meet(on=self.program.day(self.now), by=self.director, now=self.now))

    @rule(n=which)
    def hand_packet(self, n: int) -> None:
        self._with(n, lambda recruit: recruit.hand_packet(by=self.director, now=self.now))

    @rule(n=which)
    def wish_mentor(self, n: int) -> None:
        self._with(n, lambda recruit: recruit.wish_mentor(by=recruit.person, now=self.now))

    @rule(n=which, names=st.lists(mentor_of, min_size=1, unique=True))
    def send_list(self, n: int, names: list[int]) -> None:
        """Whoever cannot be named is left out, as the director's page does; one name is tried as it comes."""
        named = [(self.mentors[k], "A good match.") for k in names]
        if len(named) > 1:
            known = facts(self.program, self.people[n], self.now)
            named = [(one, why) for one, why in named if not known.why_not(one.pk)]
        self._try(lambda: name(self.program, self.people[n], named, by=self.director, now=self.now))

    @rule(n=which, ranks=st.permutations(range(MENTORS)), many=st.integers(1, 3))
    def choose(self, n: int, ranks: list[int], many: int) -> None:
        shortlist = self._list(n)
        if shortlist is None:
            return
        candidates = list(shortlist.candidates.all())
        ranked = [candidates[k] for k in ranks if k < len(candidates)][:many]
        if self._try(lambda: choose(shortlist, ranked, shows=(), by=shortlist.mentee, now=self.now)):
            self.chosen |= {(shortlist.mentee_id, candidate.mentor_id) for candidate in ranked}

    @rule(n=which)
    def ask_others(self, n: int) -> None:
        shortlist = self._list(n)
        if shortlist:
            self._try(lambda: shortlist.ask_others(by=shortlist.mentee, now=self.now))

    @rule(n=which)
    def ask_mentor(self, n: int) -> None:
        shortlist = self._list(n)
        if shortlist:
            self._try(lambda: ask(shortlist, by=self.director, now=self.now))

    def _request(self, n: int) -> Request | None:
        return Request.objects.with_people().filter(mentee=self.people[n]).order_by("-made_at").first()

    @rule(n=which)
    def accept(self, n: int) -> None:
        request = self._request(n)
        if request and self._try(lambda: accept(request, by=request.mentor, now=self.now)):
            self.accepted.add((request.mentee_id, request.mentor_id))

    @rule(n=which, leave=st.sampled_from(["decline", "withdraw"]))
    def no(self, n: int, leave: str) -> None:
        request = self._request(n)
        if request:
            self._try(lambda: getattr(request, leave)(by=self.director, now=self.now))

    @rule(n=which)
    def introduce(self, n: int) -> None:
        request = self._request(n)
        if request is None:
            return
        barred = self._barred(request.mentee, request.mentor)
        if self._try(lambda: introduce(request, by=self.director, now=self.now)):
            assert not barred
            assert (request.mentee_id, request.mentor_id) in self.chosen & self.accepted
            REACHED["pairs"] += 1

    def _barred(self, mentee: Person, mentor: Person) -> bool:
        """The rules of R9 said once more, from the rows."""
        day = self.program.day(self.now)
        both = [mentee.pk, mentor.pk]
        reports = Appointment.objects.filter(program=self.program, person=mentee, supervisor=mentor)
        return (
            mentor == self.cast.chief_mentor
            or reports.exists()
            or Apart.objects.filter(person__in=both, other__in=both).exists()
            or StatusForm.objects.filter(person=mentee, other_mentors__person=mentor).exists()
            or Pairing.objects.registered().filter(mentee=mentee, mentor=mentor).exists()
            or Pause.objects.filter(person=mentor).on(day).exists()
            or not Role.objects.filter(program=self.program, person=mentor, kind="mentor").on(day).exists()
        )

    @rule(n=which, names=st.lists(mentor_of, min_size=2, unique=True))
    def whole_way(self, n: int, names: list[int]) -> None:
        self.next_moves(n=n, names=names, moves=15)

    @rule(n=which)
    def change(self, n: int) -> None:
        pairing = Pairing.objects.active().with_people().filter(mentee=self.people[n]).first()
        if pairing:
            ChangeWish.express(pairing, call=False, by=pairing.mentee, now=self.now)
            pairing.end(on=self.program.day(self.now), ending=Pairing.Ending.CHANGED, by=self.director, now=self.now)

    @rule(n=which, ending=st.sampled_from(Recruit.Ending))
    def close(self, n: int, ending: Recruit.Ending) -> None:
        if ending != Recruit.Ending.PAIRED:
            self._with(n, lambda recruit: recruit.close(ending, by=self.director, now=self.now))

    @rule(n=which)
    def reopen(self, n: int) -> None:
        self._with(n, lambda recruit: recruit.reopen(by=self.director, now=self.now))

    @rule()
    def arrivals(self) -> None:
        arrive(now=self.now)

    @rule(n=which, k=mentor_of, kind=st.sampled_from(["apart", "research"]))
    def keep_apart(self, n: int, k: int, kind: str) -> None:
        person, mentor = self.people[n], self.mentors[k]
        if kind == "apart":
            Apart(program=self.program, person=person, other=mentor, kind="not_again").keep(now=self.now)
        else:
            name_other_mentor(self.program, person, mentor, kind, by=person, now=self.now)

    @rule(k=mentor_of)
    @precondition(lambda self: hasattr(self, "mentors"))
    def mentor_rests(self, k: int) -> None:
        first = self.program.day(self.now)
        pause = Pause(program=self.program, person=self.mentors[k], begins=first, until=first + timedelta(days=20))
        self._try(lambda: pause.start(by=self.director, now=self.now))

    @rule(n=which, names=st.lists(mentor_of, min_size=2, unique=True), moves=st.integers(5, 20))
    def next_moves(self, n: int, names: list[int], moves: int) -> None:
        """What the path says, so many times: a walk at random hardly ever comes to a pair."""
        for _move in range(moves):
            recruits = Recruit.objects.open().with_people().filter(person=self.people[n])
            found = ways(self.program, recruits, self.now)
            found += [way for way in searches(self.program, self.now) if way.person == self.people[n]]
            for way in found[:1]:
                if way.path.next:
                    MOVES[way.path.next.move](self, n, names)

    # -- what must hold after each ----------------------------------------------------------------

    @invariant()
    def everybody_has_one_next_move_or_an_ending(self) -> None:
        if not hasattr(self, "program"):
            return
        assert set(Recruit.objects.values_list("pk", flat=True)) == self.noticed
        for way in ways(self.program, Recruit.objects.open().with_people(), self.now):
            arrived = Pairing.objects.active().filter(mentee=way.person).exists()
            assert (way.path.next is None) == arrived
            assert way.path.next is None or way.path.next.who in Who
            assert sum(mark.is_next for mark in way.path.marks) == (0 if arrived else 1)
        for recruit in Recruit.objects.exclude(state="open"):
            assert recruit.ending
            assert recruit.ended_on
        for search in searches(self.program, self.now):
            assert search.path.next is not None

    @invariant()
    def nobody_has_more_than_the_places(self) -> None:
        if not hasattr(self, "mentors"):
            return
        for mentor in self.mentors[:2]:
            pairs = Pairing.objects.active().filter(mentor=mentor).count()
            held = Request.objects.filter(mentor=mentor, state__in=["waiting", "accepted"]).count()
            assert pairs + held <= 1

    @invariant()
    def one_mentor_one_request_one_list(self) -> None:
        for person in getattr(self, "people", []):
            assert Pairing.objects.active().filter(mentee=person).count() <= 1
            assert Request.objects.filter(mentee=person, state__in=["waiting", "accepted"]).count() <= 1
            assert Shortlist.objects.filter(mentee=person).exclude(state="closed").count() <= 1


MOVES: dict[Move, Callable[[Intake, int, list[int]], Any]] = {
    Move.INTRODUCE: lambda it, n, _names: it.write(n, Letter.Kind.INTRODUCTION),
    Move.WELCOME: lambda it, n, _names: it.write(n, Letter.Kind.WELCOME),
    Move.CORRECT_ADDRESS: lambda it, n, _names: it.write(n, Letter.Kind.REMINDER),
    Move.CLOSE_OR_GO_ON: lambda it, n, _names: it.close(n, Recruit.Ending.NO_REPLY),
    Move.PROPOSE_TIMES: lambda it, n, _names: it.propose(n),
    Move.PICK_TIME: lambda it, n, _names: it.pick(n),
    Move.SEND_PAPERS: lambda it, n, _names: it.send_papers(n),
    Move.COMPLETE_STATUS: lambda it, n, _names: it.complete_status(n),
    Move.CONFIRM_STATUS: lambda it, n, _names: it.confirm_status(n),
    Move.MEET: lambda it, n, _names: it.meet(n),
    Move.HAND_PACKET: lambda it, n, _names: it.hand_packet(n),
    Move.MAKE_LIST: lambda it, n, names: it.send_list(n, names),
    Move.CHOOSE: lambda it, n, _names: it.choose(n, list(range(MENTORS)), 2),
    Move.ASK_MENTOR: lambda it, n, _names: it.ask_mentor(n),
    Move.ANSWER: lambda it, n, _names: it.accept(n),
    Move.INTRODUCE_PAIR: lambda it, n, _names: it.introduce(n),
    Move.SAY_IF_MENTOR: lambda it, n, _names: it.wish_mentor(n),
}


def test_any_order_of_acts_loses_nobody_and_pairs_nobody_wrongly(db) -> None:
    run_state_machine_as_test(
        Intake,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert REACHED["pairs"] >= EXAMPLES // 5  # the walk has come to pairs, so that what is said of them was tried
