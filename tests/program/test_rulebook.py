import pytest

from telemachus.program.rulebook import POLICIES, Classification, RuleBookError, load, parse

UC = load("uc-som")
GENERIC = load("us-generic")
BOOK = (POLICIES / "uc-som.toml").read_text(encoding="utf-8")

# Every title of a real-shaped personnel export.
ROSTER_TITLES = {
    "PROF-HCOMP": ("regular", "professor"),
    "ASSOC PROF-HCOMP": ("regular", "associate"),
    "ASST PROF-HCOMP": ("regular", "assistant"),
    "PROF IN RES-HCOMP": ("in-residence", "professor"),
    "ASSOC PROF IN RES-HCOMP": ("in-residence", "associate"),
    "ASST PROF IN RES-HCOMP": ("in-residence", "assistant"),
    "PROF OF CLIN-HCOMP": ("clinical-x", "professor"),
    "ASSOC PROF OF CLIN-HCOMP": ("clinical-x", "associate"),
    "ASST PROF OF CLIN-HCOMP": ("clinical-x", "assistant"),
    "HS CLIN PROF-HCOMP": ("hs-clinical", "professor"),
    "HS ASSOC CLIN PROF-HCOMP": ("hs-clinical", "associate"),
    "HS ASST CLIN PROF-HCOMP": ("hs-clinical", "assistant"),
    "ADJ PROF-HCOMP": ("adjunct", "professor"),
    "ASSOC ADJ PROF-HCOMP": ("adjunct", "associate"),
    "ASST ADJ PROF-HCOMP": ("adjunct", "assistant"),
    "CLIN PROF-VOL": ("volunteer", "professor"),
}
GENERIC_TITLES = {
    "Assistant Professor": ("tenure-track", "assistant"),
    "Associate Professor": ("tenure-track", "associate"),
    "Professor": ("tenure-track", "professor"),
    "Clinical Assistant Professor": ("clinical-educator", "assistant"),
    "Assistant Clinical Professor": ("clinical-educator", "assistant"),
    "Clinical Professor": ("clinical-educator", "professor"),
    "Research Associate Professor": ("research", "associate"),
    "Research Professor": ("research", "professor"),
}


@pytest.mark.parametrize(("title", "meant"), ROSTER_TITLES.items())
def test_title_of_the_roster_is_recognised(title, meant):
    assert UC.classify(title) == Classification(*meant)


@pytest.mark.parametrize(("title", "meant"), GENERIC_TITLES.items())
def test_generic_title_is_recognised(title, meant):
    assert GENERIC.classify(title) == Classification(*meant)


@pytest.mark.parametrize(
    "title",
    ["  asst  prof in\tres-hcomp ", "Asst Prof In Res", "ASST PROF IN RES - HCOMP", "ASST PROF IN RES-AY"],
)
def test_case_spaces_and_pay_plan_do_not_matter(title):
    assert UC.classify(title) == Classification("in-residence", "assistant")


@pytest.mark.parametrize(
    "title",
    [
        "", " ", "-HCOMP", "VIS ASST PROF", "ACT HS CLIN PROF-HCOMP", "ASST PROF IN RESIDENCY",
        "ASST PROF-XCOMP", "CLIN PROF-HCOMP", "CLIN PROF", "ASST PROF IN RES-HCOMP-HCOMP", "PROF EMERITUS",
        "ASST  PROFX", "HS PROF", "ASST", "{RANK} PROF", "LECT",
    ],
)  # fmt: skip
def test_title_that_the_book_does_not_know_is_not_guessed(title):
    assert UC.classify(title) is None


@pytest.mark.parametrize("title", ["Research Associate", "Instructor", "Visiting Professor", "Visiting Prof"])
def test_generic_title_of_another_kind_is_not_guessed(title):
    assert GENERIC.classify(title) is None


