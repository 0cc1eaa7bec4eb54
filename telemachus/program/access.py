"""Who may see and do what with a program. A program in which one has no part is missing."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from telemachus.audit.models import record_viewing
from telemachus.people.models import Person
from telemachus.program.models import Program, Role, RoleQuerySet, Upload

Kind = Role.Kind
OFFICE = (Kind.DIRECTOR, Kind.COORDINATOR)


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
        for person in about:
            record_viewing(person, role=office, day=program.day(now))


def program_or_404(user: Person, slug: str, *kinds: str) -> Program:
    """The program, if the person holds one of these roles there; otherwise it is missing."""
    for program in programs_as(user, *kinds):
        if program.slug == slug:
            return program
    raise Http404


def visible_roles(user: Person, program: Program) -> RoleQuerySet:
    """All roles of the program, for its director; others see none."""
    roles = Role.objects.filter(program=program).select_related("person", "program")
    return roles if holds(user, program, Kind.DIRECTOR) else roles.none()


def standing_roles(user: Person) -> QuerySet[Role]:
    """The roles in the programs that the person directs which still hold or are to come: their last day can be set."""
    roles = Role.objects.filter(program__in=programs_as(user, Kind.DIRECTOR)).select_related("person", "program")
    return roles.filter(Q(until=None) | Q(until__gte=timezone.localdate()))


def visible_uploads(user: Person) -> QuerySet[Upload]:
    """The files that the offices of the person's programs brought in."""
    return Upload.objects.filter(program__in=programs_as(user, *OFFICE)).select_related("program", "by")


def can_import(user: Person, program: Program) -> bool:
    return holds(user, program, *OFFICE)


def can_administer(user: Person, program: Program) -> bool:
    return holds(user, program, Kind.DIRECTOR)


def colleagues_of(user: Person) -> QuerySet[Person]:
    """Everybody who has a part today in a program in which the person has one."""
    return Person.objects.filter(
        roles__in=Role.objects.filter(program__in=programs_as(user)).on(timezone.localdate()), is_active=True
    ).distinct()
