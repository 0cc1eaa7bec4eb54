"""Another deputy, or none: always possible, at once, and the same to the director whether or not something waits."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.lib.step import steps_of
from telemachus.pairing.access import visible_changes, visible_light_touches
from telemachus.pairing.changes import prior_mentor_may_speak, settle
from telemachus.pairing.models import ChangeWish, LightTouch, Pairing, Request
from telemachus.people.models import Person
from telemachus.program.models import Deputy, Role
from tests.acts import ClientOf, recorded, sentences, words
from tests.cast import Cast
from tests.pairing.test_redaction import pages
from tests.pairing.way import asked, fresh

URL = "/program/digestive/deputy/"


def wish(cast: Cast) -> None:
    ChangeWish.express(cast.tomas_director, call=True, by=cast.tomas, now=cast.now)


def less(cast: Cast) -> None:
    LightTouch.wish(cast.tomas_director, by=cast.tomas, now=cast.now)


def both(cast: Cast) -> None:
    wish(cast)
    less(cast)


WAITS = pytest.mark.parametrize("waits", [wish, less, both])


@pytest.fixture(autouse=True)
def deputy(cast: Cast) -> Deputy:
    return Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)


def swap(cast: Cast, person: Person) -> Deputy:
    return Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=person, now=cast.now)


@WAITS
def test_new_director_reads_nothing_of_what_was_told_before(cast: Cast, waits: Callable[[Cast], None]) -> None:
    waits(cast)
    assert any("Novak" in step.sentence for step in steps_of(fresh(cast.director), cast.now))
    cast.digestive.grant(cast.halloran, Role.Kind.DIRECTOR, since=cast.today, by=cast.director, now=cast.now)
    assert not any("Novak" in step.sentence for step in steps_of(fresh(cast.halloran), cast.now))
    assert not visible_changes(fresh(cast.halloran)).exists()
    assert recorded("pairing.wish_erased") == 1


@WAITS
def test_director_who_no_longer_directs_leaves_nothing_to_read(cast: Cast, waits: Callable[[Cast], None]) -> None:
    waits(cast)
    role = cast.directing_mentor.roles.get(kind=Role.Kind.DIRECTOR)
    role.end(on=cast.ago(1), by=cast.director, now=cast.now)
    assert not ChangeWish.objects.exists()
    assert not LightTouch.objects.exists()
    assert recorded("pairing.wish_erased") == 1


@WAITS
def test_directors_pages_are_the_same_whether_or_not_something_waits(
    cast: Cast, client_of: ClientOf, waits: Callable[[Cast], None]
) -> None:
    client = client_of(cast.directing_mentor)
    before, steps = dict(pages(client)), steps_of(fresh(cast.directing_mentor), cast.now)
    assert URL in before
    waits(cast)
    assert any("Novak" in step.sentence for step in steps_of(fresh(cast.committee), cast.now))
    assert dict(pages(client)) == before
    assert steps_of(fresh(cast.directing_mentor), cast.now) == steps


def named(client: Client, person: Person) -> tuple[int, list[str], str]:
    """What naming another answers, and the page after it."""
    answer = client.post(URL, {"deputy": person.pk})
    return answer.status_code, sentences(answer), words(client.get(URL))


def ended(client: Client) -> tuple[int, list[str], str]:
    answer = client.post(reverse("program:end_deputy", args=[Deputy.objects.get(until=None).pk]))
    return answer.status_code, sentences(answer), words(client.get(URL))


@WAITS
def test_naming_and_ending_answer_the_same(cast: Cast, client_of: ClientOf, waits: Callable[[Cast], None]) -> None:
    client = client_of(cast.directing_mentor)
    quietly = named(client, cast.osei)
    swap(cast, cast.committee)
    client.get(URL)
    waits(cast)
    assert named(client, cast.osei) == quietly
    quietly = ended(client)
    swap(cast, cast.osei)
    waits(cast)
    assert ended(client) == quietly


@WAITS
@pytest.mark.parametrize("left", [False, True])
def test_new_deputy_sees_nothing_of_what_was_told_the_old_one(
    cast: Cast, client_of: ClientOf, waits: Callable[[Cast], None], left: bool
) -> None:
    """Also where the old deputy has no part in the program any more."""
    waits(cast)
    assert any("Novak" in step.sentence for step in steps_of(fresh(cast.committee), cast.now))
    keys = [*ChangeWish.objects.values_list("pk", flat=True)]
    if left:
        Role.objects.filter(person=cast.committee).update(until=cast.ago(1))
    swap(cast, cast.osei)
    new = fresh(cast.osei)
    assert not any("Novak" in step.sentence for step in steps_of(new, cast.now))
    assert not visible_changes(new).exists()
    assert not visible_light_touches(new).exists()
    assert not ChangeWish.objects.exists()
    assert not LightTouch.objects.filter(until=None).exists()
    for key in keys:
        assert client_of(cast.osei).get(reverse("pairing:settle_change", args=[key])).status_code == 404
    page = words(client_of(cast.osei).get(reverse("pairing:deputized")))
    assert "Tomas Novak – Paul Brandt" in page
    assert not any(said in page for said in ("would like another mentor", "mentoring is not needed"))


def test_end_is_recorded_once_for_each_author(cast: Cast) -> None:
    both(cast)
    ChangeWish.express(cast.tomas_director, call=False, by=cast.directing_mentor, now=cast.now)
    swap(cast, cast.osei)
    events = Event.objects.filter(kind="pairing.wish_erased", subject=cast.tomas_director.pk)
    assert sorted(event.code for event in events) == ["mentee", "mentor"]


def test_where_nothing_waits_nothing_is_recorded(cast: Cast) -> None:
    swap(cast, cast.osei)
    assert recorded("pairing.wish_erased") == 0


def test_wishes_of_other_pairs_stand(cast: Cast) -> None:
    ChangeWish.express(cast.mei_osei, call=False, by=cast.mei, now=cast.now)
    LightTouch.wish(cast.jonas_osei, by=cast.jonas, now=cast.now)
    swap(cast, cast.osei)
    assert (ChangeWish.objects.count(), LightTouch.objects.count()) == (1, 1)


def test_word_of_a_settled_wish_stands(cast: Cast) -> None:
    """That the mentee would rather not: without it the former mentor would be asked to speak with the next."""
    told = ChangeWish.express(cast.tomas_director, call=False, may_speak=False, by=cast.tomas, now=cast.now)
    settle(told, on=cast.today, by=cast.committee, now=cast.now)
    swap(cast, cast.osei)
    new = Pairing.objects.introduce(
        cast.digestive, mentee=cast.tomas, mentor=cast.halloran, by=cast.director, now=cast.now
    )
    assert prior_mentor_may_speak(new) is None
    assert ChangeWish.objects.get() == told


def test_search_goes_to_the_new_deputy(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.directing_mentor)
    page = reverse("pairing:request", args=[request.pk])
    assert client_of(cast.committee).get(page).status_code == 200
    swap(cast, cast.both)
    assert (client_of(cast.committee).get(page).status_code, client_of(cast.both).get(page).status_code) == (404, 200)
    assert Request.objects.get().state == "waiting"
