"""A person sends a CV, sends a newer one, takes it back; offices put in what came by mail; who reads it."""

import io

import pytest
from django.urls import reverse

from telemachus.career.models import CurriculumVitae
from telemachus.career.papers import erase_papers, papers_of
from telemachus.lib.document import read_document
from telemachus.lib.errors import Conflict
from telemachus.lib.holding import holdings_of
from telemachus.pairing.models import Shortlist
from telemachus.people.models import Person
from telemachus.program.models import Deputy, Role
from tests import documents as made
from tests.acts import ClientOf, queries, recorded, sentences, twice, words
from tests.cast import Cast


def sends(cast: Cast, person: Person, name: str = "Tanaka.pdf", pages: int = 2, by: Person | None = None):
    document = read_document(name, made.pdf(pages))
    return CurriculumVitae.objects.receive(cast.digestive, person, document=document, by=by or person, now=cast.now)


def file(name: str = "Tanaka.pdf", content: bytes | None = None) -> io.BytesIO:
    made_file = io.BytesIO(made.pdf() if content is None else content)
    made_file.name = name
    return made_file


def url(cast: Cast, name: str, *who: str) -> str:
    return reverse(f"career:{name}", args=[cast.digestive.slug, *(getattr(cast, one).pk for one in who)])


def test_cv_is_kept_and_recorded(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.mei)
    answer = client.post(url(cast, "send_cv"), {"file": file()})
    assert (sentences(answer), answer["Location"]) == (["Your CV is here."], url(cast, "papers"))
    kept = CurriculumVitae.objects.get()
    assert (kept.person, kept.program, kept.kind, kept.pages) == (cast.mei, cast.digestive, "pdf", 2)
    assert kept.size == len(kept.content)
    assert recorded("career.cv_sent") == 1
    assert "Tanaka.pdf PDF, 2 pages" in words(client.get(url(cast, "papers")))


def test_newer_cv_takes_the_place_of_the_older(cast: Cast) -> None:
    sends(cast, cast.mei, "old.pdf", pages=1)
    sends(cast, cast.mei, "new.pdf", pages=3)
    [kept] = CurriculumVitae.objects.all()
    assert (kept.name, kept.pages) == ("new.pdf", 3)


def test_double_click_keeps_one(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.mei)
    for _ in range(2):
        assert client.post(url(cast, "send_cv"), {"file": file()}).status_code == 302
    assert CurriculumVitae.objects.count() == 1


@pytest.mark.parametrize(("given", "says"), [({}, "choose a file"), ({"file": file(content=b"x")}, "neither a PDF")])
def test_what_is_no_cv_is_asked_again(cast: Cast, client_of: ClientOf, given: dict[str, object], says: str) -> None:
    answer = client_of(cast.mei).post(url(cast, "send_cv"), given)
    assert answer.status_code == 422
    assert says in words(answer)


def test_refused_cv_leaves_the_one_that_was_here(cast: Cast, client_of: ClientOf) -> None:
    sends(cast, cast.mei)
    assert client_of(cast.mei).post(url(cast, "send_cv"), {"file": file(content=made.HTML)}).status_code == 422
    assert CurriculumVitae.objects.get().name == "Tanaka.pdf"


def test_cv_taken_back_is_gone(cast: Cast, client_of: ClientOf) -> None:
    sends(cast, cast.mei)
    first, second = twice(client_of(cast.mei), url(cast, "take_back_cv"))
    assert sentences(first) == ["Your CV is erased here. You can send one again whenever you like."]
    assert second.status_code == 404
    assert not CurriculumVitae.objects.exists()
    assert recorded("career.cv_taken_back") == 1
    assert client_of(cast.mei).get(url(cast, "cv", "mei")).status_code == 404


def test_taking_back_spares_a_newer_one(cast: Cast) -> None:
    shown = sends(cast, cast.mei)
    CurriculumVitae.objects.update(sent_at=cast.now.replace(hour=18))
    with pytest.raises(Conflict, match="newer one has come"):
        shown.take_back(by=cast.mei, now=cast.now)
    assert CurriculumVitae.objects.count() == 1
    assert recorded("career.cv_taken_back") == 0


READERS = {"mei": 200, "director": 200, "directing_mentor": 200}


def test_cv_is_read_by_its_person_and_the_director_only(cast: Cast, client_of: ClientOf) -> None:
    sends(cast, cast.mei)
    everybody = (
        "mei", "director", "directing_mentor", "coordinator", "osei", "halloran", "jonas", "chief", "committee",
        "colleague", "abebe", "leaver", "stranger", "other_director", "other_coordinator",
    )  # fmt: skip
    answers = {who: client_of(getattr(cast, who)).get(url(cast, "cv", "mei")).status_code for who in everybody}
    assert answers == {who: READERS.get(who, 404) for who in everybody}


def test_director_who_looked_is_recorded_as_role_and_day(cast: Cast, client_of: ClientOf) -> None:
    sends(cast, cast.mei)
    client_of(cast.mei).get(url(cast, "cv", "mei"))
    assert not any("director" in row for row in seen(cast))
    client_of(cast.director).get(url(cast, "cv", "mei"))
    assert "2026-10-14 director" in seen(cast)