def test_assistant_is_junior_and_needs_a_mentor_unless_a_volunteer():
    for book in (UC, GENERIC):
        for series in book.series:
            juniors = [rank.code for rank in book.ranks if book.is_junior(series.code, rank.code)]
            assert juniors == ["assistant"]
            assert book.needs_mentor(series.code, "assistant") is not series.volunteer
            assert not book.needs_mentor(series.code, "associate")
    assert [series.code for series in UC.series if series.volunteer] == ["volunteer"]


def test_codes_that_the_book_does_not_know():
    with pytest.raises(KeyError):
        UC.is_junior("ladder", "assistant")
    with pytest.raises(KeyError):
        UC.needs_mentor("regular", "instructor")


def test_figures_year_ranks_and_statuses():
    assert (UC.at_least, UC.aim, UC.capacity) == (2, 4, 3)
    assert UC.year_starts == (7, 1)
    assert [(rank.code, rank.order) for rank in UC.ranks] == [
        ("assistant", 1),
        ("associate", 2),
        ("professor", 3),
    ]
    assert [UC.status(code) for code in ("A", " l ", "T", "X", "")] == [
        "active",
        "leave",
        "terminated",
        None,
        None,
    ]
    assert GENERIC.status("On Leave") == "leave"
    assert (UC.rank_name("assistant"), UC.series_name("in-residence")) == ("Assistant Professor", "In Residence")


@pytest.mark.parametrize("key", ["", "nowhere", "../policies/uc-som", "uc-som.toml", "UC-SOM", "uc-som\n"])
def test_unknown_book(key):
    with pytest.raises(RuleBookError):
        load(key)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "University', 'title = "University', "title"),
        ('family = "University of California"\n', "", "family"),
        ('family = "University of California"', 'family = " "', "family"),
        ('"07-01"', '"02-29"', "academic_year_starts"),
        ('"07-01"', '"July 1"', "academic_year_starts"),
        ('"07-01"', "701", "academic_year_starts"),
        ("at_least = 2", "at_least = 0", "program.at_least"),
        ("at_least = 2", "at_least = true", "program.at_least"),
        ("at_least = 2", "at_least = 5", "program.aim"),
        ("capacity = 3", 'capacity = "3"', "program.capacity"),
        ("capacity = 3", "capacity = 3\nclock = 8", "program.clock"),
        ("[program]", "[[program]]", "program"),
        ('leave = ["L"]', 'leave = ["L", "a"]', "statuses.leave"),
        ('leave = ["L"]', 'leave = "L"', "statuses.leave"),
        ('leave = ["L"]', 'sabbatical = ["L"]', "statuses.sabbatical"),
        ("junior = true", "junior = 1", "ranks.1.junior"),
        ('code = "associate"', 'code = "assistant"', "ranks.2.code"),
        ('code = "associate"', "", "ranks.2.code"),
        ('words = [""]', 'words = ["ASST"]', "series.1.titles"),
        ('"HS {rank} CLIN PROF"', '"HS CLIN PROF"', "series.4.titles"),
        ('"HS {rank} CLIN PROF"', '"HS {step} CLIN PROF"', "series.4.titles"),
        ('"HS {rank} CLIN PROF"', '"{rank}-{rank}"', "series.4.titles"),
        ('"HS {rank} CLIN PROF"', "7", "series.4.titles"),
        ('"{rank} ADJ PROF"', '"{rank} PROF"', "series.5.titles"),
    ],
)
def test_mistake_in_a_book_is_named_by_its_key(old, new, key):
    assert old in BOOK
    with pytest.raises(RuleBookError) as mistake:
        parse("edited", BOOK.replace(old, new))
    assert mistake.value.key == key
    assert mistake.value.sentence


def test_series_must_be_sections():
    with pytest.raises(RuleBookError) as mistake:
        parse("edited", BOOK[: BOOK.index("[[series]]")])
    assert mistake.value.key == "series"


def test_text_that_is_no_toml_is_named_by_its_line():
    with pytest.raises(RuleBookError) as mistake:
        parse("edited", 'name = "x"\nfamily = \n')
    assert mistake.value.line == 2
