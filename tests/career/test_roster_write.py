"""Writing a roster: all of it or nothing, once, whatever happens meanwhile."""

import io
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from telemachus.audit.models import Event
from telemachus.career.events import CareerEvent
from telemachus.career.models import Absence, Appointment
from telemachus.career.roster_write import write_pieces
from telemachus.lib.errors import Conflict
from telemachus.people.events import PersonEvent
from telemachus.people.models import Person
from telemachus.program.models import Remembered, Role
from telemachus.program.upload_command import run_import
from telemachus.program.uploads import work_on, write_work

SAMPLE = (Path(__file__).parent.parent / "data" / "hr_roster.csv").read_bytes()
HEADER = "Employee ID,Legal Name,Work Email,Job Title,Appt Begin Date,Reports To,Status"
MEI = '1,"Rahman, Uma",uma@x.example,ASST PROF-HCOMP,07/01/2024,2,A'
OSEI = '2,"Silva, Thanh",thanh@x.example,PROF-HCOMP,07/01/2010,,A'

pytestmark = pytest.mark.django_db


def roster(*rows) -> bytes:
    return "\n".join((HEADER, *rows)).encode()


def bring(program, content, answers=None, dry_run=False) -> tuple[int, str]:
    out = io.StringIO()
    given = {"program": program, "name": "roster.csv", "content": content, "answers": answers or {}}
    code = run_import("roster", dry_run=dry_run, out=out, **given)
    return code, out.getvalue()


def answers_of(program, content) -> dict[str, str]:
    plan = work_on(program, "roster", "roster.csv", content, {}).plan(timezone.now())
    return {question.key: question.choices[0][0] for question in plan.questions}


def everything() -> list[list]:
    """All rows that an import may touch."""
    tables = (Person, Appointment, Role, Absence, Remembered, Event)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_command_lists_what_is_asked_and_writes_nothing(cast):
    before = everything()
    code, said = bring(cast.digestive, SAMPLE)
    assert code == 2
    assert "appointment:10802686" in said
    assert "mail:dweiss@mednet.example.edu" in said
    assert everything() == before


def test_command_refuses_garbage_with_a_sentence(cast):
    before = everything()
    assert bring(cast.digestive, b"\x00\x01\x02garbage")[0] == 2
    assert everything() == before


def test_dry_run_writes_nothing(cast):
    before = everything()
    assert bring(cast.digestive, SAMPLE, answers_of(cast.digestive, SAMPLE), dry_run=True)[0] == 0
    assert everything() == before


def test_sample_file_goes_in_with_its_answers(cast):
    code, said = bring(cast.digestive, SAMPLE, answers_of(cast.digestive, SAMPLE))
    assert (code, Appointment.objects.filter(program=cast.digestive).count()) == (0, 74)
    assert "74 new, 2 not taken" in said
    esi = Person.objects.get(external_id="10802686")
    assert Appointment.objects.get(person=esi).supervisor == Person.objects.get(external_id="10304908")
    assert Event.objects.filter(kind=PersonEvent.ADDED.code, subject=esi.pk).exists()


def test_repeated_file_changes_nothing_and_asks_nothing(cast):
    bring(cast.digestive, SAMPLE, answers_of(cast.digestive, SAMPLE))
    before = everything()
    code, said = bring(cast.digestive, SAMPLE)
    assert (code, everything()) == (0, before)
    assert "74 left as they are" in said


def test_new_person_can_sign_in_by_code_only(cast):
    bring(cast.digestive, roster(MEI, OSEI))
    assert not Person.objects.get(external_id="1").has_usable_password()


def test_changed_address_no_longer_opens_the_door(cast):
    bring(cast.digestive, roster(MEI, OSEI))
    uma = Person.objects.get(external_id="1")
    EmailAddress.objects.create(user=uma, email=uma.email, verified=True, primary=True)
    bring(cast.digestive, roster(MEI.replace("uma@", "u.rahman@"), OSEI))
    uma.refresh_from_db()
    assert (uma.email, EmailAddress.objects.filter(user=uma).count()) == ("u.rahman@x.example", 0)


def test_exchanged_addresses_are_written(cast):
    bring(cast.digestive, roster(MEI, OSEI))
    bring(cast.digestive, roster(MEI.replace("uma@", "thanh@"), OSEI.replace("thanh@", "uma@")))
    assert Person.objects.get(external_id="1").email == "thanh@x.example"
    assert Person.objects.get(external_id="2").email == "uma@x.example"


def test_person_of_the_cast_is_found_by_address(cast):
    count = Person.objects.count()
    bring(cast.digestive, roster(f'77,"Tanaka, Mei",{cast.mei.email},ASST PROF-HCOMP,07/01/2024,,A'))
    cast.mei.refresh_from_db()
    assert (Person.objects.count(), cast.mei.external_id) == (count, "77")
    assert Role.objects.filter(person=cast.mei, program=cast.digestive, kind="mentee").count() == 1


