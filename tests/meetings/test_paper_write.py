"""A paper register is written in one transaction, and what it brings waits for whom it must."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telemachus.audit.models import Event
from telemachus.career.models import Appointment
from telemachus.lib.errors import Conflict
from telemachus.lib.export import to_csv
from telemachus.lib.table import read_table
from telemachus.meetings.models import Meeting
from telemachus.meetings.paper_known import known
from telemachus.meetings.paper_shapes import Claim, Met
from telemachus.meetings.paper_write import write_register
from telemachus.pairing.models import Pairing
from telemachus.program.importing import Plan, importers
from telemachus.program.uploads import work_on, write_work

HEADER = ["Mentee", "Mentor", "Since", "Until", "Dates met", "Director mtg"]
IMPORTER = importers()["register"]


def brought(cast, *rows, answers=None):
    content = to_csv(HEADER, [[*row, *[""] * (len(HEADER) - len(row))] for row in rows])
    table = read_table("register.csv", content)
    return IMPORTER.plan(cast.digestive, table, answers or {}, cast.now)


def written(cast, *rows, by=None, answers=None):
    plan = brought(cast, *rows, answers=answers)
    assert plan.questions == ()
    return IMPORTER.write(cast.digestive, plan, by, cast.now, lambda done: None)


def everything():
    return (
        sorted(Pairing.objects.values_list("mentee", "mentor", "begins", "ends", "state")),
        sorted(Meeting.objects.values_list("kind", "day", "state", "how")),
        Event.objects.count(),
    )


LEAVER = ["Palmer, Grace", "Halloran, Maeve", "2026-01-05", "", "2026-02-01; 2026-03-01", "2026-04-01"]


def test_unknown_pair_waits_for_the_director_with_its_dates(cast):
    assert written(cast, LEAVER, by=cast.coordinator)["create"] == 1
    pairing = Pairing.objects.waiting().get()
    assert (pairing.mentee, pairing.mentor, pairing.begins) == (cast.leaver, cast.halloran, date(2026, 1, 5))
    meetings = Meeting.objects.filter(pairing=pairing).order_by("day")
    assert [row.day for row in meetings] == [date(2026, 2, 1), date(2026, 3, 1)]
    assert {(row.state, row.how, row.confirmed_by, row.confirmed_at) for row in meetings} == {
        ("confirmed", "register", cast.coordinator, cast.now)
    }
    assert Event.objects.filter(kind="pairing.claimed", subject=pairing.pk, by=cast.coordinator.pk).count() == 1
    assert Event.objects.filter(kind="meetings.recorded", code="register").count() == 3
    seen = Meeting.objects.get(kind="director")
    assert (seen.person, seen.day, seen.how) == (cast.leaver, date(2026, 4, 1), "register")


def test_command_has_nobody_so_pairs_wait(cast):
    written(cast, LEAVER)
    assert Pairing.objects.waiting().count() == 1
    assert Meeting.objects.filter(confirmed_by=None, state="confirmed").count() == 3


def test_pair_that_the_director_brings_stands_at_once(cast):
    ended = ["Palmer, Grace", "Osei, Kwame", "2025-01-05", "2025-12-31", "2025-02-01"]
    written(cast, LEAVER, ended, by=cast.director)
    assert not Pairing.objects.waiting().exists()
    active, former = Pairing.objects.filter(mentee=cast.leaver).order_by("-begins")
    assert (active.state, active.ends) == ("active", None)
    assert (former.state, former.ends, former.ending) == ("ended", date(2025, 12, 31), "")
    assert Event.objects.filter(kind="pairing.entered", subject__in=[active.pk, former.pk]).count() == 2


def test_director_does_not_decide_about_oneself(cast):
    own = ["Palmer, Grace", "Brandt, Paul", "2026-01-05"]
    written(cast, own, by=cast.directing_mentor)
    assert Pairing.objects.waiting().get().mentor == cast.directing_mentor


def test_pair_that_ended_on_paper_waits_and_is_ended_when_it_is_known(cast):
    ended = ["Palmer, Grace", "Osei, Kwame", "2025-01-05", "2025-12-31", "2025-02-01"]
    written(cast, ended, by=cast.coordinator)
    pairing = Pairing.objects.waiting().get()
    pairing.accept_from_paper(by=cast.director, now=cast.now)
    pairing.refresh_from_db()
    assert (pairing.state, pairing.ends) == ("ended", date(2025, 12, 31))


def test_refused_claim_takes_its_dates_with_it(cast):
    written(cast, LEAVER, by=cast.coordinator)
    Pairing.objects.waiting().get().refuse_from_paper(by=cast.director, now=cast.now)
    assert not Meeting.objects.filter(kind="mentoring").exists()


def test_dates_of_a_known_pair_are_added_and_open_ones_answered(cast):
    asked, logged, new, known_day = (cast.ago(days) for days in (10, 20, 30, 40))
    Meeting.objects.ask(cast.mei_osei, day=asked, now=cast.now)
    Meeting.objects.log(cast.mei_osei, day=logged, by=cast.mei, now=cast.now)
    Meeting.objects.log(cast.mei_osei, day=known_day, by=cast.mei, now=cast.now)
    Meeting.objects.log(cast.mei_osei, day=known_day, by=cast.osei, now=cast.now)
    cell = "; ".join(day.isoformat() for day in (asked, logged, new, known_day))
    tally = written(cast, ["Tanaka, Mei", "Osei, Kwame", "", "", cell], by=cast.coordinator)
    assert tally == {"create": 0, "change": 1, "leave": 0, "skip": 0}
    days = dict(Meeting.objects.filter(pairing=cast.mei_osei, state="confirmed").values_list("day", "how"))
    assert days == {asked: "register", logged: "register", new: "register", known_day: "both"}


def test_the_same_file_again_changes_nothing(cast):
    rows = [LEAVER, ["Tanaka, Mei", "Osei, Kwame", "", "", cast.ago(10).isoformat()]]
    for by in (cast.coordinator, cast.director):
        written(cast, *rows, by=by)
        before = everything()
        again = brought(cast, *rows)
        assert again.work == ()
        assert again.is_idle
        IMPORTER.write(cast.digestive, again, by, cast.now, lambda done: None)
        assert everything() == before


def test_people_of_another_program_are_nobody_here(cast):
    own = brought(cast, ["Tanaka, Mei", "Osei, Kwame"])
    assert own.questions == ()
    found = brought(cast, ["Marin, Sofia", "Lindqvist, Henrik", "2026-01-01"])
    assert len(found.questions) == 2
    offered = {value for question in found.questions for value, _label in question.choices}
    assert str(cast.sofia.pk) not in offered
    assert str(cast.mei.pk) in offered


def test_pair_of_another_program_is_not_known_here(cast):
    people = {cast.both.pk, cast.other_mentor.pk}
    assert not [pair for pair in known(cast.digestive, cast.now).pairs if {pair.mentee, pair.mentor} & people]
    assert [pair for pair in known(cast.cardiology, cast.now).pairs if pair.mentee == str(cast.both.pk)]


def test_who_has_one_name_is_told_apart(cast):
    for number in ("1001", "1002"):
        twin = type(cast.mei).objects.add(
            given_name="Ana", family_name="Silva", external_id=number, by=None, now=cast.now
        )
        cast.digestive.grant(twin, "mentor", since=date(2020, 1, 1), by=None, now=cast.now)
    [question] = brought(cast, ["Palmer, Grace", "Silva, Ana", "2026-01-01"]).questions
    labels = [label for _value, label in question.choices]
    assert labels[:2] == ["Silva, Ana (1001)", "Silva, Ana (1002)"]


def test_rank_and_first_day_come_from_the_appointment(cast):
    for person, rank in ((cast.leaver, "assistant"), (cast.jonas, "assistant")):
        Appointment.objects.create(
            program=cast.digestive, person=person, title="ASST PROF", series="regular", rank=rank,
            begins=date(2026, 7, 1),
        )  # fmt: skip
    plan = brought(cast, ["Palmer, Grace", "Weber, Jonas", "2026-01-05"])
    assert [odd.column for odd in plan.oddities] == ["Since"]
    assert len(plan.questions) == 1
    taken = brought(cast, ["Palmer, Grace", "Weber, Jonas", "2026-08-05"])
    assert "junior rank" in taken.oddities[0].sentence


@pytest.mark.parametrize("rows", [1, 3])
def test_what_is_known_takes_the_same_queries(cast, rows, django_assert_num_queries):
    mentees = ["Palmer, Grace", "Volkov, Dmitri", "Jensen, Clara"]
    written(cast, *([mentee, "Halloran, Maeve", "2026-01-05", "", "2026-02-01"] for mentee in mentees[:rows]))
    with django_assert_num_queries(6):
        known(cast.digestive, cast.now)


def test_writing_takes_the_same_queries_for_many(cast, django_assert_max_num_queries):
    days = [cast.ago(number) for number in range(1, 300)]
    cell = "; ".join(day.isoformat() for day in days)
    with django_assert_max_num_queries(20):
        written(cast, ["Tanaka, Mei", "Osei, Kwame", "", "", cell], by=cast.coordinator)
    assert Meeting.objects.filter(pairing=cast.mei_osei).count() == 299


def test_count_goes_up_to_the_last_row(cast):
    days = ["; ".join(cast.ago(number).isoformat() for number in range(start, start + 290)) for start in (1, 2)]
    rows = [
        ["Tanaka, Mei", "Osei, Kwame", "", "", days[0]],
        ["Weber, Jonas", "Osei, Kwame", "", "", days[1]],
        ["", "Osei, Kwame"],
    ]
    done: list[int] = []
    plan = brought(cast, *rows)
    IMPORTER.write(cast.digestive, plan, None, cast.now, done.append)
    assert done == sorted(done)
    assert done[-1] == 3


def test_plan_that_no_longer_holds_writes_nothing(cast):
    plan = brought(cast, LEAVER)
    written(cast, LEAVER)
    before = everything()
    with pytest.raises(Conflict):
        IMPORTER.write(cast.digestive, plan, None, cast.now, lambda done: None)
    assert everything() == before


def test_fault_in_the_last_date_leaves_nothing_of_the_first(cast):
    fault = Plan(
        work=(
            Claim(2, str(cast.leaver.pk), str(cast.halloran.pk), date(2026, 1, 5), None),
            *(Met(2, "row 2", date(2026, 1, 5) + timedelta(days=number)) for number in (1, 2)),
        ),
        lines=brought(cast, LEAVER).lines,
    )
    Meeting.objects.all().delete()
    before = everything()

    def stop(done):
        raise RuntimeError("the machine stops here")

    with pytest.raises(RuntimeError):
        write_register(cast.digestive, fault, None, cast.now, stop)
    assert everything() == before


@pytest.mark.races
def test_two_imports_at_once_write_each_date_once(cast):
    content = to_csv(HEADER, [LEAVER, ["Tanaka, Mei", "Osei, Kwame", "", "", cast.ago(9).isoformat(), ""]])
    seen = work_on(cast.digestive, "register", "register.csv", content, {}).plan(cast.now).fingerprint
    start = Barrier(2)

    def bring(by):
        try:
            start.wait(timeout=10)
            write_in_transaction(cast, content, seen, by)
        except Conflict:
            return "late"
        finally:
            connections.close_all()
        return "written"

    with ThreadPoolExecutor(2) as threads:
        ends = sorted(threads.map(bring, (cast.coordinator, cast.coordinator)))
    assert ends == ["late", "written"]
    assert Pairing.objects.waiting().count() == 1
    assert Meeting.objects.filter(how="register").count() == 4


def write_in_transaction(cast, content, seen, by):
    from django.db import transaction

    work = work_on(cast.digestive, "register", "register.csv", content, {})
    with transaction.atomic():
        write_work(work, seen=seen, by=by, now=cast.now, key=f"race:{id(work)}")


MENTEES = st.sampled_from(["Tanaka, Mei", "Weber, Jonas", "Palmer, Grace", "Volkov, Dmitri"])
MENTORS = st.sampled_from(["Osei, Kwame", "Halloran, Maeve", "Adler, Ruth"])
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31)).map(date.isoformat)
CELLS = st.lists(DAYS | st.sampled_from(["13/45/2025", "TBD"]), max_size=4).map("; ".join)
ROWS = st.lists(st.tuples(MENTEES, MENTORS, DAYS, DAYS | st.just(""), CELLS, CELLS).map(list), min_size=1, max_size=5)


@given(rows=ROWS, as_director=st.booleans())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_brought_is_written_whole_and_once(cast, rows, as_director):
    from django.db import transaction

    by = cast.director if as_director else None
    with transaction.atomic():
        before = Meeting.objects.count(), Pairing.objects.count()
        plan = brought(cast, *rows)
        IMPORTER.write(cast.digestive, plan, by, cast.now, lambda done: None)
        claims = sum(isinstance(piece, Claim) for piece in plan.work)
        after = Meeting.objects.count(), Pairing.objects.count()
        assert after == (before[0] + len(plan.work) - claims, before[1] + claims)
        assert brought(cast, *rows).work == ()
        transaction.set_rollback(True)
