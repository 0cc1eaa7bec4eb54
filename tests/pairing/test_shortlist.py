"""The director names colleagues to a mentee, with reasons (R6)."""

from typing import Any

import pytest
from django.urls import reverse

from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.models import Apart, Need, Offer, Shortlist
from telemachus.pairing.requesting import name
from telemachus.people.models import Person
from telemachus.program.models import Deputy, Role
from tests.acts import ClientOf, queries, recorded, sentences, words
from tests.cast import Cast
from tests.pairing.terms import terms
from tests.pairing.way import asked, chosen, listed


def url(cast: Cast, mentee: str = "pia") -> str:
    return reverse("pairing:shortlist", args=[cast.digestive.slug, getattr(cast, mentee).pk])


def ticks(*mentors: Person, **more: Any) -> dict[str, Any]:
    reasons = {f"reason_{mentor.pk.hex}": "Knows the way." for mentor in mentors}
    return {**{f"on_{mentor.pk.hex}": "on" for mentor in mentors}, **reasons, **more}


def as_shown(cast: Cast, client_of: ClientOf) -> dict[str, Any]:
    """What the browser sends where the director changes nothing."""
    form = client_of(cast.director).get(url(cast)).context["form"]
    given = {bound.html_name: bound.value() for bound in form}
    return {key: value for key, value in given.items() if value not in (False, None)}


def names(shortlist: Shortlist) -> list[str]:
    return [str(one.mentor) for one in shortlist.candidates.order_by("place")]


def deputy(cast: Cast, stand_in: Person) -> None:
    people = {"director": cast.directing_mentor, "deputy": stand_in}
    Deputy.name_for(cast.digestive, **people, now=cast.now)


def test_page_shows_needs_in_words_and_reasons(cast: Cast, client_of: ClientOf) -> None:
    Need.objects.change(
        cast.digestive, cast.pia, terms=terms(cast.digestive, "grants", "life"), by=cast.pia, now=cast.now
    )
    Offer.objects.change(cast.halloran, places=None, terms=terms(cast.digestive, "life"), now=cast.now)
    said = words(client_of(cast.director).get(url(cast)))
    assert "Pia Larsen asks for help with: first grants and keeping funding going; a life outside work." in said
    assert "Maeve Halloran covers 1 of 2 needs room for 3" in said
    assert not any(word in said for word in ("of 700", "of 150", "of 1000"))
    assert "Place (empty: in this order)" in said
    assert "Can help with 1 of the 2 things you asked for." in said


def test_sending_is_one_click_where_the_director_agrees(cast: Cast, client_of: ClientOf) -> None:
    """Three are ticked, with their reasons; the mentee reads these, and nothing of points."""
    Need.objects.change(cast.digestive, cast.pia, terms=terms(cast.digestive, "life"), by=cast.pia, now=cast.now)
    Offer.objects.change(cast.osei, places=None, terms=terms(cast.digestive, "life"), now=cast.now)
    answer = client_of(cast.director).post(url(cast), as_shown(cast, client_of))
    assert sentences(answer) == ["The list is sent; now Pia Larsen chooses."]
    shortlist = Shortlist.objects.get()
    assert (names(shortlist), shortlist.by) == (["Kwame Osei", "Amara Diallo", "Maeve Halloran"], cast.director)
    reason = "Can help with everything you asked for."
    assert shortlist.candidates.get(mentor=cast.osei).reason == reason


def test_places_set_the_order_and_the_others_follow(cast: Cast, client_of: ClientOf) -> None:
    given = ticks(cast.osei, cast.both, cast.halloran, **{f"place_{cast.halloran.pk.hex}": "1"})
    given[f"reason_{cast.halloran.pk.hex}"] = "Knows the committee."
    client_of(cast.director).post(url(cast), given)
    assert names(Shortlist.objects.get()) == ["Maeve Halloran", "Amara Diallo", "Kwame Osei"]
    assert Shortlist.objects.get().candidates.get(mentor=cast.halloran).reason == "Knows the committee."


