"""Whatever is done to a roster, it is planned or refused in sentences; and what is planned can be written."""

import csv
import io
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telemachus.career.models import Appointment
from telemachus.lib.rows import TableError
from telemachus.people.models import Person
from telemachus.program.uploads import work_on, write_work

pytestmark = pytest.mark.django_db

SAMPLE = (Path(__file__).parent.parent / "data" / "hr_roster.csv").read_text(encoding="utf-8-sig")
LINES = list(csv.reader(io.StringIO(SAMPLE)))
GARBAGE = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "=1+1", "TBD", "x" * 5_000, "\u202eabc", "1e400", "nan", "31/31/2031", "10263776", "a@b", "٣"]
    ),
)
WHERE = st.integers(0, 10_000)


@st.composite
def changed(draw) -> bytes:
    """The sample, cut short, after some mishaps."""
    lines = [list(line) for line in LINES[: draw(st.integers(2, 12))]]
    for mishap in draw(st.lists(st.sampled_from(MISHAPS), min_size=1, max_size=5)):
        mishap(draw, lines)
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue().encode("utf-8", "surrogatepass")


def swap_cells(draw, lines) -> None:
    one, other = (lines[draw(WHERE) % len(lines)] for _each in range(2))
    if one and other:
        here, there = draw(WHERE) % len(one), draw(WHERE) % len(other)
        one[here], other[there] = other[there], one[here]


def swap_in_column(draw, lines) -> None:
    place = draw(WHERE) % len(LINES[0])
    one, other = (lines[draw(WHERE) % len(lines)] for _each in range(2))
    if place < min(len(one), len(other)):
        one[place], other[place] = other[place], one[place]


def copy_in_column(draw, lines) -> None:
    place = draw(WHERE) % len(LINES[0])
    one, other = (lines[draw(WHERE) % len(lines)] for _each in range(2))
    if place < min(len(one), len(other)):
        one[place] = other[place]


def drop_column(draw, lines) -> None:
    place = draw(WHERE) % len(LINES[0])
    for line in lines:
        del line[place : place + 1]


def shuffle(draw, lines) -> None:
    lines[1:] = draw(st.permutations(lines[1:]))


def spoil(draw, lines) -> None:
    line = lines[draw(WHERE) % len(lines)]
    if line:
        line[draw(WHERE) % len(line)] = draw(GARBAGE)


def repeat(draw, lines) -> None:
    lines.append(list(lines[draw(WHERE) % len(lines)]))


MISHAPS = (swap_cells, swap_in_column, copy_in_column, copy_in_column, drop_column, shuffle, spoil, spoil, repeat)
EXAMPLES = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Undo(Exception):
    """Takes back what an example wrote."""


@EXAMPLES
@given(changed())
def test_changed_file_is_planned_or_refused_and_nothing_is_written(cast, content):
    people = Person.objects.count()
    assert outcome(cast, content)
    assert (Person.objects.count(), Appointment.objects.count()) == (people, 0)


def outcome(cast, content) -> list:
    """What a person would see: sentences, questions or lines."""
    try:
        plan = work_on(cast.digestive, "roster", "roster.csv", content, {}).plan(cast.now)
    except TableError as error:
        return error.sentences
    return [*plan.lines, *plan.questions]


@EXAMPLES
@given(changed(), changed(), st.randoms(use_true_random=False))
def test_changed_file_that_is_answered_can_be_written_and_then_says_nothing_new(cast, first, second, chance):
    try:
        with transaction.atomic():
            for content in (first, second):
                write_answered(cast, content, chance)
            raise Undo
    except (Undo, TableError):
        pass


def write_answered(cast, content, chance) -> None:
    answers: dict[str, str] = {}
    work = work_on(cast.digestive, "roster", "roster.csv", content, answers)
    for _round in range(200):
        plan = work.plan(cast.now)
        if not plan.questions:
            break
        answers |= {question.key: chance.choice(question.choices)[0] for question in plan.questions}
    with transaction.atomic():
        write_work(work, seen=plan.fingerprint, by=None, now=cast.now, key="test")
    assert work.plan(cast.now).is_idle


@EXAMPLES
@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_planned_or_refused(cast, content):
    assert outcome(cast, content)
