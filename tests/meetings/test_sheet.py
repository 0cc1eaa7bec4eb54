"""How a pair stands for one of its members: My mentor, My mentees, the page of the pair."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from telemachus.meetings.models import AppointmentToMeet, Meeting
from telemachus.meetings.sheet import Sheet, sheets
from telemachus.pairing.models import Pairing, Pause
from telemachus.program.models import Role
from tests.acts import ClientOf, queries, words
from tests.cast import Cast

MY_MENTOR, MY_MENTEES = reverse("meetings:my_mentor"), reverse("meetings:my_mentees")


def sheet(cast: Cast) -> Sheet:
    [found] = sheets(cast.mei, [cast.mei_osei], cast.now)
    return found


def met(cast: Cast, pairing: Pairing, day: date) -> None:
    for by in (pairing.mentee, pairing.mentor):
        Meeting.objects.log(pairing, day=day, by=by, now=cast.now)


def test_sheet_sorts_what_is_open_by_whose_turn_it_is(cast: Cast) -> None:
    Meeting.objects.ask(cast.mei_osei, day=cast.ago(1), now=cast.now)
    Meeting.objects.log(cast.mei_osei, day=cast.ago(2), by=cast.osei, now=cast.now)
    Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=cast.mei, now=cast.now)
    found = sheet(cast)
    sorts = (found.asked, found.to_confirm, found.to_be_confirmed)
    assert [[row.day for row in rows] for rows in sorts] == [[cast.ago(1)], [cast.ago(2)], [cast.ago(3)]]


def test_sheet_counts_this_academic_year(cast: Cast) -> None:
    for day in (date(2026, 6, 30), date(2026, 7, 1), cast.today):
        met(cast, cast.mei_osei, day)
    assert [row.day for row in sheet(cast).met] == [date(2026, 7, 1), cast.today]
    assert (sheet(cast).standing.met, sheet(cast).standing.missing) == (2, 0)


def test_sheet_owes_less_for_a_pause_however_often_it_is_told(cast: Cast) -> None:
    """Half a year's rest of the person, and within it one of the pair: the days count once."""
    year = cast.digestive.year(cast.now)
    assert sheet(cast).standing.at_least == 2
    rest = {"program": cast.digestive, "begins": year.first, "until": year.first + timedelta(days=182)}
    Pause(person=cast.mei, **rest).start(by=cast.director, now=cast.now)
    Pause(pairing=cast.mei_osei, **rest).start(by=cast.director, now=cast.now)
    assert (sheet(cast).standing.at_least, sheet(cast).paused_until) == (1, rest["until"])


def test_sheet_leaves_out_a_time_that_has_come(cast: Cast) -> None:
    for hours in (1, 2):
        at = cast.now + timedelta(hours=hours)
        AppointmentToMeet.arrange(cast.mei_osei, at=at, by=cast.mei, now=cast.now)
    [found] = sheets(cast.mei, [cast.mei_osei], cast.now + timedelta(hours=1))
    assert [row.at for row in found.appointments] == [cast.now + timedelta(hours=2)]


def test_mentee_in_two_programs_sees_both_mentors_each_with_its_own_measure(cast: Cast, client_of: ClientOf) -> None:
    cast.digestive.grant(cast.sofia, Role.Kind.MENTEE, since=cast.ago(900), by=None, now=cast.now)
    cast.cardiology.change_settings(by=cast.other_director, now=cast.now, at_least=1, aim=1)
    Pairing.objects.enter(
        cast.digestive, mentee=cast.sofia, mentor=cast.halloran, begins=cast.ago(600), by=None, now=cast.now
    )
    page = words(client_of(cast.sofia).get(MY_MENTOR))
    assert "Maeve Halloran Digestive Diseases 0 met this year · at least 2" in page
    assert "Henrik Lindqvist Cardiology 0 met this year · at least 1" in page
    other = words(client_of(cast.director).get(reverse("meetings:register", args=[cast.digestive.slug])))
    assert "Halloran, Maeve" in other
    assert "Lindqvist" not in other


