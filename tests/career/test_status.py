"""The coordinator completes a status form, its person confirms it or says that it is not right."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from telemachus.career.models import Appointment, Grant, OtherMentor, PriorTitle, StatusForm
from telemachus.career.papers import papers_of
from telemachus.career.status_form import Rows, name_other_mentor, other_mentors
from telemachus.career.support import Support, support_from
from telemachus.lib.errors import Conflict, Refused
from telemachus.lib.holding import holdings_of
from telemachus.lib.step import steps_of
from telemachus.people.models import Person
from telemachus.program.models import Role
from tests.acts import ClientOf, queries, recorded, sentences, words
from tests.cast import Cast


@pytest.fixture
def appointment(cast: Cast) -> Appointment:
    return Appointment.objects.create(
        program=cast.digestive,
        person=cast.mei,
        title="ASST PROF IN RES-HCOMP",
        series="in-residence",
        rank="assistant",
        step="1",
        percent=100,
        begins=date(2024, 7, 1),
        supervisor=cast.halloran,
    )


def url(cast: Cast, name: str, who: str = "mei") -> str:
    return reverse(f"career:{name}", args=[cast.digestive.slug, getattr(cast, who).pk])


def complete(cast: Cast, person: Person | None = None, rows: Rows | None = None, **fields: Any) -> StatusForm:
    person = person or cast.mei
    form = StatusForm.objects.filter(program=cast.digestive, person=person).first()
    form = form or StatusForm(program=cast.digestive, person=person)
    form.complete(by=cast.coordinator, now=cast.now, rows=rows or Rows(), revision=form.revision, **fields)
    return form


def posted(**given: Any) -> dict[str, Any]:
    """What a browser sends of the page with three empty tables, and what is given beside it."""
    sent: dict[str, Any] = {"pause_years": "0", "revision": "0", "evaluations_on_file": "unknown"}
    for table in ("titles", "grants", "mentors"):
        sent |= {f"{table}-TOTAL_FORMS": "2", f"{table}-INITIAL_FORMS": "0"}
    sent |= {"appointment-step": "1", "appointment-percent": "100", "appointment-begins": "2024-07-01"}
    return sent | given


FULL = {
    "basis": "11", "joint_site": "VA Medical Center", "pause_years": "1", "support_ends": "2027-06-30",
    "support_raise_by": "2026-01-01", "effort_clinical": "60", "effort_research": "30", "effort_teaching": "10",
    "teaching": "Fellows’ clinic", "evaluations_on_file": "true", "committees": "Quality", "boards": "2022",
    "societies": "AGA", "titles-0-title": "Instructor", "titles-0-begins": "2022-07-01", "titles-0-ends": "2024-06-30",
    "grants-0-mechanism": "K23", "grants-0-role": "PI", "grants-0-status": "awarded", "grants-0-percent": "75",
    "mentors-0-kind": "research", "mentors-0-name": "Prof. Lindqvist, Uppsala",
}  # fmt: skip


def test_support_ends_after_three_years_and_is_raised_after_half_of_them() -> None:
    """The worked case of DOMAIN."""
    assert support_from(date(2024, 7, 1)) == Support(ends=date(2027, 6, 30), raise_by=date(2026, 1, 1))
    assert support_from(date(2024, 8, 31)) == Support(ends=date(2027, 8, 30), raise_by=date(2026, 2, 28))


def test_page_is_filled_with_what_the_roster_knows(cast: Cast, client_of: ClientOf, appointment: Appointment) -> None:
    page = client_of(cast.coordinator).get(url(cast, "complete_status"))
    for known in ("ASST PROF IN RES-HCOMP", "Assistant Professor, In Residence", "Maeve Halloran"):
        assert known in words(page)
    for typed in ("2024-07-01", "2027-06-30", "2026-01-01"):
        assert f'value="{typed}"' in page.content.decode()


def test_one_page_completes_the_form(cast: Cast, client_of: ClientOf, appointment: Appointment) -> None:
    client = client_of(cast.coordinator)
    mentor = {"mentors-1-kind": "clinical", "mentors-1-person": str(cast.halloran.pk)}
    answer = client.post(url(cast, "complete_status"), posted(**FULL, **mentor, **{"appointment-step": "2"}))
    assert sentences(answer) == ["The form is complete; Mei Tanaka is asked to confirm it."]
    form = StatusForm.objects.get()
    assert (form.basis, form.pause_years, form.completed_by, form.completed_on) == (
        "11",
        1,
        cast.coordinator,
        cast.today,
    )
    assert (form.effort_clinical, form.effort_administration, form.evaluations_on_file) == (60, 0, True)
    assert (form.titles.get().title, form.grants.get().percent) == ("Instructor", 75)
    assert other_mentors(cast.digestive, [cast.mei]) == {cast.mei.pk: {cast.halloran.pk: "clinical"}}
    appointment.refresh_from_db()
    assert appointment.step == "2"
    assert recorded("career.status_completed") == recorded("career.appointment_changed") == 1
    page = words(client.get(url(cast, "status")))
    for shown in ("Completed by Nora Whitfield, as of 14 October 2026", "step 2", "K23", "Prof. Lindqvist, Uppsala"):
        assert shown in page


def test_what_is_completed_comes_back_to_be_corrected(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.coordinator)
    client.post(url(cast, "complete_status"), posted(**FULL))
    page = client.get(url(cast, "complete_status")).content.decode()
    for typed in ("VA Medical Center", "Instructor", "K23", "Prof. Lindqvist, Uppsala", "Fellows’ clinic"):
        assert typed in page
    sheet = client.get(url(cast, "complete_status")).context["sheet"]
    assert len(sheet.tables["grants"].forms) == 3


def test_emptied_row_goes(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.coordinator)
    client.post(url(cast, "complete_status"), posted(**FULL))
    mentor = OtherMentor.objects.get()
    counts = {"titles-INITIAL_FORMS": "1", "grants-INITIAL_FORMS": "1", "mentors-INITIAL_FORMS": "1"}
    client.post(url(cast, "complete_status"), posted(revision="1", **counts, **{"mentors-0-key": str(mentor.pk)}))
    assert [model.objects.count() for model in (PriorTitle, Grant, OtherMentor)] == [0, 0, 0]


def test_unchanged_form_records_no_change_of_the_appointment(
    cast: Cast, client_of: ClientOf, appointment: Appointment
) -> None:
    assert client_of(cast.coordinator).post(url(cast, "complete_status"), posted()).status_code == 302
    assert recorded("career.appointment_changed") == 0


WRONG = [
    ({"effort_clinical": "60"}, "The five shares make 60, not 100."),
    ({"effort_clinical": "101"}, "less than or equal to 100"),
    ({"pause_years": "3"}, "less than or equal to 2"),
    ({"support_ends": "20267-01-01"}, "Enter a valid date"),
    ({"appointment-begins": "2026-01-01", "appointment-ends": "2025-01-01"}, "last day comes before the first"),
    ({"titles-0-title": "Instructor"}, "Please fill this in, or empty the whole row."),
    ({"titles-0-title": "A", "titles-0-begins": "2024-01-02", "titles-0-ends": "2024-01-01"}, "before the first"),
    ({"grants-0-percent": "20"}, "Please fill this in, or empty the whole row."),
    ({"grants-0-mechanism": "K23", "grants-0-status": "rich"}, "not one of the available choices"),
    ({"mentors-0-kind": "research"}, "Choose somebody of the division"),
    ({"mentors-0-name": "Somebody"}, "Please fill this in"),
    ({"committees": "x" * 1001}, "at most 1000 characters"),
]


@pytest.mark.parametrize(("wrong", "says"), WRONG, ids=lambda case: str(case)[:40])
def test_what_cannot_be_is_said_beside_it_and_what_was_typed_stays(
    cast: Cast, client_of: ClientOf, appointment: Appointment, wrong: dict[str, str], says: str
) -> None:
    answer = client_of(cast.coordinator).post(url(cast, "complete_status"), posted(joint_site="Kept", **wrong))
    assert answer.status_code == 422
    assert says in words(answer)
    assert 'value="Kept"' in answer.content.decode()
    assert not StatusForm.objects.exists()
    appointment.refresh_from_db()
    assert appointment.begins == date(2024, 7, 1)


def test_mentor_is_of_the_division_or_from_elsewhere_not_both(cast: Cast, client_of: ClientOf) -> None:
    both = {"mentors-0-kind": "research", "mentors-0-name": "X", "mentors-0-person": str(cast.osei.pk)}
    assert client_of(cast.coordinator).post(url(cast, "complete_status"), posted(**both)).status_code == 422
    for stranger in (cast.mei, cast.sofia):
        alone = {"mentors-0-kind": "research", "mentors-0-person": str(stranger.pk)}
        assert client_of(cast.coordinator).post(url(cast, "complete_status"), posted(**alone)).status_code == 422


@pytest.mark.parametrize("table", ["titles", "grants", "mentors"])
def test_more_rows_keep_what_was_typed_and_judge_nothing(cast: Cast, client_of: ClientOf, table: str) -> None:
    given = posted(more=table, effort_clinical="60", joint_site="Typed", **{"titles-0-title": "Half a row"})
    page = client_of(cast.coordinator).post(url(cast, "complete_status"), given)
    assert page.status_code == 200
    assert len(page.context["sheet"].tables[table].forms) == 5
    for typed in ('value="Typed"', 'value="Half a row"', 'value="60"'):
        assert typed in page.content.decode()
    assert "Please look at this again" not in words(page)
    assert not StatusForm.objects.exists()


@pytest.mark.parametrize("count", ["", "x", "-1", "100000", "9" * 5000])
def test_rows_that_somebody_counts_wrong_do_no_harm(cast: Cast, client_of: ClientOf, count: str) -> None:
    client = client_of(cast.coordinator)
    for more in ({}, {"more": "grants"}):
        answer = client.post(url(cast, "complete_status"), posted(**more, **{"grants-TOTAL_FORMS": count}))
        assert answer.status_code in (200, 302, 422)


def test_second_completion_of_what_was_open_twice_is_refused(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.coordinator)
    assert client.post(url(cast, "complete_status"), posted(joint_site="First")).status_code == 302
    second = client.post(url(cast, "complete_status"), posted(joint_site="Second"))
    assert second.status_code == 422
    assert "Somebody completed this form while you had it open." in words(second)
    assert StatusForm.objects.get().joint_site == "First"
    assert recorded("career.status_completed") == 1


def test_mentor_named_meanwhile_stays(cast: Cast, client_of: ClientOf) -> None:
    """The mentee is asked at the choice; the coordinator's page was open already."""
    name_other_mentor(cast.digestive, cast.mei, cast.osei, "clinical", by=cast.mei, now=cast.now)
    assert client_of(cast.coordinator).post(url(cast, "complete_status"), posted(**FULL)).status_code == 302
    assert other_mentors(cast.digestive, [cast.mei]) == {cast.mei.pk: {cast.osei.pk: "clinical"}}
    assert OtherMentor.objects.count() == 2


