"""Files of mentees and mentors, as `telemachus match` reads them and as it says what came of it."""

from pathlib import Path

import pytest

from telemachus.lib.export import to_xlsx
from telemachus.lib.rows import TableError
from telemachus.pairing.engine import NEVER, Answer, solve, stable
from telemachus.pairing.match.file import Cohort, Source, read_cohort
from telemachus.pairing.match.limit import OutOfTime, solve_within
from telemachus.pairing.match.plan import Problem, rows, summary
from telemachus.pairing.match.settings import WEIGHTS, Wishes, wishes

HINT = 'Give the order of the names, the lowest first: --stages "Assistant,Associate,Professor".'


def wanted(*maps: str, **flags) -> Wishes:
    return wishes(None, flags, maps)


def read(mentees: str, mentors: str, wish: Wishes | None = None) -> Cohort:
    sources = Source("mentees.csv", mentees.encode()), Source("mentors.csv", mentors.encode())
    return read_cohort(*sources, wish or wanted())


def complaints(mentees: str, mentors: str, wish: Wishes | None = None) -> list[str]:
    with pytest.raises(TableError) as refused:
        read(mentees, mentors, wish)
    return refused.value.sentences


def solved(mentees: str, mentors: str, wish: Wishes | None = None) -> tuple[Problem, Answer]:
    wish = wish or wanted()
    problem = Problem(read(mentees, mentors, wish), wish)
    return problem, solve(problem.case)


def pairs(mentees: str, mentors: str, wish: Wishes | None = None) -> dict[object, object]:
    return {row[0]: row[1] for row in rows(*solved(mentees, mentors, wish))}


def reasons(mentees: str, mentors: str, wish: Wishes | None = None) -> list[object]:
    return [row[3] for row in rows(*solved(mentees, mentors, wish))]


# Reading


def test_columns_are_known_whatever_their_case_and_spaces():
    cohort = read(
        "MENTEE ID,Full  Name,NEEDS,Academic_Rank\na,Ana,Grants; writing,2\n",
        "mentor id,name,Expertise,rank,Max. mentees\nb,Ben,GRANTS,3,5\n",
    )
    [ana], [ben] = cohort.mentees, cohort.mentors
    assert (ana.id, ana.name, set(ana.wants), ana.stage) == ("a", "Ana", {"grants", "writing"}, 2)
    assert (ben.id, set(ben.wants), ben.stage, ben.places) == ("b", {"grants"}, 3, 5)


def test_column_that_is_mapped_wins_over_one_that_sounds_alike():
    wish = wanted("mentees.needs=areas of  interest")
    [ana] = read("id,Needs,Areas of Interest\na,old,new\n", "id\nb\n", wish).mentees
    assert ana.wants == {"new"}


def test_column_that_means_nothing_is_named():
    assert read("id,Shoe size\na,38\n", "id\nb\n").unread == {"mentees.csv": ["Shoe size"], "mentors.csv": []}


def test_workbook_is_read_too():
    book = to_xlsx("Mentees", ["id", "stage", "needs"], [["a", 2, "grants\nwriting"]])
    [ana] = read_cohort(Source("m.xlsx", book), Source("o.csv", b"id\nb\n"), wanted()).mentees
    assert (ana.stage, set(ana.wants)) == (2, {"grants", "writing"})


def test_terms_differ_by_no_case_space_or_apostrophe_and_show_as_first_written():
    mentees, mentors = "id,needs\na,Crohn’s  Disease\n", "id,offers\nb,crohn's disease\n"
    assert reasons(mentees, mentors) == ["Covers 1 of 1 need: Crohn’s Disease."]


def test_names_with_commas_are_told_from_lists():
    mentors = 'name\n"Weber, Max"\nOsei\nAdler\n'
    cohort = read('name,not\nAna,"Weber, Max"\nBo,"osei, ADLER"\nCy,"Weber, Max; Adler"\n', mentors)
    assert [each.others for each in cohort.mentees] == [("Weber, Max",), ("Osei", "Adler"), ("Weber, Max", "Adler")]


def test_stages_by_name_stand_in_the_given_order():
    wish = wanted(stages=["Assistant", "Associate", "Professor"])
    cohort = read("id,stage\na,assistant\nc,2\n", "id,stage\nb,PROFESSOR\n", wish)
    assert [each.stage for each in (*cohort.mentees, *cohort.mentors)] == [1, 2, 3]


