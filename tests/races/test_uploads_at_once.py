"""Two clicks on one import, or two imports, at the same moment."""

import pytest
from django.utils import timezone

from telemachus.people.models import Person
from telemachus.program.models import Upload
from telemachus.program.tasks import start_writing, write_upload
from telemachus.program.uploads import bring, work_of
from tests.cast import Cast
from tests.races.together import again, one_wins, stands, together

pytestmark = pytest.mark.races

ROUNDS = 10
HEADER = "Employee ID,Legal Name,Work Email,Job Title,Appt Begin Date,Status"


def roster(number: int) -> bytes:
    """One more person than the file before it."""
    rows = (f'{10 + n},"Rahman, Uma{n}",uma{n}@x.example,ASST PROF-HCOMP,07/01/2024,A' for n in range(number + 1))
    return "\n".join((HEADER, *rows)).encode()


def brought(cast: Cast, number: int) -> Upload:
    return bring(
        cast.digestive, "roster", f"roster{number}.csv", roster(number), by=cast.coordinator, now=timezone.now()
    )


def fingerprint(upload: Upload) -> str:
    plan = work_of(upload).plan(timezone.now())
    assert plan.questions == ()
    return plan.fingerprint


def people() -> int:
    return Person.objects.filter(email__endswith="@x.example").count()


def test_write_twice_written_once(cast: Cast):
    for number in range(ROUNDS):
        upload = brought(cast, number)
        seen = fingerprint(upload)
        outcome = one_wins(
            *(
                lambda one=one, by=by: start_writing(one, seen=seen, by=by, now=timezone.now())
                for one, by in ((again(upload), cast.coordinator), (again(upload), cast.director))
            )
        )
        assert outcome.events.count("program.imported") == 1
        assert outcome.events.count("people.added") == 1
        assert (again(upload).state, people()) == (Upload.State.WRITTEN, number + 1)


def test_write_against_drop_written_or_gone(cast: Cast):
    for number in range(ROUNDS):
        upload = brought(cast, number)
        seen, before = fingerprint(upload), people()
        first, second = again(upload), again(upload)
        outcome = one_wins(
            lambda: start_writing(first, seen=seen, by=cast.coordinator, now=timezone.now()), second.drop
        )
        assert stands(upload) == (outcome.winners == [0])
        assert (people() > before) == (outcome.winners == [0])


def test_write_of_two_files_with_the_same_people_written_once(cast: Cast):
    """The second would no longer do what its preview showed: it waits, and nothing of it is written."""
    for number in range(ROUNDS):
        one, other = brought(cast, number), brought(cast, number)
        assert one == other
        other = bring(cast.digestive, "roster", "same.csv", roster(number), by=cast.director, now=timezone.now())
        seen = fingerprint(one), fingerprint(other)
        outcome = one_wins(
            lambda: start_writing(again(one), seen=seen[0], by=cast.coordinator, now=timezone.now()),
            lambda: start_writing(again(other), seen=seen[1], by=cast.director, now=timezone.now()),
        )
        assert outcome.events.count("program.imported") == 1
        assert people() == number + 1
        waiting = Upload.objects.get(state=Upload.State.OPEN)
        assert waiting == (other if outcome.winners == [0] else one)
        waiting.drop()


def test_task_of_two_workers_written_once(cast: Cast):
    for number in range(ROUNDS):
        upload = brought(cast, number)
        upload.start_writing(seen=fingerprint(upload), now=timezone.now())
        outcome = together(
            *(lambda: write_upload.func(str(upload.pk), str(cast.coordinator.pk)) for _worker in range(2))
        )
        assert outcome.events.count("program.imported") == 1
        assert (again(upload).state, people()) == (Upload.State.WRITTEN, number + 1)


def test_bring_twice_one_file_waits(cast: Cast):
    for number in range(ROUNDS):
        together(lambda: brought(cast, number), lambda: brought(cast, number))
        assert Upload.objects.count() == number + 1


def test_answer_twice_both_answers_kept(cast: Cast):
    for number in range(ROUNDS):
        upload = brought(cast, number)
        first, second = again(upload), again(upload)
        together(lambda: first.answer({"a": "1"}), lambda: second.answer({"b": "2"}))
        assert again(upload).answers == {"a": "1", "b": "2"}
