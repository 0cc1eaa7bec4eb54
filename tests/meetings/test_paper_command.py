"""`telemachus import register`, and both sample files from the first to the last row."""

import io
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from telemachus.lib.export import to_csv
from telemachus.lib.table import read_table
from telemachus.meetings.models import Meeting
from telemachus.pairing.models import Pairing
from telemachus.people.models import Person
from telemachus.program.importing import importers
from telemachus.program.models import Program, Remembered
from telemachus.program.upload_command import run_import

DATA = Path(__file__).parents[1] / "data"
REGISTER = (DATA / "paper_register.csv").read_bytes()
ROSTER = (DATA / "hr_roster.csv").read_bytes()


def run(kind, program, content, answers=None, *, dry_run=False):
    out = io.StringIO()
    code = run_import(
        kind, program=program, name="file.csv", content=content, answers=answers or {}, dry_run=dry_run, out=out
    )
    return code, out.getvalue()


def plan_of(cast, program, kind, content, answers=None):
    return importers()[kind].plan(program, read_table("file.csv", content), answers or {}, cast.now)


@pytest.fixture
def division(cast) -> Program:
    """A program whose people came in from the personnel system."""
    program = Program.objects.found(slug="gastro", name="Gastroenterology", policy="uc-som", now=cast.now)
    answers: dict[str, str] = {}
    while questions := plan_of(cast, program, "roster", ROSTER, answers).questions:
        answers |= {question.key: question.choices[0][0] for question in questions}
    code, _told = run("roster", program, ROSTER, answers)
    assert code == 0
    return program


def person(family, given):
    return Person.objects.get(family_name=family, given_name=given)


def answers_to_sample():
    def key(family, given):
        return str(person(family, given).pk)

    return {
        "mentee:nobody known": "leave out",
        "mentor:dr duarte": key("Duarte", "Ximena"),
        "mentor:dr moreno": key("Moreno", "Vikram"),
        "mentor:dr rahman": key("Rahman", "Uma"),
        "mentor:dr okafor": key("Okafor", "Dinesh"),
        "mentor:dr tanaka": key("Tanaka", "Elif"),
        "since:duarte rosa:dsouza farah:2024-11-01": "appointment",
        "since:weiss dmitri:hoffmann oksana:2025-08-22": "appointment",
        "since:adeyemi anouk:castellanos wen:2025-08-04": "as written",
        "since:moreno ibrahim:nakamura wen:2025-03-22": "leave out",
        "since:haddad keiko:dr tanaka:2025-03-05": "as written",
        "since:castellanos hana:dr okafor:2024-07-27": "as written",
        "since:rahman mei:dr moreno:2025-04-26": "as written",
    }


def test_sample_lists_its_questions_and_writes_nothing(division):
    code, told = run("register", division, REGISTER)
    assert code == 2
    for words in ("mentor:dr duarte", "Duarte, Ximena", "leave out", "as written", "13/45/2025", "2026-10-28"):
        assert words in told
    assert not Pairing.objects.filter(program=division).exists()
    assert not Remembered.objects.filter(program=division, kind="register").exists()


def test_questions_of_the_sample(cast, division):
    plan = plan_of(cast, division, "register", REGISTER)
    first = {question.key: question.rows for question in plan.questions}
    assert {key: rows for key, rows in first.items() if not key.startswith("since")} == {
        "mentee:nobody known": (24,),
        "mentor:dr duarte": (2,),
        "mentor:dr moreno": (4,),
        "mentor:dr rahman": (8,),
        "mentor:dr okafor": (16,),
        "mentor:dr tanaka": (18,),
    }
    assert "Usman, Keiko" in plan.lines[7].who  # the only Usman is not asked about


def test_sample_goes_in_with_every_odd_row_explained(cast, division):
    answers = answers_to_sample()
    plan = plan_of(cast, division, "register", REGISTER, answers)
    assert plan.questions == ()
    assert [(odd.row, odd.column, odd.value) for odd in plan.oddities] == [
        (3, "Since", "11/01/2024"),
        (3, "Director mtg", "2025-10-15"),
        (4, "Since", "4/26/25"),
        (5, "Since", "Aug 22, 2025"),
        (5, "Dates met", "2025-11-02"),
        (5, "Dates met", "2025-12-12"),
        (5, "Director mtg", "2025-10-28"),
        (15, "Since", "08/04/2025"),
        (15, "Director mtg", "2025-10-08"),
        (16, "Since", "7/27/24"),
        (18, "Since", "Mar 05, 2025"),
        (19, "Since", "Mar 22, 2025"),
        (21, "Dates met", "2026-10-28"),
        (24, "Dates met", "13/45/2025"),
    ]
    code, told = run("register", division, REGISTER, answers)
    assert code == 0
    assert "21" in told.splitlines()[-1]
    pairs = Pairing.objects.filter(program=division)
    assert Counter(pairs.values_list("state", flat=True)) == {"waiting": 21}
    kinds = Meeting.objects.filter(program=division, state="confirmed", how="register").values_list("kind", flat=True)
    assert Counter(kinds) == {"mentoring": 37, "director": 14}  # of 41 and 15 in the cells
    assert pairs.get(mentee=person("Duarte", "Rosa")).begins == date(2026, 7, 1)
    assert pairs.get(mentee=person("Adeyemi", "Anouk")).begins == date(2025, 8, 4)
    assert not pairs.filter(mentee=person("Moreno", "Ibrahim")).exists()


def test_sample_brought_again_changes_nothing_and_asks_nothing(division):
    assert run("register", division, REGISTER, answers_to_sample())[0] == 0
    before = Pairing.objects.count(), Meeting.objects.count()
    code, told = run("register", division, REGISTER)
    assert code == 0
    assert "?" not in told.splitlines()[0]
    assert (Pairing.objects.count(), Meeting.objects.count()) == before


def test_dry_run_writes_nothing(division):
    code, _told = run("register", division, REGISTER, answers_to_sample(), dry_run=True)
    assert code == 0
    assert not Pairing.objects.filter(program=division).exists()


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"\xff\xfe\x00", b'Mentee,Mentor,Since\n"a,b,c\n', b"one\ntwo\n", b"\x00" * 64]
)
def test_file_that_is_no_register_is_refused_with_sentences(cast, content):
    before = Pairing.objects.count()
    code, told = run("register", cast.digestive, content)
    assert code == 2
    assert told.strip()
    assert Pairing.objects.count() == before


def test_file_of_another_kind_is_refused_with_one_sentence(cast):
    content = to_csv(["Invoice", "Date", "From", "To", "Amount"], [["1", "2026-01-01", "a", "b", "9"]])
    code, told = run("register", cast.digestive, content)
    assert (code, told.count("\n")) == (2, 1)
    assert "does not look like a paper register" in told
    assert run("register", cast.digestive, ROSTER)[0] == 2


def test_missing_column_is_asked_once_and_remembered(cast):
    header = ["Person", "Mentor", "Since", "Dates met", "Director mtg"]
    row = ["Palmer, Grace", "Halloran, Maeve", "2026-01-05", "2026-02-01", ""]
    code, told = run("register", cast.digestive, to_csv(header, [row]))
    assert (code, "column:mentee" in told) == (2, True)
    assert run("register", cast.digestive, to_csv(header, [row]), {"column:mentee": "Person"})[0] == 0
    later = [*row[:3], "2026-02-01; 2026-03-01", ""]
    assert run("register", cast.digestive, to_csv(header, [later]))[0] == 0
    assert Meeting.objects.filter(how="register").count() == 2
