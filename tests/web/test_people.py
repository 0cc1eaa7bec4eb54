"""The people of one program, for its offices; no page of one program shows anybody of another."""

import pytest
from django.test import Client
from django.urls import reverse

from telemachus.career.models import Appointment
from telemachus.people.models import Person
from tests.acts import ClientOf, queries, words
from tests.cast import Cast
from tests.house.addresses import addresses
from tests.house.stage import set_up
from tests.pairing.way import listed


def people(cast: Cast, wanted: str = "") -> str:
    return reverse("web:people", args=[cast.digestive.slug]) + (f"?q={wanted}" if wanted else "")


def person(cast: Cast, who: str) -> str:
    return reverse("web:person", args=[cast.digestive.slug, getattr(cast, who).pk])


def test_people_are_listed_with_their_roles(cast: Cast, client_of: ClientOf) -> None:
    page = words(client_of(cast.coordinator).get(people(cast)))
    assert "Brandt, Paul – director, mentor" in page
    assert "Palmer, Grace – none today" in page


@pytest.mark.parametrize("wanted", ["tanaka", "TANAKA, mei", "mei.tanaka@", "Tánaka"])
def test_people_are_found_by_name_or_mail(cast: Cast, client_of: ClientOf, wanted: str) -> None:
    found = client_of(cast.coordinator).get(people(cast, wanted)).context["listed"]
    assert [row.person for row in found] == [cast.mei]


def test_people_not_found_are_said_so(cast: Cast, client_of: ClientOf) -> None:
    page = words(client_of(cast.coordinator).get(people(cast, "Sofia")))
    assert "Nobody here has this name or email address." in page


def test_person_shows_pairs_but_not_the_readers_own(cast: Cast, client_of: ClientOf) -> None:
    assert "Tomas Novak – Paul Brandt" in words(client_of(cast.director).get(person(cast, "tomas")))
    assert "Tomas Novak – Paul Brandt" not in words(client_of(cast.directing_mentor).get(person(cast, "tomas")))
    assert "Pause this person" not in words(client_of(cast.directing_mentor).get(person(cast, "directing_mentor")))


LINKS = ("career:status", "pairing:pause_person", "pairing:leaving")


@pytest.mark.parametrize("reader", ["director", "directing_mentor", "coordinator"])
def test_person_offers_what_can_be_opened(cast: Cast, client_of: ClientOf, reader: str) -> None:
    """Also for one's own mentee, and for a mentee whose search is with the deputy."""
    listed(cast, cast.directing_mentor, cast.osei)
    client, seen = client_of(getattr(cast, reader)), set()
    for who in ("tomas", "mei", "pia", "osei", "directing_mentor", "director"):
        page = client.get(person(cast, who)).content.decode()
        for name in LINKS:
            link = reverse(name, args=[cast.digestive.slug, getattr(cast, who).pk])
            assert (f'href="{link}"' in page) == (client.get(link).status_code == 200), (who, name)
            seen |= {name} if link in page else set()
    assert seen == ({"career:status"} if reader == "coordinator" else {*LINKS})


def test_person_without_a_mentor_is_said_to_have_none(cast: Cast, client_of: ClientOf) -> None:
    Appointment.objects.create(
        program=cast.digestive, person=cast.pia, title="ASST PROF", series="in-residence", rank="assistant",
        begins=cast.ago(20), percent=100,
    )  # fmt: skip
    page = words(client_of(cast.coordinator).get(person(cast, "pia")))
    assert "Pairs No mentor yet See the board" in page
    assert "since 24 September 2026, full time" in page
    shown = {who: words(client_of(cast.director).get(person(cast, who))) for who in ("mei", "osei", "tomas")}
    assert not any("No mentor yet" in page for page in shown.values())
    assert "No mentor yet" not in words(client_of(cast.directing_mentor).get(person(cast, "tomas")))


def test_people_are_the_offices(cast: Cast, client_of: ClientOf) -> None:
    for url in (people(cast), person(cast, "mei")):
        wanted = {"director": 200, "coordinator": 200, "chief": 404, "mei": 404, "osei": 404, "other_director": 404}
        assert {name: client_of(getattr(cast, name)).get(url).status_code for name in wanted} == wanted
    assert client_of(cast.coordinator).get(person(cast, "sofia")).status_code == 404


def test_people_ask_as_much_for_three_appointments_as_for_one(cast: Cast, client_of: ClientOf) -> None:
    def appoint(who: str) -> None:
        Appointment.objects.create(
            program=cast.digestive, person=getattr(cast, who), title="ASST PROF", series="ladder", rank="assistant"
        )

    book = cast.digestive.book
    appointed = {"series": book.series[0].code, "rank": book.ranks[0].code}
    appoint("mei")
    Appointment.objects.update(**appointed)
    one = queries(client_of(cast.coordinator), people(cast))
    alone = queries(client_of(cast.coordinator), person(cast, "mei"))
    for who in ("jonas", "tomas"):
        appoint(who)
    Appointment.objects.update(**appointed)
    assert queries(client_of(cast.coordinator), people(cast)) == one
    assert queries(client_of(cast.coordinator), person(cast, "mei")) == alone


def readable(client: Client, urls: list[str]) -> str:
    answers = (client.get(url) for url in urls)
    return "".join(answer.content.decode(errors="replace") for answer in answers if answer.status_code == 200)


@pytest.mark.parametrize("who", ["coordinator", "osei"])
def test_no_page_shows_anybody_of_another_program(cast: Cast, client_of: ClientOf, who: str) -> None:
    stage = set_up(cast)
    there = ("Reyes", "Zielińska", "Lindqvist", "Sofia Marin", "Marin, Sofia", "Cardiology")
    own = Person.objects.get(pk=getattr(cast, who).pk)
    objects = [getattr(stage, name) for name in stage.__dataclass_fields__ if name != "cast"]
    objects += [cast.mei, cast.both, cast.mei_osei, cast.jonas_osei, cast.mei_halloran, cast.oseis_delegation]
    pages = readable(client_of(own), addresses(cast, objects))
    assert own.given_name in pages
    assert not [name for name in there if name in pages]


def test_other_programs_people_are_on_its_own_pages(cast: Cast, client_of: ClientOf) -> None:
    """What the test above looks for can be found."""
    page = client_of(cast.other_director).get(reverse("web:people", args=[cast.cardiology.slug])).content.decode()
    assert all(name in page for name in ("Reyes", "Zielińska", "Lindqvist", "Marin, Sofia", "Cardiology"))