def seen(cast: Cast) -> list[str]:
    return [row for holding in holdings_of(cast.mei) if "audit.Viewing" in holding.models for row in holding.rows]


@pytest.mark.parametrize("office", ["coordinator", "director"])
def test_office_puts_in_what_came_by_mail(cast: Cast, client_of: ClientOf, office: str) -> None:
    client = client_of(getattr(cast, office))
    page = client.get(url(cast, "put_cv", "mei"))
    assert "The CV of Mei Tanaka" in words(page)
    answer = client.post(url(cast, "put_cv", "mei"), {"file": file()})
    assert sentences(answer) == ["The CV of Mei Tanaka is here."]
    assert CurriculumVitae.objects.get().person == cast.mei
    assert client.get(url(cast, "cv", "mei")).status_code == {"coordinator": 404, "director": 200}[office]


@pytest.mark.parametrize("who", ["osei", "jonas", "mei", "chief", "other_coordinator", "stranger"])
def test_nobody_else_puts_in_a_cv(cast: Cast, client_of: ClientOf, who: str) -> None:
    assert client_of(cast.coordinator).get(url(cast, "put_cv", "mei")).status_code == 200
    answer = client_of(getattr(cast, who)).post(url(cast, "put_cv", "mei"), {"file": file()})
    assert answer.status_code == 404
    assert not CurriculumVitae.objects.exists()


def test_nobody_administers_oneself(cast: Cast, client_of: ClientOf) -> None:
    """A director who is a mentee too: the own papers are sent like everybody's."""
    cast.digestive.grant(cast.director, Role.Kind.MENTEE, since=cast.today, by=None, now=cast.now)
    assert client_of(cast.director).get(url(cast, "put_cv", "director")).status_code == 403
    assert client_of(cast.coordinator).get(url(cast, "put_cv", "director")).status_code == 200
    assert client_of(cast.director).get(url(cast, "papers")).status_code == 200


def test_cv_is_of_those_who_can_have_papers(cast: Cast, client_of: ClientOf) -> None:
    coordinator = client_of(cast.coordinator)
    assert coordinator.get(url(cast, "put_cv", "colleague")).status_code == 200
    assert [coordinator.get(url(cast, "put_cv", who)).status_code for who in ("osei", "leaver", "sofia")] == [404] * 3
    assert client_of(cast.osei).get(url(cast, "papers")).status_code == 404
    assert client_of(cast.leaver).get(url(cast, "papers")).status_code == 404


def test_papers_of_many_take_as_many_queries_as_of_one(cast: Cast, django_assert_num_queries) -> None:
    people = [cast.mei, cast.jonas, cast.tomas, cast.lucia, cast.pia]
    for person in people[:3]:
        sends(cast, person)
    for asked in (people[:1], people):
        with django_assert_num_queries(3) as caught:
            found = papers_of(cast.digestive, asked)
    assert not any('"content"' in query["sql"] for query in caught)
    assert [found[person.pk].cv for person in people] == [True, True, True, False, False]
    assert found[cast.mei.pk].cv_on == cast.today


def test_content_is_read_by_the_download_only(cast: Cast, client_of: ClientOf, django_assert_max_num_queries) -> None:
    sends(cast, cast.mei)
    with django_assert_max_num_queries(40) as caught:
        client_of(cast.mei).get(url(cast, "papers"))
    assert not any('"content"' in query["sql"] for query in caught)


def test_what_is_erased_is_gone(cast: Cast) -> None:
    for person in (cast.mei, cast.jonas):
        sends(cast, person)
    erase_papers(cast.digestive, [cast.mei], now=cast.now)
    assert [cv.person for cv in CurriculumVitae.objects.all()] == [cast.jonas]
    rows = [
        row for holding in holdings_of(cast.mei) if "career.CurriculumVitae" in holding.models for row in holding.rows
    ]
    assert rows == []
    assert recorded("career.cv_taken_back") == 1


def test_page_of_papers_asks_no_more_for_what_is_here(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.mei)
    before = queries(client, url(cast, "papers"))
    sends(cast, cast.mei)
    assert queries(client, url(cast, "papers")) == before


def test_cv_of_ones_own_mentee_is_the_deputys_to_read_not_the_directors(cast: Cast, client_of: ClientOf) -> None:
    sends(cast, cast.tomas)
    address = url(cast, "cv", "tomas")
    assert client_of(cast.director).get(address).status_code == 200
    assert client_of(cast.directing_mentor).get(address).status_code == 404
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    assert client_of(cast.committee).get(address).status_code == 200


def test_status_form_of_a_search_is_the_deputys_to_read_not_the_directors(cast: Cast, client_of: ClientOf) -> None:
    address = url(cast, "status", "pia")
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    readers = (cast.director, cast.coordinator, cast.directing_mentor, cast.committee, cast.osei, cast.pia)

    def answers() -> list[int]:
        return [client_of(reader).get(address).status_code for reader in readers]

    assert answers() == [200, 200, 200, 404, 404, 200]
    named = [(cast.directing_mentor, "")]
    Shortlist.objects.send(cast.digestive, cast.pia, named, by=cast.director, now=cast.now)
    assert answers() == [200, 200, 404, 200, 404, 200]
