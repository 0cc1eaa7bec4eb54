"""Six searches ask for the last place of one mentor at the same moment; and one request is answered in two ways."""

import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from telemachus.pairing.models import Offer, Pairing, Request, Shortlist, places
from telemachus.pairing.requesting import accept, ask, choose, expire_requests, introduce, name
from telemachus.people.models import Person
from tests.cast import Cast
from tests.races.together import Act, again, one_wins, together

pytestmark = pytest.mark.races

# A thousand in `make proof`.
RACES = int(os.environ.get("RACES", "25"))
ROUNDS = 25
SIX = 6


def mentees(cast: Cast) -> list[Person]:
    """Six who look for a mentor: Pia, Grace Palmer who left and is back, and whoever's pair ends here."""
    for pairing in Pairing.objects.active().filter(program=cast.digestive):
        pairing.end(on=cast.today, ending=Pairing.Ending.CHANGED, by=None, now=cast.now)
    return [cast.pia, cast.mei, cast.jonas, cast.tomas, cast.lucia, cast.colleague]


def chosen(cast: Cast, mentee: Person, mentor: Person) -> Shortlist:
    now = timezone.now()
    shortlist = name(cast.digestive, mentee, [(mentor, "")], by=cast.director, now=now)
    choose(shortlist, list(shortlist.candidates.all()), shows=(), by=mentee, now=now)
    return shortlist


def one_place(cast: Cast) -> Person:
    mentor = cast.both
    Offer.objects.change(mentor, places=1, terms=(), now=cast.now)
    return mentor


def asking(cast: Cast, shortlist: Shortlist) -> Act:
    fresh_list = again(shortlist)
    return lambda: ask(fresh_list, by=cast.director, now=timezone.now())


def free_again(cast: Cast, mentor: Person) -> None:
    """The winner's request is withdrawn and all requests go, so that each list can ask anew."""
    for request in Request.objects.holding().filter(mentor=mentor).with_people():
        request.withdraw(by=cast.director, now=timezone.now())
    Request.objects.filter(mentor=mentor).delete()


def test_last_place_of_six_requests_one_goes_out(cast: Cast) -> None:
    mentor = one_place(cast)
    lists = [chosen(cast, mentee, mentor) for mentee in mentees(cast)]
    for _race in range(RACES):
        outcome = one_wins(*[asking(cast, one) for one in lists])
        assert outcome.events == ["pairing.requested"]
        assert places(mentor) == 1
        assert outcome.sentences == ["All places of Amara Diallo are taken."] * (SIX - 1)
        free_again(cast, mentor)


def test_last_place_over_http_nobody_meets_an_error(cast: Cast, client_of: Callable[[Person], Client]) -> None:
    mentor = one_place(cast)
    lists = [chosen(cast, mentee, mentor) for mentee in mentees(cast)]
    clients = [client_of(cast.director) for _one in lists]
    for _race in range(max(RACES // 5, 5)):
        answers: list[int] = []
        acts = [
            lambda client=client, one=one: answers.append(
                client.post(reverse("pairing:ask", args=[one.pk]), {"back": "/"}).status_code
            )
            for client, one in zip(clients, lists, strict=True)
        ]
        together(*acts)
        assert len(answers) == SIX
        assert max(answers) < 500
        assert places(mentor) == 1
        free_again(cast, mentor)


def waiting(cast: Cast, mentee: Person, mentor: Person) -> Request:
    return ask(chosen(cast, mentee, mentor), by=cast.director, now=timezone.now())


def fresh(request: Request) -> Request:
    return Request.objects.with_people().get(pk=request.pk)


def test_accept_against_withdraw_one_of_them_holds(cast: Cast) -> None:
    for _round in range(ROUNDS):
        request = waiting(cast, cast.pia, cast.osei)
        first, second = fresh(request), fresh(request)
        together(
            lambda: accept(first, by=cast.osei, now=timezone.now()),
            lambda: second.withdraw(by=cast.director, now=timezone.now()),
        )
        # Withdrawn in the end in any order: also an accepted request can be taken back.
        assert fresh(request).state in ("withdrawn", "accepted")
        free_again(cast, cast.osei)


def test_accept_against_decline_the_first_answer_holds(cast: Cast) -> None:
    for _round in range(ROUNDS):
        request = waiting(cast, cast.pia, cast.osei)
        first, second = fresh(request), fresh(request)
        outcome = one_wins(
            lambda: accept(first, by=cast.osei, now=timezone.now()),
            lambda: second.decline(by=cast.osei, now=timezone.now()),
        )
        assert fresh(request).state == ("accepted" if outcome.winners == [0] else "declined")
        free_again(cast, cast.osei)


def test_accept_on_the_last_day_against_the_clock(cast: Cast) -> None:
    for _round in range(ROUNDS):
        request = waiting(cast, cast.pia, cast.osei)
        late = timezone.now() + timedelta(days=15)
        together(lambda: accept(fresh(request), by=cast.osei, now=timezone.now()), lambda: expire_requests(now=late))
        assert fresh(request).state in ("accepted", "expired")
        free_again(cast, cast.osei)


def test_introduce_twice_makes_one_pair(cast: Cast) -> None:
    for _round in range(5):
        request = waiting(cast, cast.pia, cast.halloran)
        accept(request, by=cast.halloran, now=timezone.now())
        outcome = one_wins(
            *[lambda: introduce(fresh(request), by=cast.director, now=timezone.now()) for _two in range(2)]
        )
        assert outcome.events.count("pairing.introduced") == 1
        pairing = Pairing.objects.active().get(mentee=cast.pia)
        pairing.delete()
        Request.objects.all().delete()
        Shortlist.objects.all().delete()


def test_choose_against_ask_asks_whom_the_mentee_chose(cast: Cast) -> None:
    """The mentee thinks better of it in the moment in which the director asks: nobody is asked who is not chosen."""
    for _round in range(ROUNDS):
        now = timezone.now()
        named = [(cast.osei, ""), (cast.halloran, "")]
        shortlist = name(cast.digestive, cast.pia, named, by=cast.director, now=now)
        osei, halloran = shortlist.candidates.all()
        choose(shortlist, [osei], shows=(), by=cast.pia, now=now)
        first, second = again(shortlist), again(shortlist)
        together(
            lambda: choose(first, [halloran], shows=(), by=cast.pia, now=timezone.now()),
            lambda: ask(second, by=cast.director, now=timezone.now()),
        )
        asked = Request.objects.filter(shortlist=shortlist)
        ranked = shortlist.candidates.get(rank=1)
        assert [request.mentor for request in asked] in ([], [ranked.mentor])
        asked.delete()
