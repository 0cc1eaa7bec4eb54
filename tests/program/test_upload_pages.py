"""The pages of an import: brought, asked, shown, written or dropped; by the offices of the program only."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from telemachus.audit.models import Event
from telemachus.career.models import Appointment
from telemachus.people.models import Person
from telemachus.program import tasks
from telemachus.program.importing import remembered
from telemachus.program.models import Upload, tidy_uploads
from telemachus.program.uploads import work_of

pytestmark = pytest.mark.django_db

SAMPLE = (Path(__file__).parent.parent / "data" / "hr_roster.csv").read_bytes()
HEADER = "Employee ID,Legal Name,Work Email,Job Title,Appt Begin Date,Status"
UMA = '1,"Rahman, Uma",uma@x.example,ASST PROF-HCOMP,07/01/2024,A'
THANH = '2,"Silva, Thanh",thanh@x.example,PROF-HCOMP,07/01/2010,A'
SHORT = "\n".join((HEADER, UMA, THANH)).encode()
PAGES = ("upload", "progress")
ACTS = ("answer", "ask_again", "write", "drop")


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.coordinator)


def post_file(client, cast, content, *, kind="roster", name="roster.csv"):
    url = reverse("program:bring", args=[cast.digestive.slug])
    return client.post(url, {"kind": kind, "file": SimpleUploadedFile(name, content)})


def bring(client, cast, content) -> Upload:
    post_file(client, cast, content)
    return Upload.objects.get(state=Upload.State.OPEN)


def address(name, upload) -> str:
    return reverse(f"program:{name}", args=[upload.program.slug, upload.pk])


def page(client, upload):
    response = client.get(address("upload", upload))
    assert response.status_code == 200
    return response.content.decode()


def write(client, upload, seen=None):
    seen = seen or work_of(upload).plan(timezone.now()).fingerprint
    return client.post(address("write", upload), {"seen": seen, "back": address("upload", upload)}, follow=True)


def answer_all(client, upload, choice=0):
    questions = work_of(upload).plan(timezone.now()).questions
    given = {question.field: question.choices[choice][0] for question in questions}
    return client.post(address("answer", upload), given, follow=True)


def test_sample_file_goes_in_by_the_pages(client, cast):
    upload = bring(client, cast, SAMPLE)
    assert "2 questions first" in page(client, upload)
    answer_all(client, upload)
    upload.refresh_from_db()
    shown = page(client, upload)
    assert "74 rows are new" in shown
    assert "TBD" in shown
    assert "Row by row" in shown
    assert not Appointment.objects.exists()
    said = write(client, upload).content.decode()
    upload.refresh_from_db()
    assert "74 new, 2 not taken" in said
    assert (upload.state, bytes(upload.content), upload.answers) == ("written", b"", {})
    assert Appointment.objects.count() == 74


def test_same_file_again_asks_nothing_and_changes_nothing(client, cast):
    upload = bring(client, cast, SAMPLE)
    answer_all(client, upload)
    upload.refresh_from_db()
    write(client, upload)
    before = list(Person.objects.order_by("pk").values()), Event.objects.count()
    again = bring(client, cast, SAMPLE)
    assert "Nothing to do: 74 left as they are" in page(client, again)
    write(client, again)
    assert (list(Person.objects.order_by("pk").values()), Event.objects.count()) == before


def test_wrong_roster_is_asked_about_at_the_top_and_for_each_file_anew(client, cast):
    upload = bring(client, cast, SAMPLE)
    answer_all(client, upload)
    upload.refresh_from_db()
    write(client, upload)
    for _twice in range(2):
        wrong = bring(client, cast, SHORT)
        shown = page(client, wrong)
        assert 0 < shown.index("This file lists none of the ") < shown.index("Row by row")
        answer_all(client, wrong, choice=1)
        wrong.refresh_from_db()
        assert "As answered, this file is a part of the roster" in page(client, wrong)
        client.post(address("drop", wrong))


def test_answer_that_was_remembered_can_be_taken_back(client, cast):
    content = SHORT.replace(b"ASST PROF-HCOMP", b"STAFF PHYSICIAN")
    upload = bring(client, cast, content)
    answer_all(client, upload)
    upload.refresh_from_db()
    write(client, upload)
    assert remembered(cast.digestive, "roster")
    again = bring(client, cast, content)
    assert "What you answered" in page(client, again)
    client.post(address("ask_again", again), {"question": "title:STAFF PHYSICIAN"})
    assert "One question first" in page(client, again)
    assert not remembered(cast.digestive, "roster")


def test_answer_that_shows_another_kind_of_file_is_told_and_the_file_can_be_dropped(client, cast):
    name, mail = ("vendor", "a@x.example")
    content = f"Invoice,Vendor,Contact\n1,{name},{mail}".encode()
    upload = Upload.objects.create(
        program=cast.digestive, kind="roster", name="invoices.csv", content=content, by=cast.coordinator, at=cast.now
    )
    shown = page(client, upload)
    assert "does not look like a roster" in shown
    assert "Drop this file" in shown
    assert client.post(address("answer", upload), {}).status_code == 409


def test_answers_given_in_part_are_kept_when_the_tab_is_closed(client, cast):
    upload = bring(client, cast, SAMPLE)
    first = work_of(upload).plan(timezone.now()).questions[0]
    said = client.post(address("answer", upload), {first.field: first.choices[0][0]}, follow=True).content.decode()
    assert "1 question is still open" in said
    assert "One question first" in page(client, upload)


def test_answer_that_is_no_choice_stays_a_question(client, cast):
    upload = bring(client, cast, SAMPLE)
    questions = work_of(upload).plan(timezone.now()).questions
    client.post(address("answer", upload), {question.field: "\0nonsense" for question in questions})
    upload.refresh_from_db()
    assert upload.answers == {}


def test_two_clicks_on_write_write_once(client, cast):
    upload = bring(client, cast, SHORT)
    seen = work_of(upload).plan(timezone.now()).fingerprint
    write(client, upload, seen)
    said = write(client, upload, seen)
    assert "This is written" in said.content.decode()
    assert Event.objects.filter(kind="program.imported").count() == 1


def test_division_that_changed_meanwhile_is_shown_again(client, cast):
    upload = bring(client, cast, SHORT)
    seen = work_of(upload).plan(timezone.now()).fingerprint
    Person.objects.filter(pk=cast.mei.pk).update(external_id="1")
    said = write(client, upload, seen).content.decode()
    upload.refresh_from_db()
    assert "The division has changed since you looked" in said
    assert (upload.state, Appointment.objects.count()) == ("open", 0)
    write(client, upload)
    assert Appointment.objects.count() == 2


@pytest.mark.parametrize("seen", ["", "x", "f" * 64, "f" * 500, "\0"])
def test_write_without_the_preview_that_was_shown_writes_nothing(client, cast, seen):
    upload = bring(client, cast, SHORT)
    client.post(address("write", upload), {"seen": seen, "back": address("upload", upload)})
    assert not Appointment.objects.exists()


def test_write_with_open_questions_writes_nothing(client, cast):
    upload = bring(client, cast, SAMPLE)
    write(client, upload)
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"x" * 5_100_000, "larger than 5 MB"),
        (b"\x00\x01\x02\x03", "characters that no text has"),
        (b"%PDF-1.7 something", "PDF"),
        (b"Employee ID\n1\n", "needs a column"),
        (HEADER.encode(), "no row under the header"),
        (b"PK\x03\x04 not really", "damaged"),
    ],
)
def test_file_that_cannot_be_taken_is_told_beside_the_field(client, cast, content, sentence):
    response = post_file(client, cast, content)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Upload.objects.exists()


def test_form_without_a_file_or_of_no_kind_keeps_nothing(client, cast):
    url = reverse("program:bring", args=[cast.digestive.slug])
    assert "Please choose a file" in client.post(url, {"kind": "roster"}).content.decode()
    assert post_file(client, cast, SHORT, kind="nonsense").status_code == 200
    assert not Upload.objects.exists()


def test_same_file_twice_while_it_waits_is_one(client, cast):
    post_file(client, cast, SHORT)
    post_file(client, cast, SHORT)
    assert Upload.objects.count() == 1


def test_list_shows_what_waits_and_what_was_written(client, cast):
    bring(client, cast, SHORT)
    shown = client.get(reverse("program:imports", args=[cast.digestive.slug])).content.decode()
    assert "One file waits for you" in shown
    write(client, Upload.objects.get())
    shown = client.get(reverse("program:imports", args=[cast.digestive.slug])).content.decode()
    assert "2 new" in shown
    assert "waits for you" not in shown


def queries(client, cast) -> int:
    with CaptureQueriesContext(connection) as found:
        client.get(reverse("program:imports", args=[cast.digestive.slug]))
    return len(found)


def test_list_takes_as_many_queries_for_three_files_as_for_one(client, cast):
    post_file(client, cast, SHORT)
    one = queries(client, cast)
    post_file(client, cast, SHORT, name="second.csv")
    post_file(client, cast, SHORT, name="third.csv")
    assert queries(client, cast) == one


def test_dropped_file_is_erased(client, cast):
    upload = bring(client, cast, SHORT)
    client.post(address("drop", upload))
    assert not Upload.objects.exists()


def test_written_file_cannot_be_dropped(client, cast):
    upload = bring(client, cast, SHORT)
    write(client, upload)
    assert client.post(address("drop", upload)).status_code == 409
    assert Upload.objects.exists()


def test_director_goes_on_where_the_coordinator_stopped(client, cast, client_of):
    upload = bring(client, cast, SHORT)
    write(client_of(cast.director), upload)
    assert Appointment.objects.count() == 2


ROLES = ("mei", "osei", "chief", "committee", "colleague", "abebe", "leaver", "other_director", "stranger")


@pytest.mark.parametrize("who", ROLES)
def test_everybody_else_finds_nothing_there(client, cast, client_of, who):
    upload = bring(client, cast, SHORT)
    assert page(client, upload)
    other = client_of(getattr(cast, who))
    slug = cast.digestive.slug
    answers = [other.get(reverse("program:imports", args=[slug])), post_file(other, cast, SHORT)]
    answers += [other.get(address(name, upload)) for name in PAGES]
    answers += [other.post(address(name, upload), {"seen": "f" * 64}) for name in ACTS]
    assert {answer.status_code for answer in answers} == {404}
    assert Upload.objects.get().state == Upload.State.OPEN


def test_upload_of_one_program_is_missing_under_another(client, cast):
    upload = bring(client, cast, SHORT)
    assert client.get(reverse("program:upload", args=[cast.cardiology.slug, upload.pk])).status_code == 404


# Long files


@pytest.fixture
def long_upload(client, cast, monkeypatch) -> Upload:
    """A file that counts as long; its writing has begun and waits for a worker."""
    monkeypatch.setattr(tasks, "SMALL", 1)
    upload = bring(client, cast, SHORT)
    write(client, upload)
    upload.refresh_from_db()
    return upload


def work() -> None:
    """What the worker does with the jobs that wait."""
    for job in DBTaskResult.objects.ready():
        tasks.write_upload.func(*job.args_kwargs["args"])


def test_long_file_shows_a_bar_until_the_worker_has_written_it(client, cast, long_upload):
    assert long_upload.state == Upload.State.WRITING
    assert "<progress" in page(client, long_upload)
    bar = client.get(address("progress", long_upload), headers={"HX-Request": "true"})
    assert "<progress" in bar.content.decode()
    assert "<html" not in bar.content.decode()
    work()
    assert "This is written" in page(client, long_upload)
    assert client.get(address("progress", long_upload), headers={"HX-Request": "true"}).headers["HX-Refresh"]
    assert Appointment.objects.count() == 2


def test_progress_without_script_is_the_page(client, cast, long_upload):
    assert client.get(address("progress", long_upload)).url == address("upload", long_upload)


def test_job_that_is_given_twice_writes_once(cast, long_upload):
    for _twice in range(2):
        tasks.write_upload.func(str(long_upload.pk), str(cast.coordinator.pk))
    assert Event.objects.filter(kind="program.imported").count() == 1


def test_division_that_changed_before_the_worker_came_is_shown_again(client, cast, long_upload):
    Person.objects.filter(pk=cast.mei.pk).update(external_id="1")
    work()
    assert "The division has changed since you looked" in page(client, long_upload)
    assert not Appointment.objects.exists()


def test_writing_that_a_killed_worker_left_is_reopened_and_says_so(client, cast, long_upload):
    tidy_uploads(now=cast.now + timedelta(minutes=11))
    long_upload.refresh_from_db()
    assert long_upload.state == Upload.State.OPEN
    assert "Writing was interrupted" in page(client, long_upload)
    write(client, long_upload)
    work()
    assert Appointment.objects.count() == 2


def test_file_that_nobody_finished_goes_after_a_week(client, cast):
    bring(client, cast, SHORT)
    tidy_uploads(now=cast.now + timedelta(days=8))
    assert not Upload.objects.exists()
