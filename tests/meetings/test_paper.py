"""The plan of a paper register, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telemachus.lib.dates import parse_dates
from telemachus.lib.names import Name
from telemachus.lib.rows import Row, Table, TableError
from telemachus.meetings.paper import plan
from telemachus.meetings.paper_shapes import Claim, Known, KnownPair, Met, SawDirector, Somebody
from telemachus.program.importing import Does

TODAY = date(2026, 10, 14)
HEADER = ["Mentee", "Mentor", "Since", "Until", "Dates met", "Director mtg"]


def somebody(given_name, family_name, *, preferred="", mentee=False, mentor=False, junior=False, begins=None):
    names = [Name(family_name, given_name), *([Name(family_name, preferred)] if preferred else [])]
    key, listed = given_name.lower(), f"{family_name}, {preferred or given_name}"
    return Somebody(key, listed, f"{listed} (rank)", tuple(names), mentee, mentor, junior, begins)


MEI = somebody("Mei", "Tanaka", mentee=True, junior=True, begins=date(2024, 7, 1))
JONAS = somebody("Jonas", "Weber", mentee=True, junior=True)
TARIQ = somebody("Tariq", "Tanaka", preferred="Ricky", mentee=True, junior=True)
OSEI = somebody("Kwame", "Osei", mentor=True)
ROSA = somebody("Rosa", "Duarte", mentor=True)
XIMENA = somebody("Ximena", "Duarte", mentor=True)
NORA = somebody("Nora", "Whitfield")
PEOPLE = [MEI, JONAS, TARIQ, OSEI, ROSA, XIMENA, NORA]


def known(*pairs, director_days=None):
    return Known(PEOPLE, pairs, director_days or {}, TODAY)


def table(*rows, header=HEADER):
    padded = [[*row, *[""] * (len(header) - len(row))] for row in rows]
    return Table(header, [Row(number, list(row)) for number, row in enumerate(padded, 2)])


def planned(*rows, pairs=(), answers=None, header=HEADER, director_days=None):
    return plan(table(*rows, header=header), answers or {}, known(*pairs, director_days=director_days))


def said(of):
    return [(odd.row, odd.column, odd.value, odd.sentence.split(",")[0].split(".")[0]) for odd in of.oddities]


MEI_OSEI = ("Tanaka, Mei", "Osei, Kwame", "2025-07-01")
PAIR = KnownPair("pair", "mei", "kwame", date(2025, 7, 1), registered=frozenset({date(2025, 9, 1)}))


# Columns


def test_columns_are_recognised_by_other_names():
    header = ["MENTOR", "mentee", "Start", "Meetings", "Met director"]
    found = planned(["Osei, Kwame", "Tanaka, Mei", "7/1/2025", "9/1/25", "10/1/25"], header=header)
    assert found.work == (
        Claim(2, "mei", "kwame", date(2025, 7, 1), None),
        Met(2, "row 2", date(2025, 9, 1)),
        SawDirector(2, "mei", date(2025, 10, 1)),
    )


def test_column_without_a_telling_name_is_asked_and_the_answer_used():
    header = ["Who", "Mentor", "Since", "Dates met"]
    row = ["Tanaka, Mei", "Osei, Kwame", "2025-07-01", "2025-09-01"]
    asked = planned(row, header=header)
    assert [question.key for question in asked.questions] == ["column:mentee", "column:director"]
    assert asked.questions[0].choices == (("Who", "Who"),)
    assert asked.work == ()
    found = planned(row, header=header, answers={"column:mentee": "Who", "column:director": "(none)"})
    assert found.questions == ()
    assert found.tally["create"] == 1
    assert len(found.answered) == 2


def test_two_columns_of_one_meaning_are_asked():
    found = planned([], header=[*HEADER, "Start"])
    assert [question.key for question in found.questions] == ["column:since"]
    assert [value for value, _label in found.questions[0].choices] == ["(none)", "Since", "Start"]


def test_remembered_column_that_is_not_there_is_asked_again():
    header = ["Name", "Mentor", "Since", "Dates met", "Director"]
    assert [question.key for question in planned([], header=header, answers={"column:mentee": "Who"}).questions] == [
        "column:mentee"
    ]


def test_columns_that_are_not_read_are_named():
    found = planned([*MEI_OSEI], header=[*HEADER, "Missing"])
    assert found.notes[0].details == ("Missing",)


def test_new_pairs_are_said_to_wait():
    assert "wait for the director" in planned([*MEI_OSEI]).notes[0].sentence
    assert planned([*MEI_OSEI], pairs=[PAIR]).notes == ()


# Names


def test_unclear_name_is_one_question_that_names_its_rows():
    found = planned(
        ["Tanaka, Mei", "Dr. Duarte", "2025-07-01"], ["Weber, Jonas", "dr duarte", "2025-07-01"], [*MEI_OSEI]
    )
    [question] = found.questions
    assert question.key == "mentor:dr duarte"
    assert question.rows == (2, 3)
    assert [value for value, _label in question.choices] == ["rosa", "ximena", "kwame", "leave out"]
    assert [line.does for line in found.lines] == [Does.SKIP, Does.SKIP, Does.CREATE]


def test_answer_about_a_name_is_taken():
    found = planned(["Tanaka, Mei", "Dr. Duarte", "2025-07-01"], answers={"mentor:dr duarte": "rosa"})
    assert found.work == (Claim(2, "mei", "rosa", date(2025, 7, 1), None),)


def test_unknown_name_is_asked_with_the_likely_first():
    found = planned(["Webber, Jonas", "Osei, Kwame", "2025-07-01"])
    values = [value for value, _label in found.questions[0].choices]
    assert values[0] == "jonas"
    assert set(values) == {person.key for person in PEOPLE} | {"leave out"}


def test_row_is_left_out_where_the_answer_says_so():
    found = planned(["Nobody, Known", "Osei, Kwame", "2025-07-01"], answers={"mentee:nobody known": "leave out"})
    assert found.tally == {"create": 0, "change": 0, "leave": 0, "skip": 1}
    assert found.lines[0].details == ("left out, as you answered",)


def test_answer_that_names_nobody_here_is_asked_again():
    found = planned(["Nobody, Known", "Osei, Kwame", "2025-07-01"], answers={"mentee:nobody known": "somebody else"})
    assert len(found.questions) == 1


def test_formula_is_a_text_that_means_nobody():
    found = planned(["=Weber", "Osei, Kwame", "2025-07-01"], ["Tanaka, Mei", '=HYPERLINK("x")', "2025-07-01"])
    assert [question.key for question in found.questions] == ["mentee:=Weber", 'mentor:=HYPERLINK("x")']
    assert "formula" in found.questions[0].why


def test_preferred_name_is_known():
    assert planned(["Ricky Tanaka", "Osei", "2025-07-01"]).work[0].mentee == "tariq"


def test_file_in_which_nearly_nobody_is_known_is_another_divisions():
    strangers = [[f"Stranger{number}, Sam", "Osei", "2025-07-01"] for number in range(101)]
    with pytest.raises(TableError, match="this division's register"):
        planned(*strangers)


def test_missing_name_and_one_person_twice_are_not_taken():
    found = planned(["", "Osei", "2025-07-01"], ["Tanaka, Mei", "Mei Tanaka", "2025-07-01"])
    assert said(found) == [
        (2, "Mentee", "", "The name is missing"),
        (3, "Mentor", "Mei Tanaka", "Nobody mentors oneself"),
    ]
    assert found.tally["skip"] == 2


def test_roles_that_do_not_fit_are_said_and_the_row_is_taken():
    found = planned(["Whitfield, Nora", "Weber, Jonas", "2025-07-01"], ["Tanaka, Mei", "Whitfield", "2025-07-01"])
    assert said(found) == [
        (2, "Mentor", "Weber, Jonas", "A mentor of junior rank"),
        (2, "Mentee", "Whitfield, Nora", "Not listed as a mentee here"),
        (3, "Mentor", "Whitfield", "Not listed as a mentor here"),
    ]
    assert found.tally["create"] == 2


def test_dates_that_cannot_be_are_said_of_rows_that_are_not_taken_too():
    found = planned(["Nobody, Known", "Osei", "2025-07-01", "", "13/45/2025, 2025-08-01", "2027-01-01"])
    assert [(odd.column, odd.value) for odd in found.oddities] == [
        ("Dates met", "13/45/2025"),
        ("Director mtg", "2027-01-01"),
    ]
    assert found.work == ()


# First and last day


@pytest.mark.parametrize(
    ("since", "until", "column", "sentence"),
    [
        ("", "", "Since", "No day can be read here"),
        ("spring", "", "Since", "No day can be read here"),
        ("13/45/2025", "", "Since", "No day can be read here"),
        ("2026-10-15", "", "Since", "This day has not come yet"),
        ("2025-07-01", "spring", "Until", "No day can be read here"),
        ("2025-07-01", "2027-01-01", "Until", "This day has not come yet"),
        ("2025-07-01", "2025-06-30", "Until", "The last day comes before the first"),
    ],
)
def test_row_whose_days_cannot_be_is_not_taken(since, until, column, sentence):
    found = planned(["Weber, Jonas", "Osei", since, until, "2025-09-01", "2025-10-01"])
    assert [(odd[1], odd[3]) for odd in said(found)] == [(column, sentence)]
    assert found.work == ()


def test_known_pair_needs_no_first_day():
    found = planned(["Tanaka, Mei", "Osei", "", "", "2025-10-01"], pairs=[PAIR])
    assert found.oddities == ()
    assert found.work == (Met(2, "pair", date(2025, 10, 1)),)


def test_known_pair_keeps_its_first_day():
    found = planned(["Tanaka, Mei", "Osei", "2024-01-01", "", "2025-10-01, 2025-02-01"], pairs=[PAIR])
    assert said(found) == [
        (2, "Since", "2024-01-01", "These two are known here as a pair from another day: that day stands"),
        (2, "Dates met", "2025-02-01", "This day lies before the pair's first day"),
    ]
    assert found.work == (Met(2, "pair", date(2025, 10, 1)),)


def test_known_pair_is_not_ended_by_paper():
    found = planned(["Tanaka, Mei", "Osei", "2025-07-01", "2026-01-01"], pairs=[PAIR])
    assert [(odd.column, odd.value) for odd in found.oddities] == [("Until", "2026-01-01")]
    assert found.work == ()


ASK_MEI = ["Tanaka, Mei", "Osei", "2024-01-01", "", "2024-02-01, 2024-08-01"]
KEY = "since:tanaka mei:osei:2024-01-01"


def test_first_day_before_the_appointment_is_asked():
    found = planned(ASK_MEI)
    [question] = found.questions
    assert question.key == KEY
    assert [value for value, _label in question.choices] == ["as written", "appointment", "leave out"]
    assert said(found) == [(2, "Since", "2024-01-01", "This day lies before the mentee's appointment here")]
    assert found.work == ()


def test_same_row_twice_asks_once_about_the_first_day():
    assert planned(ASK_MEI, ASK_MEI).questions[0].rows == (2, 3)


def test_first_day_is_taken_as_written():
    found = planned(ASK_MEI, answers={KEY: "as written"})
    assert found.work[0] == Claim(2, "mei", "kwame", date(2024, 1, 1), None)
    assert len(found.work) == 3


def test_first_day_is_taken_from_the_appointment():
    found = planned(ASK_MEI, answers={KEY: "appointment"})
    assert found.work == (Claim(2, "mei", "kwame", date(2024, 7, 1), None), Met(2, "row 2", date(2024, 8, 1)))
    assert said(found)[1] == (2, "Dates met", "2024-02-01", "This day lies before the pair's first day")


def test_row_before_the_appointment_is_left_out():
    found = planned(ASK_MEI, answers={KEY: "leave out"})
    assert found.work == ()
    assert found.questions == ()


def test_appointment_is_no_choice_where_the_pair_ended_before_it():
    found = planned(["Tanaka, Mei", "Osei", "2024-01-01", "2024-03-01"])
    assert [value for value, _label in found.questions[0].choices] == ["as written", "leave out"]


# Which pair


def test_mentee_with_another_mentor_waits():
    found = planned(["Tanaka, Mei", "Rosa Duarte", "2026-01-01", "", "2026-02-01"], pairs=[PAIR])
    assert said(found) == [(2, "Mentor", "Rosa Duarte", "The mentee has another mentor already")]
    assert found.lines[0].details == ("paired here with Osei, Kwame from 1 July 2025",)
    assert found.work == ()


def test_second_mentor_in_the_file_waits_unless_the_first_pair_has_ended():
    second = ["Weber, Jonas", "Rosa Duarte", "2026-01-01"]
    open_first = planned(["Weber, Jonas", "Osei", "2024-01-01"], second)
    assert open_first.lines[1].details == ("row 2 gives Osei, Kwame as mentor from 1 January 2024",)
    ended_first = planned(["Weber, Jonas", "Osei", "2024-01-01", "2025-12-31"], second)
    assert ended_first.oddities == ()
    assert ended_first.tally["create"] == 2


def test_pair_that_ended_before_the_known_one_is_taken():
    found = planned(["Tanaka, Mei", "Rosa Duarte", "2024-08-01", "2025-06-30", "2025-01-05"], pairs=[PAIR])
    assert found.work[0] == Claim(2, "mei", "rosa", date(2024, 8, 1), date(2025, 6, 30))


def test_date_after_the_last_day_is_not_taken():
    found = planned(["Weber, Jonas", "Osei", "2025-01-01", "2025-06-30", "2025-05-01, 2025-07-01"])
    assert said(found) == [(2, "Dates met", "2025-07-01", "This day lies after the pair's last day")]


def test_dates_go_to_the_ended_pair_that_covers_them():
    ended = KnownPair("ended", "mei", "kwame", date(2024, 7, 1), date(2024, 12, 31))
    found = planned(
        ["Tanaka, Mei", "Osei", "2024-07-01", "", "2024-09-01, 2025-10-01, 2025-03-01"], pairs=[ended, PAIR]
    )
    assert found.work == (Met(2, "ended", date(2024, 9, 1)), Met(2, "pair", date(2025, 10, 1)))
    assert [odd.value for odd in found.oddities] == ["2025-03-01"]


def test_pair_that_begins_again_after_its_end_is_new():
    ended = KnownPair("ended", "mei", "kwame", date(2024, 7, 1), date(2024, 12, 31))
    found = planned([*MEI_OSEI], pairs=[ended])
    assert found.work == (Claim(2, "mei", "kwame", date(2025, 7, 1), None),)


def test_pair_on_two_rows_is_one():
    found = planned([*MEI_OSEI, "", "2025-08-01"], [*MEI_OSEI, "", "2025-08-01; 2025-10-01"])
    assert [type(piece) for piece in found.work] == [Claim, Met, Met]
    assert said(found) == [(3, "Dates met", "2025-08-01", "Another row gives this date for this pair")]
    assert [line.does for line in found.lines] == [Does.CREATE, Does.CHANGE]


@pytest.mark.parametrize("days", [("", ""), ("TBD", ""), ("2026-11-01", ""), ("2025-08-01", "2025-07-01")])
def test_row_that_begins_no_pair_is_about_that_of_a_later_row(days):
    """The file is read as it will be when it comes again."""
    found = planned(["Tanaka, Mei", "Osei, Kwame", *days, "2025-09-09"], [*MEI_OSEI])
    assert found.work == (Met(2, "row 3", date(2025, 9, 9)), Claim(3, "mei", "kwame", date(2025, 7, 1), None))
    assert [line.does for line in found.lines] == [Does.CHANGE, Does.CREATE]


# Dates


def test_each_date_that_cannot_be_is_said_and_the_others_are_taken():
    cell = "13/45/2025, 2025-10-01; 2025-06-01 / 2026-10-15 and 10/1/25, TBD"
    found = planned([*MEI_OSEI, "", cell, "2025-10-02, soon, 2026-11-01, 2025-10-02"])
    assert said(found) == [
        (2, "Dates met", "13/45/2025", "No date can be read here"),
        (2, "Dates met", "TBD", "No date can be read here"),
        (2, "Dates met", "2026-10-15", "This day has not come yet"),
        (2, "Dates met", "2025-06-01", "This day lies before the pair's first day"),
        (2, "Dates met", "2025-10-01", "This date stands twice in the cell"),
        (2, "Director mtg", "soon", "No date can be read here"),
        (2, "Director mtg", "2026-11-01", "This day has not come yet"),
        (2, "Director mtg", "2025-10-02", "This date stands twice in the cell"),
    ]
    assert found.work[1:] == (Met(2, "row 2", date(2025, 10, 1)), SawDirector(2, "mei", date(2025, 10, 2)))


def test_what_is_registered_already_is_left():
    days = {"mei": frozenset({date(2025, 10, 2)})}
    found = planned([*MEI_OSEI, "", "2025-09-01", "2025-10-02"], pairs=[PAIR], director_days=days)
    assert found.oddities == ()
    assert found.work == ()
    assert found.tally["leave"] == 1


def test_sentences_are_the_same_for_all_of_one_kind():
    found = planned(["Weber, Jonas", "Osei", "2025-01-01", "", "2027-01-01"], [*MEI_OSEI, "", "2028-01-01"])
    assert len({odd.sentence for odd in found.oddities}) == 1


# Whatever comes

NAMES = st.sampled_from(
    ["Tanaka, Mei", "Mei Tanaka", "Weber, Jonas", "Tanaka", "Osei", "Dr. Duarte", "Duarte, Rosa", "=1+1", "", "Nobody",
     "Ricky Tanaka", "Whitfield, Nora", "...", "leave out"]
)  # fmt: skip
DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))
SPELLED = DAYS.map(date.isoformat) | DAYS.map(lambda day: f"{day:%m/%d/%y}") | DAYS.map(lambda day: f"{day:%b %d, %Y}")
PIECES = SPELLED | st.sampled_from(["13/45/2025", "TBD", "45931", "", "by phone"])
CELLS = st.lists(PIECES, max_size=5).map(", ".join) | st.lists(PIECES, max_size=3).map(" / ".join)
ROWS = st.tuples(NAMES, NAMES, PIECES, PIECES | st.just(""), CELLS, CELLS)
PAIRS = st.lists(
    st.tuples(st.sampled_from(["mei", "jonas", "tariq"]), st.sampled_from(["kwame", "rosa"]), DAYS, st.none() | DAYS),
    max_size=4,
)


def known_pairs(drawn):
    """Pairs as the database allows them: in order, and one open one for each mentee."""
    pairs, taken = [], set()
    for place, (mentee, mentor, begins, ends) in enumerate(drawn):
        if (ends is None and mentee in taken) or begins > TODAY or (ends is not None and ends < begins):
            continue
        taken |= {mentee} if ends is None else set()
        pairs.append(KnownPair(f"pair {place}", mentee, mentor, begins, ends, frozenset({begins})))
    return pairs


def answers_to(questions, draw):
    return {question.key: draw(st.sampled_from(question.choices))[0] for question in questions}


@given(st.lists(ROWS, max_size=6), PAIRS, st.data())
def test_every_piece_of_every_row_is_registered_or_said(rows, pairs, data):
    pairs = known_pairs(pairs)
    answers: dict[str, str] = {}
    found = planned(*rows, pairs=pairs)
    while found.questions:
        answers |= answers_to(found.questions, data.draw)
        found = planned(*rows, pairs=pairs, answers=answers)
    assert [line.row for line in found.lines] == list(range(2, len(rows) + 2))
    registered = {(pair.key, day) for pair in pairs for day in pair.registered}
    for row, line in zip(table(*rows).rows, found.lines, strict=True):
        days, pieces = parse_dates(row.cells[4].strip())
        met = [piece for piece in found.work if isinstance(piece, Met) and piece.row == row.number]
        odd = [each for each in found.oddities if each.row == row.number and each.column == "Dates met"]
        if line.does is Does.SKIP:
            assert not met
            assert line.details
            continue
        here_before = sum(any((pair.key, day) in registered for pair in pairs) for day in days)
        assert 0 <= len(days) + len(pieces) - len(met) - len(odd) <= here_before
    assert_possible(found, pairs)


def assert_possible(found, pairs):
    """What would be written keeps every promise of the database, and of the domain."""
    claims = [piece for piece in found.work if isinstance(piece, Claim)]
    stand = {pair.key: pair for pair in pairs}
    stand |= {each.key: KnownPair(each.key, each.mentee, each.mentor, each.begins, each.ends) for each in claims}
    assert all(pair.begins <= (pair.ends or TODAY) <= TODAY or pair in pairs for pair in stand.values())
    assert all(claim.mentee != claim.mentor for claim in claims)
    unended = [pair.mentee for pair in stand.values() if pair.ends is None]
    assert len(unended) == len(set(unended))
    met = [(piece.pair, piece.day) for piece in found.work if isinstance(piece, Met)]
    assert len(met) == len(set(met))
    assert all(stand[key].covers(day) and day <= TODAY and day not in stand[key].registered for key, day in met)
    seen = [(piece.mentee, piece.day) for piece in found.work if isinstance(piece, SawDirector)]
    assert len(seen) == len(set(seen))


@given(st.lists(ROWS, min_size=1, max_size=5), PAIRS)
def test_after_writing_the_same_file_changes_nothing(rows, pairs):
    pairs = known_pairs(pairs)
    first = planned(*rows, pairs=pairs)
    met = [piece for piece in first.work if isinstance(piece, Met)]
    claims = [piece for piece in first.work if isinstance(piece, Claim)]
    stand = [*pairs, *(KnownPair(each.key, each.mentee, each.mentor, each.begins, each.ends) for each in claims)]
    written = [
        KnownPair(
            pair.key, pair.mentee, pair.mentor, pair.begins, pair.ends,
            pair.registered | {piece.day for piece in met if piece.pair == pair.key},
        )
        for pair in stand
    ]  # fmt: skip
    days: dict[str, set[date]] = {}
    for piece in first.work:
        if isinstance(piece, SawDirector):
            days.setdefault(piece.mentee, set()).add(piece.day)
    assert planned(*rows, pairs=written, director_days=days).work == ()


@given(
    st.lists(st.text(max_size=12), min_size=1, max_size=7, unique=True),
    st.lists(st.lists(st.text(max_size=20), min_size=7, max_size=7), max_size=5),
    st.dictionaries(st.text(max_size=20), st.text(max_size=20), max_size=3),
)
def test_any_table_gives_a_plan(header, rows, answers):
    cut = [row[: len(header)] for row in rows]
    for titles in ([*HEADER[:2], *header], HEADER):
        fitting = [[*row, *[""] * len(titles)][: len(titles)] for row in cut]
        plan(table(*fitting, header=titles), answers, known(PAIR)).fingerprint  # noqa: B018


@given(st.permutations(range(6)), st.lists(ROWS, max_size=4))
def test_columns_in_any_order_give_the_same(order, rows):
    shuffled = [[row[place] for place in order] for row in rows]
    assert planned(*shuffled, header=[HEADER[place] for place in order]) == planned(*rows)


def test_a_long_register_is_planned_soon():
    first = date(2020, 1, 1)
    rows = [
        ["Weber, Jonas", "Osei", "2019-01-01", "", (first + timedelta(days=n % 2000)).isoformat()]
        for n in range(20_000)
    ]
    assert planned(*rows).tally["create"] == 1
