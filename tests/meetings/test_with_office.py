"""The yearly meeting with the director and the conference with the chief; and that the chief sees no mentoring date."""

import pytest
from django.test import Client
from django.urls import reverse

from telemachus.career.models import Appointment
from telemachus.lib.errors import Conflict, Refused
from telemachus.meetings.codes import Kind
from telemachus.meetings.models import Meeting
from telemachus.program.models import Role
from tests.acts import ClientOf, queries, recorded, sentences, twice, words
from tests.cast import Cast
from tests.house.addresses import addresses

DIRECTOR, CONFERENCE = Kind.DIRECTOR, Kind.CONFERENCE


def held(cast: Cast, kind: Kind, days: int, who: str = "mei") -> Meeting:
    person = getattr(cast, who)
    return Meeting.objects.record_with_office(
        cast.digestive, kind, person, day=cast.ago(days), by=cast.coordinator, now=cast.now
    )


def url(cast: Cast, name: str, who: str = "mei") -> str:
    return reverse(f"meetings:{name}", args=[cast.digestive.slug, getattr(cast, who).pk])


def conferences(cast: Cast) -> str:
    return reverse("meetings:conferences", args=[cast.digestive.slug])


def test_date_with_an_office_counts_at_once(cast: Cast) -> None:
    meeting = held(cast, DIRECTOR, 9)
    assert (meeting.state, meeting.how, meeting.person, meeting.pairing) == ("confirmed", "office", cast.mei, None)
    with pytest.raises(Conflict, match="registered already"):
        held(cast, DIRECTOR, 9)
    with pytest.raises(Refused, match="not come yet"):
        held(cast, DIRECTOR, -1)


def test_page_records_and_posted_twice_registers_once(cast: Cast, client_of: ClientOf) -> None:
    first, second = twice(client_of(cast.director), url(cast, "met_director"), {"day": cast.ago(2)})
    assert (sentences(first), second.status_code) == (["Registered."], 422)
    assert first["Location"] == reverse("meetings:register", args=[cast.digestive.slug])
    assert "This date is registered already." in words(second)
    assert recorded("meetings.recorded") == 1


def test_page_of_the_chief_leads_back_to_the_conferences(cast: Cast, client_of: ClientOf) -> None:
    chief = client_of(cast.chief)
    assert "0 of 5 have been held" in words(chief.get(conferences(cast)))
    answer = chief.post(url(cast, "held_conference"), {"day": cast.ago(2)})
    assert answer["Location"] == conferences(cast)
    assert "1 of 5 have been held" in words(chief.get(conferences(cast)))
    assert "held on 12 October 2026" in words(chief.get(conferences(cast)))


def test_conferences_are_those_of_this_academic_year(cast: Cast, client_of: ClientOf) -> None:
    """1 July begins the year: the day before belongs to the last."""
    for day in (cast.digestive.year(cast.now).first, cast.digestive.year(cast.now).previous().last):
        Meeting.objects.record_with_office(cast.digestive, CONFERENCE, cast.mei, day=day, by=cast.chief, now=cast.now)
    page = words(client_of(cast.chief).get(conferences(cast)))
    assert "held on 1 July 2026" in page
    assert "30 June 2026" not in page


def test_who_has_not_come_yet_is_not_shown_to_the_chief(cast: Cast, client_of: ClientOf) -> None:
    chief, page = client_of(cast.chief), conferences(cast)
    assert "Larsen, Pia" in words(chief.get(page))
    to_come = {"begins": cast.ago(-1), "title": "ASST PROF-HCOMP", "series": "hs-clinical", "rank": "assistant"}
    Appointment.objects.create(program=cast.digestive, person=cast.pia, **to_come)
    assert "Larsen, Pia" not in words(chief.get(page))
    assert "Tanaka, Mei" in words(chief.get(page))
    assert chief.get(url(cast, "held_conference", "pia")).status_code == 404
    assert client_of(cast.director).get(url(cast, "met_director", "pia")).status_code == 200


def test_nobody_records_a_meeting_with_oneself_or_ones_own_mentee(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.directing_mentor).get(url(cast, "met_director", "mei")).status_code == 200
    assert client_of(cast.directing_mentor).get(url(cast, "met_director", "tomas")).status_code == 403
    assert client_of(cast.chief_mentor).get(url(cast, "held_conference", "mei")).status_code == 200
    assert client_of(cast.chief_mentor).get(url(cast, "held_conference", "lucia")).status_code == 403
    cast.digestive.grant(cast.mei, Role.Kind.COORDINATOR, since=cast.ago(9), by=None, now=cast.now)
    assert client_of(cast.mei).get(url(cast, "met_director", "jonas")).status_code == 200
    assert client_of(cast.mei).get(url(cast, "met_director", "mei")).status_code == 404


