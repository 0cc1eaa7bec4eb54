"""Nobody administers oneself: a deputy runs the pairs in which a director is, and nothing else."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from telemachus.career.models import Appointment
from telemachus.lib.errors import Conflict, Refused
from telemachus.lib.step import steps_of
from telemachus.pairing.models import ChangeWish, LightTouch, Pairing, Pause
from telemachus.people.models import Person
from telemachus.program.models import Deputy
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast
from tests.queries import same_queries

URL = "/program/digestive/deputy/"
PAIRS = "/pairs/deputized/"


@pytest.fixture
def deputy(cast: Cast) -> Deputy:
    """Clara Jensen of the committee decides about Paul Brandt's pairs."""
    return Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)


def waits(person: Person, cast: Cast) -> list[str]:
    return [step.sentence for step in steps_of(Person.objects.get(pk=person.pk), cast.now)]


def act(client: Client, verb: str, pairing: Pairing, given: dict[str, Any] | None = None) -> int:
    return client.post(reverse(f"pairing:{verb}", args=[pairing.pk]), given or {}).status_code


# Named by the director


def test_director_names_one(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.directing_mentor).post(URL, {"deputy": cast.committee.pk})
    assert sentences(answer) == ["Clara Jensen decides about your own pairs from now on."]
    assert "Clara Jensen your deputy since 14 October 2026" in words(client_of(cast.directing_mentor).get(URL))
    assert "Clara Jensen your deputy" not in words(client_of(cast.director).get(URL))


def test_another_takes_the_place(cast: Cast, client_of: ClientOf, deputy: Deputy) -> None:
    client_of(cast.directing_mentor).post(URL, {"deputy": cast.osei.pk})
    assert [one.deputy for one in Deputy.objects.filter(until=None)] == [cast.osei]
    assert "Tomas Novak" not in words(client_of(cast.committee).get(PAIRS))
    assert "Tomas Novak" in words(client_of(cast.osei).get(PAIRS))


def test_form_offers_people_of_the_program_but_oneself(cast: Cast, client_of: ClientOf) -> None:
    offered = client_of(cast.directing_mentor).get(URL).context["form"].fields["deputy"].queryset
    assert set(offered) == {cast.director, cast.committee, cast.colleague, cast.osei, cast.halloran, cast.both}
    to_come = {"begins": cast.ago(-30), "title": "Professor", "series": "in-residence", "rank": "professor"}
    Appointment.objects.create(program=cast.digestive, person=cast.colleague, **to_come)
    for nobody in (cast.chief, cast.coordinator, cast.abebe, cast.mei, cast.directing_mentor, cast.colleague):
        answer = client_of(cast.directing_mentor).post(URL, {"deputy": nobody.pk})
        assert "This person cannot be a deputy." in words(answer)
    assert not Deputy.objects.exists()
    with pytest.raises(Refused, match="Name somebody else"):
        Deputy.name_for(cast.digestive, director=cast.director, deputy=cast.director, now=cast.now)


def test_end_takes_the_view_at_once(cast: Cast, client_of: ClientOf, deputy: Deputy) -> None:
    end = reverse("program:end_deputy", args=[deputy.pk])
    assert "Tomas Novak" in words(client_of(cast.committee).get(PAIRS))
    assert client_of(cast.director).post(end).status_code == 404
    first, second = twice(client_of(cast.directing_mentor), end)
    assert sentences(first) == ["Clara Jensen is no longer your deputy."]
    assert (second.status_code, recorded("program.deputy_ended")) == (404, 1)
    assert "Tomas Novak" not in words(client_of(cast.committee).get(PAIRS))
    assert act(client_of(cast.committee), "excuse", cast.tomas_director) == 404


def test_end_of_one_that_is_gone_is_a_conflict(cast: Cast, deputy: Deputy) -> None:
    held = Deputy.objects.get(pk=deputy.pk)
    deputy.end(by=cast.directing_mentor, now=cast.now)
    with pytest.raises(Conflict):
        held.end(by=cast.directing_mentor, now=cast.now)


