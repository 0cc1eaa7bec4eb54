"""The mentee chooses from the list (R6), is asked once more about R9, and never reads what others answered (R7)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from telemachus.career.models import Appointment, Aspirations
from telemachus.career.status_form import name_other_mentor, other_mentors
from telemachus.intake.path import Move
from telemachus.intake.way import own_way
from telemachus.lib.errors import Conflict
from telemachus.pairing.access import directed_requests
from telemachus.pairing.choice_steps import steps
from telemachus.pairing.models import Apart, Need, Offer, Request, Shortlist
from telemachus.pairing.requesting import accept, ask, choose, introduce, name
from telemachus.program.models import Deputy
from tests.acts import ClientOf, queries, recorded, sentences, words
from tests.cast import Cast
from tests.pairing.lists import choice, list_for_pia, of
from tests.pairing.terms import terms

NEUTRAL = "This colleague can no longer be chosen. Please choose somebody else, or ask for other names."


@pytest.fixture
def named(cast: Cast) -> Shortlist:
    return list_for_pia(cast)


def url(shortlist: Shortlist) -> str:
    return reverse("pairing:choose", args=[shortlist.pk])


def ranks(shortlist: Shortlist) -> dict[str, int]:
    chosen = shortlist.candidates.exclude(rank=None).order_by("rank")
    return {one.mentor.family_name: one.rank or 0 for one in chosen}


def test_page_shows_names_reasons_and_what_they_cover(cast: Cast, client_of: ClientOf, named: Shortlist) -> None:
    wanted = terms(cast.digestive, "grants", "life")
    Need.objects.change(cast.digestive, cast.pia, terms=wanted, by=cast.pia, now=cast.now)
    Offer.objects.change(cast.osei, places=9, terms=terms(cast.digestive, "life", "teaching"), now=cast.now)
    Appointment.objects.create(
        program=cast.digestive, person=cast.osei, title="PROF-HCOMP", series="hs-clinical", rank="professor"
    )
    shown = words(client_of(cast.pia).get(url(named)))
    for said in (
        "Kwame Osei",
        "Professor, ",
        "two colleagues through the appraisal",
        "a life outside work",
    ):
        assert said in shown
    assert "teaching, and how" not in shown
    assert "first grants and keeping" not in shown


def test_page_takes_the_choice_with_one_radio_and_one_button(cast: Cast, client_of: ClientOf, named: Shortlist) -> None:
    answer = client_of(cast.pia).post(url(named), choice(named, cast.halloran))
    assert (answer.status_code, answer["Location"]) == (302, url(named))
    assert sentences(answer) == ["You have chosen Maeve Halloran. Ines Duarte is arranging it."]
    named.refresh_from_db()
    assert (named.state, ranks(named), recorded("pairing.chosen")) == ("chosen", {"Halloran": 1}, 1)


def test_page_of_one_name_has_it_ticked(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.pia).get(url(list_for_pia(cast, cast.osei))).content.decode()
    assert page.count("checked") == 1
    assert 'name="second"' not in page


def test_choice_with_who_comes_next_and_papers(cast: Cast, client_of: ClientOf, named: Shortlist) -> None:
    Aspirations.objects.write(cast.digestive, cast.pia, by=cast.pia, now=cast.now, focus="Outcomes")
    client = client_of(cast.pia)
    page = client.get(url(named)).content.decode()
    assert "shows_aspirations" in page
    assert "shows_cv" not in page
    given = choice(named, cast.both, cast.osei, cast.halloran, shows_aspirations="on", shows_cv="on")
    client.post(url(named), given)
    named.refresh_from_db()
    assert ranks(named) == {"Diallo": 1, "Osei": 2, "Halloran": 3}
    assert (named.shows_aspirations, named.shows_cv, named.shows_needs) == (True, False, False)


def test_who_is_named_twice_is_asked_once(cast: Cast, client_of: ClientOf, named: Shortlist) -> None:
    """Whoever moves the second to the first place need not empty the second."""
    client_of(cast.pia).post(url(named), choice(named, cast.both, cast.both, cast.osei))
    assert ranks(named) == {"Diallo": 1, "Osei": 2}


def test_enter_answers_nothing(cast: Cast, client_of: ClientOf, named: Shortlist) -> None:
    """A browser presses the first button of the form on Enter: that one carries no answer to R9."""
    page = client_of(cast.pia).get(url(named)).content.decode()
    form = page[page.index('class="form"') :]
    assert form.index('<button type="submit" hidden>') < form.index('name="other"')


@pytest.mark.parametrize("missing", ["first", "other"])
def test_choice_without_an_answer_is_not_taken(cast: Cast, client_of: ClientOf, named: Shortlist, missing: str) -> None:
    given = choice(named, cast.both)
    del given[missing]
    answer = client_of(cast.pia).post(url(named), given)
    assert answer.status_code == 422
    assert ("Choose a colleague first." if missing == "first" else "Please answer the question") in words(answer)
    assert ranks(named) == {}


@pytest.mark.parametrize("kind", ["clinical", "research"])
def test_own_clinical_or_research_mentor_is_noted_and_not_chosen(
    cast: Cast, client_of: ClientOf, named: Shortlist, kind: str
) -> None:
    client = client_of(cast.pia)
    answer = client.post(url(named), choice(named, cast.osei, other=kind))
    [said] = sentences(answer)
    assert f"Kwame Osei is noted as your {kind} mentor" in said
    assert other_mentors(cast.digestive, [cast.pia]) == {cast.pia.pk: {cast.osei.pk: kind}}
    named.refresh_from_db()
    assert (named.state, ranks(named)) == ("sent", {})
    page = client.get(url(named))
    assert "A career-development mentor is somebody other than your clinical or research mentor." in words(page)
    assert str(of(named, cast.osei).pk) not in page.content.decode()
    assert client.post(url(named), choice(named, cast.osei)).status_code == 422


def test_own_mentor_leaves_the_standing_choice_and_the_next_moves_up(
    cast: Cast, client_of: ClientOf, named: Shortlist
) -> None:
    client = client_of(cast.pia)
    client.post(url(named), choice(named, cast.osei, cast.halloran, cast.both))
    answer = client.post(url(named), choice(named, cast.osei, other="clinical"))
    assert sentences(answer)[-1].endswith("Your choice is Maeve Halloran now.")
    named.refresh_from_db()
    assert (named.state, ranks(named)) == ("chosen", {"Halloran": 1, "Diallo": 2})
    assert ask(named, by=cast.director, now=cast.now).mentor == cast.halloran


def test_own_mentor_as_the_only_choice_gives_the_move_to_who_runs_the_search(
    cast: Cast, client_of: ClientOf, named: Shortlist
) -> None:
    client = client_of(cast.pia)
    client.post(url(named), choice(named, cast.osei))
    answer = client.post(url(named), choice(named, cast.osei, other="research"))
    assert "Ines Duarte looks for other names. Until they come you can still choose here." in sentences(answer)[-1]
    named.refresh_from_db()
    assert (named.state, ranks(named), recorded("pairing.others_asked")) == ("others", {}, 1)
    assert own_way(cast.digestive, cast.pia, cast.now).path.next.move == Move.MAKE_LIST  # type: ignore[union-attr]
    client.post(url(named), choice(named, cast.both))
    assert ranks(named) == {"Diallo": 1}


def test_other_names_can_be_asked_for_until_somebody_is_asked(
    cast: Cast, client_of: ClientOf, named: Shortlist
) -> None:
    client, others = client_of(cast.pia), reverse("pairing:ask_others", args=[named.pk])
    client.post(url(named), choice(named, cast.osei))
    assert others in client.get(url(named)).content.decode()
    named.refresh_from_db()
    ask(named, by=cast.director, now=cast.now)
    assert others not in client.get(url(named)).content.decode()
    answer = client.post(others, {"back": url(named)})
    assert "This is being arranged already. If you would rather change it, please tell Ines Duarte." in sentences(
        answer
    )
    named.refresh_from_db()
    assert (named.state, ranks(named)) == ("chosen", {"Osei": 1})


def test_page_names_the_deputy_who_reads_the_choice(cast: Cast, client_of: ClientOf) -> None:
    """The director who sent the list stands on it."""
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    mentors = [(cast.osei, "Knows grants."), (cast.directing_mentor, "Knows the division.")]
    named = name(cast.digestive, cast.pia, mentors, by=cast.directing_mentor, now=cast.now)
    client = client_of(cast.pia)
    shown = words(client.get(url(named)))
    assert "Clara Jensen names these colleagues to you." in shown
    assert "Your choice: only whoever runs this search, at present Clara Jensen." in shown
    answer = client.post(url(named), choice(named, cast.osei))
    assert sentences(answer) == ["You have chosen Kwame Osei. Clara Jensen is arranging it."]
    named.refresh_from_db()
    ask(named, by=cast.committee, now=cast.now)
    shown = words(client.get(url(named)))
    assert "Would you rather change it? Please tell Clara Jensen." in shown
    assert "Brandt" not in shown


def test_exclusion_after_the_list_is_refused_in_neutral_words(
    cast: Cast, client_of: ClientOf, named: Shortlist
) -> None:
    """The mentor's own wish is nobody's to read but the director's."""
    client = client_of(cast.pia)
    assert NEUTRAL not in words(client.get(url(named)))
    Apart(program=cast.digestive, person=cast.osei, other=cast.pia, kind="not_again").keep(now=cast.now)
    answer = client.post(url(named), choice(named, cast.osei))
    assert answer.status_code == 422
    assert NEUTRAL in words(answer)
    assert "rather not" not in words(answer)
    assert ranks(named) == {}


