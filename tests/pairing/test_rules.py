"""Who cannot be whose mentor (R9): each rule, at the list, the choice, the request, the answer and the introduction."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from telemachus.career.models import Appointment, OtherMentor, Standing
from telemachus.career.status_form import name_other_mentor
from telemachus.lib.errors import Refused
from telemachus.pairing.models import Apart, Exemption, Offer, Pairing, Pause, Request, Shortlist
from telemachus.pairing.request_steps import steps
from telemachus.pairing.requesting import accept, ask, choose, enter, introduce, name
from telemachus.pairing.rules import CONFIDED, LIFTED, OWN_WORD, Why, facts, sentence, sentence_for_mentee
from telemachus.people.models import Person
from telemachus.program.models import Role
from tests.acts import ClientOf, words
from tests.cast import Cast
from tests.pairing.way import asked, chosen, fresh, listed, ranked

Rule = Callable[[Cast], object]


def appointed(cast: Cast, person: Person, supervisor: Person | None = None, **fields: str) -> Appointment:
    known = {"title": "Professor", "series": "in-residence", "rank": "professor", **fields}
    return Appointment.objects.create(program=cast.digestive, person=person, supervisor=supervisor, **known)


def reports_above(cast: Cast) -> None:
    appointed(cast, cast.pia, supervisor=cast.osei, rank="assistant")
    appointed(cast, cast.osei, supervisor=cast.halloran)


def was_a_pair(cast: Cast) -> None:
    begins = cast.ago(500)
    pair = Pairing.objects.enter(
        cast.digestive, mentee=cast.pia, mentor=cast.halloran, begins=begins, by=None, now=cast.now
    )
    pair.end(on=cast.ago(300), ending=Pairing.Ending.CHANGED, by=None, now=cast.now)


def apart(cast: Cast, person: Person, other: Person, kind: str) -> None:
    Apart(program=cast.digestive, person=person, other=other, kind=kind).keep(now=cast.now)


def rests(cast: Cast) -> None:
    pause = Pause(program=cast.digestive, person=cast.halloran, begins=cast.ago(3), until=cast.ago(-30))
    pause.start(by=cast.director, now=cast.now)


def other(cast: Cast, kind: str) -> None:
    name_other_mentor(cast.digestive, cast.pia, cast.halloran, kind, by=cast.pia, now=cast.now)


def full(cast: Cast) -> None:
    Offer.objects.change(cast.halloran, places=0, terms=(), now=cast.now)


def takes_nobody_new(cast: Cast) -> None:
    Offer.objects.change(cast.halloran, places=None, terms=(), rests=(cast.ago(3), cast.ago(-30)), now=cast.now)


def left(cast: Cast) -> None:
    Role.objects.filter(person=cast.halloran).update(until=cast.ago(1))


# What makes each rule speak against Pia and Halloran.
RULES: dict[Why, Rule] = {
    Why.NOT_A_MENTOR: left,
    Why.CLINICAL: lambda cast: other(cast, OtherMentor.Kind.CLINICAL),
    Why.RESEARCH: lambda cast: other(cast, OtherMentor.Kind.RESEARCH),
    Why.SUPERVISOR: lambda cast: appointed(cast, cast.pia, supervisor=cast.halloran, rank="assistant"),
    Why.CHIEF: lambda cast: cast.digestive.grant(
        cast.halloran, Role.Kind.CHIEF, since=cast.ago(9), by=None, now=cast.now
    ),
    Why.REPORTING: reports_above,
    Why.RELATIVE: lambda cast: apart(cast, cast.pia, cast.halloran, "relative"),
    Why.RANK: lambda cast: appointed(cast, cast.halloran, rank="assistant"),
    Why.AWAY: rests,
    Why.TOGETHER: was_a_pair,
    Why.NOT_AGAIN: lambda cast: apart(cast, cast.halloran, cast.pia, "not_again"),
    Why.RESTS: takes_nobody_new,
    Why.FULL: full,
}

# What the mentor's own yes does not lift.
LASTING = [why for why in RULES if why not in OWN_WORD]


def against(cast: Cast, mentor: Person) -> list[Why]:
    return facts(cast.digestive, cast.pia, cast.now).why_not(mentor.pk)


def test_every_rule_stands_in_the_table() -> None:
    assert {*RULES, Why.SAME} == set(Why)


@pytest.mark.parametrize("why", RULES)
def test_rule_is_the_only_one_to_speak(cast: Cast, why: Why) -> None:
    assert against(cast, cast.halloran) == []
    RULES[why](cast)
    assert against(cast, cast.halloran) == [why]


@pytest.mark.parametrize("why", RULES)
def test_rule_holds_at_the_list(cast: Cast, why: Why) -> None:
    RULES[why](cast)
    with pytest.raises(Refused) as refused:
        listed(cast, cast.halloran)
    assert str(refused.value) == sentence(why, cast.pia, cast.halloran)
    assert not Shortlist.objects.exists()


@pytest.mark.parametrize("why", RULES)
def test_rule_holds_at_the_choice_in_neutral_words(cast: Cast, why: Why) -> None:
    shortlist = listed(cast, cast.halloran)
    RULES[why](cast)
    with pytest.raises(Refused) as refused:
        choose(shortlist, ranked(shortlist), shows=(), by=cast.pia, now=cast.now)
    assert str(refused.value) == f"Maeve Halloran: {sentence_for_mentee(why)}"
    assert Shortlist.objects.get().state == "sent"


@pytest.mark.parametrize("why", RULES)
def test_rule_holds_at_the_request(cast: Cast, why: Why) -> None:
    shortlist = chosen(cast, cast.halloran)
    RULES[why](cast)
    with pytest.raises(Refused) as refused:
        ask(shortlist, by=cast.director, now=cast.now)
    assert str(refused.value) == sentence(why, cast.pia, cast.halloran)
    assert not Request.objects.exists()


@pytest.mark.parametrize("why", LASTING)
def test_rule_holds_at_the_answer(cast: Cast, why: Why) -> None:
    request = asked(cast, cast.halloran)
    RULES[why](cast)
    if why not in CONFIDED:
        with pytest.raises(Refused, match="Something has changed since you were asked"):
            accept(request, by=cast.halloran, now=cast.now)
    with pytest.raises(Refused) as told:
        accept(request, by=cast.director, now=cast.now)
    assert str(told.value) == sentence(why, cast.pia, cast.halloran)
    assert Request.objects.get().state == "waiting"


@pytest.mark.parametrize("kind", ["not_again", "relative"])
def test_what_a_mentee_confided_is_not_told_by_elimination(cast: Cast, client_of: ClientOf, kind: str) -> None:
    """Every other reason the mentor would know: the yes is taken, and who runs the search is told at once."""
    request = asked(cast, cast.halloran)
    assert not [step for step in steps(fresh(cast.director), cast.now) if "cannot become a pair" in step.sentence]
    apart(cast, cast.pia, cast.halloran, kind)
    [step] = [step for step in steps(fresh(cast.director), cast.now) if "cannot become a pair" in step.sentence]
    assert sentence(Why(kind), cast.pia, cast.halloran) in words(client_of(cast.director).get(step.acts[0].url))
    assert not [one for one in steps(fresh(cast.coordinator), cast.now) if "cannot become" in one.sentence]
    accept(request, by=cast.halloran, now=cast.now)
    page = client_of(cast.director).get(step.acts[0].url)
    assert "Introduce the two" not in words(page)
    with pytest.raises(Refused):
        introduce(Request.objects.get(), by=cast.director, now=cast.now)


@pytest.mark.parametrize("why", LASTING)
def test_rule_holds_at_the_introduction(cast: Cast, why: Why) -> None:
    request = asked(cast, cast.halloran)
    accept(request, by=cast.halloran, now=cast.now)
    RULES[why](cast)
    with pytest.raises(Refused) as refused:
        introduce(request, by=cast.director, now=cast.now)
    assert str(refused.value) == sentence(why, cast.pia, cast.halloran)
    assert (Request.objects.get().state, Pairing.objects.active().filter(mentee=cast.pia).count()) == ("accepted", 0)


@pytest.mark.parametrize("why", LASTING)
def test_rule_holds_where_a_pair_is_entered(cast: Cast, why: Why) -> None:
    RULES[why](cast)
    people = {"mentee": cast.pia, "mentor": cast.halloran}
    with pytest.raises(Refused) as refused:
        enter(cast.digestive, **people, begins=cast.ago(9), by=cast.director, now=cast.now)
    assert str(refused.value) == sentence(why, cast.pia, cast.halloran)


def test_place_that_is_held_serves_the_answer(cast: Cast) -> None:
    """Who was asked for the last place takes it, also where fewer are offered meanwhile."""
    request = asked(cast, cast.halloran)
    full(cast)
    accept(request, by=cast.halloran, now=cast.now)
    introduce(request, by=cast.director, now=cast.now)
    assert Pairing.objects.active().get(mentee=cast.pia).mentor == cast.halloran


@pytest.mark.parametrize("why", RULES)
def test_exemption_lifts_the_supervisor_and_the_chief_and_nothing_else(cast: Cast, why: Why) -> None:
    RULES[why](cast)
    people = {"mentee": cast.pia, "mentor": cast.halloran}
    Exemption.objects.allow(cast.digestive, **people, by=cast.director, on=cast.today, now=cast.now)
    assert against(cast, cast.halloran) == ([] if why in LIFTED else [why])


def test_oneself_is_no_mentor(cast: Cast) -> None:
    assert against(cast, cast.pia) == [Why.SAME, Why.NOT_A_MENTOR]


def test_relative_says_more_than_rather_not(cast: Cast) -> None:
    apart(cast, cast.pia, cast.halloran, "relative")
    apart(cast, cast.halloran, cast.pia, "not_again")
    assert against(cast, cast.halloran) == [Why.RELATIVE]


def test_somebody_on_leave_or_gone_is_away(cast: Cast) -> None:
    appointment = appointed(cast, cast.halloran)
    for standing in (Standing.LEAVE, Standing.TERMINATED):
        appointment.correct(standing=standing, by=cast.coordinator, now=cast.now)
        assert against(cast, cast.halloran) == [Why.AWAY]


def test_whoever_may_not_sign_in_any_more_is_no_mentor(cast: Cast) -> None:
    Person.objects.filter(pk=cast.halloran.pk).update(is_active=False)
    assert against(cast, cast.halloran) == [Why.NOT_A_MENTOR]


def test_ring_of_reports_ends(cast: Cast) -> None:
    appointed(cast, cast.pia, supervisor=cast.osei)
    appointed(cast, cast.osei, supervisor=cast.pia)
    assert against(cast, cast.osei) == [Why.SUPERVISOR]


def test_whoever_stood_in_can_be_chosen_afterwards(cast: Cast) -> None:
    pause = Pause(program=cast.digestive, pairing=cast.mei_osei, begins=cast.ago(3), until=cast.ago(-200))
    pause.start(by=cast.director, now=cast.now)
    stand_in = Pairing.objects.stand_in(cast.mei_osei, mentor=cast.both, by=cast.director, now=cast.now)
    meis = facts(cast.digestive, cast.mei, cast.now)
    assert meis.why_not(cast.both.pk) == [Why.TOGETHER]
    stand_in.end(on=cast.today, ending=Pairing.Ending.CHANGED, by=cast.director, now=cast.now)
    assert facts(cast.digestive, cast.mei, cast.now).why_not(cast.both.pk) == []


def test_places_are_counted_over_all_programs(cast: Cast) -> None:
    """Lindqvist mentors two in cardiology; the third place is the last, wherever it is taken."""
    cast.digestive.grant(cast.other_mentor, Role.Kind.MENTOR, since=cast.ago(9), by=None, now=cast.now)
    request = asked(cast, cast.other_mentor)
    lucias = facts(cast.digestive, cast.lucia, cast.now)
    assert (lucias.senior.room_of(cast.other_mentor.pk), lucias.why_not(cast.other_mentor.pk)) == (0, [Why.FULL])
    accept(request, by=cast.other_mentor, now=cast.now)
    cast.cardiology.grant(cast.stranger, Role.Kind.MENTEE, since=cast.ago(9), by=None, now=cast.now)
    with pytest.raises(Refused, match="All places of Henrik Lindqvist are taken"):
        name(cast.cardiology, cast.stranger, [(cast.other_mentor, "")], by=cast.other_director, now=cast.now)


def test_one_number_of_places_holds_in_both_programs(cast: Cast) -> None:
    cast.digestive.grant(cast.other_mentor, Role.Kind.MENTOR, since=cast.ago(9), by=None, now=cast.now)
    Offer.objects.change(cast.other_mentor, places=5, terms=(), now=cast.now)
    assert facts(cast.digestive, cast.pia, cast.now).senior.room_of(cast.other_mentor.pk) == 3


def test_place_is_given_back_on_the_day_after_the_pause(cast: Cast) -> None:
    rests(cast)
    later = cast.now + timedelta(days=31)
    assert facts(cast.digestive, cast.pia, later).why_not(cast.halloran.pk) == []
