"""The coordinator's register of a year, and that what it exports can be brought in again."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from telemachus.lib.export import to_csv, to_xlsx
from telemachus.lib.table import read_table
from telemachus.meetings.models import Meeting
from telemachus.meetings.register import register, register_table
from telemachus.pairing.models import Pairing, Pause
from telemachus.program.importing import importers
from telemachus.program.models import Program, Role

KIND, HOW = Meeting.Kind, Meeting.How


def rows_of(cast, pairings=None, year=None):
    found = Pairing.objects.all() if pairings is None else pairings
    return register(cast.digestive, found, year or cast.digestive.year(cast.now), cast.now)


def row_of(cast, pairing):
    [row] = rows_of(cast, Pairing.objects.filter(pk=pairing.pk))
    return row


def meet(cast, pairing, *days):
    for day in days:
        Meeting.objects.record_for_pair(pairing, day=day, how=HOW.TOLD, by=cast.coordinator, now=cast.now)


def claim(cast, mentee, mentor, begins):
    pairing = Pairing(program=cast.digestive, mentee=mentee, mentor=mentor, begins=begins, state="waiting")
    return Pairing.objects.claim_all([pairing], by=cast.coordinator, now=cast.now)[0]


def test_register_lists_the_pairs_of_the_year_by_mentee(cast):
    rows = rows_of(cast)
    names = [row.pairing.mentee.sort_name for row in rows]
    assert names == sorted(names)
    assert {row.pairing for row in rows} == {
        cast.mei_osei, cast.jonas_osei, cast.tomas_director, cast.lucia_chief,
    }  # fmt: skip
    assert cast.mei_halloran in {row.pairing for row in rows_of(cast, year=cast.digestive.year(cast.now).previous())}


def test_register_of_a_year_to_come_is_empty(cast):
    assert rows_of(cast, year=cast.digestive.year(cast.now).next()) == []


def test_row_holds_the_confirmed_dates_of_the_year(cast):
    year = cast.digestive.year(cast.now)
    meet(cast, cast.mei_osei, cast.ago(3), cast.ago(30), year.first - timedelta(days=1))
    Meeting.objects.ask(cast.mei_osei, day=cast.ago(2), now=cast.now)
    Meeting.objects.log(cast.mei_osei, day=cast.ago(1), by=cast.mei, now=cast.now)
    for day in (cast.ago(5), year.first - timedelta(days=1)):
        Meeting.objects.record_with_office(
            cast.digestive, KIND.DIRECTOR, cast.mei, day=day, by=cast.director, now=cast.now
        )
    row = row_of(cast, cast.mei_osei)
    assert row.dates == [cast.ago(30), cast.ago(3)]
    assert row.director_days == [cast.ago(5)]
    assert (row.standing.met, row.standing.at_least, row.standing.missing, row.gap) == (2, 2, 0, False)


def test_conference_is_no_meeting_with_the_director(cast):
    Meeting.objects.record_with_office(
        cast.digestive, KIND.CONFERENCE, cast.mei, day=cast.ago(5), by=cast.chief, now=cast.now
    )
    assert row_of(cast, cast.mei_osei).director_days == []


def test_gap_is_visible_until_enough_is_registered(cast):
    meet(cast, cast.mei_osei, cast.ago(3))
    row = row_of(cast, cast.mei_osei)
    assert (row.standing.missing, row.gap, row.late) == (1, True, False)


def test_row_is_late_by_the_rule_of_the_rhythm(cast):
    """A gap alone is no alarm: a meeting is owed, and the last lies four months back."""
    later = cast.now + timedelta(days=120)
    row = row_of(cast, cast.mei_osei)
    assert (row.gap, row.late) == (True, False)
    rows = register(cast.digestive, Pairing.objects.filter(pk=cast.mei_osei.pk), cast.digestive.year(later), later)
    assert (rows[0].gap, rows[0].late) == (True, True)


def test_pause_of_a_member_lowers_what_is_owed(cast):
    year = cast.digestive.year(cast.now)
    pause = Pause(program=cast.digestive, person=cast.mei, begins=year.first, until=date(2026, 12, 31))
    pause.start(by=cast.director, now=cast.now)
    assert row_of(cast, cast.mei_osei).standing.at_least == 1
    assert row_of(cast, cast.jonas_osei).standing.at_least == 2


def test_waiting_pair_is_listed_and_owes_nothing(cast):
    row = row_of(cast, claim(cast, cast.leaver, cast.halloran, cast.ago(300)))
    assert (row.waiting, row.gap) == (True, False)


def test_pairs_of_another_program_are_not_listed(cast):
    assert Pairing.objects.filter(pk=cast.both_other.pk).exists()
    assert cast.both_other not in {row.pairing for row in rows_of(cast)}


@pytest.mark.parametrize("pairs", [1, 3])
def test_register_takes_the_same_queries(cast, pairs, django_assert_num_queries):
    some = [cast.mei_osei, cast.jonas_osei, cast.tomas_director][:pairs]
    for pairing in some:
        meet(cast, pairing, cast.ago(3), cast.ago(9))
    found = Pairing.objects.filter(pk__in=[pairing.pk for pairing in some])
    with django_assert_num_queries(5):
        table = register_table(rows_of(cast, found))
    assert len(table[1]) == pairs


def test_table_has_a_column_for_everything(cast):
    meet(cast, cast.mei_osei, cast.ago(30), cast.ago(3))
    header, [cells] = register_table([row_of(cast, cast.mei_osei)])
    assert dict(zip(header, cells, strict=True)) == {
        "Mentee": "Tanaka, Mei",
        "Mentor": "Osei, Kwame",
        "Since": cast.mei_osei.begins,
        "Until": None,
        "Dates met": "2026-09-14; 2026-10-11",
        "Director mtg": "",
        "Met": 2,
        "At least": 2,
        "Missing": 0,
    }


def fill(cast):
    """A pair of each state, with dates, some of them with the director."""
    meet(cast, cast.mei_osei, cast.ago(3), cast.ago(30))
    meet(cast, cast.jonas_osei, cast.ago(7))
    cast.jonas_osei.end(on=cast.ago(5), ending=Pairing.Ending.CHANGED, by=cast.director, now=cast.now)
    again = Pairing.objects.enter(
        cast.digestive, mentee=cast.jonas, mentor=cast.halloran, begins=cast.ago(4), by=cast.director, now=cast.now
    )
    meet(cast, again, cast.ago(1))
    for person, days in ((cast.mei, 5), (cast.jonas, 6)):
        Meeting.objects.record_with_office(
            cast.digestive, KIND.DIRECTOR, person, day=cast.ago(days), by=cast.director, now=cast.now
        )


def empty_program_of_the_same_people(cast):
    program = Program.objects.found(slug="again", name="Again", policy="uc-som", now=cast.now)
    for role in Role.objects.filter(program=cast.digestive).select_related("person"):
        program.grant(role.person, Role.Kind(role.kind), since=role.since, until=role.until, by=None, now=cast.now)
    return program


@pytest.mark.parametrize("write", [to_csv, lambda header, rows: to_xlsx("Register", header, rows)])
def test_exported_register_can_be_brought_in_again(cast, write):
    fill(cast)
    exported = register_table(rows_of(cast))
    program = empty_program_of_the_same_people(cast)
    importer = importers()["register"]
    plan = importer.plan(program, read_table("register", write(*exported)), {}, cast.now)
    assert (plan.questions, plan.oddities) == ((), ())
    importer.write(program, plan, cast.director, cast.now, lambda done: None)
    imported = register_table(register(program, Pairing.objects.all(), program.year(cast.now), cast.now))
    assert imported == exported
    assert len(imported[1]) == 5


def test_yearly_meeting_of_the_own_mentee_is_not_offered(cast, client_of):
    """Tomas had another mentor earlier this year: that row stands in Paul Brandt's register."""
    cast.tomas_director.end(on=cast.ago(20), ending=Pairing.Ending.CHANGED, by=cast.director, now=cast.now)
    earlier = Pairing.objects.enter(
        cast.digestive, mentee=cast.tomas, mentor=cast.halloran, begins=cast.ago(19), by=cast.director, now=cast.now
    )
    earlier.end(on=cast.ago(9), ending=Pairing.Ending.CHANGED, by=cast.director, now=cast.now)
    Pairing.objects.introduce(
        cast.digestive, mentee=cast.tomas, mentor=cast.directing_mentor, by=cast.director, now=cast.now
    )
    page = reverse("meetings:register", args=[cast.digestive.slug])
    for reader, offered in (("director", 200), ("directing_mentor", 403)):
        client = client_of(getattr(cast, reader))
        shown = client.get(page).content.decode()
        for mentee in (cast.tomas, cast.mei):
            link = reverse("meetings:met_director", args=[cast.digestive.slug, mentee.pk])
            expected = offered if mentee == cast.tomas else 200
            assert (f'href="{link}"' in shown, client.get(link).status_code) == (expected == 200, expected)