def test_two_at_one_place_is_said_beside_the_later(cast: Cast, client_of: ClientOf) -> None:
    places = {f"place_{mentor.pk.hex}": "1" for mentor in (cast.both, cast.osei, cast.halloran)}
    answer = client_of(cast.director).post(url(cast), ticks(cast.both, cast.osei, **places))
    assert (answer.status_code, Shortlist.objects.count()) == (422, 0)
    assert dict(answer.context["form"].errors) == {
        f"place_{cast.osei.pk.hex}": ["Amara Diallo stands at this place already."]
    }
    assert "Amara Diallo stands at this place already." in words(answer)


def test_name_without_a_reason_is_said_beside_it(cast: Cast, client_of: ClientOf) -> None:
    given = ticks(cast.both, cast.osei, **{f"reason_{cast.osei.pk.hex}": "  "})
    answer = client_of(cast.director).post(url(cast), given)
    assert (answer.status_code, Shortlist.objects.count()) == (422, 0)
    assert dict(answer.context["form"].errors) == {
        f"reason_{cast.osei.pk.hex}": ["Say in a sentence why; the mentee reads it."]
    }


def test_choice_that_is_used_up_leads_to_a_new_list(cast: Cast, client_of: ClientOf) -> None:
    """Whoever cannot be asked any more has the reason instead of a button."""
    shortlist = chosen(cast, cast.osei, cast.halloran)
    client, ask = client_of(cast.director), reverse("pairing:ask", args=[shortlist.pk])
    Offer.objects.change(cast.osei, places=0, terms=(), now=cast.now)
    page = client.get(url(cast))
    assert "Kwame Osei choice 1 · All places of Kwame Osei are taken. Maeve Halloran choice 2 Ask" in words(page)
    assert "Nobody is left whom Pia Larsen chose" not in words(page)
    Offer.objects.change(cast.halloran, places=0, terms=(), now=cast.now)
    page = client.get(url(cast))
    assert "Nobody is left whom Pia Larsen chose: make a new list. Name other colleagues" in words(page)
    assert ask not in page.content.decode()
    answer = client.post(ask, {"back": "/"})
    assert answer["Location"] == url(cast)
    assert sentences(answer)[-1].endswith("Nobody is left whom Pia Larsen chose: make a new list.")


def test_empty_list_is_not_sent(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.director).post(url(cast), {})
    assert (answer.status_code, Shortlist.objects.count()) == (422, 0)
    assert "Put at least one colleague on the list." in words(answer)


def test_whoever_was_ticked_and_is_full_meanwhile_is_not_left_out_in_silence(cast: Cast, client_of: ClientOf) -> None:
    Offer.objects.change(cast.osei, places=0, terms=(), now=cast.now)
    answer = client_of(cast.director).post(url(cast), ticks(cast.osei, cast.halloran))
    assert (answer.status_code, Shortlist.objects.count()) == (422, 0)
    assert "Somebody whom you ticked can no longer be chosen." in words(answer)
    assert f'name="on_{cast.halloran.pk.hex}" id="id_on_{cast.halloran.pk.hex}" checked' in answer.content.decode()


def test_too_long_a_reason_is_said_beside_it(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.director).post(url(cast), ticks(cast.osei, **{f"reason_{cast.osei.pk.hex}": "x" * 401}))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [f"reason_{cast.osei.pk.hex}"])


def test_newer_list_replaces_the_older(cast: Cast, client_of: ClientOf) -> None:
    older = listed(cast)
    answer = client_of(cast.director).post(url(cast), ticks(cast.both))
    older.refresh_from_db()
    assert (older.state, answer.status_code, recorded("pairing.shortlisted")) == ("closed", 302, 2)
    assert names(Shortlist.objects.open().get()) == ["Amara Diallo"]


def test_open_request_keeps_its_list(cast: Cast, client_of: ClientOf) -> None:
    asked(cast)
    client = client_of(cast.director)
    assert "once the request to Maeve Halloran is settled or taken back" in words(client.get(url(cast)))
    answer = client.post(url(cast), ticks(cast.both))
    assert (answer.status_code, Shortlist.objects.count()) == (409, 1)
    assert "Withdraw it first" in words(answer)
    with pytest.raises(Conflict):
        listed(cast, cast.both)


