"""What the access matrix acts on: one object of every kind and state, made by the domain's own methods."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telemachus.career.models import Absence, Appointment, Aspirations, CurriculumVitae, StatusForm
from telemachus.career.status_form import Rows
from telemachus.intake.models import Letter, Recruit
from telemachus.lib.document import read_document
from telemachus.meetings.codes import Kind
from telemachus.meetings.models import AppointmentToMeet, Meeting, TalkWish
from telemachus.pairing.cohort import weights_of
from telemachus.pairing.models import (
    Apart,
    ChangeWish,
    Excuse,
    LightTouch,
    Pairing,
    Pause,
    Proposal,
    Request,
    Shortlist,
    Term,
    Wish,
)
from telemachus.pairing.proposals.work import work
from telemachus.pairing.requesting import accept, ask, choose, name
from telemachus.pairing.vocabulary import standard_id
from telemachus.people.models import Delegation, Person
from telemachus.program.models import Deputy, Program, Role, Upload
from tests.cast import Cast
from tests.documents import pdf

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
    role_in_pair: Role
    role_of_directors_mentee: Role
    delegation_ended: Delegation
    cv: CurriculumVitae
    status: StatusForm
    deputy: Deputy
    recruit: Recruit
    recruit_ended: Recruit
    recruit_senior: Recruit
    letter: Letter
    shortlist: Shortlist
    shortlist_chosen: Shortlist
    shortlist_of_director: Shortlist
    shortlist_closed: Shortlist
    request: Request
    request_accepted: Request
    request_declined: Request
    request_of_director: Request
    change: ChangeWish
    change_of_director: ChangeWish
    apart: Apart
    proposal: Proposal
    proposal_working: Proposal
    liking: Wish
    term: Term
    term_merged: Term
    term_retired: Term
    light_touch: LightTouch
    light_touch_of_director: LightTouch
    excuse: Excuse

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
        pause_of_pair=_pause(cast, days=90, pairing=cast.jonas_osei),
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
        role=cast.committee.roles.get(),
        role_ended=cast.leaver.roles.get(),
        role_of_director=cast.directing_mentor.roles.get(kind=Role.Kind.DIRECTOR),
        role_in_pair=cast.jonas.roles.get(),
        role_of_directors_mentee=cast.tomas.roles.get(),
        delegation_ended=_delegation_ended(cast),
        cv=_cv(cast),
        status=_status(cast),
        deputy=Deputy.name_for(home, director=cast.directing_mentor, deputy=cast.committee, now=now),
        **_intake(cast),
        **_choices(cast),
        change=ChangeWish.express(cast.jonas_osei, call=True, by=cast.jonas, now=now),
        change_of_director=ChangeWish.express(cast.tomas_director, call=False, by=cast.tomas, now=now),
        **_proposals(cast),
        apart=_apart(cast),
        liking=_liking(cast),
        term=Term.objects.get(pk=standard_id(home, "grants")),
        term_merged=_term_merged(cast),
        term_retired=_term_retired(cast),
        light_touch=_light_touch(cast, cast.jonas_osei),
        light_touch_of_director=_light_touch(cast, cast.tomas_director),
        excuse=_excuse(cast),
    )


def _cv(cast: Cast) -> CurriculumVitae:
    document = read_document("CV.pdf", pdf())
    Aspirations.objects.write(cast.digestive, cast.mei, focus="Trials.", by=cast.mei, now=cast.now)
    return CurriculumVitae.objects.receive(cast.digestive, cast.mei, document=document, by=cast.mei, now=cast.now)


def _status(cast: Cast) -> StatusForm:
    form = StatusForm.objects.lock(cast.digestive, cast.mei)
    form.complete(by=cast.coordinator, now=cast.now, rows=Rows(), revision=0)
    return form


def _intake(cast: Cast) -> dict[str, Any]:
    """Pia has been written to; somebody did not come; somebody of a higher rank has been welcomed."""
    home, now = cast.digestive, cast.now
    recruit = Recruit.objects.notice(home, cast.pia, by=cast.coordinator, now=now)
    letter = recruit.write(Letter.Kind.INTRODUCTION, "Welcome.", by=cast.director, now=now)
    recruit.propose([now + timedelta(days=day) for day in (2, 3, 4)], by=cast.director, now=now)
    ended = Recruit.objects.notice(home, cast.leaver, by=cast.coordinator, now=now)
    ended.close(Recruit.Ending.DECLINED, by=cast.director, now=now)
    Appointment.objects.create(
        program=home, person=cast.colleague, title="Professor", series="in-residence", rank="professor"
    )
    senior = Recruit.objects.notice(home, cast.colleague, by=cast.coordinator, now=now)
    return {"recruit": recruit, "letter": letter, "recruit_ended": ended, "recruit_senior": senior}


def _choices(cast: Cast) -> dict[str, Any]:
    """A list that waits, one that is chosen from, one on which a director stands; requests in each state."""

    def chosen(mentee: Person, mentor: Person) -> Shortlist:
        shortlist = name(cast.digestive, mentee, [(mentor, "A good match.")], by=cast.director, now=cast.now)
        choose(shortlist, list(shortlist.candidates.all()), shows=[], by=mentee, now=cast.now)
        return shortlist

    def asked(mentee: Person, mentor: Person) -> Request:
        return ask(chosen(mentee, mentor), by=cast.director, now=cast.now)

    named = [(cast.halloran, "Knows the way."), (cast.both, "")]
    closed = name(cast.digestive, cast.pia, named, by=cast.director, now=cast.now)
    request, accepted, declined = (
        asked(cast.chief, cast.osei),
        asked(cast.halloran, cast.both),
        asked(cast.both, cast.halloran),
    )
    accept(accepted, by=cast.both, now=cast.now)
    declined.decline(by=cast.halloran, now=cast.now)
    of_director = asked(cast.abebe, cast.directing_mentor)
    return {
        "shortlist_closed": closed,
        "shortlist": name(cast.digestive, cast.pia, named, by=cast.director, now=cast.now),
        "shortlist_chosen": chosen(cast.colleague, cast.halloran),
        "shortlist_of_director": of_director.shortlist,
        "request": request,
        "request_accepted": accepted,
        "request_declined": declined,
        "request_of_director": of_director,
    }


def _proposals(cast: Cast) -> dict[str, Any]:
    """One that is ready, with another setting beside it, and one that nobody has worked out yet."""

    def made(title: str, beside: Proposal | None = None) -> Proposal:
        asked: dict[str, Any] = {"title": title, "seed": 1, "weights": weights_of(cast.digestive), "beside": beside}
        return Proposal.objects.make(cast.digestive, [cast.pia], by=cast.director, now=cast.now, **asked)

    ready = made("July")
    for proposal in (ready, made("July", beside=ready)):
        work(proposal, now=cast.now)
    return {"proposal": ready, "proposal_working": made("August")}


def _apart(cast: Cast) -> Apart:
    Apart(program=cast.digestive, person=cast.jonas, other=cast.halloran, kind="not_again").keep(now=cast.now)
    return Apart.objects.get()


def _liking(cast: Cast) -> Wish:
    Wish(program=cast.digestive, mentee=cast.jonas, mentor=cast.both).keep(now=cast.now)
    return Wish.objects.get()


def _term_merged(cast: Cast) -> Term:
    term, into = (Term.objects.get(pk=standard_id(cast.digestive, code)) for code in ("unwritten", "institution"))
    term.merge(into, by=cast.director, now=cast.now)
    return term


def _term_retired(cast: Cast) -> Term:
    term = Term.objects.get(pk=standard_id(cast.digestive, "societies"))
    term.retire(by=cast.director, now=cast.now)
    return term


def _light_touch(cast: Cast, pairing: Pairing) -> LightTouch:
    LightTouch.wish(pairing, by=pairing.mentee, now=cast.now)
    return LightTouch.objects.get(pairing=pairing)


def _excuse(cast: Cast) -> Excuse:
    Excuse.grant(cast.jonas_osei, year=cast.digestive.year(cast.now), by=cast.director, now=cast.now)
    return Excuse.objects.get()


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


def _pause(cast: Cast, days: int = 10, **whose: Any) -> Pause:
    span = {"begins": cast.ago(10), "until": cast.ago(-days)}
    pause = Pause(program=cast.digestive, **whose, **span)
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
