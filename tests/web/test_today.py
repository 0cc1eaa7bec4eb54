"""Everybody lands on what waits for them, oldest first; then what comes next; then quiet."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from telemachus.career.models import Aspirations, CurriculumVitae, StatusForm
from telemachus.career.status_form import Rows
from telemachus.lib.step import Act, Step, one_loud, steps_of
from telemachus.meetings.models import AppointmentToMeet, Meeting
from telemachus.pairing.models import Acknowledgement, Need
from telemachus.people.models import Person
from telemachus.web.views import greeting
from tests.acts import ClientOf, queries, words
from tests.cast import Cast
from tests.house.access_matrix import PERSONAS
from tests.intake.recruits import CV
from tests.intake.ways import full_professor, introduced
from tests.pairing.lists import list_for_pia
from tests.pairing.terms import terms


def quiet(cast: Cast) -> None:
    for by in (cast.mei, cast.osei):
        Meeting.objects.log(cast.mei_osei, day=cast.ago(20), by=by, now=cast.now)
        Acknowledgement.give(cast.mei_osei, by=by, now=cast.now)


def test_today_is_for_whoever_is_signed_in(cast: Cast, client_of: ClientOf) -> None:
    assert Client().get("/")["Location"] == f"{reverse('account_login')}?next=/"
    answers = {who: client_of(getattr(cast, who)).get("/").status_code for who in PERSONAS}
    assert answers == dict.fromkeys(PERSONAS, 200)


def test_today_says_that_nothing_waits(cast: Cast, client_of: ClientOf) -> None:
    quiet(cast)
    assert "Nothing waits for you." in words(client_of(cast.mei).get("/"))


def test_today_says_good_bye_to_whoever_has_left(cast: Cast, client_of: ClientOf) -> None:
    assert "As soon as something needs you, it stands here." in words(client_of(cast.stranger).get("/"))
    page = words(client_of(cast.leaver).get("/"))
    assert "You left Digestive Diseases on 4 October 2026. Nothing is asked of you any more." in page
    assert "As soon as something needs you" not in page
    settings = reverse("people:settings")
    assert "Who arranges your times" in words(client_of(cast.mei).get(settings))
    assert "Who arranges your times" not in words(client_of(cast.leaver).get(settings))


def test_frame_names_the_division_of_the_page(cast: Cast, client_of: ClientOf) -> None:
    """Of two, both: but where the page is about one pair, that pair's."""
    both = "Telemachus Cardiology · Digestive Diseases Today"
    pair = [reverse(f"meetings:{name}", args=[cast.both_other.pk]) for name in ("pair", "arrange", "log")]
    pair += [reverse(f"pairing:{name}", args=[cast.both_other.pk]) for name in ("agreement", "ask_change")]
    client = client_of(cast.both)
    assert all(both in words(client.get(page)) for page in ("/", reverse("people:settings")))
    assert all("Telemachus Cardiology Today" in words(client.get(page)) for page in pair)
    assert "Amara Diallo" in words(client.get(pair[0]))
    assert "Telemachus Digestive Diseases Today" in words(client_of(cast.mei).get("/"))


def test_only_the_first_link_of_a_kind_is_loud(cast: Cast) -> None:
    day = cast.today
    link, other = Act("Open", "/a/", by_link=True), Act("Look", "/b/", by_link=True)
    done = Act("Yes", "/c/")
    found = one_loud([Step("one", day, (link, done)), Step("two", day, (link, done)), Step("three", day, (other,))])
    assert [act.quiet for step in found for act in step.acts] == [False, False, True, False, False]


def test_today_lists_the_oldest_first(cast: Cast, client_of: ClientOf) -> None:
    quiet(cast)
    for days in (3, 9, 5):
        Meeting.objects.ask(cast.mei_osei, day=cast.ago(days), now=cast.now)
    fresh = Person.objects.get(pk=cast.mei.pk)
    assert [step.since for step in steps_of(fresh, cast.now)] == [cast.ago(days) for days in (9, 5, 3)]
    page = words(client_of(cast.mei).get("/"))
    assert "3 things wait for you." in page
    assert [page.index(text) for text in ("on 5 October", "on 9 October", "on 11 October")] == sorted(
        page.index(text) for text in ("on 5 October", "on 9 October", "on 11 October")
    )


