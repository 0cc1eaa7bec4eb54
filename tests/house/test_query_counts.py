"""Pages with lists ask the database as often for three rows as for one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse

from telemachus.meetings.models import AppointmentToMeet, Meeting, TalkWish
from telemachus.pairing.models import Pairing
from telemachus.people.models import Person
from telemachus.program.models import Role, Upload
from tests.cast import Cast
from tests.queries import same_queries

Grow = Callable[[int], object]
Kind = Role.Kind


@pytest.fixture
def person(cast: Cast) -> Callable[[int, str], Person]:
    """One more person of the division, with a role."""

    def person(number: int, kind: str) -> Person:
        mail = f"{kind}{number}@division.example"
        made = Person.objects.add(given_name="Row", family_name=f"{kind} {number}", email=mail, by=None, now=cast.now)
        cast.digestive.grant(made, Kind(kind), since=cast.ago(700), by=None, now=cast.now)
        return made

    return person


@pytest.fixture
def pair(cast: Cast, person) -> Callable[..., Pairing]:
    """One more pair of the division, with a date, a logged date, a wish, a pause to come and a time to come."""

    def pair(number: int, mentor: Person | None = None) -> Pairing:
        mentee, mentor = person(number, "mentee"), mentor or person(number, "mentor")
        made = Pairing.objects.enter(
            cast.digestive, mentee=mentee, mentor=mentor, begins=cast.ago(300), by=None, now=cast.now
        )
        Meeting.objects.log(made, day=cast.ago(40), by=mentee, now=cast.now).confirm(by=mentor, now=cast.now)
        Meeting.objects.log(made, day=cast.ago(4), by=mentee, now=cast.now)
        Meeting.objects.ask(made, day=cast.ago(1), now=cast.now)
        # Setting a time answers a wish: hence the wish comes after.
        AppointmentToMeet.arrange(made, at=cast.now + timedelta(days=3), by=mentee, now=cast.now)
        TalkWish.express(made, by=mentee, now=cast.now)
        return made

    return pair


@pytest.mark.parametrize("name", ["web:people", "program:setup"])
def test_queries_for_people(cast: Cast, client_of, person, name: str) -> None:
    kinds = (Kind.COORDINATOR, Kind.COMMITTEE, Kind.CHIEF)
    same_queries(client_of(cast.director), reverse(name, args=["digestive"]), lambda n: person(n, kinds[n]))


@pytest.mark.parametrize("name", ["web:people", "meetings:register", "meetings:rhythm"])
def test_queries_for_pairs_in_the_office(cast: Cast, client_of, pair, name: str) -> None:
    same_queries(client_of(cast.director), reverse(name, args=["digestive"]), pair)


def test_queries_for_the_registers_export(cast: Cast, client_of, pair) -> None:
    same_queries(client_of(cast.coordinator), reverse("meetings:export", args=["digestive", "csv"]), pair)


def test_queries_for_conferences(cast: Cast, client_of, person) -> None:
    def grow(number: int) -> None:
        mentee, kind = person(number, "mentee"), Meeting.Kind.CONFERENCE
        by, day = cast.coordinator, cast.ago(9)
        Meeting.objects.record_with_office(cast.digestive, kind, mentee, day=day, by=by, now=cast.now)

    same_queries(client_of(cast.chief), reverse("meetings:conferences", args=["digestive"]), grow)


@pytest.mark.parametrize("name", ["meetings:my_mentees", "web:today"])
def test_queries_for_a_mentors_pairs(cast: Cast, client_of, pair, name: str) -> None:
    same_queries(client_of(cast.osei), reverse(name), lambda n: pair(n, mentor=cast.osei))


@pytest.mark.parametrize("name", ["meetings:times", "web:today"])
def test_queries_for_a_delegates_times(cast: Cast, client_of, pair, name: str) -> None:
    same_queries(client_of(cast.abebe), reverse(name), lambda n: pair(n, mentor=cast.osei))


@pytest.mark.parametrize("who", ["director", "coordinator", "chief", "directing_mentor"])
def test_queries_for_today_of_the_offices(cast: Cast, client_of, pair, who: str) -> None:
    same_queries(client_of(getattr(cast, who)), reverse("web:today"), pair)


def test_queries_for_dates_of_a_pair(cast: Cast, client_of) -> None:
    def grow(number: int) -> None:
        meeting = Meeting.objects.log(cast.mei_osei, day=cast.ago(20 + number), by=cast.mei, now=cast.now)
        meeting.confirm(by=cast.osei, now=cast.now)

    same_queries(client_of(cast.coordinator), reverse("meetings:dates", args=[cast.mei_osei.pk]), grow)


@pytest.mark.parametrize("who", ["mei", "osei"])
def test_queries_for_the_page_of_a_pair(cast: Cast, client_of, who: str) -> None:
    def grow(number: int) -> None:
        meeting = Meeting.objects.log(cast.mei_osei, day=cast.ago(20 + number), by=cast.mei, now=cast.now)
        meeting.confirm(by=cast.osei, now=cast.now)
        at = cast.now + timedelta(days=3 + number)
        AppointmentToMeet.arrange(cast.mei_osei, at=at, by=cast.mei, now=cast.now)

    same_queries(client_of(getattr(cast, who)), reverse("meetings:pair", args=[cast.mei_osei.pk]), grow)


def test_queries_for_imports(cast: Cast, client_of) -> None:
    def grow(number: int) -> None:
        Upload.objects.create(
            program=cast.digestive, kind=Upload.Kind.ROSTER, name=f"{number}.csv", by=cast.coordinator, at=cast.now
        )

    same_queries(client_of(cast.coordinator), reverse("program:imports", args=["digestive"]), grow)


def test_queries_for_delegates_in_settings(cast: Cast, client_of, person) -> None:
    def grow(number: int) -> None:
        cast.osei.name_delegate(person(number, "assistant"), since=cast.ago(9), now=cast.now)

    same_queries(client_of(cast.osei), reverse("people:settings"), grow)


class OneQueryForEachRow:
    """A page as it should not be."""

    rows = 0

    def get(self, url: str, /) -> HttpResponse:
        for _ in range(self.rows):
            Person.objects.count()
        return HttpResponse()


def test_queries_that_grow_with_the_rows_are_found(db) -> None:
    page = OneQueryForEachRow()

    def grow(number: int) -> None:
        page.rows = number + 1

    with pytest.raises(AssertionError, match="2 more: SELECT COUNT"):
        same_queries(page, "/", grow)