@pytest.mark.parametrize(("who", "page"), [("mei", MY_MENTOR), ("osei", MY_MENTEES)])
def test_page_shows_the_pair_to_each_of_the_two(cast: Cast, client_of: ClientOf, who: str, page: str) -> None:
    shown = {row.pairing for row in client_of(getattr(cast, who)).get(page).context["sheets"]}
    assert cast.mei_osei in shown
    assert not shown - {cast.mei_osei, cast.jonas_osei}


def test_page_shows_no_ended_pair(cast: Cast, client_of: ClientOf) -> None:
    assert "Kwame Osei" in words(client_of(cast.mei).get(MY_MENTOR))
    assert "Maeve Halloran" not in words(client_of(cast.mei).get(MY_MENTOR))
    assert "Mei Tanaka" not in words(client_of(cast.halloran).get(MY_MENTEES))


@pytest.mark.parametrize("kind", ["director", "conference"])
def test_own_page_names_every_meeting_with_the_director_alike(cast: Cast, client_of: ClientOf, kind: str) -> None:
    """A recruit's first meeting and the yearly ones are dates of one kind."""
    Meeting.objects.record_with_office(
        cast.digestive, Meeting.Kind(kind), cast.mei, day=cast.ago(3), by=cast.coordinator, now=cast.now
    )
    named = {"director": "meeting with the director", "conference": "career planning conference"}[kind]
    assert f"With the director and the chief 11 October 2026 {named}" in words(client_of(cast.mei).get(MY_MENTOR))


def test_page_has_one_main_act_at_a_time(cast: Cast, client_of: ClientOf) -> None:
    arrange = reverse("meetings:arrange", args=[cast.mei_osei.pk])
    main, quiet = f'class="button" href="{arrange}"', f'class="button quiet" href="{arrange}"'
    assert main in client_of(cast.mei).get(MY_MENTOR).content.decode()
    Meeting.objects.ask(cast.mei_osei, day=cast.ago(3), now=cast.now)
    assert quiet in client_of(cast.mei).get(MY_MENTOR).content.decode()


def test_slip_leads_back_to_where_it_was_offered(cast: Cast, client_of: ClientOf) -> None:
    slip = reverse("meetings:slip", args=[cast.mei_osei.pk])
    pages = {"mei": "meetings:pair", "osei": "meetings:pair", "coordinator": "meetings:dates"}
    for who, page in pages.items():
        back = reverse(page, args=[cast.mei_osei.pk])
        assert f'href="{back}">Back' in client_of(getattr(cast, who)).get(slip).content.decode()


def test_page_of_the_pair_is_the_twos(cast: Cast, client_of: ClientOf) -> None:
    url = reverse("meetings:pair", args=[cast.mei_osei.pk])
    people = {"mei": 200, "osei": 200, "abebe": 404, "director": 404, "chief": 404, "jonas": 404, "halloran": 404}
    assert {name: client_of(getattr(cast, name)).get(url).status_code for name in people} == people


@pytest.mark.parametrize("page", [MY_MENTEES, "/"])
def test_page_asks_as_much_for_three_pairs_as_for_one(cast: Cast, client_of: ClientOf, page: str) -> None:
    mentor = client_of(cast.halloran)

    def enter(mentee: str, days: int) -> None:
        person = getattr(cast, mentee)
        Pairing.objects.filter(mentee=person).active().update(state="ended", ends=cast.ago(300))
        given = {"mentee": person, "mentor": cast.halloran, "begins": cast.ago(200)}
        pairing = Pairing.objects.enter(cast.digestive, **given, by=None, now=cast.now)
        met(cast, pairing, cast.ago(9))
        AppointmentToMeet.arrange(pairing, at=cast.now + timedelta(days=days), by=person, now=cast.now)
        Meeting.objects.log(pairing, day=cast.ago(2), by=person, now=cast.now)

    enter("pia", 5)
    one = queries(mentor, page)
    enter("jonas", 6)
    enter("tomas", 7)
    assert queries(mentor, page) == one
