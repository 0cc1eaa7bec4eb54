"""The director enters a pair that two people agreed on."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.models import Exemption, Offer, Pairing, Request, Shortlist, places
from telemachus.pairing.requesting import enter as enter_agreed
from telemachus.program.models import Deputy, Role
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast
from tests.pairing.way import asked, listed


def url(cast: Cast) -> str:
    return reverse("pairing:enter", args=[cast.digestive.slug])


def given(cast: Cast, mentor: str = "halloran", days: int = 0) -> dict[str, Any]:
    return {"mentee": cast.pia.pk, "mentor": getattr(cast, mentor).pk, "begins": cast.ago(days), "agreed": "on"}


def pias() -> list[Pairing]:
    return list(Pairing.objects.filter(mentee__given_name="Pia"))


def enter(cast: Cast, mentee: str, mentor: str, days: int = 0) -> Pairing:
    people = {"mentee": getattr(cast, mentee), "mentor": getattr(cast, mentor)}
    return Pairing.objects.enter(cast.digestive, begins=cast.ago(days), by=cast.director, now=cast.now, **people)


def test_enter_stands_and_is_recorded(cast: Cast) -> None:
    pairing = enter(cast, "pia", "halloran", 9)
    event = Event.objects.get(subject=pairing.pk)
    assert (pairing.state, pairing.begins, pairing.ends) == ("active", cast.ago(9), None)
    assert (event.kind, event.by, event.program) == ("pairing.entered", cast.director.pk, cast.digestive.pk)


@pytest.mark.parametrize(
    ("mentee", "mentor", "days", "sentence"),
    [
        ("mei", "halloran", 0, "Mei Tanaka has a mentor already"),
        ("pia", "pia", 0, "Nobody mentors oneself"),
        ("pia", "halloran", -1, "has not come yet"),
    ],
)
def test_enter_refuses_what_cannot_be(cast: Cast, mentee: str, mentor: str, days: int, sentence: str) -> None:
    before = Pairing.objects.count()
    with pytest.raises(Refused, match=sentence):
        enter(cast, mentee, mentor, days)
    assert Pairing.objects.count() == before


def test_page_enters_and_posted_twice_enters_once(cast: Cast, client_of: ClientOf) -> None:
    before = recorded("pairing.entered")
    first, second = twice(client_of(cast.director), url(cast), given(cast))
    assert (sentences(first), second.status_code) == (["Pia Larsen – Maeve Halloran: the pair stands."], 422)
    assert "Pia Larsen has a mentor already. End that pair first." in words(second)
    assert (len(pias()), recorded("pairing.entered")) == (1, before + 1)


def test_page_offers_those_whose_role_holds_today(cast: Cast, client_of: ClientOf) -> None:
    form = client_of(cast.director).get(url(cast)).context["form"]
    assert cast.mei in form.fields["mentee"].queryset
    assert not {cast.leaver, cast.sofia, cast.osei} & set(form.fields["mentee"].queryset)
    assert cast.other_mentor not in form.fields["mentor"].queryset


def test_page_takes_whoever_has_two_roles_of_one_kind(cast: Cast, client_of: ClientOf) -> None:
    """The old one ends next week, the new one has begun."""
    Role.objects.filter(person=cast.pia).update(until=cast.ago(-5))
    Role.objects.create(program=cast.digestive, person=cast.pia, kind="mentee", since=cast.ago(5))
    assert client_of(cast.director).post(url(cast), given(cast)).status_code == 302


def test_page_asks_before_it_takes_a_mentor_beyond_capacity(cast: Cast, client_of: ClientOf) -> None:
    """One person has one total of places over all programs."""
    cast.digestive.change_settings(capacity=2, by=cast.director, now=cast.now)
    asked = client_of(cast.director).post(url(cast), given(cast, "osei"))
    assert (asked.status_code, pias()) == (422, [])
    assert "Kwame Osei has 2 of 2 places taken." in words(asked)
    assert 'type="checkbox" name="full"' in asked.content.decode()
    client_of(cast.director).post(url(cast), {**given(cast, "osei"), "full": "on"})
    assert [pairing.mentor for pairing in pias()] == [cast.osei]


def test_page_asks_whether_both_wish_it(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.director).post(url(cast), {**given(cast), "agreed": ""})
    assert (answer.status_code, list(answer.context["form"].errors), pias()) == (422, ["agreed"], [])


def test_page_takes_a_mentors_own_number_of_places(cast: Cast, client_of: ClientOf) -> None:
    Offer.objects.change(cast.osei, places=4, terms=(), now=cast.now)
    assert client_of(cast.director).post(url(cast), given(cast, "osei")).status_code == 302


def test_page_refuses_whoever_a_rule_speaks_against_until_it_is_lifted(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.director)
    answer = client.post(url(cast), given(cast, "chief_mentor"))
    assert (answer.status_code, list(answer.context["form"].errors), pias()) == (422, ["mentor"], [])
    assert "Ruth Adler is chief of the division." in words(answer)
    people = {"mentee": cast.pia, "mentor": cast.chief_mentor}
    Exemption.objects.allow(cast.digestive, **people, by=cast.director, on=cast.today, now=cast.now)
    assert client.post(url(cast), given(cast, "chief_mentor")).status_code == 302


def test_pair_that_is_entered_closes_what_was_open_for_the_mentee(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.osei)
    client_of(cast.director).post(url(cast), given(cast))
    request.refresh_from_db()
    assert (request.state, Shortlist.objects.get().state) == ("withdrawn", "closed")
    assert [pairing.mentor for pairing in pias()] == [cast.halloran]


@pytest.mark.parametrize("has_accepted", [False, True])
def test_request_to_the_same_mentor_is_answered_by_it_and_its_place_serves(
    cast: Cast, client_of: ClientOf, has_accepted: bool
) -> None:
    Offer.objects.change(cast.halloran, places=1, terms=(), now=cast.now)
    request = asked(cast, cast.halloran)
    if has_accepted:
        request.accept(by=cast.halloran, now=cast.now)
    assert client_of(cast.director).post(url(cast), given(cast)).status_code == 302
    request.refresh_from_db()
    assert (request.state, [request.pairing], places(cast.halloran)) == ("introduced", pias(), 1)


def test_request_that_was_declined_is_not_introduced(cast: Cast) -> None:
    request, pairing = asked(cast, cast.halloran), enter(cast, "pia", "halloran")
    held = Request.objects.get(pk=request.pk)
    request.decline(by=cast.halloran, now=cast.now)
    with pytest.raises(Conflict, match="no longer open"):
        held.enter(pairing, now=cast.now)
    held.refresh_from_db()
    assert (held.state, held.pairing) == ("declined", None)


def test_refused_pair_leaves_what_was_open(cast: Cast) -> None:
    request = asked(cast, cast.osei)
    people = {"mentee": cast.pia, "mentor": cast.halloran}
    with pytest.raises(Refused, match="has not come yet"):
        enter_agreed(cast.digestive, **people, begins=cast.ago(-1), by=cast.director, now=cast.now)
    request.refresh_from_db()
    assert (request.state, Shortlist.objects.get().state) == ("waiting", "chosen")


def test_nobody_enters_a_pair_of_oneself(cast: Cast, client_of: ClientOf) -> None:
    given_own = given(cast, "directing_mentor")
    answer = client_of(cast.directing_mentor).post(url(cast), given_own)
    assert (answer.status_code, pias()) == (422, [])
    assert "Nobody runs their own mentoring" in words(answer)
    assert client_of(cast.director).post(url(cast), given_own).status_code == 302


def test_deputy_enters_the_directors_pairs_and_no_others(cast: Cast, client_of: ClientOf) -> None:
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    client = client_of(cast.committee)
    listed(cast, cast.directing_mentor, cast.osei)
    assert client.post(url(cast), given(cast)).status_code == 422
    assert client.post(url(cast), given(cast, "directing_mentor")).status_code == 302
    assert [pairing.mentor for pairing in pias()] == [cast.directing_mentor]


def offered(client: Client, cast: Cast) -> tuple[set[Any], set[Any]]:
    fields = client.get(url(cast)).context["form"].fields
    return set(fields["mentee"].queryset), set(fields["mentor"].queryset)


def test_deputy_is_offered_whom_the_director_is_concerned_with(cast: Cast, client_of: ClientOf) -> None:
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    client = client_of(cast.committee)
    assert offered(client, cast) == (set(), {cast.directing_mentor})
    listed(cast, cast.directing_mentor, cast.osei)
    assert cast.pia in offered(client, cast)[0]
    assert cast.mei not in offered(client, cast)[0]
    assert offered(client, cast)[1] == {cast.directing_mentor}
    assert cast.mei in offered(client_of(cast.director), cast)[0]


def test_deputy_is_offered_a_directors_own_search(cast: Cast, client_of: ClientOf) -> None:
    cast.digestive.grant(cast.directing_mentor, Role.Kind.MENTEE, since=cast.ago(9), by=None, now=cast.now)
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    listed(cast, cast.osei, mentee=cast.directing_mentor)
    mentees, mentors = offered(client_of(cast.committee), cast)
    assert cast.directing_mentor in mentees
    assert mentors == {cast.directing_mentor, cast.osei}


def test_deputy_gets_no_answer_about_others(cast: Cast, client_of: ClientOf) -> None:
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    paired = client_of(cast.committee).post(url(cast), {**given(cast, "directing_mentor"), "mentee": cast.mei.pk})
    free = client_of(cast.committee).post(url(cast), {**given(cast, "directing_mentor"), "mentee": cast.jonas.pk})
    assert "has a mentor already" not in words(paired)
    assert paired.context["form"].errors == free.context["form"].errors


@pytest.mark.parametrize("field", ["mentee", "mentor", "begins"])
def test_page_keeps_what_was_typed(cast: Cast, client_of: ClientOf, field: str) -> None:
    answer = client_of(cast.director).post(url(cast), {**given(cast, days=9), field: "nonsense"})
    kept = {"begins": f'value="{cast.ago(9)}"', "mentee": f'value="{cast.pia.pk}" selected'}
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert all(text in answer.content.decode() for name, text in kept.items() if name != field)


def test_page_is_the_directors(cast: Cast, client_of: ClientOf) -> None:
    people = {"director": 200, "directing_mentor": 200, "coordinator": 404, "chief": 404, "other_director": 404}
    assert {name: client_of(getattr(cast, name)).get(url(cast)).status_code for name in people} == people
