"""“I would like another mentor”: to whoever runs the pair, without a reason, and to nobody else (R10)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.lib.errors import Conflict
from telemachus.lib.step import steps_of
from telemachus.pairing.models import ChangeWish, Pairing
from telemachus.people.models import Person
from telemachus.program.models import Deputy
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast


def url(pairing: Pairing, name: str = "ask_change") -> str:
    return reverse(f"pairing:{name}", args=[pairing.pk])


def wish(cast: Cast, by: str = "mei", **given: Any) -> ChangeWish:
    return ChangeWish.express(cast.mei_osei, by=getattr(cast, by), now=cast.now, **{"call": False, **given})


def waits(person: Person, cast: Cast) -> list[str]:
    fresh = Person.objects.get(pk=person.pk)
    return [
        step.sentence
        for step in steps_of(fresh, cast.now)
        if "another mentor" in step.sentence or "hand over" in step.sentence
    ]


def test_wish_reaches_the_director(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.mei).post(url(cast.mei_osei), {"call": "on", "may_speak": "on"})
    assert sentences(answer) == ["Your wish is on its way. Nobody else is told."]
    [step] = [step for step in steps_of(cast.director, cast.now) if "another" in step.sentence]
    assert step.sentence == "Mei Tanaka would like another mentor."
    assert step.why == "Asks you to call. No reason is asked or kept."
    assert step.acts[0].url == reverse("pairing:settle_change", args=[ChangeWish.objects.get().pk])


def test_mentor_may_hand_over(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.osei).get(url(cast.mei_osei))
    assert ("to another mentor" in words(page), "may_speak" in page.context["form"].fields) == (True, False)
    client_of(cast.osei).post(url(cast.mei_osei))
    assert waits(cast.director, cast) == ["Kwame Osei would like to hand over the mentoring of Mei Tanaka."]


def test_form_has_no_place_for_a_reason(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.mei).get(url(cast.mei_osei))
    assert list(page.context["form"].fields) == ["call", "may_speak"]
    assert page.context["form"]["may_speak"].initial is True
    assert "<textarea" not in page.content.decode()
    assert {field.name for field in ChangeWish._meta.fields} == {"id", "pairing", "by", "at", "call", "may_speak"}


def test_mentee_may_rather_not(cast: Cast, client_of: ClientOf) -> None:
    client_of(cast.mei).post(url(cast.mei_osei), {})
    assert ChangeWish.objects.get().may_speak is False


def test_page_says_who_reads_it(cast: Cast, client_of: ClientOf) -> None:
    assert "Paul Brandt, Ines Duarte, and nobody else." in words(client_of(cast.mei).get(url(cast.mei_osei)))
    to_come = "Ines Duarte, and the deputy whom Paul Brandt has still to name."
    assert to_come in words(client_of(cast.tomas).get(url(cast.tomas_director)))
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    assert "Ines Duarte, Clara Jensen, and nobody else." in words(client_of(cast.tomas).get(url(cast.tomas_director)))


def test_wish_goes_to_whom_the_page_named_or_to_nobody(cast: Cast, client_of: ClientOf) -> None:
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    client, page = client_of(cast.tomas), url(cast.tomas_director)
    readers = client.get(page).context["readers"]
    assert f'name="readers" value="{readers}"' in client.get(page).content.decode()
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.osei, now=cast.now)
    answer = client.post(page, {"readers": readers})
    assert (answer["Location"], ChangeWish.objects.count()) == (page, 0)
    assert sentences(answer) == [
        "Who reads this has changed just now. Look who it is, and send it if you still wish it."
    ]
    client.post(page, {"readers": client.get(page).context["readers"]})
    assert ChangeWish.objects.get().by == cast.tomas


def test_page_says_when_nobody_can_read_it_yet(cast: Cast, client_of: ClientOf) -> None:
    cast.director.roles.get().end(on=cast.ago(1), by=cast.directing_mentor, now=cast.now)
    assert "Nobody yet" in words(client_of(cast.tomas).get(url(cast.tomas_director)))


# Invisible to the other of the two

PAGES = ("web:today", "meetings:my_mentees", "meetings:my_mentor", "meetings:times", "people:settings")


def all_pages(client: Client, pairing: Pairing) -> list[str]:
    named = [reverse(name) for name in PAGES]
    of_pair = [
        reverse(f"{name}", args=[pairing.pk]) for name in ("meetings:pair", "pairing:agreement", "meetings:slip")
    ]
    return [words(client.get(page)) for page in [*named, *of_pair, url(pairing)]]


def test_wish_of_the_mentee_is_invisible_to_the_mentor(cast: Cast, client_of: ClientOf) -> None:
    before = all_pages(client_of(cast.osei), cast.mei_osei)
    found = wish(cast, call=True)
    # Somebody can see it: the director, and the mentee.
    settle = reverse("pairing:settle_change", args=[found.pk])
    assert waits(cast.director, cast) == ["Mei Tanaka would like another mentor."]
    assert client_of(cast.director).get(settle).status_code == 200
    assert "You asked for this on 14 October 2026." in words(client_of(cast.mei).get(url(cast.mei_osei)))
    # The mentor reads every page as before.
    assert waits(cast.osei, cast) == []
    assert all_pages(client_of(cast.osei), cast.mei_osei) == before
    assert client_of(cast.osei).get(settle).status_code == 404
    assert client_of(cast.osei).post(reverse("pairing:take_back_change", args=[found.pk])).status_code == 404


def test_wish_of_the_mentor_is_invisible_to_the_mentee(cast: Cast, client_of: ClientOf) -> None:
    before = all_pages(client_of(cast.mei), cast.mei_osei)
    found = wish(cast, by="osei")
    assert client_of(cast.director).get(reverse("pairing:settle_change", args=[found.pk])).status_code == 200
    assert all_pages(client_of(cast.mei), cast.mei_osei) == before
    assert client_of(cast.mei).get(reverse("pairing:settle_change", args=[found.pk])).status_code == 404


def test_second_wish_does_not_tell_of_the_first(cast: Cast, client_of: ClientOf) -> None:
    """Both ask: each is answered as if alone."""
    wish(cast)
    answer = client_of(cast.osei).post(url(cast.mei_osei))
    assert (answer.status_code, sentences(answer)) == (302, ["Your wish is on its way. Nobody else is told."])
    assert len(waits(cast.director, cast)) == 2


def test_wish_is_no_office_but_the_directors(cast: Cast, client_of: ClientOf) -> None:
    settle = reverse("pairing:settle_change", args=[wish(cast).pk])
    people = {"director": 200, "directing_mentor": 200, "mei": 403, "coordinator": 404, "chief": 404, "jonas": 404,
              "other_director": 404, "halloran": 404, "committee": 404}  # fmt: skip
    assert {who: client_of(getattr(cast, who)).get(settle).status_code for who in people} == people
    assert waits(cast.coordinator, cast) == waits(cast.chief, cast) == []


def test_wish_about_a_director_leaves_that_directors_view(cast: Cast, client_of: ClientOf) -> None:
    found = ChangeWish.express(cast.tomas_director, call=False, by=cast.tomas, now=cast.now)
    settle = reverse("pairing:settle_change", args=[found.pk])
    assert waits(cast.director, cast) == ["Tomas Novak would like another mentor."]
    assert waits(cast.directing_mentor, cast) == []
    assert client_of(cast.directing_mentor).get(settle).status_code == 404
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    assert waits(cast.committee, cast) == ["Tomas Novak would like another mentor."]
    assert client_of(cast.committee).get(settle).status_code == 200


# Once, and back


def test_asked_twice_it_stands_once(cast: Cast, client_of: ClientOf) -> None:
    first, second = twice(client_of(cast.mei), url(cast.mei_osei))
    assert first.status_code == 302
    assert "You have asked for this already; it waits to be settled." in sentences(second)
    assert (ChangeWish.objects.count(), recorded("pairing.change_wished")) == (1, 1)


def test_wish_can_be_taken_back(cast: Cast, client_of: ClientOf) -> None:
    found = wish(cast)
    answer = client_of(cast.mei).post(reverse("pairing:take_back_change", args=[found.pk]))
    assert sentences(answer) == ["Taken back; nothing of it is kept."]
    assert (ChangeWish.objects.count(), waits(cast.director, cast)) == (0, [])


def test_only_who_wished_takes_it_back(cast: Cast, client_of: ClientOf) -> None:
    found = wish(cast)
    assert client_of(cast.director).post(reverse("pairing:take_back_change", args=[found.pk])).status_code == 403


def test_taken_back_twice_is_missing_and_settled_is_too_late(cast: Cast, client_of: ClientOf) -> None:
    found = wish(cast)
    first, second = twice(client_of(cast.mei), reverse("pairing:take_back_change", args=[found.pk]))
    assert (first.status_code, second.status_code, recorded("pairing.change_taken_back")) == (302, 404, 1)
    found = wish(cast)
    cast.mei_osei.end(on=cast.today, ending=Pairing.Ending.CHANGED, by=cast.director, now=cast.now)
    with pytest.raises(Conflict, match="settled already"):
        found.take_back(by=cast.mei, now=cast.now)
    assert ChangeWish.objects.filter(pk=found.pk).exists()


def test_events_of_a_wish_hold_no_word_and_go_after_a_month(cast: Cast) -> None:
    found = wish(cast, call=True)
    event = Event.objects.get(kind="pairing.change_wished")
    assert (event.subject, event.code) == (found.pk, "")
    assert (event.keep_until - cast.now.date()).days == 30


def test_page_is_the_pairs(cast: Cast, client_of: ClientOf) -> None:
    people = {"mei": 200, "osei": 200, "jonas": 404, "director": 403, "coordinator": 403, "chief": 404, "abebe": 404}
    assert {who: client_of(getattr(cast, who)).get(url(cast.mei_osei)).status_code for who in people} == people
    assert client_of(cast.mei).get(url(cast.mei_halloran)).status_code == 404