def test_everything_that_is_wrong_is_said_at_once_by_file_row_and_column():
    said = complaints(
        "id,Stage,not\na,Assistant,\n,1,\na,1,Nobody\n",
        "id,Places\nb,many\nc,-1\nb,1\n",
    )
    assert said == [
        "mentees.csv, row 3, column “id”: Nothing stands here. Each row needs one that is its own.",
        "mentees.csv, row 4, column “id”: “a” stands in row 2 already.",
        f"mentees.csv, row 2, column “Stage”: “Assistant” is neither a whole number nor a stage that is known. {HINT}",
        "mentees.csv, row 4, column “not”: “Nobody” is nobody in mentors.csv. Correct it, or take it out.",
        "mentors.csv, row 4, column “id”: “b” stands in row 2 already.",
        "mentors.csv, row 2, column “Places”: “many” is no whole number from 0 to 10000.",
        "mentors.csv, row 3, column “Places”: “-1” is no whole number from 0 to 10000.",
    ]


def test_many_faults_are_counted():
    said = complaints("id,stage\n" + "".join(f"e{n},x\n" for n in range(30)), "id\nb\n")
    assert len(said) == 21
    assert "10 more" in said[-1]


def test_both_files_are_complained_of_at_once():
    said = complaints("needs\ngrants\n", "id,offers\nb,grants,too,many\n")
    assert "mentees.csv has no column “id” or “name”" in said[0]
    assert said[1].startswith("mentors.csv: Row 2")


@pytest.mark.parametrize(
    ("mentees", "mentors", "sentence"),
    [
        ("id\n", "id\nb\n", "mentees.csv holds nobody"),
        ("", "id\nb\n", "mentees.csv is empty"),
        ("name,id,not\nAna,a,Weber\n", "id,name\n1,Weber\n2,Weber\n", "more than one"),
        ("id,not\na,b\n", "id,has\nb,a\n", "“b” is excluded here, but has a already"),
    ],
)
def test_file_that_cannot_be_meant_is_a_sentence(mentees, mentors, sentence):
    assert sentence in " ".join(complaints(mentees, mentors))


# Settings


def test_settings_from_a_file_give_way_to_flags(tmp_path: Path):
    path = tmp_path / "match.toml"
    path.write_text(
        '[columns.mentees]\nneeds = "Help"\n[weights]\nneeds = 700\nseries = 300\n'
        '[aims]\nfloor = 200\nload = 30\nseed = 7\nmode = "stable"\nstages = ["Low", "High"]\n'
    )
    wish = wishes(path, {"seed": 8, "floor": None}, ["mentees.id=Key"])
    assert wish.columns == {"mentees": {"needs": "Help", "id": "Key"}, "mentors": {}}
    assert wish.weights == {"needs": 700, "interests": 0, "series": 300, "stage": 0}
    assert (wish.floor, wish.load, wish.seed, wish.mode, wish.stages) == (200, 30, 8, "stable", ("Low", "High"))


def test_without_settings_the_weights_sum_to_all_points():
    assert sum(WEIGHTS.values()) == 1000
    assert wanted().weights == WEIGHTS


def test_settings_are_complained_of_at_once(tmp_path: Path):
    path = tmp_path / "match.toml"
    path.write_text(
        '[columns.mentees]\nshoes = "x"\n[weights]\nneeds = 900\nseries = 200\nluck = 1\n'
        '[aims]\nfloor = 2000\nmode = "best"\nstages = "Low"\nhurry = 1\n[other]\n'
    )
    with pytest.raises(TableError) as refused:
        wishes(path, {}, ["mentees.shoes=Size", "needs"])
    said = " ".join(refused.value.sentences)
    words = ("shoes is not understood", "luck should be", "1101", "floor should", "mode should", "stages should")
    assert [each for each in (*words, "“hurry”", "other is none", "--map needs") if each not in said] == []


def test_settings_that_are_no_toml_are_a_sentence(tmp_path: Path):
    (tmp_path / "match.toml").write_text("needs: 3")
    with pytest.raises(TableError, match="is not TOML"):
        wishes(tmp_path / "match.toml", {}, [])


# The case and its answer


def test_reasons_are_sentences():
    wish = wanted(stages=["Assistant", "Associate", "Professor"])
    mentees = "id,needs,interests,series,rank\na,grants; promotion; writing; life,liver; gut,HS Clinical,Assistant\n"
    mentors = "id,offers,interests,series,rank\nb,Writing; Grants; Promotion,Liver,hs clinical,Professor\n"
    [row] = rows(*solved(mentees, mentors, wish))
    assert row[:3] == ("a", "b", 750)
    assert row[3] == (
        "Covers 3 of 4 needs: grants; promotion; writing. Shares 1 of 2 interests: liver. Same series: HS Clinical. "
        "2 stages ahead."
    )


def test_whoever_is_excluded_is_never_chosen():
    assert pairs("id,not\na,b\n", "id\nb\nc\n") == {"a": "c"}


