"""Whoever comes after all is on the way again."""

from datetime import timedelta

import time_machine
from django.urls import reverse

from telemachus.intake import closing
from telemachus.intake.board import card_of
from telemachus.intake.models import Recruit
from telemachus.intake.path import Move
from telemachus.program.models import Role
from tests.acts import ClientOf, recorded, sentences, twice
from tests.cast import NOW, Cast
from tests.intake.recruits import introduced, noticed

Ending = Recruit.Ending


def url(recruit: Recruit) -> str:
    return reverse("intake:reopen", args=[recruit.pk])


def test_reopen_puts_the_recruit_back_on_the_way_once(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    closing.close(recruit, Ending.DECLINED, by=cast.director, now=cast.now)
    first, second = twice(client_of(cast.director), url(recruit))
    assert sentences(first) == ["Alina Kuznetsova is on the way again."]
    assert sentences(second)[-1] == "This is open already."
    recruit.refresh_from_db()
    assert (recruit.state, recruit.ending, recorded("intake.reopened")) == ("open", "", 1)


def test_reopen_gives_the_part_back(cast: Cast) -> None:
    recruit = noticed(cast)
    closing.close(recruit, Ending.DID_NOT_COME, by=cast.director, now=cast.now)
    for days in (0, 30):
        later = NOW + timedelta(days=days)
        with time_machine.travel(later, tick=False):
            closing.reopen(recruit, by=cast.director, now=later)
            tomorrow = cast.today + timedelta(days=days + 1)
            held = Role.objects.filter(person=recruit.person, kind=Role.Kind.MENTEE).on(tomorrow)
            assert held.count() == 1
            closing.close(recruit, Ending.DID_NOT_COME, by=cast.director, now=later)
            assert not Role.objects.filter(person=recruit.person).on(tomorrow).exists()


def test_reopen_counts_the_letters_anew(cast: Cast) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)
    later = NOW + timedelta(days=40)
    with time_machine.travel(later, tick=False):
        closing.close(recruit, Ending.NO_REPLY, by=cast.director, now=later)
        closing.reopen(recruit, by=cast.director, now=later)
        coming = card_of(cast.director, recruit, later).next
        assert coming is not None
        assert coming.move == Move.PROPOSE_TIMES


def test_reopen_of_whoever_found_a_mentor_is_refused(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    recruit.close(Ending.PAIRED, by=None, now=cast.now)
    answer = client_of(cast.director).post(url(recruit), {"back": "/"})
    assert sentences(answer) == ["Alina Kuznetsova has found a mentor; nothing is left to reopen."]


def test_reopen_of_somebody_announced_anew_is_a_conflict(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    closing.close(recruit, Ending.DECLINED, by=cast.director, now=cast.now)
    noticed(cast)
    answer = client_of(cast.director).post(url(recruit), {"back": "/"})
    assert sentences(answer) == ["Alina Kuznetsova has been announced anew meanwhile."]
    recruit.refresh_from_db()
    assert recruit.state == Recruit.State.ENDED


def test_reopen_is_the_directors(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    closing.close(recruit, Ending.DECLINED, by=cast.director, now=cast.now)
    people = {"coordinator": 403, "chief": 404, "mei": 404, "other_director": 404, "director": 302}
    assert {who: client_of(getattr(cast, who)).post(url(recruit)).status_code for who in people} == people
