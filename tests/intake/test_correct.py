"""What the notice had wrong is put right, while the recruit is on the way."""

import time
from datetime import date
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.career.models import Appointment, Aspirations
from telemachus.intake.announce import correct
from telemachus.intake.models import Letter, Recruit
from telemachus.intake.path import Move, Who
from telemachus.intake.recruit_known import Objection
from telemachus.intake.way import ways
from telemachus.people.models import Person
from telemachus.program.models import Deputy
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast
from tests.intake.test_notice import ALINA, START, notice
from tests.notify.scenes import quiet, told
from tests.people.test_sign_in import CODE, CONFIRM, code_in, mails

pytestmark = pytest.mark.django_db


def url(recruit: Recruit) -> str:
    return reverse("intake:correct", args=[recruit.pk])


def put_right(cast: Cast, recruit: Recruit, **fields: Any) -> None:
    correct(recruit, by=cast.coordinator, now=cast.now, **{**ALINA, **fields})


def appointment(recruit: Recruit) -> Appointment:
    return Appointment.objects.get(program=recruit.program, person=recruit.person)


# The domain


def test_correct_writes_person_and_appointment_and_is_recorded_once(cast: Cast) -> None:
    recruit = notice(cast)
    put_right(
        cast, recruit, given_name="Alyona", email="A.Kuz@x.example", title="ASST ADJ PROF-HCOMP", series="adjunct",
        step="3", begins=date(2027, 7, 1),
    )  # fmt: skip
    person = Person.objects.get(pk=recruit.person_id)
    held = appointment(recruit)
    assert (person.given_name, person.email, person.sort_name) == ("Alyona", "a.kuz@x.example", "kuznetsova, alyona")
    assert (held.series, held.rank, held.step, held.begins) == ("adjunct", "assistant", "3", date(2027, 7, 1))
    event = Event.objects.get(kind="intake.corrected")
    assert (event.subject, event.by, event.program) == (recruit.pk, cast.coordinator.pk, cast.digestive.pk)


def test_correct_without_a_difference_records_nothing(cast: Cast) -> None:
    recruit = notice(cast)
    before = Event.objects.count()
    put_right(cast, recruit)
    assert Event.objects.count() == before


def test_old_address_no_longer_opens_the_door(cast: Cast) -> None:
    recruit = notice(cast)
    EmailAddress.objects.create(user=recruit.person, email=recruit.person.email, verified=True, primary=True)
    put_right(cast, recruit, email="new@x.example")
    assert not EmailAddress.objects.filter(user=recruit.person).exists()


def test_address_of_somebody_else_is_refused(cast: Cast) -> None:
    recruit = notice(cast)
    with pytest.raises(Objection, match="Somebody else has this address here") as caught:
        put_right(cast, recruit, email=str(cast.sofia.email).upper())
    recruit.person.refresh_from_db()
    assert (caught.value.field, recruit.person.email) == ("email", "alina.k@division.example")
    assert recorded("intake.corrected") == 0


@pytest.mark.parametrize("begins", [date(2025, 10, 1), date(2030, 1, 1)])
def test_day_out_of_reach_is_refused(cast: Cast, begins: date) -> None:
    recruit = notice(cast)
    with pytest.raises(Objection, match="This day is more than") as caught:
        put_right(cast, recruit, begins=begins)
    assert (caught.value.field, appointment(recruit).begins) == ("begins", START)


def test_junior_by_correction_becomes_a_mentee(cast: Cast) -> None:
    recruit = notice(cast, rank="associate")
    assert [role.kind for role in recruit.person.roles.all()] == ["colleague"]
    put_right(cast, recruit, rank="assistant")
    assert sorted(role.kind for role in recruit.person.roles.all()) == ["colleague", "mentee"]


def test_address_and_name_of_somebody_with_another_part_stay(cast: Cast) -> None:
    """Else whoever announces another division's director could sign in as that director."""
    recruit = notice(cast, email=cast.other_director.email, given_name="Oscar", family_name="Reyes")
    put_right(cast, recruit, email="mine@x.example", family_name="Reyes", given_name="Oskar", step="3")
    cast.other_director.refresh_from_db()
    assert (cast.other_director.email, cast.other_director.given_name) == ("oscar.reyes@division.example", "Oscar")
    assert appointment(recruit).step == "3"


