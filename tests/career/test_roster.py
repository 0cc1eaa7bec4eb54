"""What a roster means, without a database: each rule on a small file, and every row of the sample file."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from telemachus.career.roster import plan_roster, read_roster
from telemachus.career.roster_who import NEW, OLD, SAME, Held, Known
from telemachus.lib.rows import TableError
from telemachus.lib.table import read_table
from telemachus.program.importing import Does, Plan
from telemachus.program.rulebook import load

TODAY = date(2026, 10, 14)
BOOK = load("uc-som")
SAMPLE = (Path(__file__).parent.parent / "data" / "hr_roster.csv").read_bytes()
HEADER = "Employee ID,Legal Name,Work Email,Job Title,Step,Appt Begin Date,Appt End Date,FTE,Reports To,Status"
MEI = '1,"Tanaka, Mei",mei@x.example,ASST PROF-HCOMP,2,07/01/2024,06/30/2027,1.00,2,A'
OSEI = '2,"Osei, Kwame",osei@x.example,PROF-HCOMP,5,07/01/2010,,1.00,,A'
ONE = UUID(int=1)


def plan(*rows, header=HEADER, known=(), answers=None) -> Plan:
    table = read_table("roster.csv", "\n".join((header, *rows)).encode())
    roster = read_roster(table, answers or {}, BOOK)
    return roster if isinstance(roster, Plan) else plan_roster(roster, known, BOOK, TODAY)


HELD = Held("ASST PROF-HCOMP", "regular", "assistant", "2", 100, date(2024, 7, 1), date(2027, 6, 30), None, "active")


def mei(**fields) -> Known:
    """Mei as `mei_row` leaves her."""
    known = Known(
        ONE, "1", "mei@x.example", "Tanaka", "Mei", "", held=HELD, roles=frozenset({"mentee"}), is_mentee=True
    )
    return replace(known, **fields)


def mei_row(**cells) -> str:
    """The row MEI without a supervisor, with other cells."""
    row = {
        "number": "1", "name": '"Tanaka, Mei"', "email": "mei@x.example", "title": "ASST PROF-HCOMP", "step": "2",
        "begins": "07/01/2024", "ends": "06/30/2027", "percent": "1.00", "supervisor": "", "status": "A",
    }  # fmt: skip
    return ",".join((row | cells).values())


def oddities(plan: Plan) -> list[tuple[int, str, str]]:
    return [(odd.row, odd.column, odd.value) for odd in plan.oddities]


def only(things):
    (thing,) = things
    return thing


# Columns


def test_columns_under_other_names_are_recognised():
    found = plan(
        "7,Tanaka,Mei,MEI@X.example,Assistant Professor,1",
        header="Person Number,Last Name,First Name,E-Mail,Academic Title,percent time",
        answers={"column:begins": "-", "column:status": "-"},
    )
    assert not found.questions
    assert dict(only(found.work).who)["email"] == "mei@x.example"
    assert dict(only(found.work).appointment)["percent"] == 100


def test_column_that_is_needed_and_not_recognised_is_asked_once():
    header = HEADER.replace("Job Title", "Rank of the person")
    asked = only(plan(MEI, OSEI, header=header).questions)
    assert asked.key == "column:title"
    assert ("rank of the person", "Rank of the person") in asked.choices
    assert plan(MEI, OSEI, header=header, answers={asked.key: "rank of the person"}).tally["create"] == 2


def test_columns_not_needed_are_named_in_one_line():
    notes = plan(MEI + ",MED,x", OSEI + ",MED,y", header=HEADER + ",Dept,Room").notes
    assert "Dept, Room" in notes[0].sentence


def test_file_with_a_header_alone_is_refused():
    with pytest.raises(TableError):
        plan()


def test_file_of_another_kind_is_refused_with_one_sentence():
    header = "Invoice,Date,Vendor,Email,Amount,Due,Status"
    with pytest.raises(TableError, match="does not look like a roster") as refused:
        plan("1,2026-01-01,Acme,a@x.example,10,2026-02-01,A", header=header)
    assert len(refused.value.sentences) == 1
    assert plan("1,2,3,4,5,6,7", header=header, answers={"column:name": "vendor"}).questions


def test_number_and_address_cannot_both_be_missing():
    header = HEADER.replace("Employee ID", "Key").replace("Work Email", "Contact")
    asked = {question.key: dict(question.choices) for question in plan(MEI, header=header).questions}
    assert {"-"} <= asked["column:number"].keys() & asked["column:email"].keys()
    asked = only(plan(MEI, header=header, answers={"column:number": "-", "column:email": "-"}).questions)
    assert (asked.key, "-" in dict(asked.choices)) == ("column:email", False)
    assert "nobody can be recognised" in asked.why
    assert not plan(MEI, OSEI, header=header, answers={"column:number": "-", "column:email": "contact"}).questions


def test_file_in_which_nobody_could_be_recognised_is_refused():
    with pytest.raises(TableError, match="employee number or email address"):
        plan('"Tanaka, Mei",PROF-HCOMP', header="Name,Job Title")


def test_file_without_enough_columns_is_refused():
    with pytest.raises(TableError, match="name"):
        plan("1", header="Employee ID")


# Titles, ranks, roles


@pytest.mark.parametrize(
    ("title", "role"),
    [("ASST PROF IN RES-HCOMP", "mentee"), ("ASSOC ADJ PROF-HCOMP", "mentor"), ("CLIN PROF-VOL", "colleague")],
)
def test_role_follows_series_and_rank(title, role):
    assert only(plan(mei_row(title=title)).work).role == (role, date(2024, 7, 1))


def test_title_that_the_book_does_not_know_is_asked_and_answered():
    asked = only(plan(mei_row(title="VIS ASST PROF")).questions)
    assert (asked.key, asked.rows) == ("title:VIS ASST PROF", (2,))
    work = only(plan(mei_row(title="VIS ASST PROF"), answers={asked.key: "regular/assistant"}).work)
    assert dict(work.appointment)["series"] == "regular"


def test_title_that_is_no_faculty_is_left_out():
    found = plan(mei_row(title="STAFF PHYSICIAN"), answers={"title:STAFF PHYSICIAN": "-"})
    assert (found.work, found.tally["skip"]) == ([], 1)


def test_role_begins_today_where_the_begin_is_unknown_and_later_where_it_lies_ahead():
    assert only(plan(mei_row(begins="TBD")).work).role == ("mentee", TODAY)
    assert only(plan(mei_row(begins="01/01/2027")).work).role == ("mentee", date(2027, 1, 1))


def test_promotion_makes_a_mentor_and_leaves_the_mentee_to_the_director():
    found = plan(mei_row(title="ASSOC PROF-HCOMP"), known=[mei()])
    assert only(found.work).role == ("mentor", date(2024, 7, 1))
    assert any("until the director decides" in detail for detail in only(found.lines).details)


def test_role_that_was_ended_is_not_given_again():
    found = plan(mei_row(), known=[mei(is_mentee=False)])
    assert found.is_idle


# Who is who


def test_known_number_with_the_same_cells_is_left_as_it_is():
    found = plan(mei_row(), known=[mei()])
    assert (found.is_idle, only(found.lines).does) == (True, Does.LEAVE)


def test_known_number_with_other_cells_is_changed_in_words():
    found = plan(mei_row(step="3", email="m.tanaka@x.example"), known=[mei()])
    line = only(found.lines)
    assert line.does == Does.CHANGE
    assert line.details == ("email address: mei@x.example → m.tanaka@x.example", "step: 2 → 3")


def test_mail_identifies_where_the_number_is_missing():
    assert plan(mei_row(number=""), known=[mei()]).is_idle
    assert only(plan(mei_row(), known=[mei(number=None)]).work).who == (("external_id", "1"),)


def test_row_without_number_and_mail_is_not_taken():
    found = plan(mei_row(number="", email=""), OSEI)
    assert (found.tally["create"], found.tally["skip"]) == (1, 1)


def test_two_numbers_with_one_mail_are_asked():
    rows = (mei_row(), mei_row(number="9", name='"Tanaka, Mai"'))
    asked = only(plan(*rows).questions)
    assert (asked.key, asked.rows) == ("mail:mei@x.example:1:9", (2, 3))
    mails = [dict(piece.who)["email"] for piece in plan(*rows, answers={asked.key: "9"}).work]
    assert mails == [None, "mei@x.example"]
    assert [dict(piece.who)["email"] for piece in plan(*rows, answers={asked.key: "-"}).work] == [None, None]


@pytest.mark.parametrize(("answer", "mail", "loses"), [(NEW, "mei@x.example", True), (OLD, None, False)])
def test_mail_of_somebody_not_in_the_file_is_asked(answer, mail, loses):
    rows, known = (mei_row(number="9", name='"Tanaka, Mai"'),), [mei()]
    asked = only(plan(*rows, known=known).questions)
    found = plan(*rows, known=known, answers={asked.key: answer})
    new = next(piece for piece in found.work if piece.person is None)
    assert dict(new.who)["email"] == mail
    assert any(piece.person == ONE and piece.who == (("email", None),) for piece in found.work) is loses


def test_new_number_of_a_known_person_is_asked_and_changed():
    known = [mei()]
    asked = only(plan(mei_row(number="9"), known=known).questions)
    work = only(plan(mei_row(number="9"), known=known, answers={asked.key: SAME}).work)
    assert (work.person, work.who) == (ONE, (("external_id", "9"),))


def test_two_people_may_exchange_their_addresses():
    other = replace(mei(), pk=UUID(int=2), number="2", email="other@x.example", held=None, roles=frozenset())
    rows = (mei_row(email="other@x.example"), mei_row(number="2", email="mei@x.example"))
    found = plan(*rows, known=[mei(), other])
    assert not found.questions
    assert [dict(piece.who)["email"] for piece in found.work] == ["other@x.example", "mei@x.example"]


def test_account_of_another_program_is_used_and_never_shown():
    stranger = Known(ONE, "1", "secret@y.example", "Secret", "Name", "", belongs=False)
    found = plan(mei_row(), known=[stranger])
    assert (only(found.work).person, only(found.work).who) == (ONE, ())
    assert "ecret" not in repr(found.lines)


def test_address_of_another_programs_account_is_not_taken_away():
    stranger = Known(ONE, "77", "mei@x.example", "Secret", "Name", "", belongs=False)
    found = plan(mei_row(), known=[stranger])
    assert dict(only(found.work).who)["email"] is None
    assert oddities(found) == [(2, "Work Email", "mei@x.example")]
    assert "ecret" not in repr(found.lines) + repr(found.questions)


def test_identical_rows_count_once():
    found = plan(mei_row(), mei_row())
    assert (found.tally["create"], found.tally["skip"], len(found.work)) == (1, 1, 1)


def test_differing_rows_of_one_number_are_asked():
    rows = (mei_row(), mei_row(title="ACT PROF-HCOMP", percent="0.00"))
    asked = only(plan(*rows).questions)
    assert (asked.rows, len(asked.choices)) == ((2, 3), 2)
    again = only(plan(*reversed(rows)).questions)
    assert again.key == asked.key
    found = plan(*rows, answers={asked.key: asked.choices[0][0]})
    assert (dict(only(found.work).appointment)["title"], found.tally["skip"]) == ("ASST PROF-HCOMP", 1)


# Cells that cannot be taken


@pytest.mark.parametrize(
    ("field", "value", "column"),
    [
        ("begins", "TBD", "Appt Begin Date"),
        ("begins", "02/30/2025", "Appt Begin Date"),
        ("ends", "13/13/2025", "Appt End Date"),
        ("ends", "06/30/2001", "Appt End Date"),
        ("percent", "150%", "FTE"),
        ("percent", "1.5", "FTE"),
        ("percent", "full", "FTE"),
        ("step", "=1+1", "Step"),
        ("step", "a very long step", "Step"),
        ("email", "not a mail", "Work Email"),
        ("email", "", "Work Email"),
        ("supervisor", "1", "Reports To"),
        ("supervisor", "999", "Reports To"),
        ("status", "", "Status"),
    ],
)
def test_odd_cell_is_told_and_the_row_is_taken(field, value, column):
    found = plan(mei_row(**{field: value}))
    assert oddities(found) == [(2, column, value)]
    assert found.tally["create"] == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", '"=HYPERLINK(""http://x"",""y"")"'),
        ("name", '"Tanaka, =1+1"'),
        ("name", ""),
        ("name", "x" * 300),
        ("title", ""),
        ("title", "T" * 200),
    ],
)
def test_row_that_names_nobody_is_not_taken(field, value):
    found = plan(mei_row(**{field: value}), OSEI)
    assert (found.tally["create"], found.tally["skip"]) == (1, 1)
    assert len(found.oddities) == 1


def test_known_cells_stay_where_the_file_says_nothing_usable():
    assert plan(mei_row(begins="TBD", ends="soon", percent="?", step="=2", email=""), known=[mei()]).is_idle


def test_formula_is_no_preferred_name():
    header = HEADER.replace("Legal Name", "Legal Name,Preferred Name")
    row = MEI.replace('Mei"', 'Mei","=HYPERLINK(""http://x"",""y"")"')
    found = plan(row, header=header)
    assert dict(only(found.work).who)["preferred_name"] == ""
    assert (2, "Preferred Name", '=HYPERLINK("http://x","y")') in oddities(found)


@pytest.mark.parametrize(
    ("typed", "percent"),
    [("1.00", 100), ("100%", 100), ("0.6", 60), ("60%", 60), ("0.00", 0), ("60 %", 60), ("1", 100)],
)
def test_part_of_full_time_is_read_as_percent(typed, percent):
    assert dict(only(plan(mei_row(percent=typed)).work).appointment)["percent"] == percent


def test_names_and_addresses_are_trimmed_and_composed():
    who = dict(only(plan(mei_row(name='"  Zielin\u0301ska ,  Hana\u200b "', email='" MEI@X.EXAMPLE "')).work).who)
    assert (who["family_name"], who["given_name"], who["email"]) == ("Zielińska", "Hana", "mei@x.example")


def test_number_that_a_spreadsheet_made_a_fraction_is_the_same():
    assert plan(mei_row(number="1.0"), known=[mei()]).is_idle


# Present, on leave, gone, missing


def test_status_that_the_book_does_not_know_is_asked():
    asked = only(plan(mei_row(status="Q")).questions)
    assert asked.key == "status:Q"
    assert dict(only(plan(mei_row(status="Q"), answers={"status:Q": "leave"}).work).appointment)["standing"] == "leave"


def test_new_person_who_is_gone_is_not_taken_and_the_title_not_asked():
    found = plan(mei_row(status="T", title="VIS ASST PROF"))
    assert (found.questions, found.work, found.tally["skip"]) == ((), [], 1)


def test_new_person_on_leave_comes_to_the_director_like_everybody_on_leave():
    work = only(plan(mei_row(status="L")).work)
    assert (dict(work.appointment)["standing"], work.absence) == ("leave", "leave")


@pytest.mark.parametrize(("code", "kind"), [("L", "leave"), ("T", "terminated")])
def test_known_person_who_leaves_comes_to_the_director(code, kind):
    work = only(plan(mei_row(status=code), known=[mei()]).work)
    assert (work.absence, work.appointment, work.role) == (kind, (("standing", kind),), None)


@pytest.mark.parametrize(("code", "kind"), [("L", "leave"), ("T", "terminated")])
def test_absence_that_is_open_is_not_doubled(code, kind):
    held = replace(HELD, standing=kind)
    assert plan(mei_row(status=code), known=[mei(held=held)]).is_idle
    found = plan(mei_row(status=code), known=[mei(absences=frozenset({kind}), noticed=frozenset({kind}))])
    assert only(found.work).absence == ""


def test_person_who_is_back_from_leave_closes_nothing():
    held = replace(HELD, standing="leave")
    known = mei(held=held, absences=frozenset({"leave"}), noticed=frozenset({"leave"}))
    work = only(plan(mei_row(), known=[known]).work)
    assert (work.appointment, work.is_back) == ((("standing", "active"),), False)


def test_person_missing_from_the_file_comes_to_the_director_once():
    found = plan(OSEI, known=[mei()])
    assert [(piece.person, piece.absence) for piece in found.work if piece.person] == [(ONE, "missing")]
    assert "Tanaka, Mei" in found.notes[0].details
    noticed = mei(absences=frozenset({"missing"}), noticed=frozenset({"missing"}))
    assert not [piece for piece in plan(OSEI, known=[noticed]).work if piece.person]


def test_person_whose_row_is_not_taken_is_not_missing():
    found = plan(mei_row(title=""), known=[mei()])
    assert found.is_idle


def test_person_who_is_listed_again_is_missing_no_more():
    noticed = mei(absences=frozenset({"missing"}), noticed=frozenset({"missing"}))
    found = plan(mei_row(), known=[noticed])
    assert only(found.work).is_back
    assert any("on the roster again" in detail for detail in only(found.lines).details)


# A file that takes away a great part of the division


def division(size: int, **fields) -> list[Known]:
    return [
        mei(pk=UUID(int=100 + each), number=str(100 + each), email=f"{each}@x.example", **fields)
        for each in range(size)
    ]


def rows_of(known, **cells) -> list[str]:
    return [mei_row(number=each.number, email=each.email, **cells) for each in known]


def missing_in(plan: Plan) -> int:
    return sum(piece.absence == "missing" for piece in plan.work)


def test_roster_that_lists_two_of_seventy_asks_first_whether_it_is_whole():
    known = division(70)
    asked = plan(*rows_of(known[:2]), mei_row(title="VIS ASST PROF"), known=known).questions
    assert [question.key.partition(":")[0] for question in asked] == ["whole roster", "title"]
    assert asked[0].sentence.startswith("This file lists only 2 of the 70 people who are here. Is it the whole")
    assert asked[0].once


@pytest.mark.parametrize(("answer", "missing"), [("yes", 68), ("no", 0)])
def test_answer_says_whether_those_who_are_not_listed_are_missing(answer, missing):
    known = division(70)
    rows = rows_of(known[:2], step="3")
    asked = only(plan(*rows, known=known).questions)
    found = plan(*rows, known=known, answers={asked.key: answer})
    assert (missing_in(found), found.tally["change"], found.questions) == (missing, 2, ())
    assert found.notes[0].sentence.startswith("As answered" if answer == "no" else "This file lists only 2")


def test_answer_holds_for_no_other_roster():
    known = division(70)
    first = only(plan(*rows_of(known[:2]), known=known).questions)
    assert only(plan(*rows_of(known[2:4]), known=known, answers={first.key: "yes"}).questions).key != first.key


@pytest.mark.parametrize(("size", "listed", "asks"), [(30, 20, False), (30, 19, True), (12, 3, False), (12, 2, True)])
def test_roster_asks_only_from_ten_people_and_a_third(size, listed, asks):
    known = division(size)
    assert bool(plan(*rows_of(known[:listed]), known=known).questions) is asks


@pytest.mark.parametrize("status", ["L", "T"])
def test_roster_that_sends_everybody_away_asks_first(status):
    known = division(20)
    asked = only(plan(*rows_of(known, status=status), known=known).questions)
    assert "says of 20 of the 20 people" in asked.sentence
    assert [value for value, _label in asked.choices] == ["yes"]
    assert plan(*rows_of(known, status=status), known=known, answers={asked.key: "yes"}).tally["change"] == 20


def test_those_missing_before_are_not_counted_again():
    gone = division(30, noticed=frozenset({"missing"}))
    assert not plan(mei_row(), known=[*gone, mei()]).questions


# The sample file


def sample(answers=None, known=()) -> Plan:
    roster = read_roster(read_table("hr_roster.csv", SAMPLE), answers or {}, BOOK)
    assert not isinstance(roster, Plan)
    return plan_roster(roster, known, BOOK, TODAY)


def test_sample_file_asks_what_cannot_be_known():
    assert [(question.key.partition(":")[0], question.rows) for question in sample().questions] == [
        ("appointment", (19, 65)),
        ("mail", (14, 54)),
    ]


def test_sample_file_is_explained_row_by_row():
    asked = sample().questions
    found = sample({question.key: question.choices[0][0] for question in asked})
    assert sorted(line.row for line in found.lines) == list(range(2, 78))
    assert found.tally == {"create": 74, "change": 0, "leave": 0, "skip": 2}
    assert oddities(found) == [
        (10, "Preferred Name", '=HYPERLINK("http://x","y")'),
        (31, "Reports To", "10759914"),
        (63, "Appt Begin Date", "TBD"),
        (77, "Work Email", ""),
    ]
    assert {line.row for line in found.lines if line.does == Does.SKIP} == {56, 65}
