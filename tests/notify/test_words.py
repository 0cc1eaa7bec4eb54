"""Every mail is read once: filled from real rows, whole, neutral in its subject, naming nobody who is not meant."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import gettext as _

import telemachus.notify
from telemachus.career.models import StatusForm
from telemachus.career.status_form import Rows
from telemachus.intake.models import Recruit
from telemachus.meetings.models import AppointmentToMeet, Meeting, TalkWish
from telemachus.notify.models import Dispatch
from telemachus.notify.rules import RULES
from telemachus.pairing import requesting
from telemachus.pairing.models import ChangeWish, Excuse, LightTouch, Pairing
from telemachus.people.models import Person
from telemachus.program.models import Deputy, Program, Role
from tests.cast import Cast
from tests.notify import scenes
from tests.notify.scenes import PLANTED, Mail, third_people, told

MISSING = "MISSING"
Act = Callable[[], object]


@dataclass(frozen=True)
class Read:
    kind: str
    recipient: Person
    mail: Mail


@pytest.fixture
def no_blanks(settings) -> None:
    """A name that a template does not find is written out."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = f"{MISSING} %s"
    settings.TEMPLATES = templates


@pytest.fixture
def everything(cast: Cast, no_blanks: None) -> list[Read]:
    """Each mail of each kind, as the play goes on."""
    scenes.quiet(cast.now)
    return [read for act in _play(cast) for read in _after(act, cast.now)]


def _after(act: Act, now: datetime) -> Iterator[Read]:
    act()
    for mail in told(now):
        dispatch = Dispatch.objects.select_related("recipient").get(pk=mail.key)
        yield Read(dispatch.kind, dispatch.recipient, mail)


def _play(cast: Cast) -> list[Act]:
    return [*_meetings(cast), *_intake(cast), *_choice(cast), *_pairs(cast), *_people(cast)]


def _meetings(cast: Cast) -> list[Act]:
    at: dict[str, Any] = {"by": cast.mei, "now": cast.now}
    log = Meeting.objects.log

    def appointment() -> AppointmentToMeet:
        return AppointmentToMeet.objects.get(pairing=cast.mei_osei)

    return [
        lambda: AppointmentToMeet.arrange(cast.mei_osei, at=cast.now + timedelta(days=3), **at),
        lambda: appointment().move(to=cast.now + timedelta(days=4), was=appointment().at, **at),
        lambda: appointment().cancel(**at),
        lambda: TalkWish.express(cast.jonas_osei, by=cast.jonas, now=cast.now),
        lambda: Meeting.objects.ask(cast.lucia_chief, day=cast.ago(1), now=cast.now),
        lambda: log(cast.both_other, day=cast.ago(1), by=cast.both, now=cast.now),
        lambda: Meeting.objects.get(pairing=cast.both_other).not_right(by=cast.other_mentor, now=cast.now),
    ]


def _intake(cast: Cast) -> list[Act]:
    at: dict[str, Any] = {"by": cast.director, "now": cast.now}
    form: dict[str, Any] = {"by": cast.coordinator, "now": cast.now, "rows": Rows(), "revision": 0, "teaching": PLANTED}

    def recruit() -> Recruit:
        return Recruit.objects.get(person=cast.pia)

    return [
        lambda: scenes.announced(cast),
        lambda: scenes.written(cast, recruit()),
        lambda: recruit().letters.get().come_back(**at),
        lambda: recruit().propose(scenes.times(cast), **_later(at, 1)),
        lambda: recruit().pick(scenes.times(cast)[0], by=cast.pia, now=cast.now),
        lambda: recruit().propose(scenes.times(cast)[1:], **_later(at, 2)),
        lambda: recruit().pick(scenes.times(cast)[1], by=cast.pia, now=cast.now),
        lambda: recruit().ask_other_times(by=cast.pia, now=cast.now),
        lambda: recruit().wish_mentor(by=cast.pia, now=cast.now),
        lambda: StatusForm.objects.create(program=cast.digestive, person=cast.pia).complete(**form),
    ]


def _choice(cast: Cast) -> list[Act]:
    at: dict[str, Any] = {"by": cast.director, "now": cast.now}

    def candidates() -> list:
        return list(shortlist().candidates.all())

    def shortlist():
        return cast.pia.shortlists.exclude(state="closed").get()

    def request():
        return cast.pia.requests_as_mentee.order_by("-made_at", "-state").filter(state__in=["waiting", "accepted"])[0]

    def choose() -> None:
        shortlist().choose(candidates(), by=cast.pia, now=cast.now)

    def expire() -> None:
        request().expire(now=cast.now)

    return [
        lambda: scenes.listed(cast),
        lambda: shortlist().ask_others(by=cast.pia, now=cast.now),
        lambda: scenes.listed(cast, cast.both, cast.halloran, cast.chief_mentor, cast.osei),
        choose,
        lambda: requesting.ask(shortlist(), **_later(at, 0)),
        lambda: request().decline(by=request().mentor, now=cast.now),
        lambda: requesting.ask(shortlist(), **_later(at, 1)),
        expire,
        lambda: scenes.listed(cast, cast.both, cast.halloran),
        choose,
        lambda: requesting.ask(shortlist(), **_later(at, 2)),
        lambda: request().withdraw(**at),
        lambda: requesting.ask(shortlist(), **_later(at, 3)),
        lambda: request().accept(by=request().mentor, now=cast.now),
        lambda: requesting.introduce(request(), **at),
    ]


