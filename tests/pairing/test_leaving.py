"""A mentor leaves, retires or dies: all pairs end on one day, and nobody is written to where somebody died."""

from typing import Any

import pytest
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.lib.errors import Refused
from telemachus.pairing.leaving import leave
from telemachus.pairing.models import Candidate, Pairing, Request, Shortlist
from telemachus.pairing.models.requests import last_day
from telemachus.pairing.requesting import name
from telemachus.pairing.rules import facts
from telemachus.people.models import Person
from telemachus.program.models import Role
from tests.acts import ClientOf, sentences, twice, words
from tests.cast import Cast

Ending = Pairing.Ending


def url(mentor: Person) -> str:
    return reverse("pairing:leaving", args=["digestive", mentor.pk])


def given(cast: Cast, ending: str = "mentor_left", days: int = 0, **more: Any) -> dict[str, Any]:
    return {"on": cast.ago(days), "ending": ending, "role_ends": "on", **more}


def asked(cast: Cast, mentor: Person) -> Request:
    """Pia has chosen this mentor, who has not answered yet."""
    shortlist = Shortlist.objects.send(cast.digestive, cast.pia, [(mentor, "")], by=cast.director, now=cast.now)
    shortlist.choose(list(Candidate.objects.filter(shortlist=shortlist)), by=cast.pia, now=cast.now)
    return Request.objects.create(
        program=cast.digestive,
        mentee=cast.pia,
        mentor=mentor,
        shortlist=shortlist,
        made_at=cast.now,
        until=last_day(cast.digestive, cast.now),
    )


def states(*pairings: Pairing) -> list[tuple[str, object, str]]:
    for pairing in pairings:
        pairing.refresh_from_db()
    return [(pairing.state, pairing.ends, pairing.ending) for pairing in pairings]


def test_page_names_whom_it_concerns(cast: Cast, client_of: ClientOf) -> None:
    asked(cast, cast.osei)
    page = words(client_of(cast.director).get(url(cast.osei)))
    for text in ("Mei Tanaka a pair since", "Jonas Weber a pair since", "Pia Larsen asked on 14 October 2026"):
        assert text in page
    assert "Lucia Romano" not in page


@pytest.mark.parametrize("ending", ["mentor_left", "mentor_retired", "died"])
def test_all_of_it_ends_on_one_day(cast: Cast, client_of: ClientOf, ending: str) -> None:
    request = asked(cast, cast.osei)
    answer = client_of(cast.director).post(url(cast.osei), given(cast, ending, days=1))
    assert sentences(answer) == ["Kwame Osei: 2 pairs have ended."]
    assert states(cast.mei_osei, cast.jonas_osei) == [("ended", cast.ago(1), ending)] * 2
    request.refresh_from_db()
    assert (request.state, cast.osei.roles.get(kind="mentor").until) == ("withdrawn", cast.ago(1))


def test_every_event_carries_the_ending(cast: Cast, client_of: ClientOf) -> None:
    """Whoever writes the mails reads it there: of somebody who died, nobody is told by a program."""
    request = asked(cast, cast.osei)
    client_of(cast.director).post(url(cast.osei), given(cast, "died"))
    codes = Event.objects.filter(subject__in=[cast.mei_osei.pk, cast.jonas_osei.pk, request.pk])
    ends = codes.filter(kind__in=["pairing.ended", "pairing.withdrawn"])
    assert list(ends.values_list("code", flat=True)) == ["died"] * 3


def test_role_stays_where_it_is_not_ticked(cast: Cast, client_of: ClientOf) -> None:
    without = {name: value for name, value in given(cast).items() if name != "role_ends"}
    client_of(cast.director).post(url(cast.osei), without)
    assert cast.osei.roles.get(kind="mentor").until is None


def test_page_leads_to_the_new_lists_afterwards(cast: Cast, client_of: ClientOf) -> None:
    director = client_of(cast.director)
    assert "Without a mentor now" not in words(director.get(url(cast.osei)))
    director.post(url(cast.osei), given(cast))
    page = director.get(url(cast.osei))
    assert "Without a mentor now Mei Tanaka" in words(page)
    for mentee in (cast.mei, cast.jonas):
        assert reverse("pairing:shortlist", args=["digestive", mentee.pk]) in page.content.decode()
    Pairing.objects.introduce(cast.digestive, mentee=cast.mei, mentor=cast.halloran, by=cast.director, now=cast.now)
    assert "Mei Tanaka" not in words(director.get(url(cast.osei)))


