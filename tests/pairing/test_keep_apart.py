"""Whom one would rather not be paired with: said to the director, and to nobody else."""

import pytest
from django.urls import reverse

from telemachus.career.models import Appointment
from telemachus.lib.errors import Refused
from telemachus.pairing.models import Apart
from telemachus.pairing.rules import facts
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast

URL = reverse("pairing:keep_apart", args=["digestive"])


def test_said_twice_it_stands_once_as_said_last(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.pia)
    answer = client.post(URL, {"other": cast.osei.pk, "kind": "not_again"})
    assert sentences(answer) == ["Kept. You will not be paired with Kwame Osei."]
    client.post(URL, {"other": cast.osei.pk, "kind": "relative"})
    assert (Apart.objects.get().kind, recorded("pairing.kept_apart")) == ("relative", 2)


def test_of_ones_own_pair_it_is_said_that_the_pair_stands(cast: Cast, client_of: ClientOf) -> None:
    for person, other in ((cast.mei, cast.osei), (cast.osei, cast.mei)):
        [said] = sentences(client_of(person).post(URL, {"other": other.pk, "kind": "not_again"}))
        assert said.startswith(f"Kept for later. {other} and you are a pair now and stay one")
    assert cast.mei_osei.state == "active"


def test_it_holds_for_both(cast: Cast, client_of: ClientOf) -> None:
    assert facts(cast.digestive, cast.pia, cast.now).why_not(cast.osei.pk) == []
    client_of(cast.osei).post(URL, {"other": cast.pia.pk, "kind": "not_again"})
    assert facts(cast.digestive, cast.pia, cast.now).why_not(cast.osei.pk) == ["not_again"]


def test_page_leads_back_to_ones_own_mentoring(cast: Cast, client_of: ClientOf) -> None:
    mentee, mentor = (client_of(person).get(URL).content.decode() for person in (cast.pia, cast.osei))
    assert f'href="{reverse("intake:mine", args=["digestive"])}">Back' in mentee
    assert f'href="{reverse("meetings:my_mentees")}">Back' in mentor


def test_page_lists_ones_own_and_nobody_elses(cast: Cast, client_of: ClientOf) -> None:
    Apart(program=cast.digestive, person=cast.pia, other=cast.osei, kind="not_again").keep(now=cast.now)
    Apart(program=cast.digestive, person=cast.pia, other=cast.both, kind="relative").keep(now=cast.now)
    shown = words(client_of(cast.pia).get(URL))
    assert "What you have said" in shown
    assert shown.count("We are near relatives") == 2
    assert "What you have said" not in words(client_of(cast.osei).get(URL))


def test_mentee_names_mentors_and_mentor_names_mentees_who_have_come(cast: Cast, client_of: ClientOf) -> None:
    Appointment.objects.create(
        program=cast.digestive, person=cast.jonas, title="ASST PROF-HCOMP", series="hs-clinical", rank="assistant",
        begins=cast.ago(-30),
    )  # fmt: skip
    mentee, mentor = words(client_of(cast.pia).get(URL)), words(client_of(cast.osei).get(URL))
    assert "Halloran" in mentee
    assert "Tanaka" not in mentee
    assert "Tanaka" in mentor
    assert "Weber" not in mentor
    assert "Halloran" not in mentor
    answer = client_of(cast.pia).post(URL, {"other": cast.mei.pk, "kind": "not_again"})
    assert (answer.status_code, Apart.objects.count()) == (422, 0)


def test_nobody_keeps_apart_from_oneself(cast: Cast) -> None:
    with pytest.raises(Refused, match="Name somebody else"):
        Apart(program=cast.digestive, person=cast.pia, other=cast.pia, kind="relative").keep(now=cast.now)


def test_let_together_takes_it_back_once(cast: Cast, client_of: ClientOf) -> None:
    Apart(program=cast.digestive, person=cast.pia, other=cast.osei, kind="not_again").keep(now=cast.now)
    url = reverse("pairing:let_together", args=[Apart.objects.get().pk])
    for other in (cast.osei, cast.director, cast.coordinator):
        assert client_of(other).post(url).status_code == 404
    first, second = twice(client_of(cast.pia), url)
    assert sentences(first) == ["Taken back."]
    assert (second.status_code, Apart.objects.count(), recorded("pairing.let_together")) == (404, 0, 1)


def test_page_is_missing_to_who_is_neither(cast: Cast, client_of: ClientOf) -> None:
    for own in (cast.pia, cast.osei, cast.directing_mentor):
        assert client_of(own).get(URL).status_code == 200
    for other in (cast.director, cast.coordinator, cast.sofia, cast.leaver, cast.stranger):
        assert client_of(other).get(URL).status_code == 404


def test_colleague_who_directs_would_read_it(cast: Cast, client_of: ClientOf) -> None:
    client, given = client_of(cast.pia), {"other": cast.directing_mentor.pk, "kind": "not_again"}
    answer = client.post(URL, given)
    assert (answer.status_code, Apart.objects.count()) == (422, 0)
    assert "Paul Brandt directs the program and would read this." in words(answer)
    assert "I know that; keep it all the same" in words(answer)
    assert client.post(URL, given | {"known": "on"}).status_code == 302
    assert Apart.objects.get().other == cast.directing_mentor