def test_person_with_two_roles_of_one_kind_is_listed_once(cast: Cast, client_of: ClientOf) -> None:
    """One ends, the other has begun: two rows of one day would break every page that looks for one person."""
    Role.objects.filter(person=cast.mei).update(until=cast.ago(-5))
    Role.objects.create(program=cast.digestive, person=cast.mei, kind="mentee", since=cast.ago(5))
    assert words(client_of(cast.chief).get(conferences(cast))).count("Tanaka, Mei") == 1
    assert client_of(cast.chief).get(url(cast, "held_conference")).status_code == 200


def test_conferences_ask_as_much_for_three_as_for_one(cast: Cast, client_of: ClientOf) -> None:
    held(cast, CONFERENCE, 9)
    one = queries(client_of(cast.chief), conferences(cast))
    held(cast, CONFERENCE, 9, "jonas")
    held(cast, CONFERENCE, 9, "tomas")
    assert queries(client_of(cast.chief), conferences(cast)) == one


def opened(client: Client, urls: list[str]) -> dict[str, str]:
    answers = {url: client.get(url) for url in urls}
    return {url: answer.content.decode() for url, answer in answers.items() if answer.status_code == 200}


def test_chief_sees_no_date_of_mentoring_on_any_page(cast: Cast, client_of: ClientOf) -> None:
    """Planted in each state and of each kind, in every way in which we write a day."""
    for pairing in (cast.mei_osei, cast.tomas_director):
        for by in (pairing.mentee, pairing.mentor):
            Meeting.objects.log(pairing, day=cast.ago(33), by=by, now=cast.now)
        Meeting.objects.log(pairing, day=cast.ago(21), by=pairing.mentee, now=cast.now)
        Meeting.objects.ask(pairing, day=cast.ago(19), now=cast.now)
    held(cast, DIRECTOR, 17)
    held(cast, CONFERENCE, 15)
    planted = {
        text
        for days in (33, 21, 19, 17)
        for day in [cast.ago(days)]
        for text in (day.isoformat(), f"{day.day} {day:%B}", f"{day.day} {day:%b}")
    }
    objects = [cast.mei_osei, cast.mei, cast.lucia, cast.lucia_chief, cast.jonas, *Meeting.objects.all()]
    urls = addresses(cast, objects)

    def seen(who: str) -> set[str]:
        pages = opened(client_of(getattr(cast, who)), urls)
        return {text for text in planted if any(text in page for page in pages.values())}

    assert {"11 Sep", "2026-09-11"} <= seen("coordinator")
    assert "23 September" in seen("mei")
    assert "held on 29 September 2026" in words(client_of(cast.chief).get(conferences(cast)))
    assert seen("chief") == set()
    assert seen("chief_mentor") == set()
    assert seen("committee") == set()


def test_director_reads_the_conferences_and_enters_none(cast: Cast, client_of: ClientOf) -> None:
    assert "Enter the date" in words(client_of(cast.chief).get(conferences(cast)))
    page = words(client_of(cast.director).get(conferences(cast)))
    assert "Tanaka, Mei" in page
    assert "Enter the date" not in page


def test_conferences_to_come_stand_before_those_held(cast: Cast, client_of: ClientOf) -> None:
    held(cast, CONFERENCE, 9, "jonas")
    page = words(client_of(cast.chief).get(conferences(cast)))
    assert page.index("Still to come") < page.index("Tanaka, Mei") < page.index("held on") > page.index("Weber, Jonas")
    assert page.index("Tanaka, Mei") < page.index("Weber, Jonas")


def test_whoever_mentors_is_told_who_enters_the_date(cast: Cast, client_of: ClientOf) -> None:
    note = "You mentor this colleague; the coordinator enters this date."
    assert f"Romano, Lucia {note}" in words(client_of(cast.chief_mentor).get(conferences(cast)))
    assert note not in words(client_of(cast.chief).get(conferences(cast)))
    assert note not in words(client_of(cast.director).get(conferences(cast)))
    held(cast, CONFERENCE, 9, "lucia")
    assert f"held on 5 October 2026 {note}" in words(client_of(cast.chief_mentor).get(conferences(cast)))


@pytest.mark.parametrize(
    ("who", "name", "sees", "page"),
    [
        ("chief", "held_conference", "You, Mei Tanaka, the director and the coordinator.", "conferences"),
        ("coordinator", "held_conference", "You, Mei Tanaka, the chief and the director.", "conferences"),
        ("director", "met_director", "You, Mei Tanaka and the coordinator.", "register"),
        ("coordinator", "met_director", "You, Mei Tanaka and the director.", "register"),
    ],
)
def test_page_tells_its_reader_who_sees_the_date(
    cast: Cast, client_of: ClientOf, who: str, name: str, sees: str, page: str
) -> None:
    answer = client_of(getattr(cast, who)).get(url(cast, name))
    back = reverse(f"meetings:{page}", args=[cast.digestive.slug])
    assert sees in words(answer)
    assert f'href="{back}">Back' in answer.content.decode()