def test_full_gone_and_kept_apart_read_alike(cast: Cast, client_of: ClientOf, named: Shortlist) -> None:
    Apart(program=cast.digestive, person=cast.osei, other=cast.pia, kind="not_again").keep(now=cast.now)
    Offer.objects.change(cast.both, places=0, terms=(), now=cast.now)
    for role in cast.halloran.roles.all():
        role.end(on=cast.ago(1), by=cast.director, now=cast.now)
    page = client_of(cast.pia).get(url(named))
    shown = words(page)
    assert shown.count(NEUTRAL) == 3
    assert 'type="radio"' not in page.content.decode()
    assert "I would like other names" in shown


def test_exclusion_while_the_act_is_under_way_is_refused(cast: Cast, named: Shortlist) -> None:
    """The page had shown the name; the domain looks once more."""
    name_other_mentor(cast.digestive, cast.pia, cast.osei, "research", by=cast.pia, now=cast.now)
    with pytest.raises(Exception, match="somebody other than your clinical or research mentor"):
        choose(named, [of(named, cast.osei)], shows=(), by=cast.pia, now=cast.now)


def test_choice_can_be_changed_until_somebody_is_asked(cast: Cast, client_of: ClientOf, named: Shortlist) -> None:
    client = client_of(cast.pia)
    client.post(url(named), choice(named, cast.halloran, cast.osei))
    client.post(url(named), choice(named, cast.both))
    assert ranks(named) == {"Diallo": 1}
    assert "Change it" in words(client.get(url(named)))
    named.refresh_from_db()
    ask(named, by=cast.director, now=cast.now)
    page = client.get(url(named))
    assert "Ines Duarte is arranging it." in words(page)
    assert "Change it" not in words(page)
    answer = client.post(url(named), {**choice(named, cast.osei), "back": url(named)})
    assert answer["Location"] == url(named)
    assert "This is being arranged already." in sentences(answer)[0]
    assert ranks(named) == {"Diallo": 1}