def test_nobody_mentors_oneself():
    assert pairs("id\na\n", "id\na\n") == {"a": ""}
    assert pairs("id\na\n", "id\na\nb\n") == {"a": "b"}


def test_pair_that_stands_stays_and_takes_a_place():
    mentees, mentors = "id,needs\na,x\nc,x\n", "id,offers,places,has\nb,x,2,a; gone\nd,,1,\n"
    assert pairs(mentees, mentors) == {"a": "b", "c": "d"}
    assert reasons(mentees, mentors)[0] == "Stands already."


def test_places_are_what_the_mentor_says_or_else_what_the_flag_says():
    mentees, mentors = "id\na\nb\nc\n", "id,places\nm,1\nn,\n"
    problem, found = solved(mentees, mentors, wanted(places=1))
    assert problem.free == [1, 1]
    assert len(found.unplaced) == 1


@pytest.mark.parametrize(
    ("mentees", "mentors", "why"),
    [
        ("id\na\n", "id,places\nb,0\n", "No mentor has a free place."),
        ("id,not\na,b; c\n", "id\nb\nc\n", "Nobody is allowed: every mentor is excluded."),
        ("id,not\na,b\n", "id,places\nb,1\nc,0\n", "Whoever is allowed has no free place."),
    ],
)
def test_unplaced_mentee_is_told_why(mentees, mentors, why):
    [row] = rows(*solved(mentees, mentors))
    assert row[:4] == ("a", "", None, why)


def test_unplaced_stand_at_the_end():
    mentees, mentors = "id,needs\na,\nb,x\n", "id,offers,places\nm,x,1\n"
    found = list(rows(*solved(mentees, mentors)))
    assert [row[0] for row in found] == ["b", "a"]
    assert found[-1][3] == "All places of those who are allowed are taken by others."


def test_lottery_is_told_where_it_decided():
    assert [row[4] for row in rows(*solved("id\na\nb\n", "id,places\nm,1\nn,1\n"))] == ["yes", "yes"]
    assert [row[4] for row in rows(*solved("id\na\n", "id\nm\n"))] == ["no"]


def test_weights_of_zero_leave_it_to_the_lottery(tmp_path: Path):
    (tmp_path / "match.toml").write_text("[weights]\nneeds = 0\n")
    wish = wishes(tmp_path / "match.toml", {}, [])
    _problem, found = solved("id,needs\na,x\nb,y\n", "id,offers\nm,x\nn,y\n", wish)
    assert set(found.points.values()) == {0}
    assert len(found.by_lottery) == 2


def test_summary_says_what_counts_for_nothing():
    said = list(summary(*solved("id,needs\na,x\n", "id,series\nb,hs\n")))
    assert "needs gives no points: no column for mentors.offers." in said
    assert "Placed: 1. Unplaced: 0." in said
    assert "Optimum: proved, gap 0." in said


def test_stable_answer_has_no_blocking_pair():
    wish = wanted(mode="stable")
    problem = Problem(read("id,needs\na,x\nb,x; y\n", "id,offers,places\nm,x; y,1\nn,x,1\n", wish), wish)
    found = stable(problem.case)
    assert "Blocking pairs, who would rather have each other: 0." in list(summary(problem, found))
    assert {row[4] for row in rows(problem, found)} == {""}


def test_order_of_rows_changes_nothing():
    mentees, mentors = ["a,x", "b,x; y", "c,"], ["m,x,1", "n,y,1", "o,,1"]
    one = pairs("\n".join(["id,needs", *mentees]), "\n".join(["id,offers,places", *mentors]))
    other = pairs("\n".join(["id,needs", *mentees[::-1]]), "\n".join(["id,offers,places", *mentors[::-1]]))
    assert one == other


# Limits


def many(count: int, mentors: int) -> Problem:
    ids = "\n".join(["id,needs", *(f"e{n},t{n % 40}" for n in range(count))])
    theirs = "\n".join(["id,offers", *(f"o{n},t{n % 40}" for n in range(mentors))])
    return Problem(read(ids, theirs), wanted())


def test_large_cohort_is_solved_in_a_process_of_its_own():
    problem = many(600, 500)
    assert solve_within(problem.case, 60) == solve(problem.case)


def test_time_that_is_over_is_said():
    problem = many(3000, 3000)
    with pytest.raises(OutOfTime):
        solve_within(problem.case, 0.001)


def test_points_of_a_row_are_never_where_it_is_excluded():
    problem = Problem(read("id,not\na,b\n", "id\nb\nc\n"), wanted())
    points, columns = problem.scores.rows(problem.case.rows)
    assert points[0, columns[0].tolist().index(0)] == NEVER
