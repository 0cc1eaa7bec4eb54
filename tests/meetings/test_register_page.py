"""The register as the offices see it."""

from django.urls import reverse

from telemachus.audit.models import Viewing
from telemachus.meetings.models import AppointmentToMeet, Meeting, TalkWish
from telemachus.pairing.models import Pairing, Pause
from tests.acts import ClientOf, queries, words
from tests.cast import Cast


def url(cast: Cast, year: str = "") -> str:
    return reverse("meetings:register", args=[cast.digestive.slug]) + (f"?year={year}" if year else "")


def dates(pairing: Pairing) -> str:
    return reverse("meetings:dates", args=[pairing.pk])


def met(cast: Cast, pairing: Pairing, days: int) -> None:
    for by in (pairing.mentee, pairing.mentor):
        Meeting.objects.log(pairing, day=cast.ago(days), by=by, now=cast.now)


def test_register_shows_dates_and_gaps(cast: Cast, client_of: ClientOf) -> None:
    met(cast, cast.mei_osei, 33)
    met(cast, cast.mei_osei, 5)
    page = words(client_of(cast.coordinator).get(url(cast)))
    assert "Tanaka, Mei Osei, Kwame 9 Sep 2025 11 Sep 2026 ; 9 Oct 2026 Enter the date 2 of 2" in page
    assert "Weber, Jonas Osei, Kwame 9 Sep 2025 none Enter the date 0 of 2" in page
    assert "3 still owe a meeting this year." in page


def test_register_shows_no_open_word_of_the_two(cast: Cast, client_of: ClientOf) -> None:
    """Neither a question, nor one side's word, nor a time to come, nor a wish to talk."""
    met(cast, cast.mei_osei, 33)
    Meeting.objects.log(cast.mei_osei, day=cast.ago(9), by=cast.mei, now=cast.now)
    Meeting.objects.ask(cast.mei_osei, day=cast.ago(8), now=cast.now)
    AppointmentToMeet.arrange(cast.mei_osei, at=cast.now.replace(day=20), by=cast.mei, now=cast.now)
    TalkWish.express(cast.mei_osei, by=cast.mei, now=cast.now)
    mentor = words(client_of(cast.osei).get(reverse("meetings:my_mentees")))
    open_words = ("5 October", "6 October", "20 October", "would like to talk.")
    assert all(word in mentor for word in open_words)
    for office in (cast.coordinator, cast.director):
        pages = [words(client_of(office).get(page)) for page in (url(cast), dates(cast.mei_osei), "/")]
        assert "11 Sep 2026" in pages[0]
        assert "11 September 2026" in pages[1]
        assert not [word for word in (*open_words, "5 Oct", "6 Oct", "20 Oct") if any(word in page for page in pages)]


def test_register_leaves_out_the_readers_own_pairs(cast: Cast, client_of: ClientOf) -> None:
    assert "Novak, Tomas" in words(client_of(cast.coordinator).get(url(cast)))
    assert "Novak, Tomas" not in words(client_of(cast.directing_mentor).get(url(cast)))
    assert client_of(cast.directing_mentor).get(dates(cast.tomas_director)).status_code == 404
    assert client_of(cast.director).get(dates(cast.tomas_director)).status_code == 200


def test_register_of_another_year(cast: Cast, client_of: ClientOf) -> None:
    met(cast, cast.mei_osei, 200)
    coordinator = client_of(cast.coordinator)
    assert "28 Mar 2026" not in words(coordinator.get(url(cast)))
    assert "28 Mar 2026" in words(coordinator.get(url(cast, "2025")))
    assert "Halloran, Maeve" in words(coordinator.get(url(cast, "2024")))


def test_register_takes_an_odd_year_for_this_one(cast: Cast, client_of: ClientOf) -> None:
    for year in ("0", "-1", "99999", "x", "²", "٢٠٢٥٢"):
        page = client_of(cast.coordinator).get(url(cast, year))
        assert (page.status_code, page.context["year"].label) == (200, "2026–27")


def test_register_is_the_offices(cast: Cast, client_of: ClientOf) -> None:
    people = {"coordinator": 200, "director": 200, "chief": 404, "mei": 404, "osei": 404, "other_coordinator": 404}
    assert {name: client_of(getattr(cast, name)).get(url(cast)).status_code for name in people} == people


def test_dates_of_a_pair_record_who_looked(cast: Cast, client_of: ClientOf) -> None:
    for _twice in range(2):
        client_of(cast.coordinator).get(dates(cast.mei_osei))
    seen = {(row.about, row.role, row.day) for row in Viewing.objects.all()}
    assert seen == {(person.pk, "coordinator", cast.today) for person in (cast.mei, cast.osei)}


def test_dates_show_pauses_of_the_pair_and_of_its_members(cast: Cast, client_of: ClientOf) -> None:
    days = {"program": cast.digestive, "begins": cast.ago(5), "until": cast.ago(-5)}
    Pause(person=cast.osei, **days).start(by=cast.director, now=cast.now)
    Pause(pairing=cast.mei_osei, **days).start(by=cast.director, now=cast.now)
    page = words(client_of(cast.director).get(dates(cast.mei_osei)))
    assert page.count("9 October 2026 to 19 October 2026") == 2
    assert page.count("Over from today") == 2
    assert "Over from today" not in words(client_of(cast.coordinator).get(dates(cast.mei_osei)))


def test_dates_ask_as_much_for_three_as_for_one(cast: Cast, client_of: ClientOf) -> None:
    met(cast, cast.mei_osei, 33)
    one = queries(client_of(cast.coordinator), dates(cast.mei_osei))
    met(cast, cast.mei_osei, 34)
    met(cast, cast.mei_osei, 35)
    assert queries(client_of(cast.coordinator), dates(cast.mei_osei)) == one


def test_who_met_the_director_before_any_pair_stands_beside_the_pairs(cast, client_of):
    Meeting.objects.record_with_office(
        cast.digestive, Meeting.Kind.DIRECTOR, cast.pia, day=cast.ago(20), by=cast.coordinator, now=cast.now
    )
    page = words(client_of(cast.coordinator).get(f"/meetings/register/{cast.digestive.slug}/"))
    assert "With the director, without a pair in this year Larsen, Pia 24 Sep 2026" in page
    exported = client_of(cast.coordinator).get(f"/meetings/register/{cast.digestive.slug}/export.csv")
    assert '"Larsen, Pia"' in exported.content.decode("utf-8-sig")