def test_absences_are_noticed_once_and_missing_ones_end_with_the_next_file(cast):
    bring(cast.digestive, roster(MEI, OSEI))
    for _twice in range(2):
        bring(cast.digestive, roster(OSEI.replace(",A", ",L")))
    uma = Person.objects.get(external_id="1")
    assert [absence.kind for absence in Absence.objects.filter(person=uma).unsettled()] == ["missing"]
    assert Absence.objects.filter(person__external_id="2").count() == 1
    bring(cast.digestive, roster(MEI, OSEI.replace(",A", ",L")))
    assert not Absence.objects.filter(person=uma).unsettled().exists()
    assert Event.objects.filter(kind=CareerEvent.ABSENCE_SETTLED.code, code="back").count() == 1
    assert Absence.objects.filter(person__external_id="2").unsettled().count() == 1


def test_settled_absence_is_not_noticed_again_by_the_same_file(cast):
    bring(cast.digestive, roster(MEI, OSEI))
    bring(cast.digestive, roster(OSEI))
    Absence.objects.get().settle(by=cast.director, on=cast.today, now=cast.now)
    before = everything()
    bring(cast.digestive, roster(OSEI))
    assert everything() == before


def test_nothing_ends_by_an_import(cast):
    bring(cast.digestive, roster(MEI, OSEI))
    bring(cast.digestive, roster(MEI.replace(",A", ",T"), OSEI.replace(",A", ",T")))
    assert not Role.objects.filter(person__external_id__in=["1", "2"]).exclude(until=None).exists()
    assert Absence.objects.filter(kind="terminated").count() == 2


def test_person_of_another_program_keeps_name_and_address(cast):
    bring(cast.cardiology, roster(MEI))
    bring(cast.digestive, roster('1,"Somebody, Else",else@x.example,PROF-HCOMP,07/01/2024,,A'))
    uma = Person.objects.get(external_id="1")
    assert (uma.family_name, uma.email) == ("Rahman", "uma@x.example")
    assert Appointment.objects.filter(person=uma).count() == 2


def test_writing_stops_where_the_division_has_changed_since(cast):
    content = roster(MEI, OSEI)
    work = work_on(cast.digestive, "roster", "roster.csv", content, {})
    seen = work.plan(cast.now).fingerprint
    bring(cast.digestive, roster(MEI))
    before = everything()
    with pytest.raises(Conflict), transaction.atomic():
        write_work(work, seen=seen, by=None, now=cast.now, key="test")
    assert everything() == before


WRONG = roster(*(f'{n},"Zhang, Yara",y{n}@x.example,PROF-HCOMP,07/01/2010,,A' for n in (900, 901)))


def only_question(program, content):
    [question] = work_on(program, "roster", "roster.csv", content, {}).plan(timezone.now()).questions
    return question


@pytest.fixture
def sampled(cast):
    """The program after the sample file."""
    code, said = bring(cast.digestive, SAMPLE, answers_of(cast.digestive, SAMPLE))
    assert code == 0
    assert "whole roster" not in said
    return cast.digestive


def test_wrong_roster_is_asked_about_and_the_answer_not_remembered(sampled):
    before = everything()
    code, said = bring(sampled, WRONG)
    assert code == 2
    assert said.startswith("? This file lists none of the 74 people who are here.")
    assert everything() == before
    code, said = bring(sampled, WRONG, {only_question(sampled, WRONG).key: "no"})
    assert (code, Absence.objects.filter(kind="missing").exists()) == (0, False)
    assert Appointment.objects.filter(program=sampled).count() == 76
    assert not Remembered.objects.filter(question__startswith="whole").exists()
    assert bring(sampled, WRONG)[0] == 2


def test_roster_that_is_said_to_be_whole_brings_those_who_are_missing_to_the_director(sampled):
    assert bring(sampled, WRONG, {only_question(sampled, WRONG).key: "yes"})[0] == 0
    assert Absence.objects.filter(program=sampled, kind="missing").unsettled().count() == 74
    assert bring(sampled, WRONG)[0] == 0


def test_answer_that_is_none_of_the_choices_is_named(cast):
    answers = answers_of(cast.digestive, SAMPLE)
    key = next(iter(answers))
    code, said = bring(cast.digestive, SAMPLE, answers | {key: "whatever"})
    assert code == 2
    assert f"“whatever” is no answer to {key}. Possible are: {answers[key]}, " in said


def test_answer_that_nobody_asked_is_remarked_on(cast):
    code, said = bring(cast.digestive, roster(MEI, OSEI), {"title:NONSENSE": "-"})
    assert code == 0
    assert "Nothing asks title:NONSENSE" in said
    assert not Remembered.objects.exists()


class Killed(BaseException):
    """What a worker sees that is told to stop."""


def test_writing_that_is_killed_in_the_middle_leaves_nothing(cast):
    content = roster(MEI, OSEI)
    before = everything()
    plan = work_on(cast.digestive, "roster", "roster.csv", content, {}).plan(cast.now)

    def count(done: int) -> None:
        assert Person.objects.filter(external_id="1").exists()
        raise Killed

    with pytest.raises(Killed), transaction.atomic():
        write_pieces(cast.digestive, plan.work, by=None, now=cast.now, count=count)
    assert everything() == before


def test_answers_may_be_numbers_and_nonsense_stays_a_question(cast):
    answers = answers_of(cast.digestive, SAMPLE)
    mail = next(key for key in answers if key.startswith("mail:"))
    assert bring(cast.digestive, SAMPLE, answers | {mail: ["nobody"]})[0] == 2
    assert bring(cast.digestive, SAMPLE, answers | {mail: 10160274})[0] == 0
    assert Person.objects.get(email="dweiss@mednet.example.edu").external_id == "10160274"
