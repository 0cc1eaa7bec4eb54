"""Who may see and do what with a program. A program in which one has no part is missing."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from telemachus.audit.models import record_viewings
from telemachus.lib.rooms import answers
from telemachus.people.models import Person
from telemachus.program.models import Deputy, Program, Role, RoleQuerySet, Upload

Kind = Role.Kind
OFFICE = (Kind.DIRECTOR, Kind.COORDINATOR)
# The chief's eye is kept off mentoring, the coordinator and the assistants serve it, a mentee depends on its people.
DEPUTIES = (Kind.DIRECTOR, Kind.MENTOR, Kind.COLLEAGUE, Kind.COMMITTEE)
NO_DEPUTIES = (Kind.CHIEF, Kind.COORDINATOR, Kind.ASSISTANT, Kind.MENTEE)


def roles_of(user: Person, now: datetime) -> list[Role]:
    """The roles that hold now, read once per request: each program's day is its own."""
    found: list[Role] | None = user.__dict__.get("_roles_now")
    if found is None:
        near = Role.objects.filter(person=user).select_related("program").order_by("program__name", "kind")
        found = [role for role in near if _holds(role, now)]
        user.__dict__["_roles_now"] = found
    return found


def _holds(role: Role, now: datetime) -> bool:
    day = role.program.day(now)
    return role.since <= day and (role.until is None or day <= role.until)


def holds(user: Person, program: Program, *kinds: str, now: datetime | None = None) -> bool:
    """Does the person hold one of these roles (any, where none is named) in the program now?"""
    return any(
        role.program_id == program.pk and (not kinds or role.kind in kinds)
        for role in roles_of(user, now or timezone.now())
    )


def programs_as(user: Person, *kinds: str, now: datetime | None = None) -> list[Program]:
    """The programs in which the person holds one of these roles now, each once."""
    roles = roles_of(user, now or timezone.now())
    return list({role.program_id: role.program for role in roles if not kinds or role.kind in kinds}.values())


def note_viewing(user: Person, program: Program, *about: Person, now: datetime) -> None:
    """Remember that a page about these people was opened, by the office that the reader holds in the program."""
    office = next((kind for kind in (Kind.DIRECTOR, Kind.COORDINATOR, Kind.CHIEF) if holds(user, program, kind)), None)
    if office is not None:
        record_viewings(about, role=office, day=program.day(now))


def program_or_404(user: Person, slug: str, *kinds: str) -> Program:
    """The program, if the person holds one of these roles there; otherwise it is missing."""
    for program in programs_as(user, *kinds):
        if program.slug == slug:
            return program
    raise Http404


def deputyships(user: Person) -> list[Deputy]:
    """For which directors the person stands in today, read once per request."""
    found: list[Deputy] | None = user.__dict__.get("_deputyships")
    if found is None:
        mine = Deputy.objects.filter(deputy=user, until=None).select_related("program", "director")
        found = [one for one in mine if holds(user, one.program) and holds(one.director, one.program, Kind.DIRECTOR)]
        user.__dict__["_deputyships"] = found
    return found


def can_be_deputy(program: Program, director: Person, day: date) -> QuerySet[Person]:
    """Senior people with a part in the program: whoever holds an office, assists or is a mentee is none."""
    here = Role.objects.filter(program=program).on(day)
    able, never = here.filter(kind__in=DEPUTIES), here.filter(kind__in=NO_DEPUTIES)
    coming = {person for answer in answers("coming") for person in answer(program, day)}
    found = Person.objects.filter(pk__in=able.values("person"), is_active=True)
    return found.exclude(pk__in=never.values("person")).exclude(pk__in={director.pk, *coming}).order_by("sort_name")


def own_deputies(user: Person) -> QuerySet[Deputy]:
    """Who stands in for the person where he or she directs."""
    programs = programs_as(user, Kind.DIRECTOR)
    return Deputy.objects.filter(director=user, program__in=programs, until=None).select_related("program", "deputy")


def administered(user: Person, *, program: str = "program", mentee: str = "mentee", mentor: str | None = "mentor") -> Q:
    """What of a table the person may run: a program's as its director, less one's own; a director's own as deputy.

    `program`, `mentee` and `mentor` are the paths to them. Nobody administers oneself.
    """
    paths = [path for path in (mentee, mentor) if path]
    run = Q(**{f"{program}__in": programs_as(user, Kind.DIRECTOR)})
    for deputyship in deputyships(user):
        for path in paths:
            run |= Q(**{program: deputyship.program, path: deputyship.director})
    for path in paths:
        run &= ~Q(**{path: user})
    return run


def visible_roles(user: Person, program: Program) -> RoleQuerySet:
    """All roles of the program, for its director; others see none."""
    roles = Role.objects.filter(program=program).select_related("person", "program")
    return roles if holds(user, program, Kind.DIRECTOR) else roles.none()


def standing_roles(user: Person) -> QuerySet[Role]:
    """The roles in the programs that the person directs which still hold or are to come: their last day can be set."""
    roles = Role.objects.filter(program__in=programs_as(user, Kind.DIRECTOR)).select_related("person", "program")
    return roles.filter(Q(until=None) | Q(until__gte=timezone.localdate()))


def can_end_role(user: Person, role: Role) -> bool:
    """Never one's own as mentee or mentor, nor that of one's own mentee or mentor: nobody runs their own mentoring."""
    if role.kind not in (Kind.MENTEE, Kind.MENTOR):
        return True
    return role.person_id != user.pk and role.person_id not in set_aside(user)


def set_aside(user: Person) -> set[UUID]:
    """The people whom the person's office leaves alone, as the rooms above know them: `aside.py`."""
    return {person for aside in answers("aside") for person in aside(user)}


def visible_uploads(user: Person) -> QuerySet[Upload]:
    """The files that the offices of the person's programs brought in."""
    return Upload.objects.filter(program__in=programs_as(user, *OFFICE)).select_related("program", "by")


def colleagues_of(user: Person) -> QuerySet[Person]:
    """Everybody who has a part today in a program in which the person has one."""
    return Person.objects.filter(
        roles__in=Role.objects.filter(program__in=programs_as(user)).on(timezone.localdate()), is_active=True
    ).distinct()
