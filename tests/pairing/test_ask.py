"""The director asks those whom the mentee chose, one after the other (R7)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.access import can_ask
from telemachus.pairing.asking import asker, runners
from telemachus.pairing.models import Offer, Request, Shortlist
from telemachus.pairing.requesting import ask, choose
from telemachus.pairing.steps import steps
from telemachus.people.models import Person
from telemachus.program.models import Deputy, Role
from tests.acts import ClientOf, queries, recorded, sentences, twice, words
from tests.cast import Cast
from tests.pairing.way import asked, chosen, fresh, listed, ranked


def url(shortlist: Shortlist) -> str:
    return reverse("pairing:ask", args=[shortlist.pk])


def said(person: Person, cast: Cast) -> list[str]:
    return [step.sentence for step in steps(fresh(person), cast.now)]


def test_ask_goes_to_the_first_choice_and_is_recorded(cast: Cast, client_of: ClientOf) -> None:
    shortlist = chosen(cast, cast.halloran, cast.osei)
    answer = client_of(cast.director).post(url(shortlist))
    assert sentences(answer) == ["Maeve Halloran is asked, and has until 28 October to answer."]
    request = Request.objects.get()
    assert (request.mentor, request.state, request.until) == (cast.halloran, "waiting", cast.ago(-14))
    assert recorded("pairing.requested") == 1


def test_asked_twice_goes_out_once(cast: Cast, client_of: ClientOf) -> None:
    first, second = twice(client_of(cast.director), url(chosen(cast, cast.halloran, cast.osei)))
    assert (first.status_code, second.status_code, Request.objects.count()) == (302, 302, 1)
    assert sentences(second)[-1] == "Another colleague of this list is asked already."


def test_next_choice_follows_a_decline(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.halloran, cast.osei)
    request.decline(by=cast.halloran, now=cast.now)
    client_of(cast.director).post(url(request.shortlist))
    assert Request.objects.waiting().get().mentor == cast.osei


def test_another_choice_is_asked_where_the_next_one_cannot_be(cast: Cast, client_of: ClientOf) -> None:
    """A mentor who left between choice and request."""
    shortlist = chosen(cast, cast.halloran, cast.osei)
    Role.objects.filter(person=cast.halloran).update(until=cast.ago(1))
    client = client_of(cast.director)
    refused = client.post(url(shortlist), {"back": "/"})
    instead = "Maeve Halloran is no mentor of this program. Ask Kwame Osei instead, or make a new list."
    assert sentences(refused) == [instead]
    client.post(url(shortlist), {"mentor": cast.osei.pk})
    assert Request.objects.get().mentor == cast.osei


@pytest.mark.parametrize("mentor", ["both", "nonsense"])
def test_nobody_is_asked_whom_the_mentee_did_not_choose(cast: Cast, client_of: ClientOf, mentor: str) -> None:
    key = getattr(cast, mentor).pk if mentor == "both" else mentor
    answer = client_of(cast.director).post(url(chosen(cast)), {"mentor": key})
    assert (answer.status_code, Request.objects.count()) == (409 if mentor == "both" else 404, 0)


def test_list_without_a_choice_asks_nobody(cast: Cast) -> None:
    with pytest.raises(Conflict, match="nobody left on this list"):
        ask(listed(cast), by=cast.director, now=cast.now)


def test_choice_that_changed_meanwhile_is_looked_at_again(cast: Cast) -> None:
    """The page that the director holds was read before the mentee chose anew: the newer choice is asked."""
    shortlist = chosen(cast, cast.halloran, cast.osei)
    choose(shortlist, ranked(shortlist)[::-1], shows=(), by=cast.pia, now=cast.now)
    assert ask(shortlist, by=cast.director, now=cast.now).mentor == cast.osei


def test_two_requests_for_one_place_the_second_gets_a_sentence(cast: Cast, client_of: ClientOf) -> None:
    Offer.objects.change(cast.halloran, places=1, terms=(), now=cast.now)
    cast.digestive.grant(cast.stranger, Role.Kind.MENTEE, since=cast.ago(9), by=None, now=cast.now)
    shortlists = [chosen(cast, cast.halloran, mentee=mentee) for mentee in (cast.pia, cast.stranger)]
    client = client_of(cast.director)
    _first, second = (client.post(url(shortlist), {"back": "/"}) for shortlist in shortlists)
    assert sentences(second)[-1].startswith("All places of Maeve Halloran are taken.")
    assert [request.mentee for request in Request.objects.all()] == [cast.pia]


def test_mentee_who_has_a_mentor_gets_no_other(cast: Cast) -> None:
    with pytest.raises(Refused, match="has a mentor already"):
        ask(chosen(cast, cast.halloran, mentee=cast.jonas), by=cast.director, now=cast.now)


def test_mentee_who_left_is_asked_for_no_longer(cast: Cast) -> None:
    shortlist = chosen(cast)
    Role.objects.filter(person=cast.pia).update(until=cast.ago(1))
    with pytest.raises(Refused, match="no part in this program"):
        ask(shortlist, by=cast.director, now=cast.now)


def test_ask_is_for_whoever_runs_the_list(cast: Cast, client_of: ClientOf) -> None:
    shortlist = chosen(cast)
    people = {"pia": 403, "coordinator": 404, "chief": 404, "osei": 404, "other_director": 404, "stranger": 404}
    assert {name: client_of(getattr(cast, name)).post(url(shortlist)).status_code for name in people} == people
    assert client_of(cast.director).get(url(shortlist)).status_code == 405
    assert not Request.objects.exists()


def test_deputy_asks_where_a_director_stands_on_the_list(cast: Cast, client_of: ClientOf) -> None:
    """The director, who is the second choice, learns neither that nor who was asked first."""
    people = {"director": cast.directing_mentor, "deputy": cast.committee}
    Deputy.name_for(cast.digestive, **people, now=cast.now)
    shortlist = chosen(cast, cast.halloran, cast.directing_mentor)
    assert client_of(cast.directing_mentor).post(url(shortlist)).status_code == 404
    assert client_of(cast.committee).post(url(shortlist)).status_code == 302
    page = reverse("pairing:request", args=[Request.objects.get().pk])
    assert client_of(cast.committee).get(page).status_code == 200
    assert client_of(cast.directing_mentor).get(page).status_code == 404


def test_request_waits_for_the_mentor_on_today(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.halloran)
    assert "Ines Duarte asks whether you would mentor Pia Larsen." in said(cast.halloran, cast)
    body = client_of(cast.halloran).get("/").content.decode()
    for verb in ("accept", "decline", "request"):
        assert reverse(f"pairing:{verb}", args=[request.pk]) in body
    assert not any("Pia" in sentence for sentence in said(cast.osei, cast))


def test_request_is_late_on_its_last_day(cast: Cast) -> None:
    asked(cast, cast.halloran)
    days = {13: False, 14: True}
    for day, late in days.items():
        then = cast.now + timedelta(days=day)
        assert [step.late for step in steps(fresh(cast.halloran), then) if "Pia" in step.sentence] == [late]


def test_request_to_a_director_is_asked_in_the_deputys_name(cast: Cast) -> None:
    people = {"director": cast.directing_mentor, "deputy": cast.committee}
    Deputy.name_for(cast.digestive, **people, now=cast.now)
    shortlist = listed(cast, cast.directing_mentor, by=cast.directing_mentor)
    choose(shortlist, ranked(shortlist), shows=(), by=cast.pia, now=cast.now)
    ask(shortlist, by=cast.committee, now=cast.now)
    assert "Clara Jensen asks whether you would mentor Pia Larsen." in said(cast.directing_mentor, cast)


def test_first_choice_is_asked_in_the_deputys_name_where_the_sender_is_the_second(
    cast: Cast, client_of: ClientOf
) -> None:
    """The director who sent the list stands on it, and must not get the answer of the other."""
    Role.objects.filter(person=cast.director).update(until=cast.ago(1))
    people = {"director": cast.directing_mentor, "deputy": cast.committee}
    Deputy.name_for(cast.digestive, **people, now=cast.now)
    shortlist = listed(cast, cast.halloran, cast.directing_mentor, by=cast.directing_mentor)
    choose(shortlist, ranked(shortlist), shows=(), by=cast.pia, now=cast.now)
    request = ask(shortlist, by=cast.committee, now=cast.now)
    assert asker(request, cast.now) == cast.committee
    shown = words(client_of(cast.halloran).get(reverse("pairing:request", args=[request.pk])))
    assert "Only Clara Jensen learns your answer" in shown
    assert "Brandt" not in shown


def test_whoever_is_named_to_the_mentor_runs_the_search(cast: Cast) -> None:
    """Of each list somebody who may ask for it, and nobody where nobody may."""
    people = {"director": cast.directing_mentor, "deputy": cast.committee}
    Deputy.name_for(cast.digestive, **people, now=cast.now)
    lists = [
        listed(cast, cast.halloran, cast.directing_mentor),
        listed(cast, cast.halloran, mentee=cast.tomas),
        listed(cast, cast.halloran, cast.directing_mentor, mentee=cast.jonas, by=cast.directing_mentor),
    ]
    for _round in range(2):
        found = runners(lists, {cast.digestive}, cast.now)
        assert len(found) == 3
        for one in lists:
            assert can_ask(fresh(found[one.pk]), one)
        Role.objects.filter(person=cast.director).update(until=cast.ago(1))
    Role.objects.filter(person=cast.committee).update(until=cast.ago(1))
    assert runners(lists, {cast.digestive}, cast.now) == {}


def test_request_of_a_director_who_left_is_asked_in_the_successors_name(cast: Cast) -> None:
    asked(cast, cast.halloran)
    Role.objects.filter(person=cast.director).update(until=cast.ago(1))
    assert "Paul Brandt asks whether you would mentor Pia Larsen." in said(cast.halloran, cast)


def test_three_requests_ask_as_often_as_one(cast: Cast, client_of: ClientOf) -> None:
    asked(cast, cast.halloran)
    client = client_of(cast.halloran)
    before = queries(client, "/")
    for person in (cast.stranger, cast.colleague):
        cast.digestive.grant(person, Role.Kind.MENTEE, since=cast.ago(9), by=None, now=cast.now)
        asked(cast, cast.halloran, mentee=person)
    assert words(client.get("/")).count("asks whether you would mentor") == 3
    assert queries(client, "/") == before