def test_two_browsers_at_once_the_later_choice_stands_whole(cast: Cast, client_of: ClientOf, named: Shortlist) -> None:
    first, second = client_of(cast.pia), client_of(cast.pia)
    assert first.get(url(named)).status_code == second.get(url(named)).status_code == 200
    first.post(url(named), choice(named, cast.osei, cast.halloran))
    second.post(url(named), choice(named, cast.halloran))
    assert ranks(named) == {"Halloran": 1}


def test_two_browsers_one_choosing_one_asking_for_others(cast: Cast, client_of: ClientOf, named: Shortlist) -> None:
    client = client_of(cast.pia)
    client.post(url(named), choice(named, cast.osei))
    client.post(reverse("pairing:ask_others", args=[named.pk]), {"back": url(named)})
    named.refresh_from_db()
    assert (named.state, ranks(named)) == ("others", {})


def test_a_decline_leaves_no_hint_on_the_mentees_page(cast: Cast, client_of: ClientOf, named: Shortlist) -> None:
    client = client_of(cast.pia)
    client.post(url(named), choice(named, cast.osei, cast.halloran))
    named.refresh_from_db()
    request = ask(named, by=cast.director, now=cast.now)
    client.get(url(named))
    waiting = client.get(url(named)).content
    request.decline(by=cast.osei, now=cast.now)
    assert directed_requests(cast.director).get(mentor=cast.osei).state == "declined"
    assert _without_token(client.get(url(named)).content) == _without_token(waiting)
    named.refresh_from_db()
    accept(ask(named, by=cast.director, now=cast.now), by=cast.halloran, now=cast.now)
    assert _without_token(client.get(url(named)).content) == _without_token(waiting)
    for word in (b"declin", b"accept", b"expire", b"waiting"):
        assert word not in waiting.lower()