def move(cast: Cast, recruit: Recruit) -> tuple[Who, Move]:
    recruit = Recruit.objects.with_people().get(pk=recruit.pk)
    coming = ways(cast.digestive, [recruit], cast.now)[0].path.next
    assert coming is not None
    return coming.who, coming.move


def test_new_address_hands_the_next_move_back_to_the_director(cast: Cast) -> None:
    recruit = notice(cast)
    letter = recruit.write(Letter.Kind.INTRODUCTION, "Dear Alina", by=cast.director, now=cast.now)
    letter.come_back(by=None, now=cast.now)
    assert move(cast, recruit) == (Who.COORDINATOR, Move.CORRECT_ADDRESS)
    put_right(cast, recruit, step="3")
    assert move(cast, recruit) == (Who.COORDINATOR, Move.CORRECT_ADDRESS)
    put_right(cast, recruit, step="3", email="right@x.example")
    assert move(cast, recruit) == (Who.DIRECTOR, Move.INTRODUCE)
    letter.refresh_from_db()
    assert letter.came_back_on == cast.today


# The page


def typed(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in {**ALINA, **fields}.items() if name not in ("series", "rank")}


def test_page_shows_what_is_known_and_saves(cast: Cast, client_of: ClientOf) -> None:
    recruit = notice(cast)
    client = client_of(cast.coordinator)
    shown = client.get(url(recruit)).content.decode()
    known = ("Alina", "Kuznetsova", "alina.k@division.example", "ASST PROF IN RES-HCOMP", "2027-04-01")
    assert all(f'value="{text}"' in shown for text in known)
    first, second = twice(client, url(recruit), typed(email="right@x.example"))
    assert sentences(first) == ["Alina Kuznetsova: saved."]
    assert (first.status_code, second.status_code, recorded("intake.corrected")) == (302, 302, 1)
    assert Person.objects.get(pk=recruit.person_id).email == "right@x.example"


def test_page_says_beside_the_field_whose_address_it_is(cast: Cast, client_of: ClientOf) -> None:
    recruit = notice(cast)
    answer = client_of(cast.coordinator).post(url(recruit), typed(email=cast.mei.email, step="3"))
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"email": ["Somebody else has this address here. Please ask whose it is."]}
    assert (appointment(recruit).step, 'value="3"' in answer.content.decode()) == ("2", True)


def test_page_asks_about_a_new_start_in_the_past(cast: Cast, client_of: ClientOf) -> None:
    recruit = notice(cast)
    client, late = client_of(cast.coordinator), date(2026, 9, 1)
    asked = client.post(url(recruit), typed(begins=late))
    assert (asked.status_code, list(asked.context["form"].errors)) == (422, ["begins"])
    assert client.post(url(recruit), typed(begins=late, past="on")).status_code == 302
    assert client.post(url(recruit), typed(begins=late, step="3")).status_code == 302
    assert appointment(recruit).begins == late


def test_page_shows_series_and_rank_where_the_title_says_nothing(cast: Cast, client_of: ClientOf) -> None:
    recruit = notice(cast, title="Staff Physician", series="adjunct")
    client = client_of(cast.coordinator)
    assert '<select name="series"' in client.get(url(recruit)).content.decode()
    given = {**typed(title="Staff Physician"), "series": "hs-clinical", "rank": "assistant"}
    assert client.post(url(recruit), given).status_code == 302
    assert appointment(recruit).series == "hs-clinical"


def test_page_asks_neither_name_nor_address_of_somebody_with_another_part(cast: Cast, client_of: ClientOf) -> None:
    recruit = notice(cast, email=cast.sofia.email, given_name="Sofia", family_name="Marin")
    client = client_of(cast.coordinator)
    shown = client.get(url(recruit))
    assert "Sofia Marin has another part here too: name and email address are not changed from this page." in words(
        shown
    )
    assert not {"given_name", "family_name", "email"} & set(shown.context["form"].fields)
    assert 'name="email"' not in shown.content.decode()
    left = {
        name: value for name, value in typed(step="4").items() if name not in ("given_name", "family_name", "email")
    }
    assert client.post(url(recruit), left).status_code == 302
    assert appointment(recruit).step == "4"


def test_page_that_still_asked_for_an_address_says_that_it_is_not_saved(cast: Cast, client_of: ClientOf) -> None:
    recruit = notice(cast, email=cast.sofia.email, given_name="Sofia", family_name="Marin")
    sent = typed(given_name="Sofia", family_name="Marin", email="mine@x.example", step="4")
    answer = client_of(cast.coordinator).post(url(recruit), sent)
    assert (answer.status_code, "are not changed from this page" in words(answer)) == (422, True)
    cast.sofia.refresh_from_db()
    assert (cast.sofia.email, appointment(recruit).step) == ("sofia.marin@division.example", "2")