def _later(at: dict[str, Any], minutes: int) -> dict[str, Any]:
    return {**at, "now": at["now"] + timedelta(minutes=minutes)}


def _pairs(cast: Cast) -> list[Act]:
    at: dict[str, Any] = {"by": cast.director, "now": cast.now}
    year = cast.digestive.year(cast.now)
    ended: dict[str, Any] = {"on": cast.ago(1), **at}

    def stand_in() -> Pairing:
        return Pairing.objects.get(stands_in_for=cast.jonas_osei)

    def succeed() -> Pairing:
        return Pairing.objects.introduce(cast.digestive, mentee=cast.mei, mentor=cast.halloran, **at)

    def end(pairing: Pairing, ending: Pairing.Ending) -> Act:
        return lambda: pairing.end(ending=ending, **ended)

    return [
        lambda: ChangeWish.express(cast.mei_osei, call=True, by=cast.mei, now=cast.now),
        lambda: LightTouch.wish(cast.jonas_osei, by=cast.jonas, now=cast.now),
        lambda: Excuse.grant(cast.jonas_osei, year=year, **at),
        lambda: Pairing.objects.stand_in(cast.jonas_osei, mentor=cast.halloran, **at),
        lambda: stand_in().end(on=cast.today, ending=Pairing.Ending.CHANGED, **at),
        end(cast.mei_osei, Pairing.Ending.CHANGED),
        succeed,
        end(cast.jonas_osei, Pairing.Ending.COMPLETED),
        end(cast.tomas_director, Pairing.Ending.MENTOR_LEFT),
        end(cast.lucia_chief, Pairing.Ending.MENTOR_RETIRED),
        lambda: cast.both_other.end(ending=Pairing.Ending.MENTEE_LEFT, **ended),
        lambda: Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.chief, now=cast.now),
        *_relieved(cast),
    ]


def _relieved(cast: Cast) -> list[Act]:
    """In the other division, where a director mentors too."""
    mentee, director = cast.sofia, cast.other_mentor
    cast.cardiology.grant(director, Role.Kind.DIRECTOR, since=cast.ago(9), by=None, now=cast.now)
    deputy = Deputy.name_for(cast.cardiology, director=director, deputy=cast.both, now=cast.now)
    ChangeWish.express(cast.sofia_other, call=False, by=mentee, now=cast.now)
    scenes.quiet(cast.now)
    return [lambda: deputy.end(by=director, now=cast.now)]


def _people(cast: Cast) -> list[Act]:
    at: dict[str, Any] = {"by": cast.coordinator, "now": cast.now}
    return [
        lambda: cast.committee.change(email="c.jensen@elsewhere.example", **at),
        lambda: cast.colleague.change(email=None, **{**at, "by": None}),
    ]


def _lines(body: str) -> list[str]:
    return body.split("\n")


def test_every_mail_is_whole_and_names_nobody_else(cast: Cast, everything: list[Read]) -> None:
    assert {read.kind for read in everything} == set(RULES)
    for read in everything:
        body = read.mail.body
        assert MISSING not in body, read.kind
        assert PLANTED not in body, read.kind
        assert "None" not in body, read.kind
        assert "\n\n\n" not in body, read.kind
        assert "{" not in body, read.kind
        assert len(third_people(body, cast, read.recipient)) <= (0 if read.kind in NAMELESS else 1), read.kind


# What stands behind the sign-in, and what concerns nobody but the reader: no other name at all.
NAMELESS = {
    "career.status_completed",
    "intake.noticed",
    "intake.came_back",
    "intake.times_proposed",
    "intake.times_replaced",
    "intake.time_picked",
    "intake.other_times_asked",
    "intake.mentor_wished",
    "pairing.shortlisted",
    "pairing.chosen",
    "pairing.others_asked",
    "pairing.accepted",
    "pairing.declined",
    "pairing.expired",
    "pairing.change_wished",
    "pairing.light_touch_wished",
    "pairing.wish_erased",
    "program.deputy_named",
    "program.deputy_ended",
}


def test_every_mail_greets_and_begins_with_a_capital(everything: list[Read]) -> None:
    for read in everything:
        lines = _lines(read.mail.body)
        name = read.recipient.preferred_name or read.recipient.given_name
        assert lines[:2] == [f"Dear {name},", ""], read.kind
        assert lines[2][0].isupper(), read.kind


def test_every_subject_is_neutral(everything: list[Read]) -> None:
    programs = [_("%(program)s mentoring: a note for you") % {"program": each} for each in Program.objects.all()]
    assert {read.mail.subject for read in everything} <= set(programs)


def test_every_mail_says_why_it_came(everything: list[Read]) -> None:
    for read in everything:
        foot = read.mail.body.partition("\n— \n")[2]
        assert "mentoring program" in foot, read.kind
        assert len(_lines(foot.strip())) == 1, read.kind


def test_no_two_kinds_share_a_template() -> None:
    """The template is named for the verb: two rooms must not have one verb, both told."""
    assert len({rule.template for rule in RULES.values()}) == len(RULES)


def test_no_template_is_left_over() -> None:
    folder = Path(telemachus.notify.__file__).parent / "templates" / "notify"
    pieces = {"frame.txt", "of_meeting.txt", "waits.txt"}
    named = {rule.template.removeprefix("notify/") for rule in RULES.values()}
    assert {path.name for path in folder.iterdir()} == named | pieces