def test_naming_another_mentor_makes_no_completed_form(cast: Cast, client_of: ClientOf) -> None:
    for _ in range(2):
        name_other_mentor(cast.digestive, cast.mei, cast.osei, "research", by=cast.mei, now=cast.now)
    assert other_mentors(cast.digestive, [cast.mei]) == {cast.mei.pk: {cast.osei.pk: "research"}}
    assert other_mentors(cast.digestive, [cast.jonas]) == {}
    assert recorded("career.other_mentor_named") == 1
    assert StatusForm.objects.get().completed_on is None
    assert "Not completed yet" in words(client_of(cast.mei).get(url(cast, "status")))
    with pytest.raises(Refused, match="own mentor"):
        name_other_mentor(cast.digestive, cast.mei, cast.mei, "research", by=cast.mei, now=cast.now)


def steps(person: Person, cast: Cast) -> list[str]:
    return [step.sentence for step in steps_of(person, cast.now) if "status form" in step.sentence]


def test_person_confirms_once(cast: Cast, client_of: ClientOf) -> None:
    form = complete(cast)
    assert steps(cast.mei, cast) == ["Look at your academic status form and confirm it."]
    client = client_of(cast.mei)
    given = {"revision": form.revision, "back": url(cast, "status")}
    answers = [client.post(url(cast, "confirm_status"), given) for _ in range(2)]
    assert sentences(answers[0]) == ["Thank you: you have confirmed your status form."]
    assert "confirmed already" in sentences(answers[1])[-1]
    assert recorded("career.status_confirmed") == 1
    assert steps(cast.mei, cast) == []
    assert "confirmed on 14 October 2026" in words(client.get(url(cast, "status")))
    assert papers_of(cast.digestive, [cast.mei])[cast.mei.pk].status_confirmed_on == cast.today


