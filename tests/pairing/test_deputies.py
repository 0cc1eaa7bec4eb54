"""A deputy without a part in the program today runs nothing, is named nowhere, and is written to by nobody."""

import pytest
from django.urls import reverse

from telemachus.lib.step import steps_of
from telemachus.pairing.access import can_run, directed_requests, visible_changes, who_run
from telemachus.pairing.asking import asker, runner
from telemachus.pairing.deputies import deputy_of
from telemachus.pairing.models import ChangeWish
from telemachus.people.models import Person
from telemachus.program.models import Deputy, Role
from tests.acts import ClientOf, words
from tests.cast import Cast
from tests.notify.scenes import addresses, quiet, to, told
from tests.pairing.way import asked, fresh


@pytest.fixture(autouse=True)
def deputy(cast: Cast) -> Deputy:
    named = Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    quiet(cast.now)
    return named


def leave(cast: Cast) -> None:
    """The deputy's own part in the program ended yesterday; nobody has named another."""
    Role.objects.filter(person=cast.committee).update(until=cast.ago(1))


def has_a_deputy(cast: Cast) -> bool:
    waits = [step.sentence for step in steps_of(fresh(cast.directing_mentor), cast.now)]
    return "Name a deputy." not in waits


def test_own_pair_of_a_director(cast: Cast, client_of: ClientOf) -> None:
    page = reverse("pairing:ask_change", args=[cast.tomas_director.pk])
    assert who_run(cast.tomas_director, cast.now) == [cast.director, cast.committee]
    assert "Ines Duarte, Clara Jensen, and nobody else." in words(client_of(cast.tomas).get(page))
    assert can_run(fresh(cast.committee), cast.tomas_director)
    leave(cast)
    assert who_run(cast.tomas_director, cast.now) == [cast.director]
    assert "Ines Duarte, and the deputy whom Paul Brandt" in words(client_of(cast.tomas).get(page))
    assert not can_run(fresh(cast.committee), cast.tomas_director)


def test_director_is_asked_for_another(cast: Cast) -> None:
    assert has_a_deputy(cast)
    leave(cast)
    assert not has_a_deputy(cast)


@pytest.mark.parametrize("has_left", [False, True])
def test_mails_about_a_wish(cast: Cast, has_left: bool) -> None:
    if has_left:
        leave(cast)
    wish = ChangeWish.express(cast.tomas_director, call=False, by=cast.tomas, now=cast.now)
    told_of_it: list[Person] = [cast.director] if has_left else [cast.director, cast.committee]
    assert visible_changes(fresh(cast.committee)).filter(pk=wish.pk).exists() != has_left
    assert to(told(cast.now)) == addresses(*told_of_it)


def test_search_in_which_a_director_stands_on_the_list(cast: Cast) -> None:
    """Sent by that director: it is the deputy's, and another director's where there is no deputy."""
    request = asked(cast, cast.osei, cast.directing_mentor)
    request.shortlist.by = cast.directing_mentor
    assert deputy_of(cast.digestive, cast.directing_mentor, cast.now) == cast.committee
    assert (runner(request.shortlist, cast.now), asker(request, cast.now)) == (cast.committee, cast.committee)
    assert directed_requests(fresh(cast.committee)).exists()
    leave(cast)
    assert deputy_of(cast.digestive, cast.directing_mentor, cast.now) is None
    assert (runner(request.shortlist, cast.now), asker(request, cast.now)) == (cast.director, cast.director)
    assert not directed_requests(fresh(cast.committee)).exists()


def test_director_who_directs_no_more_has_none(cast: Cast) -> None:
    """The row stands still; whoever deputizes for somebody without the office deputizes for nobody."""
    assert cast.committee in who_run(cast.tomas_director, cast.now)
    cast.directing_mentor.roles.get(kind="director").end(on=cast.ago(1), by=cast.director, now=cast.now)
    assert deputy_of(cast.digestive, cast.directing_mentor, cast.now) is None
    assert who_run(cast.tomas_director, cast.now) == [cast.director]
