"""A list of recruits goes in, by the command and by the page, once; and the roster that lists them comes after."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from telemachus.audit.models import Event
from telemachus.career.models import Absence, Appointment
from telemachus.intake.models import Recruit
from telemachus.people.models import Person
from telemachus.program.importing import remembered
from telemachus.program.models import Remembered, Role, Upload
from telemachus.program.upload_command import run_import
from telemachus.program.uploads import work_of, work_on
from tests.acts import ClientOf, recorded, words
from tests.cast import Cast
from tests.intake.test_notice import notice
from tests.intake.test_recruit_file import ALINA, HEADER, SAMPLE, row

pytestmark = pytest.mark.django_db

ROSTER = (Path(__file__).parent.parent / "data" / "hr_roster.csv").read_bytes()
ROSTER_HEADER = "Employee ID,Legal Name,Work Email,Job Title,Step,Appt Begin Date,Reports To,Status"


def bring(cast: Cast, content: bytes, answers: dict[str, str] | None = None, dry_run: bool = False) -> tuple[int, str]:
    out = io.StringIO()
    given: dict[str, Any] = {
        "program": cast.digestive,
        "name": "recruits.csv",
        "content": content,
        "answers": answers or {},
    }
    return run_import("recruits", dry_run=dry_run, out=out, **given), out.getvalue()


def bring_roster(cast: Cast, *rows: str, header: str = ROSTER_HEADER, answers: dict[str, str] | None = None) -> str:
    out = io.StringIO()
    content = "\n".join((header, *rows)).encode()
    given: dict[str, Any] = {
        "program": cast.digestive,
        "name": "roster.csv",
        "content": content,
        "answers": answers or {},
    }
    assert run_import("roster", dry_run=False, out=out, **given) == 0, out.getvalue()
    return out.getvalue()


def everything() -> list[list[Any]]:
    tables: tuple[Any, ...] = (Person, Appointment, Role, Recruit, Absence, Remembered, Event)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def listing(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows)).encode()


# The command


def test_dry_run_writes_nothing(cast: Cast) -> None:
    before = everything()
    code, said = bring(cast, SAMPLE, dry_run=True)
    assert (code, everything()) == (0, before)
    assert "5 new" in said


def test_sample_goes_in_by_the_command_and_a_second_run_has_nothing_to_do(cast: Cast) -> None:
    Person.objects.filter(pk=cast.osei.pk).update(external_id="10625240")
    code, said = bring(cast, SAMPLE)
    assert (code, Recruit.objects.open().count(), recorded("intake.noticed")) == (0, 5, 5)
    assert "5 new" in said
    alina = Recruit.objects.get(person__email="akuznetsova@mednet.example.edu")
    held = Appointment.objects.get(person=alina.person)
    assert (alina.hiring_lead, held.begins, held.step) == (cast.osei, date(2027, 1, 4), "2")
    ari = Person.objects.get(family_name="Feldman")
    assert [role.kind for role in ari.roles.all()] == ["colleague"]
    assert not ari.has_usable_password()
    before = everything()
    code, said = bring(cast, SAMPLE)
    assert (code, everything()) == (0, before)
    assert "5 left as they are" in said


def test_notes_of_the_file_are_stored_nowhere(cast: Cast) -> None:
    bring(cast, listing(row(note="K08 pending zanzibar")))
    assert Recruit.objects.count() == 1
    assert "zanzibar" not in repr(everything())


def test_questions_are_listed_and_nothing_is_written_before_the_answer_which_is_remembered(cast: Cast) -> None:
    content = listing(row(title="Staff Physician"), row(email="b@x.example", name='"Other, B"'))
    before = everything()
    code, said = bring(cast, content)
    assert (code, everything()) == (2, before)
    assert "title:STAFF PHYSICIAN" in said
    assert bring(cast, content, {"title:STAFF PHYSICIAN": "adjunct/assistant"})[0] == 0
    assert remembered(cast.digestive, "recruits") == {"title:STAFF PHYSICIAN": "adjunct/assistant"}
    again = listing(row(title="STAFF  PHYSICIAN", email="c@x.example", name='"Third, C"'))
    assert bring(cast, again)[0] == 0
    assert Appointment.objects.get(person__email="c@x.example").series == "adjunct"


def test_one_bad_row_does_not_keep_the_others(cast: Cast) -> None:
    code, said = bring(cast, listing(row(email=""), row()))
    assert (code, Recruit.objects.count()) == (0, 1)
    assert "row 2, column Work Email: –" in said


def test_longer_list_announces_the_new_ones_only(cast: Cast) -> None:
    bring(cast, listing(row()))
    code, said = bring(cast, listing(row(), row(email="b@x.example", name='"Other, B"')))
    assert (code, Recruit.objects.count(), recorded("intake.noticed")) == (0, 2, 2)
    assert "1 new, 1 left as they are" in said


def test_lists_of_two_divisions_announce_one_person_in_each(cast: Cast) -> None:
    bring(cast, listing(row()))
    out = io.StringIO()
    given: dict[str, Any] = {"program": cast.cardiology, "name": "r.csv", "content": listing(row()), "answers": {}}
    run_import("recruits", dry_run=False, out=out, **given)
    assert Person.objects.filter(email=ALINA["email"]).count() == 1
    assert {recruit.program for recruit in Recruit.objects.all()} == {cast.digestive, cast.cardiology}


# The page


def upload_of(client: Client, cast: Cast, content: bytes) -> Upload:
    url = reverse("program:bring", args=[cast.digestive.slug])
    client.post(url, {"kind": "recruits", "file": SimpleUploadedFile("recruits_next.csv", content)})
    return Upload.objects.get(state=Upload.State.OPEN)


def address(verb: str, upload: Upload) -> str:
    return reverse(f"program:{verb}", args=[upload.program.slug, upload.pk])


def test_sample_goes_in_by_the_page(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.coordinator)
    assert "Who will come, as a hiring lead sends it" in words(
        client.get(reverse("program:imports", args=[cast.digestive.slug]))
    )
    upload = upload_of(client, cast, SAMPLE)
    shown = words(client.get(address("upload", upload)))
    assert "5 rows are new" in shown
    assert "Not read, because the program has no use for it: Note." in shown
    assert not Recruit.objects.exists()
    seen = work_of(upload).plan(timezone.now()).fingerprint
    answers = [client.post(address("write", upload), {"seen": seen}) for _double_click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Recruit.objects.count() == recorded("intake.noticed") == 5
    assert "5 new" in words(client.get(address("upload", upload)))
    assert {event.by for event in Event.objects.filter(kind="intake.noticed")} == {cast.coordinator.pk}


def test_question_of_the_page_is_answered_there(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.director)
    upload = upload_of(client, cast, listing(row(begins="25/03/2027"), row(email="b@x.example", name='"Other, B"')))
    (question,) = work_of(upload).plan(timezone.now()).questions
    assert question.sentence in words(client.get(address("upload", upload)))
    client.post(address("answer", upload), {question.field: "day"})
    upload.refresh_from_db()
    seen = work_of(upload).plan(timezone.now()).fingerprint
    client.post(address("write", upload), {"seen": seen})
    assert set(Appointment.objects.values_list("begins", flat=True)) == {date(2027, 3, 25), date(2027, 4, 1)}
    assert remembered(cast.digestive, "recruits") == {"days:first": "day"}


def test_somebody_announced_by_hand_meanwhile_is_shown_before_anything_is_written(
    cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast.coordinator)
    upload = upload_of(client, cast, listing(row(), row(email="b@x.example", name='"Other, B"')))
    seen = work_of(upload).plan(timezone.now()).fingerprint
    notice(cast, email=ALINA["email"], begins=date(2027, 1, 4))
    client.post(address("write", upload), {"seen": seen})
    assert Recruit.objects.count() == 1


@pytest.mark.parametrize("who", ["other_coordinator", "mei", "chief", "colleague", "stranger"])
def test_page_is_the_offices(cast: Cast, client_of: ClientOf, who: str) -> None:
    upload = upload_of(client_of(cast.coordinator), cast, SAMPLE)
    client = client_of(getattr(cast, who))
    assert client.get(address("upload", upload)).status_code == 404
    assert client.post(address("write", upload), {"seen": ""}).status_code == 404
    assert not Recruit.objects.exists()


# The roster that comes after


def as_listed(
    number: str = "4711", name: str = '"Kuznetsova, Alina"', email: str = "", begins: str = "01/04/2027"
) -> str:
    return f"{number},{name},{email or ALINA['email']},ASST PROF IN RES-HCOMP,3,{begins},,A"


OTHER = '2,"Silva, Thanh",thanh@x.example,PROF-HCOMP,5,07/01/2010,,A'


def test_roster_finds_the_recruit_by_address_and_doubles_nobody(cast: Cast) -> None:
    bring(cast, listing(row()))
    recruit = Recruit.objects.get()
    count = Person.objects.count()
    bring_roster(cast, as_listed(), OTHER)
    recruit.person.refresh_from_db()
    held = Appointment.objects.get(person=recruit.person)
    assert (Person.objects.count(), recruit.person.external_id, held.step) == (count + 1, "4711", "3")
    assert Role.objects.filter(person=recruit.person, kind="mentee").count() == 1
    recruit.refresh_from_db()
    assert recruit.state == "open"


def test_recruit_of_higher_rank_becomes_a_mentor_with_the_roster(cast: Cast) -> None:
    bring(cast, listing(row(title="ASSOC PROF-HCOMP")))
    ari = Recruit.objects.get().person
    assert [role.kind for role in ari.roles.all()] == ["colleague"]
    bring_roster(cast, as_listed().replace("ASST PROF IN RES", "ASSOC PROF"))
    assert sorted(role.kind for role in ari.roles.all()) == ["colleague", "mentor"]


def test_recruit_under_another_address_is_asked_about_by_name(cast: Cast) -> None:
    """Announced with a private address; the personnel system gives a work address."""
    bring(cast, listing(row()))
    alina = Recruit.objects.get().person
    content = "\n".join((ROSTER_HEADER, as_listed(email="akuz@mednet.example"))).encode()
    (asked,) = work_on(cast.digestive, "roster", "roster.csv", content, {}).plan(cast.now).questions
    assert asked.sentence == ("Is Kuznetsova, Alina (4711) the one who is here as Kuznetsova, Alina (alina@x.example)?")
    count = Person.objects.count()
    bring_roster(cast, as_listed(email="akuz@mednet.example"), answers={asked.key: "same"})
    alina.refresh_from_db()
    assert (Person.objects.count(), alina.email, alina.external_id) == (count, "akuz@mednet.example", "4711")


def test_namesake_of_a_recruit_is_added_where_the_answer_says_so(cast: Cast) -> None:
    bring(cast, listing(row()))
    content = "\n".join((ROSTER_HEADER, as_listed(email="akuz@mednet.example"))).encode()
    (asked,) = work_on(cast.digestive, "roster", "roster.csv", content, {}).plan(cast.now).questions
    bring_roster(cast, as_listed(email="akuz@mednet.example"), answers={asked.key: "new"})
    assert Person.objects.filter(family_name="Kuznetsova").count() == 2


def test_recruit_is_not_missing_from_a_roster_and_that_is_said(cast: Cast) -> None:
    bring_roster(cast, OTHER, as_listed("5", '"Rahman, Uma"', "uma@x.example", "07/01/2020"))
    bring(cast, listing(row()))
    said = bring_roster(cast, OTHER)
    assert [absence.person.family_name for absence in Absence.objects.all()] == ["Rahman"]
    assert "1 person is not in this file, and nothing is said about it" in said
    assert "Kuznetsova, Alina" in said


def test_who_begins_later_is_not_missing_though_the_number_is_known(cast: Cast) -> None:
    later, passed = (cast.today + timedelta(days=1)).isoformat(), cast.today.isoformat()
    bring_roster(cast, OTHER, as_listed(begins=later), as_listed("5", '"Rahman, Uma"', "uma@x.example", passed))
    bring_roster(cast, OTHER)
    assert [absence.person.family_name for absence in Absence.objects.all()] == ["Rahman"]


def test_who_came_and_is_gone_from_a_later_roster_is_missing(cast: Cast) -> None:
    bring(cast, listing(row(begins=cast.today.isoformat())))
    bring_roster(cast, OTHER, as_listed(begins=cast.today.isoformat()))
    assert not Absence.objects.exists()
    bring_roster(cast, OTHER)
    assert Absence.objects.get().person.family_name == "Kuznetsova"


def test_roster_without_numbers_still_misses_people(cast: Cast) -> None:
    header = "Legal Name,Work Email,Job Title,Appt Begin Date,Status"
    one, two = (
        '"Silva, Thanh",thanh@x.example,PROF-HCOMP,07/01/2010,A',
        '"Rahman, Uma",uma@x.example,PROF-HCOMP,07/01/2010,A',
    )
    for rows in ((one, two), (one,)):
        bring_roster(cast, *rows, header=header, answers={"column:number": "-"})
    assert Absence.objects.get().person.family_name == "Rahman"


def test_roster_of_the_shape_of_the_real_one_takes_in_the_recruits(cast: Cast) -> None:
    bring(cast, SAMPLE)
    count = Person.objects.count()
    line = '10999999,"Kuznetsova, Alina",,akuznetsova@mednet.example.edu,ASST PROF IN RES-HCOMP,2,01/04/2027,,1.00,X,,A'
    content = b"\n".join((ROSTER.rstrip(), line.encode()))
    asked = work_on(cast.digestive, "roster", "hr_roster.csv", content, {}).plan(cast.now).questions
    out = io.StringIO()
    answers = {question.key: question.choices[0][0] for question in asked}
    given: dict[str, Any] = {"program": cast.digestive, "name": "hr_roster.csv", "content": content, "answers": answers}
    assert run_import("roster", dry_run=False, out=out, **given) == 0
    alina = Person.objects.get(email="akuznetsova@mednet.example.edu")
    assert (Person.objects.count(), alina.external_id) == (count + 74, "10999999")
    assert not Absence.objects.filter(kind="missing").exists()
    assert "4 people are not in this file, and nothing is said about it" in out.getvalue()
    assert Recruit.objects.open().count() == 5
