"""The coordinator tells the director of somebody who will come (R1)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.career.models import Appointment, Standing
from telemachus.intake.announce import announce
from telemachus.intake.models import Recruit
from telemachus.intake.recruit_known import Objection
from telemachus.people.models import Person
from telemachus.program.models import Role
from tests.acts import ClientOf, queries, recorded, sentences, twice, words
from tests.cast import Cast

pytestmark = pytest.mark.django_db

START = date(2027, 4, 1)
ALINA: dict[str, Any] = {
    "given_name": "Alina", "family_name": "Kuznetsova", "email": "Alina.K@division.example",
    "title": "ASST PROF IN RES-HCOMP", "series": "in-residence", "rank": "assistant", "step": "2", "begins": START,
}  # fmt: skip


def notice(cast: Cast, **fields: Any) -> Recruit:
    given = {"hiring_lead": None, **ALINA, **fields}
    return announce(cast.digestive, by=cast.coordinator, now=cast.now, **given)


def url(cast: Cast) -> str:
    return reverse("intake:notice", args=[cast.digestive.slug])


def typed(**fields: Any) -> dict[str, Any]:
    """What the coordinator types: neither series nor rank."""
    return {
        name: value for name, value in {**ALINA, **fields}.items() if name not in ("series", "rank") or name in fields
    }


def roles_of(person: Person) -> list[tuple[str, str, date]]:
    found = person.roles.order_by("program__slug", "kind")
    return [(role.program.slug, role.kind, role.since) for role in found]


def told(cast: Cast, **fields: Any) -> tuple[str, str]:
    """The field and the sentence of the objection, and nothing is written."""
    before = Recruit.objects.count(), Person.objects.count(), Event.objects.count()
    with pytest.raises(Objection) as caught:
        notice(cast, **fields)
    assert (Recruit.objects.count(), Person.objects.count(), Event.objects.count()) == before
    return caught.value.field, str(caught.value)


# The domain


def test_notice_adds_person_appointment_role_and_recruit(cast: Cast) -> None:
    recruit = notice(cast, hiring_lead=cast.osei)
    appointment = Appointment.objects.get(person=recruit.person)
    assert (recruit.person.full_name, recruit.person.email) == ("Alina Kuznetsova", "alina.k@division.example")
    assert (recruit.state, recruit.hiring_lead, recruit.noticed_at) == ("open", cast.osei, cast.now)
    assert (appointment.title, appointment.rank_and_series) == (
        "ASST PROF IN RES-HCOMP",
        "Assistant Professor, In Residence",
    )
    assert (appointment.step, appointment.begins, appointment.standing) == ("2", START, "active")
    assert roles_of(recruit.person) == [("digestive", "mentee", cast.today)]


def test_notice_records_each_fact_once(cast: Cast) -> None:
    recruit = notice(cast)
    event = Event.objects.get(kind="intake.noticed")
    assert (event.subject, event.by, event.program) == (recruit.pk, cast.coordinator.pk, cast.digestive.pk)
    for kind in ("people.added", "program.role_granted"):
        assert Event.objects.filter(kind=kind, by=cast.coordinator.pk).count() == 1
    assert recorded("career.appointed") == 1


@pytest.mark.parametrize(
    ("series", "rank", "role"),
    [
        ("regular", "assistant", "mentee"),
        ("regular", "associate", "colleague"),
        ("volunteer", "assistant", "colleague"),
    ],
)
def test_role_is_that_of_the_rank(cast: Cast, series: str, rank: str, role: str) -> None:
    assert [kind for _slug, kind, _since in roles_of(notice(cast, series=series, rank=rank).person)] == [role]


def test_person_of_another_division_is_joined_not_doubled(cast: Cast) -> None:
    before = Person.objects.count()
    recruit = notice(cast, email=str(cast.sofia.email).upper(), given_name="Sofia", family_name="Marin")
    assert (recruit.person, Person.objects.count()) == (cast.sofia, before)
    assert ("digestive", "mentee", cast.today) in roles_of(cast.sofia)
    assert Appointment.objects.get(person=cast.sofia).program == cast.digestive


def test_person_with_a_part_here_keeps_it(cast: Cast) -> None:
    recruit = notice(cast, email=cast.colleague.email, given_name="Dmitri", family_name="Volkov", rank="professor")
    assert [kind for _slug, kind, _since in roles_of(recruit.person)] == ["colleague"]


def test_assistant_who_becomes_junior_faculty_becomes_a_mentee(cast: Cast) -> None:
    recruit = notice(cast, email=cast.abebe.email, given_name="Selam", family_name="Abebe")
    assert [kind for _slug, kind, _since in roles_of(recruit.person)] == ["assistant", "mentee"]


def test_announced_twice_is_refused(cast: Cast) -> None:
    notice(cast)
    assert told(cast) == ("email", "Alina Kuznetsova has been announced already.")


@pytest.mark.parametrize(
    ("begins", "sentence"),
    [
        (date(2024, 7, 1), "Mei Tanaka is on the roster already, since 1 July 2024."),
        (date(2027, 7, 1), "Mei Tanaka is on the roster already, from 1 July 2027."),
    ],
)
def test_who_is_on_the_roster_is_refused(cast: Cast, begins: date, sentence: str) -> None:
    Appointment.objects.create(
        program=cast.digestive, person=cast.mei, title="x", series="regular", rank="assistant", begins=begins
    )
    assert told(cast, email=cast.mei.email) == ("email", sentence)


def test_leaver_who_returns_is_announced_with_the_new_appointment(cast: Cast) -> None:
    Appointment.objects.create(
        program=cast.digestive, person=cast.leaver, title="x", series="adjunct", rank="assistant", step="1",
        begins=date(2020, 7, 1), ends=date(2026, 9, 30), standing=Standing.TERMINATED,
    )  # fmt: skip
    recruit = notice(cast, email=cast.leaver.email, given_name="Grace", family_name="Palmer")
    held = Appointment.objects.get(person=cast.leaver)
    assert (held.series, held.begins, held.ends, held.standing) == ("in-residence", START, None, "active")
    assert (recruit.person, recorded("career.appointment_changed")) == (cast.leaver, 1)
    assert Role.objects.filter(person=cast.leaver, until=None, kind="mentee").count() == 1


def test_who_declined_can_be_announced_anew(cast: Cast) -> None:
    first = notice(cast)
    first.close(Recruit.Ending.DECLINED, by=cast.director, now=cast.now)
    again = notice(cast, begins=date(2028, 7, 1))
    assert (again.person, again.state) == (first.person, "open")
    assert Appointment.objects.get(person=again.person).begins == date(2028, 7, 1)


def test_who_has_arrived_is_on_the_roster(cast: Cast) -> None:
    notice(cast).close(Recruit.Ending.WELCOMED, by=cast.director, now=cast.now)
    assert told(cast) == ("email", "Alina Kuznetsova is on the roster already, from 1 April 2027.")


@pytest.mark.parametrize(
    ("begins", "sentence"),
    [
        (date(2025, 10, 13), "This day is more than a year ago. Whoever has been here so long comes with the roster."),
        (date(2029, 10, 15), "This day is more than three years ahead. Look at the year once more."),
    ],
)
def test_day_out_of_reach_is_refused(cast: Cast, begins: date, sentence: str) -> None:
    assert told(cast, begins=begins) == ("begins", sentence)
    inside = begins + timedelta(days=1 if begins < cast.today else -1)
    assert notice(cast, begins=inside).state == "open"


def test_nobody_announces_oneself(cast: Cast) -> None:
    field, sentence = told(cast, email=cast.coordinator.email)
    assert (field, sentence) == ("email", "Nobody announces oneself. Somebody else of the office can.")


# The page


def test_page_announces_and_goes_to_the_board(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.coordinator).post(url(cast), typed(hiring_lead=cast.osei.pk))
    assert sentences(answer) == ["Alina Kuznetsova is announced to the director."]
    assert answer["Location"] == reverse("intake:board", args=["digestive"])
    recruit = Recruit.objects.get()
    assert (recruit.hiring_lead, Appointment.objects.get(person=recruit.person).series) == (cast.osei, "in-residence")


def test_page_offers_another_at_once(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.coordinator).post(url(cast), typed(another="yes"))["Location"] == url(cast)


def test_page_posted_twice_announces_once(cast: Cast, client_of: ClientOf) -> None:
    first, second = twice(client_of(cast.coordinator), url(cast), typed())
    assert (first.status_code, second.status_code) == (302, 422)
    assert second.context["form"].errors == {"email": ["Alina Kuznetsova has been announced already."]}
    assert (Recruit.objects.count(), recorded("intake.noticed")) == (1, 1)


def test_title_that_is_unknown_asks_for_series_and_rank_and_keeps_the_rest(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.coordinator)
    assert '<select name="series"' not in client.get(url(cast)).content.decode()
    asked = client.post(url(cast), typed(title="Staff Physician"))
    shown = asked.content.decode()
    assert (asked.status_code, Recruit.objects.count()) == (422, 0)
    assert asked.context["form"].errors == {
        "title": ["The rule book does not know this title. Please choose series and rank."]
    }
    assert all(text in shown for text in ('<select name="series"', '<select name="rank"', 'value="Kuznetsova"'))
    client.post(url(cast), typed(title="Staff Physician", series="adjunct", rank="assistant"))
    held = Appointment.objects.get()
    assert (held.title, held.series, held.rank) == ("Staff Physician", "adjunct", "assistant")


def test_known_title_counts_whatever_was_chosen(cast: Cast, client_of: ClientOf) -> None:
    client_of(cast.coordinator).post(url(cast), typed(series="volunteer", rank="professor"))
    assert Appointment.objects.get().rank_and_series == "Assistant Professor, In Residence"


def asked_first(cast: Cast, client_of: ClientOf, asks: str, **fields: Any) -> tuple[str, str]:
    """The sentence beside the field, once; with the box ticked it is done."""
    client = client_of(cast.coordinator)
    assert f'type="checkbox" name="{asks}"' not in client.get(url(cast)).content.decode()
    asked = client.post(url(cast), typed(**fields))
    assert (asked.status_code, Recruit.objects.count()) == (422, 0)
    assert f'type="checkbox" name="{asks}"' in asked.content.decode()
    ((field, found),) = asked.context["form"].errors.items()
    assert client.post(url(cast), typed(**fields, **{asks: "on"})).status_code == 302
    return field, " ".join(found)


def test_start_in_the_past_is_asked_about(cast: Cast, client_of: ClientOf) -> None:
    field, sentence = asked_first(cast, client_of, "past", begins=date(2026, 9, 1))
    assert (field, sentence) == ("begins", "1 September 2026 has passed already. Is it the right day?")


def test_start_today_is_not_asked_about(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.coordinator).post(url(cast), typed(begins=cast.today)).status_code == 302


def test_address_under_another_name_is_asked_about(cast: Cast, client_of: ClientOf) -> None:
    field, sentence = asked_first(cast, client_of, "other_name", email=cast.colleague.email)
    assert (field, sentence) == ("email", "Dmitri Volkov has this address here. Is it the same person?")


def test_name_of_somebody_in_another_division_is_not_said(cast: Cast, client_of: ClientOf) -> None:
    _field, sentence = asked_first(cast, client_of, "other_name", email=cast.sofia.email)
    assert sentence == "Somebody has this address here already, under another name. Is it the same person?"


def test_namesake_is_asked_about(cast: Cast, client_of: ClientOf) -> None:
    field, sentence = asked_first(cast, client_of, "namesake", given_name="M.", family_name="Tanaka")
    assert (field, sentence) == (
        "family_name",
        "Mei Tanaka is here already, with another address. Is it the same person?",
    )
    assert Person.objects.filter(family_name="Tanaka").count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("given_name", '=HYPERLINK("x")'), ("family_name", ""), ("email", "nobody"), ("title", "+1"),
        ("step", "12345678901"), ("begins", "1027-07-01"), ("begins", "soon"), ("hiring_lead", "nonsense"),
    ],
)  # fmt: skip
def test_page_keeps_what_was_typed(cast: Cast, client_of: ClientOf, field: str, value: str) -> None:
    answer = client_of(cast.coordinator).post(url(cast), typed(**{field: value}))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    kept = {"family_name": 'value="Kuznetsova"', "begins": 'value="2027-04-01"', "step": 'value="2"'}
    assert all(text in answer.content.decode() for name, text in kept.items() if name != field)


def test_hiring_lead_is_of_this_division(cast: Cast, client_of: ClientOf) -> None:
    offered = client_of(cast.coordinator).get(url(cast)).context["form"].fields["hiring_lead"].queryset
    assert {cast.osei, cast.chief} <= set(offered)
    assert not {cast.sofia, cast.leaver, cast.abebe} & set(offered)
    answer = client_of(cast.coordinator).post(url(cast), typed(hiring_lead=cast.sofia.pk))
    assert (answer.status_code, Recruit.objects.count()) == (422, 0)


def test_page_is_the_offices(cast: Cast, client_of: ClientOf) -> None:
    people = {
        "coordinator": 200, "director": 200, "directing_mentor": 200, "chief": 404, "committee": 404, "mei": 404,
        "osei": 404, "colleague": 404, "abebe": 404, "leaver": 404, "other_director": 404, "other_coordinator": 404,
        "stranger": 404,
    }  # fmt: skip
    assert {name: client_of(getattr(cast, name)).get(url(cast)).status_code for name in people} == people
    posted = {
        name: client_of(getattr(cast, name)).post(url(cast), typed()).status_code
        for name in people
        if people[name] == 404
    }
    assert (set(posted.values()), Recruit.objects.count()) == ({404}, 0)


def test_page_says_who_will_see_it(cast: Cast, client_of: ClientOf) -> None:
    shown = words(client_of(cast.director).get(url(cast)))
    assert "Who will see this? The newcomer, and the director and the coordinator" in shown


def test_page_asks_as_much_of_a_large_division_as_of_a_small_one(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.coordinator)
    before = queries(client, url(cast))
    for number in range(3):
        notice(cast, email=f"{number}@x.example", family_name=f"Nobody{number}")
    assert queries(client, url(cast)) == before
