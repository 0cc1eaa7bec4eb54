"""A person writes what the coming years should bring, changes it, takes it back; the director reads it."""

import pytest
from django.urls import reverse

from telemachus.career.models import Aspirations
from telemachus.career.papers import erase_papers
from telemachus.lib.errors import Conflict, Refused
from telemachus.lib.holding import holdings_of
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast

GIVEN = {"role_wanted": "Lead a clinic", "one_year": "First own patients"}


def url(cast: Cast, name: str, *who: str) -> str:
    return reverse(f"career:{name}", args=[cast.digestive.slug, *(getattr(cast, one).pk for one in who)])


def write(cast: Cast, **given: str) -> Aspirations:
    return Aspirations.objects.write(cast.digestive, cast.mei, by=cast.mei, now=cast.now, **(given or GIVEN))


def test_aspirations_are_kept_and_shown(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.mei)
    answer = client.post(url(cast, "write_aspirations"), GIVEN)
    assert (sentences(answer), answer["Location"]) == (["Your aspirations are here."], url(cast, "papers"))
    assert "In a year First own patients" in words(client.get(url(cast, "papers")))
    assert recorded("career.aspirations_written") == 1


def test_changing_them_replaces_all(cast: Cast, client_of: ClientOf) -> None:
    write(cast)
    client = client_of(cast.mei)
    assert "Lead a clinic" in client.get(url(cast, "write_aspirations")).content.decode()
    client.post(url(cast, "write_aspirations"), {"focus": "Teaching"})
    [kept] = Aspirations.objects.all()
    assert (kept.focus, kept.role_wanted, kept.one_year) == ("Teaching", "", "")


@pytest.mark.parametrize("given", [{}, {"focus": "  \n "}, {"focus": "x" * 1001, "one_year": "typed and kept"}])
def test_nothing_and_too_much_are_asked_again(cast: Cast, client_of: ClientOf, given: dict[str, str]) -> None:
    answer = client_of(cast.mei).post(url(cast, "write_aspirations"), given)
    assert answer.status_code == 422
    assert given.get("one_year", "") in answer.content.decode()
    assert not Aspirations.objects.exists()


def test_nothing_is_refused_by_the_domain(cast: Cast) -> None:
    with pytest.raises(Refused, match="at least one"):
        write(cast, focus=" ")


def test_taken_back_they_are_gone(cast: Cast, client_of: ClientOf) -> None:
    write(cast)
    first, second = twice(client_of(cast.mei), url(cast, "take_back_aspirations"))
    assert "erased here" in sentences(first)[0]
    assert second.status_code == 404
    assert not Aspirations.objects.exists()


def test_taking_back_spares_what_was_written_anew(cast: Cast) -> None:
    shown = write(cast)
    Aspirations.objects.update(written_at=cast.now.replace(hour=18))
    with pytest.raises(Conflict, match="written anew"):
        shown.take_back(by=cast.mei, now=cast.now)


def test_aspirations_are_read_by_their_person_and_the_director(cast: Cast, client_of: ClientOf) -> None:
    write(cast)
    for who in ("director", "mei"):
        assert "Lead a clinic" in words(client_of(getattr(cast, who)).get(url(cast, "aspirations", "mei")))
    for who in ("coordinator", "osei", "jonas", "chief", "other_director", "stranger", "abebe"):
        assert client_of(getattr(cast, who)).get(url(cast, "aspirations", "mei")).status_code == 404


def test_markup_is_shown_as_it_was_typed(cast: Cast, client_of: ClientOf) -> None:
    write(cast, focus="<script>alert(1)</script>\nand more")
    page = client_of(cast.director).get(url(cast, "aspirations", "mei")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>and more" in page


def test_what_is_erased_is_gone(cast: Cast) -> None:
    write(cast)
    assert any("Lead a clinic" in row for holding in holdings_of(cast.mei) for row in holding.rows)
    erase_papers(cast.digestive, [cast.mei], now=cast.now)
    assert not any("Lead a clinic" in row for holding in holdings_of(cast.mei) for row in holding.rows)
    assert not Aspirations.objects.exists()
