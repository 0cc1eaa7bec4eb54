"""What a list of recruits means: each rule on a small file."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from telemachus.career.models import Appointment
from telemachus.intake.importers import plan as plan_of
from telemachus.intake.models import Recruit
from telemachus.lib.rows import TableError
from telemachus.lib.table import read_table
from telemachus.people.models import Person
from telemachus.program.importing import Plan
from tests.cast import Cast
from tests.intake.test_notice import notice

pytestmark = pytest.mark.django_db

SAMPLE = (Path(__file__).parent.parent / "data" / "recruits_next.csv").read_bytes()
HEADER = "Legal Name,Work Email,Proposed Title,Step,Start,Hiring Lead,Note"
ALINA = {
    "name": '"Kuznetsova, Alina"', "email": "alina@x.example", "title": "ASST PROF IN RES-HCOMP", "step": "2",
    "begins": "01/04/2027", "lead": "", "note": "",
}  # fmt: skip


def row(**cells: str | None) -> str:
    return ",".join(str(cell) for cell in {**ALINA, **cells}.values())


def plan(cast: Cast, *rows: str, header: str = HEADER, answers: dict[str, str] | None = None) -> Plan:
    table = read_table("recruits.csv", "\n".join((header, *rows)).encode())
    return plan_of(cast.digestive, table, answers or {}, cast.now)


def only(things: Any) -> Any:
    (thing,) = things
    return thing


def odd(found: Plan) -> tuple[int, str, str, str]:
    oddity = only(found.oddities)
    return oddity.row, oddity.column, oddity.value, oddity.sentence


def test_sample_is_taken_without_a_question(cast: Cast) -> None:
    found = plan_of(cast.digestive, read_table("recruits_next.csv", SAMPLE), {}, cast.now)
    assert (found.questions, found.tally["create"], len(found.work)) == ((), 5, 5)
    first = found.work[0].newcomer
    assert (first.family_name, first.given_name, first.begins) == ("Kuznetsova", "Alina", date(2027, 1, 4))
    assert [(piece.newcomer.series, piece.newcomer.rank) for piece in found.work] == [
        ("in-residence", "assistant"), ("hs-clinical", "assistant"), ("clinical-x", "assistant"),
        ("regular", "associate"), ("adjunct", "assistant"),
    ]  # fmt: skip


def test_note_is_not_read_and_that_is_said(cast: Cast) -> None:
    found = plan(cast, row(note="a note that nobody may keep"))
    assert "Not read, because the program has no use for it: Note." in [note.sentence for note in found.notes]
    assert "nobody may keep" not in repr(found)


def test_columns_under_other_names_are_recognised(cast: Cast) -> None:
    found = plan(
        cast, "Alina,Kuznetsova,ALINA@X.example,Assistant Professor,2027-01-04",
        header="First name,Surname,Personal E-mail,Rank and Series,Anticipated start date",
    )  # fmt: skip
    assert (found.questions, only(found.work).newcomer.email) == ((), "alina@x.example")


def test_column_without_a_telling_name_is_asked_once(cast: Cast) -> None:
    header = HEADER.replace("Start", "When")
    asked = only(plan(cast, row(), header=header).questions)
    assert (asked.key, asked.sentence) == ("column:begins", "Which column holds this: start day?")
    assert "-" not in dict(asked.choices)
    assert len(plan(cast, row(), header=header, answers={asked.key: "when"}).work) == 1


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("Invoice,Amount,Paid,Open", "does not look like a list of recruits"),
        ("Legal Name,Work Email,Start", "needs a column for each of these: job title"),
        ("Mentee,Mentor", "needs a column for each of these"),
    ],
)
def test_file_of_another_kind_is_refused(cast: Cast, header: str, sentence: str) -> None:
    with pytest.raises(TableError, match=sentence):
        plan(cast, ",".join("x" for _title in header.split(",")), header=header)


def test_table_without_rows_or_with_far_too_many_is_refused(cast: Cast) -> None:
    with pytest.raises(TableError, match="no row under the header"):
        plan(cast)
    with pytest.raises(TableError, match="More than 300 rows"):
        plan(cast, *[row()] * 301)


def test_unknown_title_is_asked_and_can_be_left_out(cast: Cast) -> None:
    asked = only(plan(cast, row(title="Staff Physician")).questions)
    assert (asked.key, asked.rows) == ("title:STAFF PHYSICIAN", (2,))
    taken = plan(cast, row(title="Staff Physician"), answers={asked.key: "adjunct/assistant"})
    assert only(taken.work).newcomer.series == "adjunct"
    left = plan(cast, row(title="Staff Physician"), answers={asked.key: "-"})
    assert (left.work, left.tally["skip"]) == ([], 1)


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ({"email": ""}, "Work Email", "There is no email address: the row is not taken. The first letter goes there."),
        ({"email": "n/a"}, "Work Email", "Not an email address: the row is not taken."),
        ({"name": "=cmd()"}, "Legal Name", "A formula, not a name: the row is not taken. Please write the name."),
        (
            {"name": '"@SUM, Alina"'},
            "Legal Name",
            "A formula, not a name: the row is not taken. Please write the name.",
        ),
        ({"name": ""}, "Legal Name", "There is no name: the row is not taken."),
        (
            {"name": "Kuznetsova"},
            "Legal Name",
            "Only one word: the row is not taken. Please write family name and given name.",
        ),
        ({"title": ""}, "Proposed Title", "There is no job title: the row is not taken."),
        ({"begins": "TBD"}, "Start", "No day can be read here: the row is not taken. Write it such as 2027-07-01."),
        ({"begins": ""}, "Start", "No day can be read here: the row is not taken. Write it such as 2027-07-01."),
        (
            {"begins": "02/30/2027"},
            "Start",
            "No day can be read here: the row is not taken. Write it such as 2027-07-01.",
        ),
    ],
)
def test_row_that_cannot_be_taken_is_told_by_row_and_column(
    cast: Cast, cells: dict[str, str], column: str, sentence: str
) -> None:
    found = plan(cast, row(email="first@x.example", name='"Other, Somebody"'), row(**cells))
    place = list(ALINA).index(next(iter(cells)))
    assert odd(found) == (3, HEADER.split(",")[place], next(iter(cells.values())).strip('"'), sentence)
    assert (column, [piece.row for piece in found.work], found.tally["skip"]) == (HEADER.split(",")[place], [2], 1)


def test_every_fault_of_a_row_is_said_and_the_row_left_once(cast: Cast) -> None:
    found = plan(cast, row(email="", begins="soon", title=""))
    assert [oddity.column for oddity in found.oddities] == ["Work Email", "Proposed Title", "Start"]
    assert found.tally["skip"] == 1


def test_step_that_is_none_is_left_out(cast: Cast) -> None:
    found = plan(cast, row(step="to be decided"))
    assert (odd(found)[3], only(found.work).newcomer.step) == ("Not a step: left out.", "")


# Days


@pytest.mark.parametrize(
    "text", ["2027-01-04", "1/4/27", '"Jan 4, 2027"', "4-Jan-2027", "01/04/2027", "2027-01-04 00:00"]
)
def test_styles_of_days_are_read(cast: Cast, text: str) -> None:
    assert only(plan(cast, row(begins=text)).work).newcomer.begins == date(2027, 1, 4)


def test_file_with_the_day_first_somewhere_asks_about_all_that_can_be_read_twice(cast: Cast) -> None:
    rows = [row(), row(email="b@x.example", name='"Other, B"', begins="25/03/2027"),
            row(email="c@x.example", name='"Third, C"', begins="03/25/2027")]  # fmt: skip
    asked = only(plan(cast, *rows).questions)
    assert (asked.key, asked.rows) == ("days:first", (2,))
    assert dict(asked.choices) == {
        "month": "The month: 01/04/2027 is 4 January 2027", "day": "The day: 01/04/2027 is 1 April 2027",
    }  # fmt: skip
    days = [piece.newcomer.begins for piece in plan(cast, *rows, answers={asked.key: "day"}).work]
    assert days == [date(2027, 4, 1), date(2027, 3, 25), date(2027, 3, 25)]


def test_answer_about_the_order_holds_for_the_next_file(cast: Cast) -> None:
    assert only(plan(cast, row(), answers={"days:first": "day"}).work).newcomer.begins == date(2027, 4, 1)


def test_days_with_points_are_asked_about(cast: Cast) -> None:
    assert only(plan(cast, row(begins="01.04.2027")).questions).key == "days:first"
    found = plan(cast, row(begins="01.04.2027"), answers={"days:first": "day"})
    assert only(found.work).newcomer.begins == date(2027, 4, 1)


@pytest.mark.parametrize("text", ["July 2027", "Jul 2027", "7/2027", "2027-07"])
def test_month_without_a_day_is_asked_about(cast: Cast, text: str) -> None:
    asked = only(plan(cast, row(begins=text)).questions)
    assert (asked.sentence, asked.choices[0]) == (f"Which day is “{text}”?", ("2027-07-01", "1 July 2027"))
    taken = plan(cast, row(begins=text), answers={asked.key: "2027-07-01"})
    assert only(taken.work).newcomer.begins == date(2027, 7, 1)
    left = plan(cast, row(begins=text), answers={asked.key: "-"})
    assert (left.questions, left.work, only(left.lines).details) == ((), [], ("left out, as answered",))


def test_day_in_the_past_is_asked_about(cast: Cast) -> None:
    asked = only(plan(cast, row(begins="2026-09-01")).questions)
    assert asked.sentence == "Kuznetsova, Alina: 1 September 2026 has passed already. Is it the right day?"
    assert len(plan(cast, row(begins="2026-09-01"), answers={asked.key: "yes"}).work) == 1
    assert plan(cast, row(begins="2026-09-01"), answers={asked.key: "-"}).tally["skip"] == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2025-09-01", "This day is more than a year ago. Whoever has been here so long comes with the roster."),
        ("2031-07-01", "This day is more than three years ahead. Look at the year once more."),
    ],
)
def test_day_out_of_reach_is_an_oddity(cast: Cast, text: str, sentence: str) -> None:
    found = plan(cast, row(begins=text))
    assert (odd(found), found.work) == ((2, "Start", text, sentence), [])


# Who


def test_two_rows_that_say_the_same_are_taken_once(cast: Cast) -> None:
    found = plan(cast, row(), row())
    assert ([piece.row for piece in found.work], found.tally["skip"]) == ([2], 1)


def test_two_rows_with_one_address_are_asked_about(cast: Cast) -> None:
    rows = [row(), row(name='"Other, Somebody"')]
    found = plan(cast, *rows)
    asked = only(found.questions)
    sentence = "Two rows have this address. Which one counts is asked."
    assert [(oddity.row, oddity.value, oddity.sentence) for oddity in found.oddities] == [
        (2, "alina@x.example", sentence), (3, "alina@x.example", sentence),
    ]  # fmt: skip
    assert asked.choices[1][1] == "Row 3: Other, Somebody, ASST PROF IN RES-HCOMP, from 4 January 2027"
    taken = plan(cast, *rows, answers={asked.key: asked.choices[1][0]})
    assert ([piece.row for piece in taken.work], taken.tally["skip"]) == ([3], 1)
    assert plan(cast, *rows, answers={asked.key: "-"}).tally["skip"] == 2


def test_who_is_announced_already_is_left(cast: Cast) -> None:
    notice(cast, email="alina@x.example", begins=date(2027, 1, 4))
    found = plan(cast, row())
    assert (found.is_idle, found.oddities, only(found.lines).details) == (True, [], ("has been announced already",))


def test_list_that_says_something_else_about_the_announced_is_told(cast: Cast) -> None:
    notice(cast, email="alina@x.example", begins=date(2027, 3, 1))
    found = plan(cast, row())
    assert found.is_idle
    assert odd(found) == (
        2, "Start", "2027-01-04",
        "Announced already with something else here: left as it is. Correct it from the board.",
    )  # fmt: skip


def test_who_is_on_the_roster_is_told_and_left(cast: Cast) -> None:
    Appointment.objects.create(
        program=cast.digestive, person=cast.mei, title="x", series="regular", rank="assistant", begins=date(2024, 7, 1)
    )
    found = plan(cast, row(email=cast.mei.email, name='"Tanaka, Mei"'))
    assert odd(found) == (2, "Work Email", cast.mei.email, "On the roster already: not announced.")
    assert (found.is_idle, only(found.lines).details) == (True, ("on the roster from 1 July 2024",))


def test_who_has_an_account_in_another_division_is_used(cast: Cast) -> None:
    found = plan(cast, row(email=cast.sofia.email, name='"Marin, Sofia"'))
    assert (only(found.work).person, found.questions) == (cast.sofia.pk, ())
    assert "has an account here under this address, which is used" in only(found.lines).details


def test_address_under_another_name_and_a_namesake_are_asked_about(cast: Cast) -> None:
    other = only(plan(cast, row(email=cast.sofia.email)).questions)
    assert other.sentence == (
        "Kuznetsova, Alina: Somebody has this address here already, under another name. Is it the same person?"
    )
    namesake = only(plan(cast, row(name='"Tanaka, Mei"')).questions)
    assert namesake.sentence.startswith("Tanaka, Mei: Mei Tanaka is here already, with another address.")
    taken = plan(cast, row(name='"Tanaka, Mei"'), answers={namesake.key: "yes"})
    assert only(taken.work).person is None


@pytest.mark.parametrize("text", ["10625240", "10625240.0", "kwame.osei@division.example", '"Osei, Kwame"', "Dr. Osei"])
def test_hiring_lead_is_found_by_number_address_or_name(cast: Cast, text: str) -> None:
    Person.objects.filter(pk=cast.osei.pk).update(external_id="10625240")
    found = plan(cast, row(lead=text))
    assert (only(found.work).lead, found.oddities) == (cast.osei.pk, [])
    assert "hiring lead Kwame Osei" in only(found.lines).details


@pytest.mark.parametrize("text", ["99", "Nobody Here", "sofia.marin@division.example"])
def test_hiring_lead_of_nowhere_is_left_empty(cast: Cast, text: str) -> None:
    found = plan(cast, row(lead=text))
    assert odd(found)[3] == "Nobody here has this number or name: the hiring lead is left empty."
    assert only(found.work).lead is None


def test_planning_writes_nothing_and_asks_as_much_for_forty_rows_as_for_one(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    plan(cast, row())
    rows = [row(email=f"{number}@x.example", name=f'"Family{number}x, Given{number}"') for number in range(40)]
    for some in (rows[:1], rows):
        with django_assert_num_queries(8):
            assert len(plan(cast, *some).work) == len(some)
    assert (Recruit.objects.count(), Appointment.objects.count()) == (0, 0)


def test_fingerprint_follows_what_would_be_written(cast: Cast) -> None:
    first = plan(cast, row())
    assert first.fingerprint == plan(cast, row(note="other")).fingerprint
    later = (cast.today + timedelta(days=30)).isoformat()
    assert first.fingerprint != plan(cast, row(begins=later)).fingerprint
