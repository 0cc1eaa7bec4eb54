"""One recruit's page: the way with its days, what is missing, papers, letters, times, and all that can be done."""

from django.urls import reverse

from telemachus.audit.models import Viewing
from telemachus.intake.models import Recruit
from telemachus.pairing.requesting import ask
from tests.acts import ClientOf, words
from tests.cast import Cast
from tests.intake.recruits import chosen, introduced, met, noticed, picked, senior
from tests.queries import same_queries


def url(recruit: Recruit) -> str:
    return reverse("intake:recruit", args=[recruit.pk])


def test_recruit_is_seen_by_the_offices(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    people = {"director": 200, "coordinator": 200, "chief": 404, "mei": 404, "other_director": 404, "stranger": 404}
    assert {who: client_of(getattr(cast, who)).get(url(recruit)).status_code for who in people} == people
    assert client_of(recruit.person).get(url(recruit)).status_code == 404
    assert sorted(Viewing.objects.filter(about=recruit.person.pk).values_list("role", flat=True)) == [
        "coordinator", "director",
    ]  # fmt: skip


def test_recruit_shows_the_way_in_words(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)
    page = words(client_of(cast.director).get(url(recruit)))
    assert "Notice 14 October 2026 Introduction 14 October 2026 CV and aims not yet" in page
    assert "Status form not yet First meeting next" in page
    assert "Still missing CV or aspirations are still to come." in page
    assert "Hiring lead Samuel Okafor" in page
    picked(cast, recruit)
    assert "Agreed: Monday 19 October 2026, 10:00." in words(client_of(cast.director).get(url(recruit)))


def test_recruit_shows_the_words_of_a_letter_to_the_director_only(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)
    assert "I look forward to meeting you." in words(client_of(cast.director).get(url(recruit)))
    page = words(client_of(cast.coordinator).get(url(recruit)))
    assert "Introduction, 14 October 2026 by Ines Duarte" in page
    assert "I look forward to meeting you." not in page


def test_recruit_shows_the_search_to_the_director_only(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    met(cast, recruit)
    request = ask(chosen(cast, recruit, cast.halloran, cast.osei), by=cast.director, now=cast.now)
    assert "Maeve Halloran, asked on 14 October 2026: waits for the mentor." in words(
        client_of(cast.director).get(url(recruit))
    )
    before = words(client_of(cast.coordinator).get(url(recruit)))
    request.decline(by=cast.halloran, now=cast.now)
    assert "Look at it" in words(client_of(cast.director).get(url(recruit)))
    assert words(client_of(cast.coordinator).get(url(recruit))) == before
    assert "Halloran" not in before
    assert "Finding the mentor" not in before


def test_recruit_gives_each_office_its_own_acts(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)
    mine = ("introduce", "remind", "propose", "meet", "hand_packet", "close")

    def offered(who: str) -> list[str]:
        page = client_of(getattr(cast, who)).get(url(recruit)).content.decode()
        return [name for name in mine if f'"{reverse(f"intake:{name}", args=[recruit.pk])}"' in page]

    assert offered("director") == ["remind", "propose", "meet", "hand_packet", "close"]
    assert offered("coordinator") == []
    page = client_of(cast.coordinator).get(url(recruit)).content.decode()
    for name in ("intake:correct", "intake:pick_as_told"):
        assert reverse(name, args=[recruit.pk]) in page
    assert reverse("career:complete_status", args=["digestive", recruit.person.pk]) in page


def test_recruit_of_a_higher_rank_has_a_short_way(cast: Cast, client_of: ClientOf) -> None:
    page = words(client_of(cast.director).get(url(senior(cast))))
    assert "Send the welcome" in page
    assert "Status form next" not in page
    assert "Still missing" not in page


def test_recruit_whose_way_ended_can_be_reopened_there(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    recruit.close(Recruit.Ending.NO_REPLY, by=cast.director, now=cast.now)
    answer = client_of(cast.director).get(url(recruit))
    assert "No reply closed on 14 October 2026" in words(answer)
    assert reverse("intake:reopen", args=[recruit.pk]) in answer.content.decode()
    assert "Reopen" not in words(client_of(cast.coordinator).get(url(recruit)))


def test_queries_of_a_recruits_page(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)

    def grow(number: int) -> None:
        recruit.write(recruit.letters.model.Kind.REMINDER, "Again", by=cast.director, now=cast.now)

    same_queries(client_of(cast.director), url(recruit), grow)