def test_today_names_the_next_time_for_each(cast: Cast, client_of: ClientOf) -> None:
    AppointmentToMeet.arrange(cast.mei_osei, at=cast.now + timedelta(days=6), by=cast.mei, now=cast.now)
    when = "on Tuesday 20 October, 10:00."
    said = {
        "mei": f"Next: you meet Kwame Osei {when}",
        "osei": f"Next: you meet Mei Tanaka {when}",
        "abebe": f"Next: Mei Tanaka and Kwame Osei meet {when}",
    }
    assert all(text in words(client_of(getattr(cast, who)).get("/")) for who, text in said.items())
    for other in (cast.jonas, cast.director, cast.coordinator, cast.chief):
        assert "20 October" not in words(client_of(other).get("/"))


@pytest.mark.parametrize(("hour", "said"), [(0, "morning"), (11, "morning"), (12, "afternoon"), (18, "evening")])
def test_greeting_follows_the_clock(hour: int, said: str) -> None:
    assert greeting(datetime(2026, 10, 14, hour, tzinfo=UTC)) == f"Good {said}"


def test_today_reads_the_persons_own_clock(cast: Cast, client_of: ClientOf) -> None:
    """Five in the afternoon UTC: morning in Los Angeles, past midnight in Tokyo, evening in Berlin."""
    assert "Good morning, Mei." in words(client_of(cast.mei).get("/"))
    cast.mei.change(zone="Europe/Berlin", by=cast.mei, now=cast.now)
    assert "Good evening, Mei." in words(client_of(cast.mei).get("/"))


def test_age_is_never_negative_at_midnight(cast: Cast, client_of: ClientOf) -> None:
    """The division's Thursday is still Wednesday for a reader farther west."""
    cast.mei.change(zone="Pacific/Honolulu", by=cast.mei, now=cast.now)
    midnight = datetime(2026, 10, 15, 7, 30, tzinfo=UTC)
    with time_machine.travel(midnight, tick=False):
        Meeting.objects.ask(cast.mei_osei, day=cast.digestive.day(midnight), now=midnight)
        assert "nobody else. · new today" in words(client_of(cast.mei).get("/"))


def test_today_of_the_offices_shows_the_year(cast: Cast, client_of: ClientOf) -> None:
    for office in (cast.director, cast.coordinator):
        assert "4 pairs. 4 have not met yet." in words(client_of(office).get("/"))
    # A director's own pair is counted under My mentees, and nowhere else.
    assert "3 pairs." in words(client_of(cast.directing_mentor).get("/"))


def test_today_offers_the_coordinator_what_no_step_can_ask_for(cast: Cast, client_of: ClientOf) -> None:
    links = [reverse("intake:notice", args=["digestive"]), reverse("meetings:export", args=["digestive", "xlsx"])]
    client = client_of(cast.coordinator)
    page = client.get("/").content.decode()
    assert all(f'class="button quiet" href="{link}"' in page for link in links)
    assert [client.get(link).status_code for link in links] == [200, 200]
    for other in (cast.director, cast.chief, cast.mei):
        assert not any(link in client_of(other).get("/").content.decode() for link in links)


def test_today_tells_a_mentee_without_a_mentor_how_far_it_is(cast: Cast, client_of: ClientOf) -> None:
    """The move is the director's: nothing waits, and yet one is not left in the dark."""
    client = client_of(cast.pia)
    page = client.get("/")
    shown, html = words(page), page.content.decode()
    assert "Nothing waits for you." in shown
    assert "Your director is looking for senior colleagues who suit you, and will name them to you. Since" in shown
    mine, needs = reverse("intake:mine", args=["digestive"]), reverse("pairing:change_needs", args=["digestive"])
    assert f'<a class="button quiet" href="{mine}">See where it stands</a>' in html
    assert f'<a class="button quiet" href="{needs}">Say what you would like help with</a>' in html
    assert "There is nothing to look after until then" not in shown
    Need.objects.change(cast.digestive, cast.pia, terms=terms(cast.digestive, "grants"), by=cast.pia, now=cast.now)
    assert needs not in client.get("/").content.decode()
    list_for_pia(cast)
    assert "See where it stands" not in words(client.get("/")), "the choice waits as a step"


