"""A role holds from its first day to its last."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from telemachus.lib.errors import Conflict, Refused
from telemachus.people.models import Person
from telemachus.program.access import roles_of
from telemachus.program.models import Role
from tests.acts import ClientOf, words
from tests.cast import Cast

COMMITTEE = Role.Kind.COMMITTEE


def give(cast: Cast, since: int, until: int | None = None) -> Role:
    last = None if until is None else cast.ago(until)
    return cast.digestive.grant(
        cast.colleague, COMMITTEE, since=cast.ago(since), until=last, by=cast.director, now=cast.now
    )


def kinds(person: Person, now: datetime) -> set[str]:
    return {role.kind for role in roles_of(Person.objects.get(pk=person.pk), now)}


def test_role_holds_on_both_of_its_days(cast: Cast) -> None:
    give(cast, 5, -5)
    held = [day for day in range(-7, 8) if "committee" in kinds(cast.colleague, cast.now + timedelta(days=day))]
    assert held == list(range(-5, 6))


def test_role_turns_at_midnight_of_the_division(cast: Cast) -> None:
    """The last day is 14 October in Los Angeles, seven hours longer than in UTC."""
    give(cast, 5, 0)
    assert "committee" in kinds(cast.colleague, datetime(2026, 10, 15, 6, 59, tzinfo=UTC))
    assert "committee" not in kinds(cast.colleague, datetime(2026, 10, 15, 7, 0, tzinfo=UTC))


@pytest.mark.parametrize(("since", "until"), [(5, None), (9, 5), (3, 1), (0, None)])
def test_role_given_twice_in_the_same_days_is_refused(cast: Cast, since: int, until: int | None) -> None:
    give(cast, 5)
    with pytest.raises(Refused, match="Dmitri Volkov has this role already"):
        give(cast, since, until)


def test_role_can_follow_on_itself(cast: Cast) -> None:
    give(cast, 9, 5)
    give(cast, 4)
    assert Role.objects.filter(person=cast.colleague, kind=COMMITTEE).count() == 2


def test_role_that_ends_before_it_begins_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="comes before the first"):
        give(cast, 5, 6)
    with pytest.raises(Refused, match="comes before the first"):
        give(cast, 5).end(on=cast.ago(6), by=cast.director, now=cast.now)


def test_role_given_today_by_mistake_goes_whole(cast: Cast) -> None:
    """Its last day would be yesterday: otherwise a wrong click would hold until midnight."""
    role = give(cast, 0)
    assert "committee" in kinds(cast.colleague, cast.now)
    role.end(on=cast.ago(1), by=cast.director, now=cast.now)
    assert "committee" not in kinds(cast.colleague, cast.now)
    assert not Role.objects.filter(pk=role.pk).exists()


def test_role_ended_by_two_at_once_is_a_conflict(cast: Cast) -> None:
    role = give(cast, 5)
    held = Role.objects.get(pk=role.pk)
    role.end(on=cast.ago(1), by=cast.director, now=cast.now)
    with pytest.raises(Conflict):
        held.end(on=cast.today, by=cast.director, now=cast.now)


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("coordinator", "meetings:register"),
        ("director", "program:setup"),
        ("chief", "meetings:conferences"),
    ],
)
def test_ended_role_is_refused_at_the_next_request(cast: Cast, client_of, who: str, page: str) -> None:
    person, url = getattr(cast, who), reverse(page, args=[cast.digestive.slug])
    client = client_of(person)
    assert client.get(url).status_code == 200
    person.roles.get().end(on=cast.ago(1), by=None, now=cast.now)
    assert client.get(url).status_code == 404
    assert url not in client.get("/").content.decode()


def test_page_tells_the_last_director_at_once_what_comes_first(cast: Cast, client_of: ClientOf) -> None:
    roles = {role.person: role for role in cast.digestive.roles.filter(kind=Role.Kind.DIRECTOR, until=None)}
    page = reverse("program:end_role", args=[roles[cast.director].pk])
    first = "Name the next director first."
    assert first not in words(client_of(cast.director).get(page))
    roles[cast.directing_mentor].end(on=cast.today, by=cast.director, now=cast.now)
    assert first in words(client_of(cast.director).get(page))


def test_last_director_cannot_leave_before_the_next_is_named(cast: Cast) -> None:
    roles = cast.digestive.roles.filter(kind=Role.Kind.DIRECTOR, until=None)
    one, other = roles
    one.end(on=cast.today, by=cast.director, now=cast.now)
    with pytest.raises(Refused, match="Name the next director first"):
        other.end(on=cast.today, by=cast.director, now=cast.now)
    other.refresh_from_db()
    assert other.until is None