def test_those_named_before_are_not_ticked_again(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast)
    request.decline(by=cast.halloran, now=cast.now)
    answer = client_of(cast.director).get(url(cast))
    on = {bound.html_name for bound in answer.context["form"] if bound.value() is True}
    assert on == {f"on_{mentor.pk.hex}" for mentor in (cast.both, cast.directing_mentor)}
    assert "declined on 14 October" in words(answer)


def test_mentee_who_asks_for_other_names_is_heard(cast: Cast, client_of: ClientOf) -> None:
    listed(cast).ask_others(by=cast.pia, now=cast.now)
    assert "Pia Larsen would like other names; no reason is asked." in words(client_of(cast.director).get(url(cast)))


def test_chosen_stand_in_the_mentees_order_with_a_button_each(cast: Cast, client_of: ClientOf) -> None:
    shortlist = chosen(cast, cast.osei, cast.halloran)
    answer = client_of(cast.director).get(url(cast))
    assert "Kwame Osei choice 1 Ask Maeve Halloran choice 2 Ask" in words(answer)
    assert reverse("pairing:ask", args=[shortlist.pk]) in answer.content.decode()


# --- Why not …


@pytest.mark.parametrize(
    ("mentor", "sentence"),
    [
        ("chief_mentor", "Ruth Adler is chief of the division."),
        ("colleague", "Dmitri Volkov is no mentor of this program."),
        ("osei", "All places of Kwame Osei are taken."),
    ],
)
def test_why_not_says_every_reason(cast: Cast, client_of: ClientOf, mentor: str, sentence: str) -> None:
    Offer.objects.change(cast.osei, places=2, terms=(), now=cast.now)
    answer = client_of(cast.director).get(url(cast), {"why": getattr(cast, mentor).pk})
    assert sentence in words(answer)
    exempt = reverse("pairing:exempt", args=["digestive", cast.pia.pk, getattr(cast, mentor).pk])
    assert (exempt in answer.content.decode()) == (mentor == "chief_mentor")


def test_why_not_can_be_asked_of_everybody_here_but_oneself(cast: Cast, client_of: ClientOf) -> None:
    people = set(client_of(cast.director).get(url(cast)).context["why_form"].people.values())
    assert {cast.chief_mentor, cast.colleague, cast.mei, cast.osei} <= people
    assert not {cast.pia, cast.director, cast.sofia, cast.leaver} & people


