"""The notice of somebody who will come (R1): person, appointment, role and recruit, all of them or none."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from telemachus.audit.models import record
from telemachus.career.events import CareerEvent
from telemachus.career.models import Appointment, Aspirations, CurriculumVitae, Standing
from telemachus.career.roster import role_of
from telemachus.intake.events import IntakeEvent
from telemachus.intake.models import Recruit
from telemachus.intake.recruit_known import Newcomer, Objection, People, objection, wrong_day
from telemachus.lib.change import compare_and_set
from telemachus.lib.errors import Refused
from telemachus.people.models import Person
from telemachus.program.models import Program, Role
from telemachus.program.rulebook import Classification

APPOINTMENT = ("title", "series", "rank", "step", "begins")
NAMES = ("given_name", "family_name")
PERSON = (*NAMES, "email")
# What a notice gives; whoever has more is not the coordinator's to rename.
GIVEN = (Role.Kind.MENTEE, Role.Kind.COLLEAGUE)


def announce(
    program: Program,
    *,
    given_name: str,
    family_name: str,
    email: str,
    title: str,
    series: str,
    rank: str,
    step: str,
    begins: date,
    hiring_lead: Person | None,
    by: Person | None,
    now: datetime,
) -> Recruit:
    """Tell the director of somebody who will come. Raises Objection where that is not possible."""
    newcomer = Newcomer(given_name, family_name, email.strip().lower(), title, series, rank, step, begins)
    with transaction.atomic():
        # The program's row is the lock: of two notices of one person the second finds the first.
        Program.objects.select_for_update(no_key=True).get(pk=program.pk)
        people = People(program, {newcomer.email}, program.day(now))
        if refusal := objection(newcomer, people):
            raise refusal
        known = people.by_mail.get(newcomer.email)
        if known and by and known.pk == by.pk:
            raise Objection("email", _("Nobody announces oneself. Somebody else of the office can."))
        person = Person.objects.get(pk=known.pk) if known else None
        return take_up(program, newcomer, person, hiring_lead=hiring_lead, by=by, now=now)


def take_up(
    program: Program,
    newcomer: Newcomer,
    person: Person | None,
    *,
    hiring_lead: Person | None,
    by: Person | None,
    now: datetime,
) -> Recruit:
    """Somebody new, or a person who is here. Call it inside a transaction that knows of no objection."""
    person = person or _add(newcomer, by=by, now=now)
    if hiring_lead and hiring_lead.pk == person.pk:
        hiring_lead = None
    _appoint(program, person, newcomer, by=by, now=now)
    _give_part(program, person, newcomer, by=by, now=now)
    return Recruit.objects.notice(program, person, hiring_lead=hiring_lead, by=by, now=now)


def _add(newcomer: Newcomer, *, by: Person | None, now: datetime) -> Person:
    named = {name: getattr(newcomer, name) for name in PERSON}
    try:
        return Person.objects.add(by=by, now=now, **named)
    except Refused as refused:
        raise Objection("email", str(refused)) from refused


def _appoint(program: Program, person: Person, newcomer: Newcomer, *, by: Person | None, now: datetime) -> None:
    """An appointment that stands is left as it is; one that is over, or never began, is taken up anew."""
    fields: dict[str, Any] = {name: getattr(newcomer, name) for name in APPOINTMENT}
    held = Appointment.objects.filter(program=program, person=person).first()
    if held is None:
        appointment = Appointment.objects.create(program=program, person=person, **fields)
        record(CareerEvent.APPOINTED, appointment, by=by, now=now, program=program)
    elif not _stands(held, program.day(now)):
        held.correct(by=by, now=now, ends=None, standing=Standing.ACTIVE, **fields)


def _stands(held: Appointment, day: date) -> bool:
    has_begun = held.begins is None or held.begins <= day
    return has_begun and held.standing != Standing.TERMINATED and (held.ends is None or held.ends >= day)


def _give_part(program: Program, person: Person, newcomer: Newcomer, *, by: Person | None, now: datetime) -> None:
    """Junior: a mentee, whatever else the person is here. Others: a colleague, who has no part yet."""
    day = program.day(now)
    kinds = set(person.roles.filter(Q(until=None) | Q(until__gte=day), program=program).values_list("kind", flat=True))
    wanted = role_of(Classification(newcomer.series, newcomer.rank), program.book)
    if wanted == Role.Kind.MENTEE and wanted not in kinds:
        program.grant(person, Role.Kind.MENTEE, since=day, by=by, now=now)
    elif not kinds:
        program.grant(person, Role.Kind.COLLEAGUE, since=day, by=by, now=now)


def correct(
    recruit: Recruit,
    *,
    given_name: str,
    family_name: str,
    email: str,
    title: str,
    series: str,
    rank: str,
    step: str,
    begins: date,
    by: Person,
    now: datetime,
) -> None:
    """Write what the notice had wrong. Without a difference nothing is recorded. Raises Objection."""
    newcomer = Newcomer(given_name, family_name, email.strip().lower(), title, series, rank, step, begins)
    with transaction.atomic():
        recruit.hold()
        is_changed = [
            _correct_person(recruit, newcomer, by=by, now=now),
            _correct_appointment(recruit, newcomer, by=by, now=now),
        ]
        if any(is_changed):
            record(IntakeEvent.CORRECTED, recruit, by=by, now=now, program=recruit.program)


def correctable(recruit: Recruit) -> tuple[str, ...]:
    """Which of name and address an office corrects: none of somebody who has another part somewhere.

    Whoever writes a person's mail address decides who can sign in as that person, so the address stays once the person
    has signed in or a paper of the person is here.
    """
    parts = Role.objects.filter(person=recruit.person_id)
    if parts.exclude(program=recruit.program_id, kind__in=GIVEN).exists():
        return ()
    return NAMES if _has_come(recruit) else PERSON


def _has_come(recruit: Recruit) -> bool:
    if Person.objects.filter(pk=recruit.person_id, last_login__isnull=False).exists():
        return True
    return any(papers.objects.filter(person=recruit.person_id).exists() for papers in (CurriculumVitae, Aspirations))


def _correct_person(recruit: Recruit, newcomer: Newcomer, *, by: Person, now: datetime) -> bool:
    person = Person.objects.select_for_update(no_key=True).get(pk=recruit.person_id)
    given = {name: getattr(newcomer, name) for name in correctable(recruit)}
    changes = {name: value for name, value in given.items() if value != getattr(person, name)}
    if not changes:
        return False
    if "email" in changes:
        _refuse_taken(person, newcomer.email)
        compare_and_set(recruit, where={"state": Recruit.State.OPEN}, to={"address_corrected_at": now})
    person.change(by=by, now=now, **changes)
    recruit.person = person
    return True


def _refuse_taken(person: Person, email: str) -> None:
    if Person.objects.filter(email__iexact=email).exclude(pk=person.pk).exists():
        raise Objection("email", _("Somebody else has this address here. Please ask whose it is."))


def _correct_appointment(recruit: Recruit, newcomer: Newcomer, *, by: Person, now: datetime) -> bool:
    program, person = recruit.program, recruit.person
    fields: dict[str, Any] = {name: getattr(newcomer, name) for name in APPOINTMENT}
    held = Appointment.objects.filter(program=program, person=person).first()
    if held and all(getattr(held, name) == value for name, value in fields.items()):
        return False
    if held is None or held.begins != newcomer.begins:
        _refuse_day(newcomer.begins, held, program.day(now))
    if held is None:
        _appoint(program, person, newcomer, by=by, now=now)
    else:
        held.correct(by=by, now=now, **fields)
    _give_part(program, person, newcomer, by=by, now=now)
    return True


def _refuse_day(begins: date, held: Appointment | None, day: date) -> None:
    if sentence := wrong_day(begins, day):
        raise Objection("begins", sentence)
    if held and held.ends and held.ends < begins:
        raise Objection("begins", _("The appointment ends before this day, says the roster."))
