"""A decline is the director's to know: invisible to everybody else, in every page, step and record of theirs."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from telemachus.lib.holding import holdings_of
from telemachus.lib.step import steps_of
from telemachus.pairing.access import directed_requests, visible_requests
from telemachus.pairing.models import Apart, ChangeWish, Exemption, Request
from telemachus.pairing.requesting import enter
from telemachus.people.models import Person
from telemachus.program.models import Deputy
from tests.acts import ClientOf, words
from tests.cast import Cast
from tests.pairing.way import asked, fresh

LINK = re.compile(r'href="(/[^"#]*)')
# Whom the answer does not concern: the mentee, the office beside the director, the chief, other mentors.
OTHERS = ("pia", "coordinator", "chief", "committee", "osei", "both", "mei", "other_director")
NOT_PAGES = ("/static/", "/accounts/", "/demo/")


def pages(client: Client) -> Iterator[tuple[str, str]]:
    """Every page that a person finds from Today, with its words."""
    waiting, seen = ["/"], {"/"}
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
            continue
        yield address, words(answer)
        found = [link for link in LINK.findall(answer.content.decode()) if not link.startswith(NOT_PAGES)]
        fresh_ones = [link for link in dict.fromkeys(found) if link not in seen]
        seen.update(fresh_ones)
        waiting += fresh_ones


def told(person: Person, cast: Cast) -> list[str]:
    return [f"{step.sentence} {step.why} {step.since}" for step in steps_of(fresh(person), cast.now)]


def held(person: Person) -> list[str]:
    return [row for holding in holdings_of(person) for row in holding.rows if "pairing" in holding.models[0]]


def test_decline_is_read_by_the_director(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.halloran, cast.osei)
    request.decline(by=cast.halloran, now=cast.now)
    page = reverse("pairing:shortlist", args=[cast.digestive.slug, cast.pia.pk])
    assert "declined on 14 October" in words(client_of(cast.director).get(page))


@pytest.mark.parametrize("who", OTHERS)
def test_pages_of_others_say_the_same_before_and_after_a_decline(cast: Cast, client_of: ClientOf, who: str) -> None:
    """As long as nobody is introduced, an answer changes no word of theirs."""
    request = asked(cast, cast.halloran, cast.osei)
    person = getattr(cast, who)
    before = dict(pages(client_of(person)))
    assert len(before) > 1
    steps, rows = told(person, cast), held(person)
    request.decline(by=cast.halloran, now=cast.now)
    assert dict(pages(client_of(person))) == before
    assert (told(person, cast), held(person)) == (steps, rows)
    assert not any("declin" in text.lower() for text in before.values() if "Pia" in text)


@pytest.mark.parametrize("who", OTHERS)
def test_request_is_missing_for_others_whatever_its_state(cast: Cast, client_of: ClientOf, who: str) -> None:
    request = asked(cast, cast.halloran, cast.osei)
    page = reverse("pairing:request", args=[request.pk])
    assert client_of(cast.halloran).get(page).status_code == client_of(cast.director).get(page).status_code == 200
    for state in Request.State.values:
        Request.objects.update(state=state)
        assert client_of(getattr(cast, who)).get(page).status_code == 404


def test_request_to_a_director_is_never_in_that_directors_view_as_director(cast: Cast) -> None:
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    request = asked(cast, cast.directing_mentor)
    assert [*directed_requests(fresh(cast.committee))] == [*directed_requests(fresh(cast.director))] == [request]
    assert not directed_requests(fresh(cast.directing_mentor)).exists()
    assert [*visible_requests(fresh(cast.directing_mentor))] == [request]
    request.decline(by=cast.directing_mentor, now=cast.now)
    assert not visible_requests(fresh(cast.directing_mentor)).exists()


def test_director_who_became_the_mentor_reads_no_earlier_answers(cast: Cast) -> None:
    """Who was asked before, and declined, is nothing for a mentee's mentor."""
    request = asked(cast, cast.halloran)
    assert directed_requests(fresh(cast.directing_mentor)).exists()
    request.decline(by=cast.halloran, now=cast.now)
    people = {"mentee": cast.pia, "mentor": cast.directing_mentor}
    enter(cast.digestive, **people, begins=cast.today, by=cast.director, now=cast.now)
    assert not directed_requests(fresh(cast.directing_mentor)).exists()
    assert directed_requests(fresh(cast.director)).exists()


def test_record_lists_what_one_said_for_who_said_it(cast: Cast) -> None:
    Apart(program=cast.digestive, person=cast.halloran, other=cast.pia, kind="not_again").keep(now=cast.now)
    ChangeWish.express(cast.mei_osei, call=False, by=cast.mei, now=cast.now)
    wish = {"mentee": cast.pia, "mentor": cast.chief_mentor}
    Exemption.objects.allow(cast.digestive, **wish, by=cast.director, on=cast.today, now=cast.now)
    assert "Pia Larsen: I would rather not be paired with this person" in held(cast.halloran)
    assert "Mei Tanaka – Kwame Osei: 2026-10-14" in held(cast.mei)
    assert "Ruth Adler: 2026-10-14" in held(cast.pia)
    others = {"pia": "Halloran", "osei": ": 2026-10-14", "chief_mentor": "Pia"}
    assert not any(text in row for who, text in others.items() for row in held(getattr(cast, who)))


def test_record_of_a_decline_is_the_mentors_own(cast: Cast) -> None:
    request = asked(cast, cast.halloran, cast.osei)
    request.decline(by=cast.halloran, now=cast.now)
    assert "Pia Larsen: 2026-10-14, declined" in held(cast.halloran)
    assert "2026-10-14: Maeve Halloran (1); Kwame Osei (2)" in held(cast.pia)
    assert not any("declined" in row for row in held(cast.pia))
    assert not any("Pia" in row for row in held(cast.osei))