@pytest.mark.parametrize("why", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_why_not_of_nobody_is_a_page_all_the_same(cast: Cast, client_of: ClientOf, why: str) -> None:
    assert client_of(cast.director).get(url(cast), {"why": why}).status_code == 200


def test_why_not_never_tells_a_director_about_oneself(cast: Cast, client_of: ClientOf) -> None:
    """Another director reads that one of the two would rather not; the one whom it concerns does not."""
    apart = Apart(program=cast.digestive, person=cast.pia, other=cast.directing_mentor, kind="not_again")
    apart.keep(now=cast.now)
    asking = {"why": str(cast.directing_mentor.pk)}
    assert "One of the two would rather not." in words(client_of(cast.director).get(url(cast), asking))
    assert "One of the two would rather not." not in words(client_of(cast.directing_mentor).get(url(cast), asking))


# --- Who may


def test_page_is_the_directors_and_looking_is_recorded(cast: Cast, client_of: ClientOf) -> None:
    people = ("director", "directing_mentor", "coordinator", "chief", "pia", "osei", "other_director", "stranger")
    found = {name: client_of(getattr(cast, name)).get(url(cast)).status_code for name in people}
    assert [name for name, status in found.items() if status == 200] == ["director", "directing_mentor"]
    assert set(found.values()) == {200, 404}


@pytest.mark.parametrize("mentee", ["osei", "leaver", "sofia", "coordinator"])
def test_page_is_for_those_who_look_for_a_mentor_here(cast: Cast, client_of: ClientOf, mentee: str) -> None:
    assert client_of(cast.director).get(url(cast, mentee)).status_code == 404


def test_director_is_not_offered_without_a_deputy(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.directing_mentor)
    answer = client.get(url(cast))
    assert f"on_{cast.directing_mentor.pk.hex}" not in answer.content.decode()
    assert "You yourself are not offered: nobody runs their own mentoring. Name a deputy first." in words(answer)
    assert client.post(url(cast), ticks(cast.directing_mentor)).status_code == 422
    with pytest.raises(Refused, match="name a deputy first"):
        listed(cast, cast.directing_mentor, by=cast.directing_mentor)
    assert f"on_{cast.directing_mentor.pk.hex}" in client_of(cast.director).get(url(cast)).content.decode()


def test_director_on_the_list_hands_the_search_to_the_deputy(cast: Cast, client_of: ClientOf) -> None:
    deputy(cast, cast.committee)
    client, stand_in = client_of(cast.directing_mentor), client_of(cast.committee)
    shown = words(client.get(url(cast)))
    assert "This is you. As soon as you send it, this search is Clara Jensen’s, and you no longer see it." in shown
    assert "This is you." not in words(client_of(cast.director).get(url(cast)))
    assert stand_in.get(url(cast)).status_code == 404
    answer = client.post(url(cast), ticks(cast.directing_mentor, cast.osei))
    assert sentences(answer) == ["The list is sent. The search of Pia Larsen is with Clara Jensen from now on."]
    assert (client.get(url(cast)).status_code, stand_in.get(url(cast)).status_code) == (404, 200)
    assert client.post(url(cast), ticks(cast.osei)).status_code == 404
    stand_in.post(url(cast), ticks(cast.osei))
    assert (client.get(url(cast)).status_code, stand_in.get(url(cast)).status_code) == (200, 404)


def test_deputy_who_stands_on_the_list_as_well_is_none(cast: Cast) -> None:
    deputy(cast, cast.osei)
    with pytest.raises(Refused, match="name a deputy first"):
        listed(cast, cast.directing_mentor, cast.osei, by=cast.directing_mentor)


def test_deputy_whose_role_has_ended_is_none(cast: Cast) -> None:
    deputy(cast, cast.committee)
    Role.objects.filter(person=cast.committee).update(until=cast.ago(1))
    with pytest.raises(Refused, match="name a deputy first"):
        listed(cast, cast.directing_mentor, by=cast.directing_mentor)


def test_search_of_ones_own_mentee_is_another_directors(cast: Cast, client_of: ClientOf) -> None:
    """Tomas looks for another mentor: whom, his mentor who directs does not see."""
    assert client_of(cast.director).get(url(cast, "tomas")).status_code == 200
    assert client_of(cast.directing_mentor).get(url(cast, "tomas")).status_code == 404


def test_mentee_who_has_left_gets_no_list(cast: Cast) -> None:
    with pytest.raises(Refused, match="no part in this program any more"):
        name(cast.digestive, cast.leaver, [(cast.osei, "")], by=cast.director, now=cast.now)


def test_queries_stay_the_same(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.director)
    listed(cast, cast.osei)
    before = queries(client, url(cast))
    for number in range(6):
        made = Person.objects.add(given_name="Row", family_name=f"{number}", by=None, now=cast.now)
        cast.digestive.grant(made, Role.Kind.MENTOR, since=cast.ago(9), by=None, now=cast.now)
        Offer.objects.change(made, places=4, terms=terms(cast.digestive, "life"), now=cast.now)
    listed(cast, cast.osei, cast.halloran, cast.both)
    assert (queries(client, url(cast)), before < 45) == (before, True)


def test_those_after_the_sixth_are_one_tap_away(cast: Cast, client_of: ClientOf) -> None:
    for number in range(4):
        made = Person.objects.add(given_name="Row", family_name=f"{number}", by=None, now=cast.now)
        cast.digestive.grant(made, Role.Kind.MENTOR, since=cast.ago(9), by=None, now=cast.now)
    answer = client_of(cast.director).get(url(cast))
    assert "<summary>2 more</summary>" in answer.content.decode()
    assert answer.content.decode().count('<section class="card" role="group"') == 8
