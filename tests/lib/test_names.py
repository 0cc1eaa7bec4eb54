import pytest
from hypothesis import given
from hypothesis import strategies as st

from telemachus.lib.names import Name, fold, initials, is_formula_like, resolve, split_name, suggest

FARAH = Name("D'Souza", "Farah")
ELIF = Name("D'Souza", "Elif")
PEOPLE = [
    ("farah", FARAH),
    ("elif", ELIF),
    ("ulla", Name("Haddad", "Ulla")),
    ("rosa", Name("Duarte", "Rosa")),
    ("rosa", Name("Duarte", "Rosi")),
    ("ximena", Name("Duarte", "Ximena")),
    ("leila", Name("García-Núñez", "Leila")),
    ("hana", Name("Zielińska", "Hana")),
    ("ines", Name("Castro Peña", "Inés")),
    ("jane a", Name("Smith", "Jane Anne")),
    ("jane b", Name("Smith", "Jane Beth")),
]


@pytest.mark.parametrize(
    ("text", "family", "given"),
    [
        ("Tran, Priya", "Tran", "Priya"),
        ("  Haddad,Ulla", "Haddad", "Ulla"),
        ("Priya Tran", "Tran", "Priya"),
        ("D'Souza, Farah", "D'Souza", "Farah"),
        ("O\u2019Rourke,  Søren ", "O\u2019Rourke", "Søren"),
        ("Castro Peña, Inés María", "Castro Peña", "Inés María"),
        ("Jane Anne Smith", "Smith", "Jane Anne"),
        ("Smith, Jane A., MD, PhD", "Smith", "Jane A."),
        ("Jane Smith, M.D.", "Smith", "Jane"),
        ("Smith Jr., John", "Smith", "John"),
        ("Smith, John, Jr.", "Smith", "John"),
        ("John Smith III", "Smith", "John"),
        ("Dr. Duarte", "Duarte", ""),
        ("Prof. Dr. Rosa Duarte", "Duarte", "Rosa"),
        ("Duarte, Dr. Rosa", "Duarte", "Rosa"),
        ("Smith, MD", "Smith", ""),
        ("Do, Anh", "Do", "Anh"),
        ("Anh Do", "Do", "Anh"),
        ("Park, Do", "Park", "Do"),
        ("Smith, John, DO", "Smith", "John"),
        ("Ludwig van der Berg", "van der Berg", "Ludwig"),
        ("Thanh Van Nguyen", "Nguyen", "Thanh Van"),
        ("Cher", "Cher", ""),
        (", Ulla", "Ulla", ""),
        ("", "", ""),
        (" , ", "", ""),
    ],
)
def test_name_is_split(text, family, given):
    assert split_name(text) == Name(family, given)


@given(st.text())
def test_any_text_is_split_resolved_and_suggested(text):
    split_name(text)
    resolve(text, PEOPLE)
    assert len(suggest(text, PEOPLE)) <= 5


@given(st.text())
def test_fold_twice_is_fold_once(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ZIELIŃSKA", "zielinska"),
        ("Wałęsa", "walesa"),
        ("Søren", "soren"),
        ("Weiß", "weiss"),
        ("Ekström", "ekstrom"),
        ("Ekstro\u0308m", "ekstrom"),
        ("D\u2019Souza", "dsouza"),
        ("D'Souza", "dsouza"),
        ("García-Núñez", "garcia nunez"),
        ("  J.  R. ", "j r"),
        ("İnci", "inci"),
        ("Æsir", "aesir"),
        ("李 雷", "李 雷"),
        ("...", ""),
    ],
)
def test_fold_forgets_accents_case_and_punctuation(text, key):
    assert fold(text) == key


def test_initials():
    assert initials(FARAH) == "FD"
    assert initials(Name("'t Hooft", "øystein")) == "ØT"
    assert initials(Name("Duarte", "")) == "D"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM", "\tx", "\rx", '=HYPERLINK("http://x","y")'])
def test_formula_is_recognised(text):
    assert is_formula_like(text)


@pytest.mark.parametrize("text", ["", "Priya", "a=1", " =1", "'=1"])
def test_text_is_no_formula(text):
    assert not is_formula_like(text)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("D'Souza, Farah", ["farah"]),
        ("Farah D\u2019Souza", ["farah"]),
        ("dsouza, FARAH", ["farah"]),
        ("Haddad,Ulla", ["ulla"]),
        ("Dr. Ulla Haddad, MD", ["ulla"]),
        ("Haddad, Ulla B.", ["ulla"]),
        ("Dr. Duarte", ["rosa", "ximena"]),
        ("Duarte", ["rosa", "ximena"]),
        ("Duarte, Rosi", ["rosa"]),
        ("X. Duarte", ["ximena"]),
        ("Garcia Nunez, Leila", ["leila"]),
        ("Zielinska", ["hana"]),
        ("Inés Castro Peña", ["ines"]),
        ("Smith, Jane", ["jane a", "jane b"]),
        ("Smith, Jane A.", ["jane a"]),
        ("Smith, Jane Anne", ["jane a"]),
        ("Smith, Jane C.", []),
        ("Duarte, Yara", []),
        ("Farah", []),
        ("Duarta", []),
        ("Nobody, Known", []),
        ("", []),
        ("Dr.", []),
    ],
)
def test_who_can_be_meant(text, keys):
    assert resolve(text, PEOPLE) == keys


def test_whole_name_wins_over_a_longer_one():
    people = [("long", Name("Smith", "Jane Anne")), ("short", Name("Smith", "Jane"))]
    assert resolve("Jane Smith", people) == ["short"]


def test_two_of_one_name_are_both_meant():
    assert resolve("Ulla Haddad", [(1, Name("Haddad", "Ulla")), (2, Name("HADDAD", "Ulla"))]) == [1, 2]


def test_nameless_entry_is_never_meant():
    assert resolve("...", [(1, Name("", "")), (2, Name("'", ""))]) == []


def test_close_ones_are_suggested_closest_first():
    assert suggest("Haddad, Ula", PEOPLE) == ["ulla"]
    assert suggest("Dr. Duarta", PEOPLE) == ["rosa", "ximena"]
    assert suggest("Souza, Farah", PEOPLE)[0] == "farah"
    assert suggest("Nobody, Known", PEOPLE) == []


def test_at_most_five_are_suggested():
    assert suggest("Smyth", [(number, Name("Smith", "")) for number in range(9)]) == [0, 1, 2, 3, 4]