def test_one_named_and_ended_on_the_same_day_is_kept_as_history(cast: Cast, deputy: Deputy) -> None:
    deputy.end(by=cast.directing_mentor, now=cast.now)
    deputy.refresh_from_db()
    assert (deputy.since, deputy.until) == (cast.today, cast.today)
    assert not Deputy.objects.filter(until=None).exists()


def test_named_again_changes_nothing(cast: Cast, client_of: ClientOf, deputy: Deputy) -> None:
    ChangeWish.express(cast.tomas_director, call=False, by=cast.tomas, now=cast.now)
    answer = client_of(cast.directing_mentor).post(URL, {"deputy": cast.committee.pk})
    assert (answer.status_code, "Clara Jensen is your deputy already." in words(answer)) == (422, True)
    assert (Deputy.objects.get(), ChangeWish.objects.count()) == (deputy, 1)


def test_deputys_page_leads_to_the_searches(cast: Cast, client_of: ClientOf, deputy: Deputy) -> None:
    board = reverse("intake:board", args=["digestive"])
    assert client_of(cast.committee).get(board).status_code == 200
    assert board in client_of(cast.committee).get(PAIRS).content.decode()
    assert "Searches for a mentor" not in words(client_of(cast.osei).get(PAIRS))


def test_deputy_of_who_directs_no_more_sees_nothing(cast: Cast, client_of: ClientOf, deputy: Deputy) -> None:
    cast.directing_mentor.roles.get(kind="director").end(on=cast.ago(1), by=cast.director, now=cast.now)
    assert "Tomas Novak" not in words(client_of(cast.committee).get(PAIRS))


def test_page_is_the_directors(cast: Cast, client_of: ClientOf) -> None:
    people = {
        "director": 200,
        "directing_mentor": 200,
        "coordinator": 404,
        "chief": 404,
        "mei": 404,
        "other_director": 404,
    }
    assert {who: client_of(getattr(cast, who)).get(URL).status_code for who in people} == people
    assert URL in client_of(cast.director).get("/program/digestive/setup/").content.decode()


# The step


def test_director_with_an_own_pair_is_asked_to_name_one(cast: Cast) -> None:
    assert "Name a deputy." in waits(cast.directing_mentor, cast)
    assert "Name a deputy." not in waits(cast.director, cast)
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    assert "Name a deputy." not in waits(cast.directing_mentor, cast)


def test_deputy_who_is_the_other_of_the_two_is_none(cast: Cast) -> None:
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.tomas, now=cast.now)
    assert "Name a deputy." in waits(cast.directing_mentor, cast)


# What leaves the director's view, and comes to the deputy


def test_own_pair_leaves_every_page_of_the_director(cast: Cast, client_of: ClientOf) -> None:
    pages = {
        "register": reverse("meetings:register", args=["digestive"]),
        "export": reverse("meetings:export", args=["digestive", "csv"]),
        "rhythm": reverse("meetings:rhythm", args=["digestive"]),
        "person": reverse("web:person", args=["digestive", cast.tomas.pk]),
    }
    for page in pages.values():
        assert "Brandt" in words(client_of(cast.director).get(page)) or "Novak" in words(
            client_of(cast.director).get(page)
        )
    own = client_of(cast.directing_mentor)
    for name in ("register", "export", "rhythm"):
        assert "Novak" not in words(own.get(pages[name])), name
    assert "Tomas Novak – Paul Brandt" not in words(own.get(pages["person"]))
    for verb in ("meetings:dates", "pairing:end", "pairing:stand_in", "pairing:pause_pair"):
        assert own.get(reverse(verb, args=[cast.tomas_director.pk])).status_code in (403, 404), verb


def test_what_waits_about_the_own_pair_waits_for_the_deputy(cast: Cast, deputy: Deputy) -> None:
    ChangeWish.express(cast.tomas_director, call=False, by=cast.tomas, now=cast.now)
    LightTouch.wish(cast.tomas_director, by=cast.tomas, now=cast.now)
    about = {"Tomas Novak would like another mentor.", "Tomas Novak says that mentoring is not needed now."}
    assert about <= set(waits(cast.committee, cast))
    assert not about & set(waits(cast.directing_mentor, cast))


