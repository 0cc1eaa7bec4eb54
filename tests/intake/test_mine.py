"""One's own way to a mentor, in plain words; never who was asked, and never what was answered (R7)."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from telemachus.career.models import Aspirations, StatusForm
from telemachus.career.status_form import Rows
from telemachus.intake.models import Recruit
from telemachus.intake.own_path import own_facts, own_path
from telemachus.intake.path import Facts
from telemachus.intake.way import arrive
from telemachus.pairing.access import directed_requests
from telemachus.pairing.models import Request, Shortlist
from telemachus.pairing.requesting import accept, ask, choose, introduce, name
from telemachus.program.models import Deputy
from tests.acts import ClientOf, queries, words
from tests.cast import Cast
from tests.intake.ways import full_professor, introduced, met, recruit_of
from tests.pairing.lists import list_for_pia, of

URL = reverse("intake:mine", args=["digestive"])


@pytest.fixture
def pia(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.pia)


def test_page_before_the_first_letter_waits_for_the_director(cast: Cast, pia: Client) -> None:
    recruit_of(cast, cast.pia)
    shown = words(pia.get(URL))
    assert "Welcome. Your director will write to you." in shown
    assert "The next move is your director’s, since 5 October." in shown
    assert "The division announces you done, 5 October 2026" in shown


def test_page_has_everything_to_do_in_one_place(cast: Cast, pia: Client) -> None:
    introduced(cast, cast.pia, 5, 6, 7)
    form = StatusForm(program=cast.digestive, person=cast.pia)
    form.complete(by=cast.coordinator, now=cast.now, rows=Rows(), revision=0)
    page = pia.get(URL)
    shown, html = words(page), page.content.decode()
    assert "The next move is yours, since 10 October." in shown
    assert html.count(reverse("intake:pick", args=[Recruit.objects.get().pk])) == 3
    assert "Monday 19 October, 10:00" in shown
    assert "time of Los Angeles" in shown
    for route in ("career:send_cv", "career:write_aspirations"):
        assert f'action="{reverse(route, args=["digestive"])}"' in html
    assert reverse("career:status", args=["digestive", cast.pia.pk]) in html
    assert "Say what you would like help with" in shown


def test_times_stand_in_the_readers_own_zone(cast: Cast, pia: Client) -> None:
    introduced(cast, cast.pia, 5)
    cast.pia.change(by=cast.pia, now=cast.now, zone="Europe/Berlin")
    shown = words(pia.get(URL))
    assert "Monday 19 October, 19:00" in shown
    assert "time of Berlin" in shown


def test_page_with_an_agreed_time_says_it(cast: Cast, pia: Client) -> None:
    recruit = introduced(cast, cast.pia, 5)
    recruit.pick(cast.now + timedelta(days=5), by=cast.pia, now=cast.now)
    Aspirations.objects.write(cast.digestive, cast.pia, by=cast.pia, now=cast.now, focus="Outcomes")
    shown = words(pia.get(URL))
    assert "Your first meeting Monday 19 October, 10:00" in shown
    assert "I need another time" in shown
    assert "Your CV" in shown
    assert "What you would like to do Write it" not in shown


def test_who_did_not_answer_reads_no_word_of_closing(cast: Cast, pia: Client) -> None:
    recruit = introduced(cast, cast.pia, 60)
    recruit.write("reminder", "Hello", by=cast.director, now=cast.now - timedelta(days=3))  # type: ignore[arg-type]
    recruit.letters.update(sent_at=cast.now - timedelta(days=40))
    shown = words(pia.get(URL))
    assert "which time suits you?" in shown
    assert "clos" not in shown.lower()


def test_list_is_one_tap_away(cast: Cast, pia: Client) -> None:
    met(cast, cast.pia)
    named = list_for_pia(cast)
    page = pia.get(URL)
    assert "3 colleagues are named to you" in words(page)
    assert words(page).count("Choose whom you would like as your mentor") == 1
    assert reverse("pairing:choose", args=[named.pk]) in page.content.decode()
    named.ask_others(by=cast.pia, now=cast.now)
    assert "You asked for other names." in words(pia.get(URL))


def _lines(content: bytes) -> list[bytes]:
    return [line for line in content.splitlines() if b"csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize("is_recruit", [True, False], ids=["recruit", "mentee who looks for another"])
def test_from_choice_to_introduction_the_page_is_the_same(cast: Cast, pia: Client, is_recruit: bool) -> None:
    """Asked, declined, expired, the next one asked, accepted: the director sees each, the mentee none."""
    if is_recruit:
        met(cast, cast.pia)
    named = list_for_pia(cast)
    ranked = [of(named, cast.osei), of(named, cast.halloran), of(named, cast.both)]
    choose(named, ranked, shows=(), by=cast.pia, now=cast.now)
    chosen = _lines(pia.get(URL).content)
    assert b"You have chosen. Ines Duarte is arranging it." in b"".join(chosen)

    def next_request() -> Request:
        return ask(Shortlist.objects.get(pk=named.pk), by=cast.director, now=cast.now)

    first = next_request()
    assert _lines(pia.get(URL).content) == chosen
    first.decline(by=cast.osei, now=cast.now)
    assert directed_requests(cast.director).get(mentor=cast.osei).state == "declined"
    assert _lines(pia.get(URL).content) == chosen
    next_request().expire(now=cast.now)
    assert _lines(pia.get(URL).content) == chosen
    last = next_request()
    accept(last, by=cast.both, now=cast.now)
    assert directed_requests(cast.director).get(mentor=cast.both).state == "accepted"
    assert _lines(pia.get(URL).content) == chosen
    for word in (b"declin", b"accepted", b"expire", b"Osei", b"Halloran", b"Diallo"):
        assert word not in b"".join(chosen)
    introduce(last, by=cast.director, now=cast.now)
    arrive(now=cast.now)
    assert "You have a mentor" in words(pia.get(URL))


def test_page_names_the_deputy_who_runs_the_search(cast: Cast, pia: Client) -> None:
    """The director who sent the list stands on it."""
    met(cast, cast.pia)
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    mentors = [(cast.osei, "Knows grants."), (cast.directing_mentor, "Knows the division.")]
    named = name(cast.digestive, cast.pia, mentors, by=cast.directing_mentor, now=cast.now)
    choose(named, [of(named, cast.osei)], shows=(), by=cast.pia, now=cast.now)
    shown = words(pia.get(URL))
    assert "You have chosen. Clara Jensen is arranging it." in shown
    assert "The next move is with Clara Jensen" in shown
    assert "Whom you choose: only whoever runs this search, now Clara Jensen" in shown
    named.ask_others(by=cast.pia, now=cast.now)
    assert "You asked for other names. Clara Jensen is looking for some." in words(pia.get(URL))


def test_used_up_list_still_says_that_it_is_being_arranged(cast: Cast, pia: Client) -> None:
    met(cast, cast.pia)
    named = list_for_pia(cast)
    choose(named, [of(named, cast.osei)], shows=(), by=cast.pia, now=cast.now)
    ask(named, by=cast.director, now=cast.now).decline(by=cast.osei, now=cast.now)
    assert "You have chosen. Ines Duarte is arranging it." in words(pia.get(URL))


def test_own_facts_know_no_request() -> None:
    day = date(2026, 10, 1)
    told = Facts(
        day, True, day, introduced=day, came_back=day, letters=2, last_letter=day, met=day, packet=day, list_sent=day,
        list_state="chosen", list_answered=day, request=day, request_state="declined", request_answered=day,
    )  # fmt: skip
    mine = own_facts(told)
    assert (mine.request, mine.request_state, mine.request_answered, mine.came_back) == (None, "", None, None)
    shown = own_path(told, is_recruit=True)
    assert shown
    assert [stop.words for stop in shown.stops if stop.is_here] == ["Your director asks the colleague you chose"]


def test_page_of_a_pair_leads_to_the_mentor(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.mei).get(URL)
    assert "You have a mentor" in words(page)
    assert reverse("meetings:my_mentor") in page.content.decode()


def test_page_of_a_mentee_without_recruit_shows_the_way_from_the_choice_on(cast: Cast, pia: Client) -> None:
    shown = words(pia.get(URL))
    assert "Your director is looking for senior colleagues who suit you" in shown
    assert "The division announces you" not in shown
    assert "Your CV" not in shown


def test_page_of_a_higher_rank_asks_for_nothing(cast: Cast, client_of: ClientOf) -> None:
    full_professor(cast, cast.colleague)
    introduced(cast, cast.colleague)
    client = client_of(cast.colleague)
    page = client.get(URL)
    shown = words(page)
    assert "Welcome to Digestive Diseases" in shown
    assert "I would like a mentor too" in shown
    for asked in ("Your CV", "The whole way", "The next move"):
        assert asked not in shown


def test_page_of_a_mentee_who_need_not_have_a_mentor_promises_none(cast: Cast, pia: Client) -> None:
    """No board lists such a mentee, so nobody is looking."""
    full_professor(cast, cast.pia)
    assert "Nothing is under way" in words(pia.get(URL))


def test_closed_search_says_whom_to_tell(cast: Cast, pia: Client) -> None:
    recruit = introduced(cast, cast.pia)
    recruit.close(Recruit.Ending.NO_REPLY, by=cast.director, now=cast.now)
    shown = words(pia.get(URL))
    assert "Nothing is under way" in shown
    assert "tell your director" in shown


def test_page_is_missing_to_who_has_no_way_here(cast: Cast, client_of: ClientOf, pia: Client) -> None:
    assert pia.get(URL).status_code == 200
    for other in (cast.director, cast.coordinator, cast.osei, cast.colleague, cast.sofia, cast.leaver, cast.stranger):
        assert client_of(other).get(URL).status_code == 404


def test_page_asks_as_often_with_three_times_and_names_as_with_one(cast: Cast, pia: Client) -> None:
    recruit = introduced(cast, cast.pia, 5)
    list_for_pia(cast, cast.osei)
    one = queries(pia, URL)
    recruit.propose([cast.now + timedelta(days=each) for each in (5, 6, 7)], by=cast.director, now=cast.now)
    list_for_pia(cast)
    assert queries(pia, URL) == one
