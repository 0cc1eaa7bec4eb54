"""Two directors add or grant, and one person names, at the same moment."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from telemachus.people.models import Delegation, Person
from telemachus.program.models import Role, add_person_to
from tests.cast import Cast
from tests.races.together import again, one_wins

pytestmark = pytest.mark.races

ROUNDS = 25


def days(cast: Cast) -> list[date]:
    """Oldest first, with room between them: a role may begin only after the one before it has ended."""
    return [cast.ago(3 * number) for number in range(ROUNDS, 0, -1)]


@pytest.mark.parametrize("has_last_day", [False, True], ids=["open", "with a last day"])
def test_grant_twice_one_role(cast: Cast, has_last_day: bool):
    for since in days(cast):
        until = since if has_last_day else None
        outcome = one_wins(
            *(
                lambda by=by: again(cast.digestive).grant(
                    cast.stranger, Role.Kind.COMMITTEE, since=since, until=until, by=by, now=timezone.now()
                )
                for by in (cast.director, cast.directing_mentor)
            )
        )
        assert outcome.events == ["program.role_granted"]
        role = Role.objects.get(person=cast.stranger, since=since)
        if not has_last_day:
            role.end(on=since, by=cast.director, now=cast.now)


def test_end_of_a_role_twice_first_last_day_stands(cast: Cast):
    for since in days(cast):
        role = cast.digestive.grant(cast.stranger, Role.Kind.COMMITTEE, since=since, by=None, now=cast.now)
        first, second = again(role), again(role)
        outcome = one_wins(
            lambda: first.end(on=since, by=cast.director, now=timezone.now()),
            lambda: second.end(on=since + timedelta(days=1), by=cast.directing_mentor, now=timezone.now()),
        )
        assert outcome.events == ["program.role_ended"]
        assert again(role).until == (since if outcome.winners == [0] else since + timedelta(days=1))


def test_add_person_twice_one_person(cast: Cast):
    for number in range(ROUNDS):
        email = f"new{number}@division.example"
        outcome = one_wins(
            *(
                lambda by=by: add_person_to(
                    cast.digestive, kind="mentee", by=by, now=timezone.now(), given_name="New", family_name="Person",
                    email=email,
                )
                for by in (cast.director, cast.directing_mentor)
            )
        )  # fmt: skip
        assert sorted(outcome.events) == ["people.added", "program.role_granted"]
        assert Person.objects.get(email=email).roles.count() == 1


def test_name_delegate_twice_one_delegation(cast: Cast):
    for _number in range(ROUNDS):
        outcome = one_wins(
            lambda: again(cast.mei).name_delegate(cast.abebe, since=cast.today, now=timezone.now()),
            lambda: again(cast.mei).name_delegate(cast.abebe, since=cast.today, now=timezone.now()),
        )
        assert outcome.events == ["people.delegate_named"]
        delegation = Delegation.objects.current().get(person=cast.mei)
        delegation.end(by=cast.mei, on=cast.today, now=cast.now)


def test_end_of_a_delegation_twice_ended_once(cast: Cast):
    for _number in range(ROUNDS):
        delegation = cast.mei.name_delegate(cast.abebe, since=cast.today, now=cast.now)
        first, second = again(delegation), again(delegation)
        outcome = one_wins(
            lambda: first.end(by=cast.mei, on=cast.today, now=timezone.now()),
            lambda: second.end(by=cast.mei, on=cast.today, now=timezone.now()),
        )
        assert outcome.events == ["people.delegate_ended"]
