"""A senior colleague says no: without a reason, and to the director only (R7)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.intake.steps import steps
from telemachus.lib.errors import Conflict
from telemachus.lib.step import Step
from telemachus.pairing.forgetting import forget_answered
from telemachus.pairing.models import Candidate, Offer, Pairing, Request, Shortlist, places
from telemachus.pairing.requesting import ask
from telemachus.people.models import Person
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast
from tests.pairing.way import asked, chosen, fresh


def url(request: Request, verb: str = "decline") -> str:
    return reverse(f"pairing:{verb}", args=[request.pk])


def test_decline_is_one_click_gives_the_place_back_and_lands_on_today(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.halloran)
    assert places(cast.halloran) == 1
    answer = client_of(cast.halloran).post(url(request), {"back": url(request, "request")})
    assert sentences(answer) == ["You have declined. Only Ines Duarte learns it, without a reason."]
    assert answer.headers["Location"] == "/"
    request.refresh_from_db()
    assert (request.state, request.answered_on, places(cast.halloran)) == ("declined", cast.today, 0)


def test_declined_twice_counts_once(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.halloran)
    first, second = twice(client_of(cast.halloran), url(request))
    assert (first.status_code, second.status_code, recorded("pairing.declined")) == (302, 404, 1)
    with pytest.raises(Conflict, match="no longer open"):
        request.decline(by=cast.halloran, now=cast.now)


def _moves(person: Person, cast: Cast) -> list[Step]:
    return [step for step in steps(fresh(person), cast.now) if "Pia" in step.sentence]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("decline", "An answer has come for the search of Pia Larsen."),
        ("expire", "No answer has come for the search of Pia Larsen."),
        ("withdraw", "The request in the search of Pia Larsen was taken back."),
    ],
)
def test_today_names_nobody_and_the_page_behind_says_who_is_next(
    cast: Cast, client_of: ClientOf, answer: str, said: str
) -> None:
    shortlist = chosen(cast, cast.halloran, cast.osei, cast.both)
    assert [step.sentence for step in _moves(cast.director, cast)] == ["Pia Larsen has chosen: ask the mentor."]
    request = ask(shortlist, by=cast.director, now=cast.now)
    told = {"now": cast.now} if answer == "expire" else {"by": cast.director, "now": cast.now}
    getattr(request, answer)(**told)
    [step] = _moves(cast.director, cast)
    assert (step.sentence, [act.label for act in step.acts]) == (said, ["Look at it"])
    assert not any(name in step.why for name in ("Halloran", "Osei"))
    page = client_of(cast.director).get(step.acts[0].url)
    assert "Maeve Halloran" in words(page)
    assert "Ask Kwame Osei, the next choice" in words(page)
    client_of(cast.director).post(reverse("pairing:ask", args=[shortlist.pk]), {"mentor": cast.osei.pk})
    assert Request.objects.waiting().get().mentor == cast.osei
    assert not any("Halloran" in step.sentence for step in _moves(cast.coordinator, cast))


def test_choice_of_which_nobody_can_be_asked_any_more_asks_for_a_list(cast: Cast) -> None:
    """Whom the mentee chose is full meanwhile: Today does not send the director to a button that is not there."""
    chosen(cast, cast.halloran)
    assert [step.sentence for step in _moves(cast.director, cast)] == ["Pia Larsen has chosen: ask the mentor."]
    Offer.objects.change(cast.halloran, places=0, terms=(), now=cast.now)
    assert [step.sentence for step in _moves(cast.director, cast)] == [
        "Name colleagues who could be the mentor of Pia Larsen."
    ]


@pytest.mark.parametrize("who", ["director", "directing_mentor", "coordinator", "pia", "osei", "other_mentor"])
def test_decline_is_the_mentors(cast: Cast, client_of: ClientOf, who: str) -> None:
    request = asked(cast, cast.halloran)
    expected = 403 if who in ("director", "directing_mentor") else 404
    assert client_of(getattr(cast, who)).post(url(request)).status_code == expected
    request.refresh_from_db()
    assert request.state == "waiting"


def test_decline_is_told_to_the_director_who_goes_on_with_the_next(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.halloran, cast.osei)
    request.decline(by=cast.halloran, now=cast.now)
    answer = client_of(cast.director).get(url(request, "request"))
    assert "Maeve Halloran: declined on 14 October." in words(answer)
    assert "Ask Kwame Osei, the next choice" in words(answer)


def test_declined_once_is_not_asked_again_from_that_list(cast: Cast) -> None:
    request = asked(cast, cast.halloran)
    request.decline(by=cast.halloran, now=cast.now)
    with pytest.raises(Conflict, match="nobody left on this list"):
        ask(request.shortlist, by=cast.director, now=cast.now)


def test_event_of_a_decline_stands_a_month(cast: Cast) -> None:
    asked(cast, cast.halloran).decline(by=cast.halloran, now=cast.now)
    event = Event.objects.get(kind="pairing.declined")
    assert (event.keep_until - cast.now.date()).days == 30


def test_row_of_a_decline_goes_a_month_after_the_search(cast: Cast) -> None:
    asked(cast, cast.halloran).decline(by=cast.halloran, now=cast.now)
    shortlist = Shortlist.objects.get()
    later = cast.now + timedelta(days=31)
    forget_answered(now=later)
    assert Request.objects.count() == 1
    shortlist.close(by=cast.director, now=cast.now)
    forget_answered(now=later - timedelta(days=2))
    assert Request.objects.count() == 1
    forget_answered(now=later)
    assert (Shortlist.objects.count(), Candidate.objects.count(), Request.objects.count()) == (0, 0, 0)


def test_erasing_leaves_the_pair_and_what_still_holds_a_place(cast: Cast) -> None:
    request, pairs = asked(cast, cast.halloran), Pairing.objects.count()
    Shortlist.objects.update(state="closed")
    forget_answered(now=cast.now + timedelta(days=400))
    assert (Request.objects.get(), Pairing.objects.count()) == (request, pairs)