def test_deputy_can_do_each_act(cast: Cast, client_of: ClientOf, deputy: Deputy) -> None:
    client, pair = client_of(cast.committee), cast.tomas_director
    assert "Tomas Novak – Paul Brandt" in words(client.get(PAIRS))
    days = {"begins": cast.today, "until": cast.ago(-9)}
    paused = client.post(reverse("pairing:pause_pair", args=[pair.pk]), days)
    assert (paused.status_code, paused["Location"]) == (302, PAIRS)
    page = client.get(PAIRS)
    assert "Pause from 14 October 2026 to 23 October 2026" in words(page)
    resume = reverse("pairing:resume", args=[Pause.objects.get().pk])
    assert resume in page.content.decode()
    assert client.post(resume)["Location"] == PAIRS
    assert act(client, "excuse", pair) == 302
    assert "excused this year" in words(client.get(PAIRS))
    assert act(client, "go_on", pair) == 302
    ended = client.post(reverse("pairing:end", args=[pair.pk]), {"on": cast.today, "ending": "changed"})
    assert (ended.status_code, ended["Location"]) == (302, PAIRS)
    assert "Nothing to decide" in words(client.get(PAIRS))


def test_deputy_can_do_only_those(cast: Cast, client_of: ClientOf, deputy: Deputy) -> None:
    client = client_of(cast.committee)
    for verb in ("meetings:log", "pairing:agreement", "pairing:ask_change"):
        assert client.get(reverse(verb, args=[cast.tomas_director.pk])).status_code == 403, verb
    for verb in ("meetings:pair", "meetings:dates"):
        assert client.get(reverse(verb, args=[cast.tomas_director.pk])).status_code == 404, verb
    for verb in ("end", "pause_pair", "stand_in"):
        assert client.get(reverse(f"pairing:{verb}", args=[cast.mei_osei.pk])).status_code == 404, verb
    for page in ("meetings:register", "meetings:rhythm", "program:setup", "web:people"):
        assert client.get(reverse(page, args=["digestive"])).status_code == 404, page


def test_deputy_who_is_in_the_pair_runs_nothing_of_it(cast: Cast, client_of: ClientOf) -> None:
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.tomas, now=cast.now)
    assert "Paul Brandt" not in words(client_of(cast.tomas).get(PAIRS))
    assert act(client_of(cast.tomas), "excuse", cast.tomas_director) == 403


def test_queries_for_a_deputys_pairs(cast: Cast, client_of: ClientOf, deputy: Deputy) -> None:
    def grow(number: int) -> None:
        mail = f"row{number}@division.example"
        mentee = Person.objects.add(given_name="Row", family_name=str(number), email=mail, by=None, now=cast.now)
        pairing = Pairing.objects.introduce(
            cast.digestive, mentee=mentee, mentor=cast.directing_mentor, by=cast.director, now=cast.now
        )
        ChangeWish.express(pairing, call=False, by=mentee, now=cast.now)
        LightTouch.wish(pairing, by=mentee, now=cast.now)

    same_queries(client_of(cast.committee), PAIRS, grow)


@pytest.mark.parametrize("who", ["committee", "director", "osei"])
def test_queries_for_today(cast: Cast, client_of: ClientOf, deputy: Deputy, who: str) -> None:
    def grow(number: int) -> None:
        for mentor in (cast.directing_mentor, cast.osei):
            mail = f"{mentor.family_name}{number}@division.example"
            mentee = Person.objects.add(given_name="Row", family_name=mail, email=mail, by=None, now=cast.now)
            pairing = Pairing.objects.introduce(
                cast.digestive, mentee=mentee, mentor=mentor, by=cast.director, now=cast.now
            )
            ChangeWish.express(pairing, call=False, by=mentee, now=cast.now)
            LightTouch.wish(pairing, by=mentee, now=cast.now)
            Pause(program=cast.digestive, pairing=pairing, begins=cast.ago(1), until=cast.ago(-200)).start(
                by=cast.director, now=cast.now
            )

    same_queries(client_of(getattr(cast, who)), "/", grow)