def _without_token(content: bytes) -> list[bytes]:
    return [line for line in content.splitlines() if b"csrfmiddlewaretoken" not in line]


def test_list_that_has_done_its_work_says_so(cast: Cast, client_of: ClientOf, named: Shortlist) -> None:
    client = client_of(cast.pia)
    newer = list_for_pia(cast, cast.both)
    answer = client.get(url(named))
    assert answer.status_code == 409
    assert "This list has done its work, or a newer one has come." in words(answer)
    assert client.get(url(newer)).status_code == 200
    client.post(url(newer), choice(newer, cast.both))
    newer.refresh_from_db()
    request = ask(newer, by=cast.director, now=cast.now)
    accept(request, by=cast.both, now=cast.now)
    introduce(Request.objects.get(pk=request.pk), by=cast.director, now=cast.now)
    assert client.get(url(newer)).status_code == 409


def test_page_is_the_mentees_own(cast: Cast, client_of: ClientOf, named: Shortlist) -> None:
    assert client_of(cast.pia).get(url(named)).status_code == 200
    assert client_of(cast.director).post(url(named), choice(named, cast.osei)).status_code == 403
    for other in (cast.osei, cast.mei, cast.coordinator, cast.chief, cast.other_director, cast.stranger):
        assert client_of(other).get(url(named)).status_code == 404
    assert ranks(named) == {}


def test_mentee_who_left_finds_no_list(cast: Cast, client_of: ClientOf, named: Shortlist) -> None:
    for role in cast.pia.roles.all():
        role.end(on=cast.ago(1), by=cast.director, now=cast.now)
    assert client_of(cast.pia).get(url(named)).status_code == 404


def test_page_asks_as_often_for_three_names_as_for_one(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.pia)
    one = queries(client, url(list_for_pia(cast, cast.osei)))
    assert queries(client, url(list_for_pia(cast))) == one


def test_step_waits_since_the_list_came_and_until_it_is_answered(cast: Cast, named: Shortlist) -> None:
    Shortlist.objects.filter(pk=named.pk).update(sent_at=cast.now - timedelta(days=5))
    [step] = steps(cast.pia, cast.now)
    assert (step.sentence, step.since) == ("Choose whom you would like as your mentor.", cast.ago(5))
    assert (step.why, step.acts[0].url) == ("3 colleagues are named to you, with reasons.", url(named))
    assert steps(cast.director, cast.now) == []
    choose(named, [of(named, cast.osei)], shows=(), by=cast.pia, now=cast.now)
    assert steps(cast.pia, cast.now) == []


def test_model_refuses_a_choice_after_the_request(cast: Cast, named: Shortlist) -> None:
    choose(named, [of(named, cast.osei)], shows=(), by=cast.pia, now=cast.now)
    held = Shortlist.objects.get(pk=named.pk)
    ask(named, by=cast.director, now=cast.now)
    with pytest.raises(Conflict):
        choose(held, [of(named, cast.both)], shows=(), by=cast.pia, now=cast.now)
