"""What the access matrix acts on: one object of every kind and state, made by the domain's own methods."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telemachus.career.models import Absence
from telemachus.meetings.codes import Kind
from telemachus.meetings.models import AppointmentToMeet, Meeting, TalkWish
from telemachus.pairing.models import Pairing, Pause
from telemachus.people.models import Delegation, Person
from telemachus.program.models import Program, Role, Upload
from tests.cast import Cast

ROSTER = (
    b"Employee ID,Last Name,First Name,Email,Job Title,Status\n"
    b"10001,Fry,Ada,ada.fry@division.example,ASST PROF IN RES-HCOMP,A\n"
)


@dataclass(frozen=True)
class Stage:
    cast: Cast
    waiting_pair: Pairing
    asked: Meeting
    logged: Meeting
    confirmed: Meeting
    confirmed_of_ended: Meeting
    confirmed_of_director: Meeting
    with_director: Meeting
    conference: Meeting
    with_director_of_own: Meeting
    conference_of_own: Meeting
    appointment: AppointmentToMeet
    appointment_of_director: AppointmentToMeet
    wish: TalkWish
    pause_of_pair: Pause
    pause_of_directors_pair: Pause
    pause_of_person: Pause
    pause_of_ended: Pause
    absence: Absence
    absence_settled: Absence
    absence_of_director: Absence
    upload: Upload
    upload_written: Upload
    role: Role
    role_ended: Role
    role_of_director: Role
    delegation_ended: Delegation

    @property
    def delegation(self) -> Delegation:
        return self.cast.oseis_delegation

    def __getitem__(self, name: str) -> Any:
        """An object of the stage, or somebody or something of the cast."""
        return getattr(self, name, None) or getattr(self.cast, name)


def set_up(cast: Cast) -> Stage:
    home, now = cast.digestive, cast.now
    return Stage(
        cast=cast,
        waiting_pair=_claimed(cast),
        asked=_asked(cast),
        logged=Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=cast.mei, now=now),
        confirmed=_confirmed(cast, cast.mei_osei, days=40),
        confirmed_of_ended=_confirmed(cast, cast.mei_halloran, days=500),
        confirmed_of_director=_confirmed(cast, cast.tomas_director, days=40),
        with_director=_with_office(cast, Kind.DIRECTOR, cast.mei),
        conference=_with_office(cast, Kind.CONFERENCE, cast.mei),
        with_director_of_own=_with_office(cast, Kind.DIRECTOR, cast.tomas),
        conference_of_own=_with_office(cast, Kind.CONFERENCE, cast.lucia),
        wish=_wish(cast),
        appointment=_appointment(cast, cast.mei_osei),
        appointment_of_director=_appointment(cast, cast.tomas_director),
        pause_of_pair=_pause(cast, pairing=cast.jonas_osei),
        pause_of_directors_pair=_pause(cast, pairing=cast.tomas_director),
        pause_of_person=_pause(cast, person=cast.lucia),
        pause_of_ended=_pause(cast, pairing=cast.mei_halloran),
        absence=Absence.objects.create(program=home, person=cast.jonas, kind="leave", noticed=cast.ago(5)),
        absence_settled=Absence.objects.create(
            program=home, person=cast.mei, kind="leave", noticed=cast.ago(50), settled=cast.ago(40)
        ),
        absence_of_director=Absence.objects.create(
            program=home, person=cast.directing_mentor, kind="leave", noticed=cast.ago(5)
        ),
        upload=_upload(home, cast, name="roster.csv"),
        upload_written=_upload(home, cast, name="last-year.csv", state=Upload.State.WRITTEN),
        role=cast.jonas.roles.get(),
        role_ended=cast.leaver.roles.get(),
        role_of_director=cast.directing_mentor.roles.get(kind=Role.Kind.DIRECTOR),
        delegation_ended=_delegation_ended(cast),
    )


def _claimed(cast: Cast) -> Pairing:
    """A pair that stands on paper only, and waits for the director."""
    pairing = Pairing(
        program=cast.digestive,
        mentee=cast.colleague,
        mentor=cast.halloran,
        begins=cast.ago(90),
        state=Pairing.State.WAITING,
    )
    [claimed] = Pairing.objects.claim_all([pairing], by=cast.coordinator, now=cast.now)
    return claimed


def _asked(cast: Cast) -> Meeting:
    Meeting.objects.ask(cast.mei_osei, day=cast.ago(1), now=cast.now)
    return Meeting.objects.get(state=Meeting.State.ASKED)


def _confirmed(cast: Cast, pairing: Pairing, *, days: int) -> Meeting:
    meeting = Meeting.objects.log(pairing, day=cast.ago(days), by=pairing.mentee, now=cast.now)
    meeting.confirm(by=pairing.mentor, now=cast.now)
    return meeting


def _with_office(cast: Cast, kind: Kind, person: Person) -> Meeting:
    day, by = cast.ago(20), cast.coordinator
    return Meeting.objects.record_with_office(cast.digestive, kind, person, day=day, by=by, now=cast.now)


def _wish(cast: Cast) -> TalkWish:
    TalkWish.express(cast.jonas_osei, by=cast.jonas, now=cast.now)
    return TalkWish.objects.get()


def _appointment(cast: Cast, pairing: Pairing) -> AppointmentToMeet:
    return AppointmentToMeet.arrange(pairing, at=cast.now + timedelta(days=7), by=pairing.mentee, now=cast.now)


def _pause(cast: Cast, **whose: Any) -> Pause:
    days = {"begins": cast.ago(10), "until": cast.ago(-10)}
    pause = Pause(program=cast.digestive, **whose, **days)
    pause.start(by=cast.director, now=cast.now)
    return pause


def _upload(program: Program, cast: Cast, **fields: Any) -> Upload:
    answers = {"column:begins": "-"}
    fields = {"kind": Upload.Kind.ROSTER, "content": ROSTER, "answers": answers, "at": cast.now, **fields}
    return Upload.objects.create(program=program, by=cast.coordinator, **fields)


def _delegation_ended(cast: Cast) -> Delegation:
    delegation = cast.osei.name_delegate(cast.colleague, since=cast.ago(99), now=cast.now)
    delegation.end(by=cast.osei, on=cast.ago(9), now=cast.now)
    return delegation
