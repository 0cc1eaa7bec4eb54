"""A letter came back: the coordinator corrects the address, then the introduction goes anew."""

from datetime import timedelta

from django.urls import reverse

from telemachus.intake.board import card_of
from telemachus.intake.models import Letter, Recruit
from telemachus.intake.path import Move, Who
from tests.acts import ClientOf, recorded, sentences, twice
from tests.cast import Cast
from tests.intake.recruits import introduced, noticed


def url(letter: Letter) -> str:
    return reverse("intake:came_back", args=[letter.pk])


def test_came_back_makes_it_the_coordinators_move_once(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    letter = introduced(cast, recruit)
    first, second = twice(client_of(cast.director), url(letter))
    assert "address is corrected" in sentences(first)[0]
    assert "Somebody was faster" in sentences(second)[-1]
    card = card_of(cast.coordinator, recruit, cast.now)
    assert card.next is not None
    assert (card.next.who, card.next.move, card.mine) == (Who.COORDINATOR, Move.CORRECT_ADDRESS, True)
    assert recorded("intake.came_back") == 1


def test_came_back_is_the_directors_again_after_the_correction(cast: Cast) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit).come_back(by=cast.coordinator, now=cast.now)
    Recruit.objects.filter(pk=recruit.pk).update(address_corrected_at=cast.now + timedelta(minutes=1))
    recruit.refresh_from_db()
    card = card_of(cast.director, recruit, cast.now)
    assert card.next is not None
    assert (card.next.move, card.mine) == (Move.INTRODUCE, True)


def test_came_back_is_said_by_either_office(cast: Cast, client_of: ClientOf) -> None:
    letter = introduced(cast, noticed(cast))
    for who in (cast.chief, cast.mei, cast.other_coordinator, letter.recruit.person):
        assert client_of(who).post(url(letter)).status_code == 404
    assert client_of(cast.coordinator).post(url(letter)).status_code == 302
    letter.refresh_from_db()
    assert letter.came_back_on == cast.today