@pytest.mark.parametrize("revision", ["1", "0", "", "x", "99999999999"])
def test_nobody_confirms_what_was_not_shown(cast: Cast, client_of: ClientOf, revision: str) -> None:
    complete(cast)
    complete(cast, joint_site="changed meanwhile")
    given = {"revision": revision, "back": "/"}
    assert "has changed" in sentences(client_of(cast.mei).post(url(cast, "confirm_status"), given))[0]
    assert StatusForm.objects.get().confirmed_on is None


def test_something_not_right_goes_to_the_coordinator(cast: Cast, client_of: ClientOf) -> None:
    form = complete(cast)
    client = client_of(cast.mei)
    given = {"revision": form.revision, "back": url(cast, "status")}
    assert "will ask you" in sentences(client.post(url(cast, "not_right"), given))[0]
    assert "said so already" in sentences(client.post(url(cast, "not_right"), given))[-1]
    assert steps(cast.mei, cast) == []
    assert steps(cast.coordinator, cast) == ["Mei Tanaka says that something in the status form is not right."]
    assert steps(cast.director, cast) == steps(cast.other_coordinator, cast) == []
    complete(cast, joint_site="right now")
    assert steps(cast.coordinator, cast) == []
    assert steps(cast.mei, cast) == ["Look at your academic status form and confirm it."]


