"""What waits for the two of a pair on Today."""

from datetime import UTC, date, datetime, timedelta

from telemachus.meetings.models import AppointmentToMeet, Meeting, TalkWish
from telemachus.meetings.steps import steps
from telemachus.pairing.models import Pairing, Pause
from telemachus.people.models import Person
from tests.acts import ClientOf, words
from tests.cast import Cast


def said(person: Person, now: datetime) -> list[str]:
    fresh = Person.objects.get(pk=person.pk)
    return [step.sentence for step in steps(fresh, now)]


def met(cast: Cast, days: int) -> None:
    for by in (cast.mei, cast.osei):
        Meeting.objects.log(cast.mei_osei, day=cast.ago(days), by=by, now=cast.now)


def test_question_waits_for_both(cast: Cast) -> None:
    Meeting.objects.ask(cast.mei_osei, day=cast.ago(1), now=cast.now)
    assert "Did you meet Kwame Osei on 13 October?" in said(cast.mei, cast.now)
    assert "Did you meet Mei Tanaka on 13 October?" in said(cast.osei, cast.now)


def test_logged_date_waits_for_the_other_only(cast: Cast) -> None:
    met(cast, 20)
    Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=cast.mei, now=cast.now)
    assert said(cast.osei, cast.now) == ["Mei Tanaka says that you met on 11 October."]
    assert said(cast.mei, cast.now) == []


def test_wish_waits_for_the_other_only(cast: Cast) -> None:
    met(cast, 20)
    TalkWish.express(cast.mei_osei, by=cast.osei, now=cast.now)
    assert said(cast.mei, cast.now) == ["Kwame Osei would like to talk."]
    assert said(cast.osei, cast.now) == []


def test_time_to_meet_waits_for_the_mentee_after_a_quarter(cast: Cast) -> None:
    """Arranging is the mentee's part (R8)."""
    met(cast, 0)
    due = cast.now + timedelta(days=91)
    assert said(cast.mei, due - timedelta(days=1)) == []
    assert said(cast.mei, due) == ["Time to meet Kwame Osei?"]
    assert said(cast.osei, due) == []


def test_time_to_meet_is_late_by_the_rule_of_the_rhythm(cast: Cast) -> None:
    met(cast, 0)
    for days, late in ((91, False), (120, False), (121, True)):
        [step] = steps(Person.objects.get(pk=cast.mei.pk), cast.now + timedelta(days=days))
        assert step.late is late


def test_time_to_meet_counts_from_the_years_first_day(cast: Cast) -> None:
    first = cast.digestive.year(cast.now).first
    assert first == date(2026, 7, 1)
    assert said(cast.mei, datetime(2026, 9, 30, 6, 59, tzinfo=UTC)) == []
    assert said(cast.mei, datetime(2026, 9, 30, 7, 0, tzinfo=UTC)) == ["Time to meet Kwame Osei?"]


def test_time_to_meet_is_silent_with_a_date_set_or_in_a_pause(cast: Cast) -> None:
    assert said(cast.mei, cast.now) == said(cast.jonas, cast.now) == ["Time to meet Kwame Osei?"]
    AppointmentToMeet.arrange(cast.mei_osei, at=cast.now + timedelta(days=60), by=cast.mei, now=cast.now)
    pause = Pause(program=cast.digestive, person=cast.jonas, begins=cast.today, until=cast.today)
    pause.start(by=cast.director, now=cast.now)
    assert said(cast.mei, cast.now) == said(cast.jonas, cast.now) == []
    assert said(cast.jonas, cast.now + timedelta(days=1)) == ["Time to meet Kwame Osei?"]


def test_nothing_waits_of_a_pair_that_has_ended(cast: Cast) -> None:
    Meeting.objects.ask(cast.mei_osei, day=cast.ago(1), now=cast.now)
    assert said(cast.mei, cast.now)
    cast.mei_osei.end(on=cast.today, ending=Pairing.Ending.CHANGED, by=cast.director, now=cast.now)
    assert said(cast.mei, cast.now) == []


def test_age_is_counted_on_the_readers_calendar(cast: Cast, client_of: ClientOf) -> None:
    """Logged at ten in the morning in Los Angeles: in Tokyo that is the next day already, and today is too."""
    met(cast, 20)
    Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=cast.mei, now=cast.now)
    for zone in ("", "Asia/Tokyo"):
        cast.osei.change(zone=zone, by=cast.osei, now=cast.now)
        assert "it counts after 14 days. · new today" in words(client_of(cast.osei).get("/"))


def test_step_is_done_in_place(cast: Cast, client_of: ClientOf) -> None:
    Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=cast.mei, now=cast.now)
    [step, *_] = steps(Person.objects.get(pk=cast.osei.pk), cast.now)
    client_of(cast.osei).post(step.acts[0].url, {"back": "/", **dict(step.acts[0].fields)})
    assert Meeting.objects.get().how == "both"
