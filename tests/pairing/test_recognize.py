"""Terms are recognized by whole words, plainly compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telemachus.pairing.recognize import recognized, signs_in

WORDS = st.text(alphabet="abcdehinrsy", min_size=1, max_size=8)
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
SIGNS = st.dictionaries(st.integers(0, 9), st.lists(PHRASES, max_size=3), max_size=6)
TEXTS = st.lists(WORDS, max_size=30).map(" ".join)
BETWEEN = st.sampled_from([" ", ", ", "\n", " – ", "; ", "/", "   ", "\t"])


def finds(text: str, *signs: str) -> bool:
    return bool(recognized(text, {"one": signs}))


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Awarded an NIH K08 in 2024.", "k08"),
        ("Zwei Jahre in Zürich", "zurich"),
        ("studies of Crohn’s disease", "Crohns disease"),
        ("three foundation grants", "foundation grant"),
        ("one foundation grant", "foundation grants"),
        ("member of two societies", "society"),
        ("fellowship in trans-\nplantation", "transplantation"),
        ("better work-\nlife balance", "work-life balance"),
        ("WORK–LIFE", "work-life"),
        ("co­operation", "cooperation"),
    ],
)
def test_sign_stands_in_the_text(text: str, sign: str) -> None:
    assert finds(text, sign)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("a meeting in Munich", "nih"),
        ("subgrants", "grant"),
        ("foundation of a grant", "foundation grant"),
        ("livers", "liver transplantation"),
        ("the boss", "bos"),
        ("anything", ""),
        ("anything", " – "),
        ("", "grant"),
    ],
)
def test_sign_does_not_stand_in_the_text(text: str, sign: str) -> None:
    assert not finds(text, sign)


def test_list_of_signs_is_read_with_commas_semicolons_and_lines() -> None:
    assert signs_in("NIH, K08;R01\n career award ,,") == ["NIH", "K08", "R01", "career award"]


@given(TEXTS, SIGNS)
def test_order_of_the_terms_says_nothing(text: str, signs: dict[int, list[str]]) -> None:
    turned = {key: list(reversed(phrases)) for key, phrases in reversed(signs.items())}
    assert recognized(text, signs) == recognized(text, turned)


@given(TEXTS, PHRASES, TEXTS, BETWEEN)
def test_whole_words_are_found_wherever_they_stand(before: str, phrase: str, after: str, between: str) -> None:
    assert finds(between.join([before, phrase, after]), phrase)
    assert finds(between.join([before, phrase.upper(), after]), phrase)


@given(PHRASES, st.text(alphabet="tuvwxz", min_size=1, max_size=4))
def test_nothing_is_found_inside_other_words(phrase: str, glued: str) -> None:
    """The letters that are glued on make words of which no phrase consists."""
    inside = " ".join(f"{glued}{word}{glued}" for word in phrase.split())
    assert not finds(inside, phrase)


@given(TEXTS, TEXTS, SIGNS)
def test_more_text_never_takes_a_term_away(text: str, more: str, signs: dict[int, list[str]]) -> None:
    assert recognized(text, signs) <= recognized(f"{text}. {more}", signs)


@given(TEXTS, SIGNS)
def test_each_term_is_judged_by_itself(text: str, signs: dict[int, list[str]]) -> None:
    alone = {key for key, phrases in signs.items() if recognized(text, {key: phrases})}
    assert recognized(text, signs) == alone <= signs.keys()