def test_one_impossible_day_ends_nothing(cast: Cast, client_of: ClientOf) -> None:
    """A pair that began after the day: all stand as before, and the sentence stands beside the day."""
    young = Pairing.objects.introduce(cast.digestive, mentee=cast.pia, mentor=cast.osei, by=cast.director, now=cast.now)
    answer = client_of(cast.director).post(url(cast.osei), given(cast, days=1))
    assert (answer.status_code, "cannot end before that" in answer.context["form"].errors["on"][0]) == (422, True)
    assert [state for state, _day, _kind in states(cast.mei_osei, cast.jonas_osei, young)] == ["active"] * 3
    assert cast.osei.roles.get(kind="mentor").until is None


def test_posted_twice_ends_once(cast: Cast, client_of: ClientOf) -> None:
    first, second = twice(client_of(cast.director), url(cast.osei), given(cast))
    assert (first.status_code, second.status_code) == (302, 302)
    assert "Kwame Osei: 0 pairs have ended." in sentences(second)
    assert Event.objects.filter(kind="pairing.ended", subject=cast.mei_osei.pk).count() == 1


def test_own_pair_is_the_deputys_to_end(cast: Cast, client_of: ClientOf) -> None:
    cast.digestive.grant(cast.directing_mentor, Role.Kind.MENTEE, since=cast.ago(9), by=None, now=cast.now)
    own = Pairing.objects.introduce(
        cast.digestive, mentee=cast.directing_mentor, mentor=cast.osei, by=cast.director, now=cast.now
    )
    page = words(client_of(cast.directing_mentor).get(url(cast.osei)))
    assert "One more pair is not yours to end" in page
    client_of(cast.directing_mentor).post(url(cast.osei), given(cast))
    assert [state for state, _day, _kind in states(cast.mei_osei, own)] == ["ended", "active"]
    assert cast.osei.roles.get(kind="mentor").until is None


def test_pairs_of_other_programs_stand(cast: Cast) -> None:
    day, by = cast.today, cast.director
    ended = leave(cast.digestive, cast.other_mentor, on=day, ending=Ending.DIED, role_ends=True, by=by, now=cast.now)
    assert ended == []
    assert states(cast.sofia_other)[0][0] == "active"


def test_leave_refuses_a_day_to_come(cast: Cast) -> None:
    with pytest.raises(Refused, match="has not come yet"):
        leave(
            cast.digestive, cast.osei, on=cast.ago(-1), ending=Ending.MENTOR_LEFT, role_ends=False, by=cast.director,
            now=cast.now,
        )  # fmt: skip


def test_absence_leads_here(cast: Cast, client_of: ClientOf) -> None:
    absence = cast.osei.absences.create(program=cast.digestive, kind="terminated", noticed=cast.ago(3))
    page = client_of(cast.director).get(reverse("pairing:absence", args=[absence.pk]))
    assert url(cast.osei) in page.content.decode()


def test_page_is_the_directors(cast: Cast, client_of: ClientOf) -> None:
    people = {
        "director": 200,
        "directing_mentor": 200,
        "coordinator": 404,
        "chief": 404,
        "osei": 404,
        "other_director": 404,
    }
    assert {who: client_of(getattr(cast, who)).get(url(cast.osei)).status_code for who in people} == people
    assert client_of(cast.directing_mentor).get(url(cast.directing_mentor)).status_code == 403
    assert client_of(cast.director).get(url(cast.mei)).status_code == 404


def test_who_leaves_today_is_named_to_nobody_today(cast: Cast, client_of: ClientOf) -> None:
    assert facts(cast.digestive, cast.pia, cast.now).why_not(cast.osei.pk) == []
    client_of(cast.director).post(url(cast.osei), given(cast))
    assert cast.osei.roles.get(kind="mentor").until == cast.today
    assert facts(cast.digestive, cast.pia, cast.now).why_not(cast.osei.pk) == ["not_a_mentor"]
    with pytest.raises(Refused, match="no mentor of this program"):
        name(cast.digestive, cast.pia, [(cast.osei, "")], by=cast.director, now=cast.now)
