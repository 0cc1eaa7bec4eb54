"""A senior colleague says yes, in private (R7)."""

from typing import Any

import pytest
from django.urls import reverse

from telemachus.career.status_form import name_other_mentor
from telemachus.lib.errors import Conflict
from telemachus.pairing.models import Apart, Offer, Pairing, Request, places
from telemachus.pairing.request_steps import steps
from telemachus.pairing.requesting import accept
from telemachus.program.models import Role
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast
from tests.pairing.way import asked, fresh


def url(request: Request, verb: str = "accept") -> str:
    return reverse(f"pairing:{verb}", args=[request.pk])


def state(request: Request) -> str:
    request.refresh_from_db()
    return request.state


def test_accept_is_one_click_and_is_recorded(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.halloran)
    answer = client_of(cast.halloran).post(url(request))
    assert sentences(answer) == ["Thank you. Ines Duarte will introduce you and Pia Larsen to each other."]
    assert (state(request), request.answered_on, recorded("pairing.accepted")) == ("accepted", cast.today, 1)


def test_accept_makes_no_pair_yet_and_holds_the_place(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.halloran)
    client_of(cast.halloran).post(url(request))
    assert (Pairing.objects.active().filter(mentee=cast.pia).count(), places(cast.halloran)) == (0, 1)


def test_accepted_twice_counts_once(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.halloran)
    _first, second = twice(client_of(cast.halloran), url(request))
    assert sentences(second)[-1] == "This request is no longer open."
    assert recorded("pairing.accepted") == 1


def test_accepted_cannot_be_declined_any_more(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.halloran)
    client = client_of(cast.halloran)
    client.post(url(request))
    assert client.post(url(request, "decline")).status_code == 409
    assert state(request) == "accepted"


def test_accept_after_the_last_day_is_too_late(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.halloran)
    Request.objects.update(until=cast.ago(1))
    assert client_of(cast.halloran).post(url(request)).status_code == 409
    assert state(request) == "waiting"


def test_accept_is_the_mentors(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.halloran)
    people = {
        "director": 403, "directing_mentor": 403, "coordinator": 404, "chief": 404, "pia": 404,
        "osei": 404, "other_director": 404, "stranger": 404,
    }  # fmt: skip
    assert {name: client_of(getattr(cast, name)).post(url(request)).status_code for name in people} == people
    assert state(request) == "waiting"


def test_mentor_whose_role_has_ended_is_asked_no_longer(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.halloran)
    assert client_of(cast.halloran).get(url(request, "request")).status_code == 200
    Role.objects.filter(person=cast.halloran).update(until=cast.ago(1))
    assert client_of(cast.halloran).get(url(request, "request")).status_code == 404
    assert client_of(cast.halloran).post(url(request)).status_code == 404


def test_rule_that_speaks_meanwhile_is_a_neutral_sentence(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.halloran)
    name_other_mentor(cast.digestive, cast.pia, cast.halloran, "clinical", by=cast.pia, now=cast.now)
    answer = client_of(cast.halloran).post(url(request), {"back": "/"})
    said = ["Something has changed since you were asked: please speak with Ines Duarte."]
    assert (sentences(answer), state(request)) == (said, "waiting")


def test_yes_of_a_mentor_whom_the_mentee_would_rather_not_have_is_taken_as_any(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.halloran)
    Apart(program=cast.digestive, person=cast.pia, other=cast.halloran, kind="not_again").keep(now=cast.now)
    answer = client_of(cast.halloran).post(url(request), {"back": "/"})
    said = ["Thank you. Ines Duarte will introduce you and Pia Larsen to each other."]
    assert (sentences(answer), state(request)) == (said, "accepted")


def test_page_says_what_it_asks_and_how_much_room_there_is(cast: Cast, client_of: ClientOf) -> None:
    Offer.objects.change(cast.osei, places=4, terms=(), now=cast.now)
    said = words(client_of(cast.osei).get(url(asked(cast, cast.osei), "request")))
    assert "Ines Duarte asks you, and hopes for an answer by 28 October." in said
    assert "At least 2 meetings an academic year; 4 is a good rhythm." in said
    assert "Nobody keeps notes" in said
    assert "2 of your 4 places are taken." in said
    assert "No reason is asked. Only Ines Duarte learns your answer" in said


def test_step_says_who_learns_the_answer_and_leads_with_it(cast: Cast) -> None:
    asked(cast, cast.halloran)
    [step] = steps(fresh(cast.halloran), cast.now)
    assert step.why == "Only Ines Duarte learns your answer; no reason is asked. An answer is hoped for by 28 October."
    assert [act.label for act in step.acts] == ["Accept", "Decline", "Look at it"]


def test_page_after_the_yes_says_what_comes(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.halloran)
    client = client_of(cast.halloran)
    client.post(url(request), {"back": url(request, "request")})
    said = words(client.get(url(request, "request")))
    assert "You said yes on 14 October. Ines Duarte will introduce you and Pia Larsen to each other" in said
    assert "Decline" not in said


# --- As told: mentors who never sign in are served.


def told(cast: Cast, answer: str = "yes", days: int = 0) -> dict[str, Any]:
    return {"answer": answer, "on": cast.ago(days)}


@pytest.mark.parametrize(("answer", "becomes"), [("yes", "accepted"), ("no", "declined")])
def test_director_records_what_was_told(cast: Cast, client_of: ClientOf, answer: str, becomes: str) -> None:
    request = asked(cast, cast.halloran)
    Request.objects.update(made_at=cast.now.replace(day=10))
    replied = client_of(cast.director).post(url(request, "answer_as_told"), told(cast, answer, 2))
    assert sentences(replied) == ["The answer of Maeve Halloran is recorded."]
    assert (state(request), request.answered_on, recorded(f"pairing.{becomes}")) == (becomes, cast.ago(2), 1)


@pytest.mark.parametrize("days", [-1, 1, 400])
def test_day_of_what_was_told_lies_between_the_request_and_today(cast: Cast, client_of: ClientOf, days: int) -> None:
    request = asked(cast, cast.halloran)
    answer = client_of(cast.director).post(url(request, "answer_as_told"), told(cast, days=days))
    assert (answer.status_code, list(answer.context["form"].errors), state(request)) == (422, ["on"], "waiting")


def test_answer_told_in_time_counts_after_the_last_day(cast: Cast) -> None:
    request = asked(cast, cast.halloran)
    Request.objects.update(until=cast.ago(1), made_at=cast.now.replace(day=1))
    request.refresh_from_db()
    with pytest.raises(Conflict):
        accept(request, by=cast.director, now=cast.now)
    accept(request, by=cast.director, now=cast.now, on=cast.ago(1))
    assert state(request) == "accepted"


def test_what_was_told_is_the_directors_to_record(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.halloran)
    people = {"halloran": 403, "coordinator": 404, "pia": 404, "osei": 404, "director": 200}
    page = url(request, "answer_as_told")
    assert {name: client_of(getattr(cast, name)).get(page).status_code for name in people} == people
    posted = {name: client_of(getattr(cast, name)).post(page, told(cast)).status_code for name in people}
    assert posted == {**people, "director": 302}
    assert client_of(cast.director).post(page, told(cast)).status_code == 409
