"""The board: everybody on the way, the one who has the next move and for how long, and the button that makes it."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from telemachus.career.models import Appointment
from telemachus.intake import letters
from telemachus.intake.board import card_of, looking, on_the_way
from telemachus.intake.models import Letter, Recruit
from telemachus.intake.path import Move, Stage
from telemachus.intake.steps import steps
from telemachus.lib.step import Step
from telemachus.pairing.models import Pairing
from telemachus.pairing.requesting import accept, ask
from telemachus.people.models import Person
from telemachus.program.models import Deputy, Role
from tests.acts import ClientOf, words
from tests.cast import NOW, Cast
from tests.intake.recruits import chosen, introduced, met, noticed, picked, senior, sent_papers, status_done
from tests.pairing.way import listed
from tests.queries import same_queries

NAMES = ("Kuznetsova", "Oyelaran", "Castro", "Zhao")


def url(cast: Cast, whose: str = "") -> str:
    return reverse("intake:board", args=[cast.digestive.slug]) + (f"?whose={whose}" if whose else "")


def board(client_of: ClientOf, cast: Cast, person: Person, whose: str = "") -> str:
    return words(client_of(person).get(url(cast, whose)))


def test_board_is_of_the_offices(cast: Cast, client_of: ClientOf) -> None:
    noticed(cast)
    people = {"director": 200, "coordinator": 200, "directing_mentor": 200, "mei": 404, "osei": 404, "chief": 404,
              "other_director": 404, "stranger": 404}  # fmt: skip
    assert {name: client_of(getattr(cast, name)).get(url(cast)).status_code for name in people} == people


def test_board_says_whose_move_it_is_and_offers_it(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    page = board(client_of, cast, cast.director)
    assert "One recruit is on the way. One more is looking for a mentor." in page
    assert "Alina Kuznetsova Assistant Professor, In Residence Your move · today" in page
    assert "Send the introduction" in page
    shown = client_of(cast.director).get(url(cast)).content.decode()
    assert reverse("intake:introduce", args=[recruit.pk]) in shown


def test_board_shows_the_coordinator_the_directors_move_in_words(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    answer = client_of(cast.coordinator).get(url(cast))
    assert "Director sends the introduction · today" in words(answer)
    assert reverse("intake:introduce", args=[recruit.pk]) not in answer.content.decode()


def test_board_filters_by_whose_move(cast: Cast, client_of: ClientOf) -> None:
    noticed(cast)
    introduced(cast, noticed(cast, "Oyelaran", "Tunde"))
    page = board(client_of, cast, cast.director)
    assert "All 3 Director 2 Mentee 1" in page, "Pia, who is in the program, looks for a mentor too"
    mentees = board(client_of, cast, cast.director, "mentee")
    assert "Tunde Oyelaran" in mentees
    assert "Alina Kuznetsova" not in mentees
    directors = board(client_of, cast, cast.director, "director")
    assert "Alina Kuznetsova" in directors
    assert "Tunde Oyelaran" not in directors
    assert "Nobody on the way waits for this move." in board(client_of, cast, cast.director, "mentor")


def test_board_without_anybody_teaches_the_notice(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.coordinator).get(url(cast))
    assert "A way begins with a notice" in words(answer)
    assert reverse("intake:notice", args=[cast.digestive.slug]) in answer.content.decode()


def test_board_counts_the_days_and_marks_what_is_late(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit, first=20)
    late = '<span class="age late">'
    with time_machine.travel(NOW + timedelta(days=14), tick=False):
        answer = client_of(cast.director).get(url(cast, "mentee"))
        assert "Mentee chooses a time for the first meeting · for 2 weeks" in words(answer)
        assert late not in answer.content.decode()
    with time_machine.travel(NOW + timedelta(days=15), tick=False):
        answer = client_of(cast.director).get(url(cast))
        assert late in answer.content.decode()
        assert reverse("intake:remind", args=[recruit.pk]) in answer.content.decode()


def test_board_waits_for_an_agreed_day_and_then_takes_one_click(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    met_on = _ready_to_meet(cast, recruit)
    page = board(client_of, cast, cast.director)
    assert "Your move · first meeting on 19 October" in page
    assert "Met on" not in page
    with time_machine.travel(met_on, tick=False):
        page = board(client_of, cast, cast.director)
        assert "Met on 19 October, packet handed over" in page
        fields = {"on": "2026-10-19", "packet": "on", "back": url(cast)}
        answer = client_of(cast.director).post(reverse("intake:meet", args=[recruit.pk]), fields)
        assert answer.status_code == 302
    recruit.refresh_from_db()
    assert (recruit.met_on, recruit.packet_on) == (met_on.date(), met_on.date())


def _ready_to_meet(cast: Cast, recruit: Recruit) -> datetime:
    introduced(cast, recruit)
    sent_papers(recruit)
    status_done(cast, recruit)
    return picked(cast, recruit)


def test_board_names_the_mentor_to_the_director_and_nothing_to_the_coordinator(cast, client_of) -> None:
    recruit = noticed(cast)
    met(cast, recruit)
    shortlist = chosen(cast, recruit, cast.halloran, cast.osei)
    request = ask(shortlist, by=cast.director, now=cast.now)
    asked = board(client_of, cast, cast.coordinator)
    assert "Maeve Halloran answers the request" in board(client_of, cast, cast.director)
    assert "Director is arranging the mentor · today" in asked
    request.decline(by=cast.halloran, now=cast.now)
    assert "Look at it" in board(client_of, cast, cast.director)
    assert board(client_of, cast, cast.coordinator) == asked, "a decline is the director's to know"
    accept(ask(shortlist, by=cast.director, now=cast.now), by=cast.osei, now=cast.now)
    assert "Introduce the two" in board(client_of, cast, cast.director)
    assert board(client_of, cast, cast.coordinator) == asked


def test_board_of_the_coordinator_tells_no_decline_before_the_first_meeting(cast, client_of) -> None:
    """A mentor is asked early where one had agreed already: a decline changes nothing that the coordinator reads."""
    recruit = noticed(cast)
    introduced(cast, recruit)
    before = board(client_of, cast, cast.coordinator)
    request = ask(chosen(cast, recruit, cast.halloran), by=cast.director, now=cast.now)
    assert "Maeve Halloran answers the request" in board(client_of, cast, cast.director)
    assert board(client_of, cast, cast.coordinator) == before
    request.decline(by=cast.halloran, now=cast.now)
    assert "Mentee chooses a time for the first meeting" in board(client_of, cast, cast.director)
    assert board(client_of, cast, cast.coordinator) == before


@pytest.mark.parametrize("days", [3, 20])
def test_board_of_the_coordinator_counts_the_arranging_from_the_meeting(cast, days: int) -> None:
    """Else the day of a decline could be read from the age."""
    recruit = noticed(cast)
    met(cast, recruit)
    shortlist = chosen(cast, recruit, cast.halloran, cast.osei)
    later = NOW + timedelta(days=days)
    with time_machine.travel(later, tick=False):
        ask(shortlist, by=cast.director, now=later).decline(by=cast.halloran, now=later)
        seen, known = (card_of(person, recruit, later) for person in (cast.coordinator, cast.director))
    assert (known.days, seen.days) == (0, days)
    assert known.next
    assert seen.next
    assert (known.next.move, seen.next.move) == (Move.ASK_MENTOR, Move.MAKE_LIST)
    chosen_on = {card: [mark.done for mark in card.path.marks if mark.stage == Stage.CHOICE] for card in (seen, known)}
    assert (chosen_on[known], chosen_on[seen]) == ([cast.today], [None])


def test_board_of_the_deputy_holds_exactly_the_searches_in_which_the_director_stands(cast, client_of) -> None:
    first, second = noticed(cast), noticed(cast, "Oyelaran", "Tunde")
    met(cast, first)
    met(cast, second)
    chosen(cast, first, cast.halloran, cast.directing_mentor)
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.colleague, now=cast.now)
    page = board(client_of, cast, cast.colleague)
    assert "Alina Kuznetsova" in page
    assert "Tunde Oyelaran" not in page
    assert "Pia Larsen" not in page
    assert "Ask the mentor" in page
    page = board(client_of, cast, cast.directing_mentor)
    assert "Alina Kuznetsova" not in page
    assert "Tunde Oyelaran" in page
    assert "Alina Kuznetsova" in board(client_of, cast, cast.director)


def test_board_lists_mentees_who_look_for_a_mentor(cast: Cast, client_of: ClientOf) -> None:
    page = board(client_of, cast, cast.director)
    assert "Looking for a mentor" in page
    assert "Pia Larsen" in page
    assert "Mei Tanaka" not in page
    cards = looking(cast.director, cast.digestive, cast.now)
    assert [(card.person, len(card.dots)) for card in cards] == [(cast.pia, 3)]
    begins = cast.today
    Pairing.objects.enter(
        cast.digestive, mentee=cast.pia, mentor=cast.halloran, begins=begins, by=cast.director, now=cast.now
    )
    assert "Pia Larsen" not in board(client_of, cast, cast.director)


def test_board_shows_closed_ways_for_ninety_days(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    recruit.close(Recruit.Ending.DECLINED, by=cast.director, now=cast.now)
    page = board(client_of, cast, cast.director)
    assert "Alina Kuznetsova declined the position, 14 October 2026 Reopen" in page
    assert "Reopen" not in board(client_of, cast, cast.coordinator)
    assert "Alina Kuznetsova" in board(client_of, cast, cast.coordinator)
    with time_machine.travel(NOW + timedelta(days=91), tick=False):
        assert "Alina Kuznetsova" not in board(client_of, cast, cast.director)


def test_board_of_a_higher_rank_asks_for_little(cast: Cast, client_of: ClientOf) -> None:
    recruit = senior(cast)
    card = card_of(cast.director, recruit, cast.now)
    assert card.next is not None
    assert (card.next.move, [dot.name for dot in card.dots]) == (
        Move.WELCOME,
        ["Notice", "Introduction", "Choice"],
    )
    assert "Send the welcome" in board(client_of, cast, cast.director)


def test_board_has_a_table_that_says_what_the_picture_says(cast: Cast, client_of: ClientOf) -> None:
    noticed(cast)
    answer = client_of(cast.director).get(url(cast))
    assert "Alina Kuznetsova 14 October 2026 next not yet" in words(answer)
    assert 'aria-label="1 of 8 steps done; next: Introduction"' in answer.content.decode()


def test_board_never_shows_oneself(cast: Cast, client_of: ClientOf) -> None:
    """A coordinator who is recruited as faculty looks after the others, not after oneself."""
    recruit = noticed(cast)
    now = cast.now
    cast.digestive.grant(recruit.person, Role.Kind.COORDINATOR, since=cast.today, by=cast.director, now=now)
    noticed(cast, "Oyelaran", "Tunde")
    page = board(client_of, cast, recruit.person)
    assert "Tunde Oyelaran" in page
    assert "Alina Kuznetsova Assistant" not in page


@pytest.mark.parametrize("who", ["director", "coordinator"])
@pytest.mark.parametrize("name", ["intake:board", "web:today"])
def test_queries_of_the_board(cast: Cast, client_of: ClientOf, who: str, name: str) -> None:
    def grow(number: int) -> None:
        recruit = noticed(cast, NAMES[number], "Row")
        met(cast, recruit)
        chosen(cast, recruit, cast.halloran)

    same_queries(client_of(getattr(cast, who)), url(cast) if name == "intake:board" else reverse(name), grow)


# Today


def sentences_of(person: Person) -> list[str]:
    return [step.sentence for step in steps(Person.objects.get(pk=person.pk), NOW)]


def test_steps_are_of_whoever_has_the_move(cast: Cast) -> None:
    noticed(cast)
    assert "Alina Kuznetsova is coming: send the introduction." in sentences_of(cast.director)
    assert sentences_of(cast.coordinator) == ["Complete the academic status form of Alina Kuznetsova."]
    assert sentences_of(cast.mei) == sentences_of(cast.stranger) == []


def test_steps_tell_the_recruit_what_only_the_recruit_can_do(cast: Cast) -> None:
    recruit = noticed(cast)
    assert sentences_of(recruit.person) == []
    introduced(cast, recruit)
    assert sentences_of(recruit.person) == [
        "Choose a time for your first meeting with the director.",
        "Send your CV and a few words about what you would like to do.",
    ]
    picked(cast, recruit)
    assert sentences_of(recruit.person) == ["Send your CV and a few lines on what you hope for."]
    assert reverse("intake:mine", args=["digestive"]) == steps(recruit.person, NOW)[0].acts[0].url


def test_steps_ask_for_no_papers_once_they_are_here_or_the_meeting_is_held(cast: Cast) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)
    assert len(sentences_of(recruit.person)) == 2
    sent_papers(recruit)
    assert sentences_of(recruit.person) == ["Choose a time for your first meeting with the director."]


def test_board_counts_for_the_coordinator_the_forms_that_today_asks_for(cast: Cast, client_of: ClientOf) -> None:
    """Whoever has the next move; nobody fills one in for somebody who does not answer."""
    recruit = noticed(cast)
    page = board(client_of, cast, cast.coordinator)
    assert "One waits for you." in page
    assert "Director 2 Coordinator 1" in page
    assert "You: the status form is still missing" in page
    assert "Alina Kuznetsova" in board(client_of, cast, cast.coordinator, "coordinator")
    assert "the status form is still missing" not in board(client_of, cast, cast.director)
    for kind, days in ((Letter.Kind.INTRODUCTION, 0), (Letter.Kind.REMINDER, 9)):
        recruit.write(kind, "Welcome", by=cast.director, now=cast.now + timedelta(days=days))
    later = cast.now + timedelta(days=40)
    coming = card_of(cast.director, recruit, later).next
    assert coming is not None
    assert coming.move == Move.CLOSE_OR_GO_ON
    assert not card_of(cast.coordinator, recruit, later).owes_status
    assert steps(Person.objects.get(pk=cast.coordinator.pk), later) == []


def test_letter_that_came_back_stands_above_the_form(cast: Cast) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)
    recruit.letters.get().come_back(by=cast.director, now=cast.now)
    found = sorted(steps(Person.objects.get(pk=cast.coordinator.pk), cast.now), key=lambda step: step.since)
    assert [step.acts[0].label for step in found] == ["Correct the address", "Complete it"]


def test_board_looks_for_nobody_whose_pair_waits_for_the_director(cast: Cast) -> None:
    """One who is paired on paper is not looked for at the same time; an end on paper, or a no, and the search is on."""
    claim = Pairing(program=cast.digestive, mentee=cast.pia, mentor=cast.halloran, begins=cast.ago(90))
    claim.state = Pairing.State.WAITING
    assert [card.person for card in looking(cast.director, cast.digestive, cast.now)] == [cast.pia]
    [claimed] = Pairing.objects.claim_all([claim], by=cast.coordinator, now=cast.now)
    assert looking(cast.director, cast.digestive, cast.now) == []
    claimed.refuse_from_paper(by=cast.director, now=cast.now)
    assert [card.person for card in looking(cast.director, cast.digestive, cast.now)] == [cast.pia]


def test_board_looks_for_nobody_who_left_as_a_mentee(cast: Cast) -> None:
    """The role may stand until the roster takes it away."""
    for pairing, ending in ((cast.mei_osei, "mentee_left"), (cast.jonas_osei, "mentor_left")):
        pairing.end(on=cast.ago(1), ending=Pairing.Ending(ending), by=cast.director, now=cast.now)
    searched = {card.person for card in looking(cast.director, cast.digestive, cast.now)}
    assert cast.jonas in searched
    assert cast.mei not in searched


def test_search_is_no_older_than_the_part_in_the_program(cast: Cast) -> None:
    """Who came with a roster has been in the division for years; the director has the move since the import."""
    held = {"program": cast.digestive, "title": "ASST PROF", "series": "in-residence", "rank": "assistant"}
    Appointment.objects.create(person=cast.pia, begins=cast.ago(1200), **held)
    for person, begins, given in ((cast.colleague, 1200, 3), (cast.stranger, 20, 40)):
        Appointment.objects.create(person=person, begins=cast.ago(begins), **held)
        at = cast.now - timedelta(days=given)
        cast.digestive.grant(person, Role.Kind.MENTEE, since=cast.ago(begins), by=None, now=at)
    days = {card.person: card.days for card in looking(cast.director, cast.digestive, cast.now)}
    assert days == {cast.pia: 0, cast.colleague: 3, cast.stranger: 20}


def test_steps_of_many_searches_are_one(cast: Cast) -> None:
    assert sentences_of(cast.director) == ["Name colleagues who could be the mentor of Pia Larsen."]
    for number in range(3):
        person = Person.objects.add(
            given_name="Row", family_name=str(number), email=f"{number}@division.example", by=None, now=NOW
        )
        cast.digestive.grant(person, Role.Kind.MENTEE, since=cast.today, by=None, now=NOW)
    assert sentences_of(cast.director) == ["4 mentees have no mentor yet."]


@pytest.mark.parametrize("first", [5, 40], ids=["times have passed", "times are still on offer"])
def test_steps_without_reply_ask_for_a_second_letter_and_then_to_close(cast: Cast, first: int) -> None:
    """Two mails, 21 days, then the director closes or goes on."""
    recruit = noticed(cast)
    introduced(cast, recruit, first=first)
    second = NOW + timedelta(days=15)
    with time_machine.travel(second, tick=False):
        (step,) = _of_alina(cast, second)
        assert "has not answered" in step.sentence
        assert "write once more" in step.sentence
        assert step.acts[0].url == reverse("intake:remind", args=[recruit.pk])
        body = letters.draft(recruit, Letter.Kind.REMINDER, by=cast.director)
        letters.remind(recruit, body, seen=1, by=cast.director, now=second)
    for days, is_over in ((20, False), (21, True)):
        day = second + timedelta(days=days)
        with time_machine.travel(day, tick=False):
            coming = card_of(cast.director, recruit, day).next
            assert coming is not None
            assert (coming.move == Move.CLOSE_OR_GO_ON) == is_over
    with time_machine.travel(day, tick=False):
        (step,) = _of_alina(cast, day)
        assert [act.label for act in step.acts] == ["Write once more", "Close"]


def _of_alina(cast: Cast, now: datetime) -> list[Step]:
    return [step for step in steps(cast.director, now) if "Alina" in step.sentence]


def test_on_the_way_is_what_waits_first(cast: Cast) -> None:
    introduced(cast, noticed(cast))
    noticed(cast, "Oyelaran", "Tunde")
    cards = on_the_way(cast.director, cast.digestive, cast.now)
    assert [card.person.family_name for card in cards] == ["Oyelaran", "Kuznetsova"]


def test_board_of_a_higher_rank_who_wishes_a_mentor_has_the_whole_way(cast: Cast) -> None:
    recruit = senior(cast)
    recruit.write(Letter.Kind.WELCOME, "Welcome", by=cast.director, now=cast.now)
    card = card_of(cast.director, recruit, cast.now)
    assert card.next is not None
    assert (card.next.move, card.act) == (Move.SAY_IF_MENTOR, None)
    recruit.wish_mentor(by=recruit.person, now=cast.now)
    card = card_of(cast.director, recruit, cast.now)
    assert card.next is not None
    assert (card.next.move, len(card.dots)) == (Move.PROPOSE_TIMES, 8)


def test_board_lets_the_director_enter_an_answer_that_was_told(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    met(cast, recruit)
    request = ask(chosen(cast, recruit, cast.halloran), by=cast.director, now=cast.now)
    told = reverse("pairing:answer_as_told", args=[request.pk])
    assert told in client_of(cast.director).get(url(cast)).content.decode()
    assert told not in client_of(cast.coordinator).get(url(cast)).content.decode()


def test_picture_shows_what_was_left_out_once_the_meeting_lies_behind(cast: Cast) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)
    kinds = [dot.kind for dot in card_of(cast.director, recruit, cast.now).dots]
    assert kinds == ["done", "done", "open", "open", "next", "open", "open", "open"]
    recruit.meet(on=cast.today, by=cast.director, now=cast.now)
    recruit.hand_packet(by=cast.director, now=cast.now)
    card = card_of(cast.director, recruit, cast.now)
    assert [dot.kind for dot in card.dots] == ["done", "done", "passed", "passed", "done", "next", "open", "open"]
    assert card.picture == (
        "3 of 8 steps done; next: Choice; left out so far: CV and aims; left out so far: Status form"
    )
    assert card.missing == [
        "CV or aspirations are still to come.",
        "The coordinator has not completed the status form.",
    ]


LINK = re.compile(r'href="(/[^"#?]*)')


def test_deputys_board_offers_what_can_be_opened(cast: Cast, client_of: ClientOf) -> None:
    """Pia's search: a director stands on the list, and the deputy reads no page about a person."""
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    listed(cast, cast.directing_mentor, cast.osei)
    about = reverse("web:person", args=[cast.digestive.slug, cast.pia.pk])
    assert about in client_of(cast.coordinator).get(url(cast)).content.decode()
    client = client_of(cast.committee)
    page = client.get(url(cast)).content.decode()
    assert "Pia Larsen" in page
    assert about not in page
    assert all(client.get(link).status_code == 200 for link in LINK.findall(page) if not link.startswith("/static/"))
