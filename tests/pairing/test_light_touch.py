"""A mentee says that this is not needed now; the meetings stay owed until the director excuses the year (B12)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from telemachus.lib.errors import Conflict
from telemachus.lib.step import Step
from telemachus.meetings.sheet import sheets
from telemachus.pairing.models import Excuse, LightTouch, Pairing
from telemachus.pairing.steps import steps
from telemachus.people.models import Person
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import NOW, Cast


def url(pairing: Pairing) -> str:
    return reverse("pairing:wish_light_touch", args=[pairing.pk])


def touch(cast: Cast, pairing: Pairing | None = None) -> LightTouch:
    pairing = pairing or cast.mei_osei
    LightTouch.wish(pairing, by=pairing.mentee, now=cast.now)
    return LightTouch.objects.get(pairing=pairing)


def end(found: LightTouch) -> str:
    return reverse("pairing:end_light_touch", args=[found.pk])


def waits(person: Person, cast: Cast, days: int = 0) -> list[Step]:
    fresh = Person.objects.get(pk=person.pk)
    return [step for step in steps(fresh, cast.now + timedelta(days=days)) if "not needed now" in step.sentence]


def test_wish_is_kept_and_owes_what_it_owed(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.mei).post(url(cast.mei_osei))
    assert sentences(answer) == ["Noted. The meetings are still expected unless the year is excused."]
    [sheet] = sheets(cast.mei, [cast.mei_osei], cast.now)
    assert (sheet.standing.at_least, sheet.light_touch) == (2, LightTouch.objects.get(since=cast.today))


def test_wish_waits_for_the_director(cast: Cast) -> None:
    touch(cast)
    [step] = waits(cast.director, cast)
    assert step.sentence == "Mei Tanaka says that mentoring is not needed now."
    assert step.why == "Unless you excuse 2026–27, at least 2 meetings are still expected."
    assert [act.url for act in step.acts] == [
        reverse("pairing:excuse", args=[cast.mei_osei.pk]),
        end(LightTouch.objects.get()),
    ]


def test_excused_year_is_no_longer_asked_about_and_the_next_is(cast: Cast) -> None:
    touch(cast)
    Excuse.grant(cast.mei_osei, year=cast.digestive.year(cast.now), by=cast.director, now=cast.now)
    assert waits(cast.director, cast) == []
    [step] = waits(cast.director, cast, days=300)
    assert step.since == cast.digestive.year(cast.now).next().first


def test_mentor_does_not_hear_of_it(cast: Cast, client_of: ClientOf) -> None:
    pair = reverse("meetings:pair", args=[cast.mei_osei.pk])
    before = words(client_of(cast.osei).get(pair))
    found = touch(cast)
    assert "You said on 14 October 2026 that you do not need mentoring now." in words(client_of(cast.mei).get(pair))
    assert words(client_of(cast.osei).get(pair)) == before
    assert waits(cast.osei, cast) == []
    assert client_of(cast.osei).post(end(found)).status_code == 404


def test_said_twice_is_a_conflict(cast: Cast, client_of: ClientOf) -> None:
    _first, second = twice(client_of(cast.mei), url(cast.mei_osei))
    assert "You have said so already." in sentences(second)
    assert recorded("pairing.light_touch_wished") == 1


def test_mentee_needs_it_again(cast: Cast, client_of: ClientOf) -> None:
    found = touch(cast)
    assert sentences(client_of(cast.mei).post(end(found))) == ["Good. Everything is as it was."]
    assert waits(cast.director, cast) == []
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert client_of(cast.mei).post(url(cast.mei_osei)).status_code == 302


def test_director_leaves_it_as_it_is(cast: Cast, client_of: ClientOf) -> None:
    found = touch(cast)
    assert sentences(client_of(cast.director).post(end(found))) == ["The meetings are still expected."]
    assert waits(cast.director, cast) == []
    with pytest.raises(Conflict):
        found.end(by=cast.mei, now=cast.now)


def test_year_that_is_excused_meanwhile_stays_so(cast: Cast, client_of: ClientOf) -> None:
    found = touch(cast)
    Excuse.grant(cast.mei_osei, year=cast.digestive.year(cast.now), by=cast.directing_mentor, now=cast.now)
    answer = client_of(cast.director).post(end(found), {"back": "/"})
    assert sentences(answer) == ["2026–27 has been excused meanwhile: no meeting is owed."]
    found.refresh_from_db()
    assert (found.until, recorded("pairing.light_touch_over")) == (None, 0)
    assert sentences(client_of(cast.mei).post(end(found))) == ["Good. Everything is as it was."]


def test_end_posted_twice_is_recorded_once(cast: Cast, client_of: ClientOf) -> None:
    twice(client_of(cast.mei), end(touch(cast)))
    assert recorded("pairing.light_touch_over") == 1


def test_own_mentees_wish_is_not_the_directors(cast: Cast, client_of: ClientOf) -> None:
    found = touch(cast, cast.tomas_director)
    assert len(waits(cast.director, cast)) == 1
    assert waits(cast.directing_mentor, cast) == []
    assert client_of(cast.directing_mentor).post(end(found)).status_code == 404


def test_only_the_mentee_says_so(cast: Cast, client_of: ClientOf) -> None:
    people = {"osei": 403, "director": 403, "coordinator": 403, "jonas": 404, "chief": 404, "abebe": 404, "mei": 302}
    assert {who: client_of(getattr(cast, who)).post(url(cast.mei_osei)).status_code for who in people} == people