def test_correction_takes_the_confirmation_away(cast: Cast) -> None:
    form = complete(cast)
    form.confirm(by=cast.mei, now=cast.now)
    form = complete(cast, joint_site="another")
    assert (form.confirmed_on, form.revision) == (None, 2)


def test_what_is_not_complete_cannot_be_confirmed(cast: Cast) -> None:
    form = StatusForm.objects.create(program=cast.digestive, person=cast.mei)
    for act in (form.confirm, form.question):
        with pytest.raises(Conflict):
            act(by=cast.mei, now=cast.now)


@pytest.mark.parametrize("verb", ["confirm_status", "not_right"])
def test_only_its_person_answers(cast: Cast, client_of: ClientOf, verb: str) -> None:
    form = complete(cast)
    answers = {
        who: client_of(getattr(cast, who)).post(url(cast, verb), {"revision": form.revision}).status_code
        for who in ("director", "coordinator", "osei", "jonas", "chief", "stranger", "mei")
    }
    assert answers == {
        "director": 403, "coordinator": 403, "osei": 404, "jonas": 404, "chief": 404, "stranger": 404, "mei": 302,
    }  # fmt: skip


def test_form_is_read_by_its_person_and_the_offices(cast: Cast, client_of: ClientOf) -> None:
    complete(cast, joint_site="VA Medical Center")
    for who in ("mei", "director", "coordinator"):
        assert "VA Medical Center" in words(client_of(getattr(cast, who)).get(url(cast, "status")))
    for who in ("osei", "jonas", "chief", "committee", "abebe", "leaver", "other_coordinator", "stranger"):
        assert client_of(getattr(cast, who)).get(url(cast, "status")).status_code == 404


def test_coordinator_completes_and_nobody_else(cast: Cast, client_of: ClientOf) -> None:
    answers = {
        who: client_of(getattr(cast, who)).post(url(cast, "complete_status"), posted()).status_code
        for who in ("coordinator", "director", "mei", "osei", "other_coordinator")
    }
    assert answers == {"coordinator": 302, "director": 403, "mei": 404, "osei": 404, "other_coordinator": 404}


def test_coordinator_does_not_complete_the_own_form(cast: Cast, client_of: ClientOf) -> None:
    cast.digestive.grant(cast.coordinator, Role.Kind.COLLEAGUE, since=cast.today, by=None, now=cast.now)
    client = client_of(cast.coordinator)
    assert client.get(url(cast, "complete_status")).status_code == 200
    assert client.get(url(cast, "complete_status", "coordinator")).status_code == 403
    assert client.get(url(cast, "status", "coordinator")).status_code == 200
    with pytest.raises(Refused, match="Somebody else completes"):
        complete(cast, cast.coordinator)