def sign_in(person: Person) -> Client:
    """By mailed code, as a recruit does for the first time."""
    mail.outbox.clear()
    client = Client()
    client.post(CODE, {"email": person.email})
    client.post(CONFIRM, {"code": code_in(mails(1)[0])})
    assert client.get(reverse("intake:mine", args=["digestive"])).status_code == 200
    return client


def has_signed_in(cast: Cast, recruit: Recruit) -> None:
    sign_in(recruit.person)


def has_written(cast: Cast, recruit: Recruit) -> None:
    Aspirations.objects.create(
        program=cast.digestive, person=recruit.person, one_year="To be here", written_at=cast.now
    )


@pytest.mark.parametrize("has_come", [has_signed_in, has_written])
def test_address_stays_once_the_recruit_has_come(cast: Cast, client_of: ClientOf, has_come: Any) -> None:
    """Else the coordinator could become the recruit, and read what nobody of the office reads."""
    recruit = notice(cast)
    client = client_of(cast.coordinator)
    has_come(cast, recruit)
    shown = client.get(url(recruit))
    assert "has signed in already, or papers have come in: the email address is not changed" in words(shown)
    assert ("email" in shown.context["form"].fields, "given_name" in shown.context["form"].fields) == (False, True)
    assert client.post(url(recruit), typed(email="mine@x.example")).status_code == 422
    put_right(cast, recruit, email="mine@x.example", given_name="Alyona")
    person = Person.objects.get(pk=recruit.person_id)
    assert (person.email, person.given_name) == ("alina.k@division.example", "Alyona")


def test_coordinator_does_not_come_in_as_the_recruit(cast: Cast, client_of: ClientOf) -> None:
    recruit = notice(cast)
    own = sign_in(recruit.person)
    client_of(cast.coordinator).post(url(recruit), typed(email="mine@x.example"))
    mail.outbox.clear()
    Client().post(CODE, {"email": "mine@x.example"})
    time.sleep(0.2)
    assert mail.outbox == []
    assert own.get(reverse("intake:mine", args=["digestive"])).status_code == 200


def test_address_before_is_told_of_the_correction(cast: Cast) -> None:
    recruit = notice(cast)
    quiet(cast.now)
    put_right(cast, recruit, email="right@x.example")
    [told_there] = told(cast.now)
    assert told_there.to == ["alina.k@division.example"]
    assert "by Nora Whitfield" in told_there.body
    assert "r…@…" in told_there.body


def test_ended_recruit_is_not_corrected(cast: Cast, client_of: ClientOf) -> None:
    recruit = notice(cast)
    recruit.close(Recruit.Ending.DECLINED, by=cast.director, now=cast.now)
    client = client_of(cast.coordinator)
    assert client.get(url(recruit)).status_code == 409
    assert client.post(url(recruit), typed(step="9")).status_code == 409
    assert appointment(recruit).step == "2"


def test_page_is_the_offices_that_see_the_recruit(cast: Cast, client_of: ClientOf) -> None:
    recruit = notice(cast)
    people = {
        "coordinator": 200, "director": 200, "directing_mentor": 200, "chief": 404, "committee": 404, "mei": 404,
        "osei": 404, "colleague": 404, "abebe": 404, "other_director": 404, "other_coordinator": 404, "stranger": 404,
    }  # fmt: skip
    assert {name: client_of(getattr(cast, name)).get(url(recruit)).status_code for name in people} == people
    assert client_of(recruit.person).get(url(recruit)).status_code == 404
    for name in ("other_coordinator", "colleague"):
        assert client_of(getattr(cast, name)).post(url(recruit), typed(step="9")).status_code == 404
    assert appointment(recruit).step == "2"


def test_notice_of_a_director_is_the_deputys(cast: Cast, client_of: ClientOf) -> None:
    """Nobody administers oneself."""
    recruit = notice(cast, email=cast.director.email, given_name="Ines", family_name="Duarte")
    Deputy.name_for(cast.digestive, director=cast.director, deputy=cast.chief, now=cast.now)
    assert client_of(cast.chief).get(url(recruit)).status_code == 200
    assert client_of(cast.director).get(url(recruit)).status_code == 404
