"""What a person reads when something is missing, forbidden, too late, out of shape or broken."""

from uuid import uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from config.urls import handler500
from config.urls import urlpatterns as usual
from telemachus.meetings.models import AppointmentToMeet, Meeting
from telemachus.people.models import Person
from tests.acts import ClientOf, sentences, words
from tests.cast import Cast

SECRET = "a secret of Ithaca"
__all__ = ["handler500"]


def breaks(request: HttpRequest) -> HttpResponse:
    private = request.GET["private"]
    raise RuntimeError(private)


urlpatterns = [*usual, path("breaks/", breaks)]


def test_missing_others_and_ended_look_the_same(cast: Cast, client_of: ClientOf) -> None:
    """Byte for byte."""
    client = client_of(cast.mei)
    urls = [reverse("meetings:pair", args=[pk]) for pk in (uuid4(), cast.tomas_director.pk, cast.mei_halloran.pk)]
    urls += ["/nowhere/", reverse("meetings:register", args=["digestive"]), reverse("web:people", args=["cardiology"])]
    answers = [client.get(url) for url in urls]
    assert client.get(reverse("meetings:pair", args=[cast.mei_osei.pk])).status_code == 200
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert "There is nothing here for you" in words(answers[0])


def test_gone_looks_as_if_it_had_never_been(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.osei)
    meeting = Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=cast.mei, now=cast.now)
    meeting.withdraw(by=cast.mei, now=cast.now)
    gone = client.post(reverse("meetings:confirm", args=[meeting.pk or uuid4()]))
    never = client.post(reverse("meetings:confirm", args=[uuid4()]))
    assert (gone.status_code, gone.content) == (404, never.content)


def test_forbidden_says_whose_it_is_not(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.coordinator).get(reverse("pairing:end", args=[cast.mei_osei.pk]))
    assert answer.status_code == 403
    assert "You may see this, but the step belongs to somebody else." in words(answer)


def test_post_without_token_is_answered_with_a_sentence(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.mei)
    answer = client.post(reverse("meetings:wish", args=[cast.mei_osei.pk]))
    assert answer.status_code == 403
    assert "This page was open for too long" in words(answer)


@pytest.mark.urls("tests.web.test_errors")
def test_breakage_leaks_nothing(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(cast.mei)
    answer = client.get("/breaks/", {"private": SECRET})
    assert (answer.status_code, answer["Cache-Control"]) == (500, "no-store")
    assert "Something went wrong on our side" in words(answer)
    assert not [word for word in (SECRET, "RuntimeError", "Traceback", "Tanaka") if word in answer.content.decode()]
    assert SECRET not in "".join(record.getMessage() for record in caplog.records)


def confirmed(cast: Cast) -> str:
    for by in (cast.mei, cast.osei):
        Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=by, now=cast.now)
    return reverse("meetings:confirm", args=[Meeting.objects.get().pk])


def test_conflict_is_a_sentence_on_the_page_one_came_from(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.osei).post(confirmed(cast), {"back": "/meetings/mentees/"})
    assert (answer.status_code, answer["Location"]) == (302, "/meetings/mentees/")
    assert sentences(answer) == ["Nothing is left to confirm: this date is registered, or it was withdrawn."]


@pytest.mark.parametrize(
    "back", ["", "nowhere", "https://evil.example/", "//evil.example/", "javascript:x", "/\\evil.example"]
)
def test_conflict_without_a_page_of_ours_has_one_of_its_own(cast: Cast, client_of: ClientOf, back: str) -> None:
    answer = client_of(cast.osei).post(confirmed(cast), {"back": back})
    assert answer.status_code == 409
    assert "Nothing is left to confirm" in words(answer)
    assert "Nothing has been changed." in words(answer)


def test_act_leads_to_no_other_site(cast: Cast, client_of: ClientOf) -> None:
    for back in ("nowhere", "https://evil.example/", "//evil.example/", "/\\evil.example"):
        url = reverse("meetings:wish", args=[cast.mei_osei.pk])
        answer = client_of(cast.mei).post(url, {"back": back})
        assert answer["Location"] == reverse("meetings:pair", args=[cast.mei_osei.pk])


def test_get_of_an_act_does_nothing(cast: Cast, client_of: ClientOf) -> None:
    appointment = AppointmentToMeet.arrange(cast.mei_osei, at=cast.now.replace(day=20), by=cast.mei, now=cast.now)
    assert client_of(cast.mei).get(reverse("meetings:cancel", args=[appointment.pk])).status_code == 405
    assert AppointmentToMeet.objects.exists()


def test_missing_page_names_nobody_to_whoever_is_not_signed_in(cast: Cast) -> None:
    page = Client().get("/nowhere/").content.decode()
    assert not [name for name in Person.objects.values_list("family_name", flat=True) if name in page]
    assert "Digestive" not in page