@pytest.mark.parametrize(
    "columns",
    [
        {"effort_clinical": 60},
        {f"effort_{part}": 10 for part in ("clinical", "research", "teaching", "administration", "service")},
        {"pause_years": 3},
        {"basis": "10"},
        {"confirmed_on": date(2026, 1, 1)},
    ],
)  # fmt: skip
def test_database_refuses_what_must_never_be(cast: Cast, columns: dict[str, Any]) -> None:
    whole = {"effort_clinical": 60, "effort_research": 40, "effort_teaching": 0, "effort_administration": 0}
    StatusForm.objects.create(program=cast.digestive, person=cast.jonas, **whole, effort_service=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusForm.objects.create(program=cast.digestive, person=cast.mei, **columns)


@pytest.mark.parametrize("both", [True, False])
def test_database_wants_one_of_person_and_name(cast: Cast, both: bool) -> None:
    form = complete(cast)
    given = {"person": cast.osei, "name": "Somebody"} if both else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        OtherMentor.objects.create(form=form, kind="clinical", **given)


def test_no_amount_of_money_has_a_column() -> None:
    names = {field.name for model in (StatusForm, PriorTitle, Grant, OtherMentor) for field in model._meta.fields}
    assert not any(word in name for name in names for word in ("salary", "amount", "dollar", "pay", "reason", "note"))


def test_person_reads_everything_of_it_in_the_own_record(cast: Cast, client_of: ClientOf) -> None:
    client_of(cast.coordinator).post(url(cast, "complete_status"), posted(**FULL))
    rows = [row for holding in holdings_of(cast.mei) for row in holding.rows]
    for entered in ("VA Medical Center", "Instructor", "K23", "Lindqvist", "Fellows’ clinic", "AGA", "Quality"):
        assert any(entered in row for row in rows), entered


def test_pages_ask_as_often_for_many_rows_as_for_one(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.coordinator)

    def asked(number: int) -> list[int]:
        mentors = [{"kind": "research", "person_id": person.pk} for person in (cast.osei, cast.halloran, cast.chief)]
        rows = Rows(
            titles=[{"title": "A", "begins": cast.ago(99)}] * number,
            grants=[{"mechanism": "K23", "status": "applied"}] * number,
            other_mentors=mentors[:number],
        )
        complete(cast, rows=rows)
        return [queries(client, url(cast, name)) for name in ("status", "complete_status")]

    assert asked(1) == asked(3)


BEFORE = "This lies before the first appointment, of 1 February 2027."
ENDED = "By then the support has ended. Choose a day before its end."


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"support_ends": "2001-01-01"}, {"support_ends": [BEFORE]}),
        ({"support_raise_by": "2026-12-31"}, {"support_raise_by": [BEFORE]}),
        ({"support_ends": "2027-06-30", "support_raise_by": "2028-01-01"}, {"support_raise_by": [ENDED]}),
        ({"support_ends": "2030-01-31", "support_raise_by": "2028-08-01"}, {}),
        # An earlier title tells that the support began earlier.
        ({"support_ends": "2025-06-30", "titles-0-title": "Instructor", "titles-0-begins": "2022-07-01"}, {}),
    ],
)
def test_days_of_support_make_sense_beside_the_appointment(
    cast: Cast, client_of: ClientOf, appointment: Appointment, given: dict[str, str], wrong: dict[str, list[str]]
) -> None:
    sent = posted(**{"appointment-begins": "2027-02-01", **given})
    answer = client_of(cast.coordinator).post(url(cast, "complete_status"), sent)
    assert answer.status_code == (422 if wrong else 302)
    if wrong:
        assert answer.context["sheet"].fields.errors == wrong
    assert StatusForm.objects.exists() is not bool(wrong)


@pytest.mark.parametrize("total", ["", "nonsense", "1000000"])
@pytest.mark.parametrize("is_known", [True, False])
def test_table_that_came_without_its_count_is_said_in_our_words(
    cast: Cast, client_of: ClientOf, appointment: Appointment, total: str, is_known: bool
) -> None:
    if is_known:
        complete(cast, rows=Rows(titles=[{"title": "Instructor", "begins": date(2022, 7, 1), "ends": None}]))
    sent = posted(**{"titles-TOTAL_FORMS": total, "joint_site": "VA", "revision": "1" if is_known else "0"})
    answer = client_of(cast.coordinator).post(url(cast, "complete_status"), sent)
    assert answer.status_code == 422
    assert "One of the tables did not arrive whole. Please enter it once more." in words(answer)
    assert "bug report" not in words(answer)
    assert 'value="VA"' in answer.content.decode()
    assert ('value="Instructor"' in answer.content.decode()) is is_known
    assert StatusForm.objects.filter(revision=1).exists() is is_known