def test_today_of_a_recruit_names_the_hour_with_the_director(cast: Cast, client_of: ClientOf) -> None:
    recruit = introduced(cast, cast.pia, 5)
    client = client_of(cast.pia)
    assert "See where it stands" not in words(client.get("/")), "the move is one's own"
    recruit.pick(cast.now + timedelta(days=5), by=cast.pia, now=cast.now)
    CurriculumVitae.objects.receive(cast.digestive, cast.pia, document=CV, by=cast.pia, now=cast.now)
    Aspirations.objects.write(cast.digestive, cast.pia, focus="Outcomes", by=cast.pia, now=cast.now)
    form = StatusForm(program=cast.digestive, person=cast.pia)
    form.complete(by=cast.coordinator, now=cast.now, rows=Rows(), revision=0)
    form.confirm(by=cast.pia, now=cast.now)
    assert "Next: you meet your director on Monday 19 October, 10:00." in words(client.get("/"))


def test_today_of_a_recruit_names_the_hour_also_while_something_is_missing(cast: Cast, client_of: ClientOf) -> None:
    recruit = introduced(cast, cast.pia, 5)
    recruit.pick(cast.now + timedelta(days=5), by=cast.pia, now=cast.now)
    client = client_of(cast.pia)
    shown = words(client.get("/"))
    assert "Send your CV and a few lines" in shown
    assert "Next: you meet your director on Monday 19 October, 10:00." in shown
    CurriculumVitae.objects.receive(cast.digestive, cast.pia, document=CV, by=cast.pia, now=cast.now)
    Aspirations.objects.write(cast.digestive, cast.pia, focus="Outcomes", by=cast.pia, now=cast.now)
    shown = words(client.get("/"))
    assert "Next: you meet your director on Monday 19 October, 10:00." in shown
    assert "The coordinator completes your academic status form." in shown
    assert shown.count("See where it stands") == 1


def test_today_of_the_director_names_coming_first_meetings(cast: Cast, client_of: ClientOf) -> None:
    recruit = introduced(cast, cast.pia, 5)
    client = client_of(cast.director)
    coming = "Next: first meeting with Pia Larsen, Monday 19 October, 10:00."
    assert coming not in words(client.get("/"))
    recruit.pick(cast.now + timedelta(days=5), by=cast.pia, now=cast.now)
    page = client.get("/")
    assert coming in words(page)
    assert f'href="{reverse("intake:recruit", args=[recruit.pk])}">See what has come in</a>' in page.content.decode()
    for who in (cast.coordinator, cast.other_director, cast.chief, cast.osei):
        assert "Next: first meeting" not in words(client_of(who).get("/"))
    with time_machine.travel(cast.now + timedelta(days=6), tick=False):
        assert coming not in words(client_of(cast.director).get("/"))


def test_today_asks_as_much_for_three_first_meetings_as_for_one(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.director)
    counts = []
    for who, days in ((cast.pia, 5), (cast.colleague, 6), (cast.leaver, 7)):
        recruit = introduced(cast, who, days)
        recruit.pick(cast.now + timedelta(days=days), by=cast.director, now=cast.now)
        counts.append(queries(client, "/"))
    assert counts[0] == counts[2]


@pytest.mark.parametrize(("who", "there"), [("pia", True), ("mei", False), ("osei", False), ("leaver", False)])
def test_menu_has_my_way_for_whoever_looks_for_a_mentor(cast: Cast, client_of: ClientOf, who: str, there: bool) -> None:
    html = client_of(getattr(cast, who)).get(reverse("people:settings")).content.decode()
    assert (">My way</a>" in html) == there


def test_menu_has_no_way_for_a_mentee_who_need_not_have_a_mentor(cast: Cast, client_of: ClientOf) -> None:
    full_professor(cast, cast.pia)
    assert ">My way</a>" not in client_of(cast.pia).get("/").content.decode()
