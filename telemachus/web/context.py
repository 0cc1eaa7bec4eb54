"""What the frame of every page needs: the program's name and the words of the menu."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from telemachus.people.models import Delegation, Person
from telemachus.program.access import Kind, roles_of
from telemachus.program.models import Program

ABOUT_PEOPLE = frozenset(
    {
        "web:people",
        "web:person",
        "meetings:my_mentor",
        "meetings:my_mentees",
        "meetings:pair",
        "meetings:times",
        "meetings:rhythm",
        "meetings:register",
        "meetings:dates",
        "meetings:conferences",
    }
)


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    current: bool


def house(request: HttpRequest) -> dict[str, Any]:
    """`program`, `programs` and `nav` for base.html. The program is that of the page, else the first of the person."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": [], "program": None, "demo": settings.DEMO}
    roles = _roles(user)
    program = _of_page(request, list(roles))
    return {
        "nav": _menu(request, user, program, roles),
        "program": program,
        "demo": settings.DEMO,
        "watch": _watched(request),
    }


def _watched(request: HttpRequest) -> str:
    """The page's own address where it is about people: it asks every minute whether it may still be seen."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    return request.path if name in ABOUT_PEOPLE else ""


def _roles(user: Person) -> dict[Program, set[str]]:
    found: dict[Program, set[str]] = {}
    for role in roles_of(user, timezone.now()):
        found.setdefault(role.program, set()).add(role.kind)
    return found


def _of_page(request: HttpRequest, programs: list[Program]) -> Program | None:
    slug = request.resolver_match.kwargs.get("slug") if request.resolver_match else None
    return next((program for program in programs if program.slug == slug), programs[0] if programs else None)


def _menu(request: HttpRequest, user: Person, program: Program | None, roles: dict[Program, set[str]]) -> list[Entry]:
    everywhere = set().union(*roles.values())
    entries = [(_("Today"), reverse("web:today"))]
    if Kind.MENTEE in everywhere:
        entries.append((_("My mentor"), reverse("meetings:my_mentor")))
    if Kind.MENTOR in everywhere:
        entries.append((_("My mentees"), reverse("meetings:my_mentees")))
    if program is not None:
        entries += _of_office(program, roles[program])
    if Delegation.objects.current().filter(delegate=user).exists():
        entries.append((_("Times"), reverse("meetings:times")))
    entries.append((_("Settings"), reverse("people:settings")))
    return [Entry(label, url, request.path == url) for label, url in entries]


def _of_office(program: Program, kinds: set[str]) -> list[tuple[str, str]]:
    slug = [program.slug]
    office = bool(kinds & {Kind.DIRECTOR, Kind.COORDINATOR})
    wanted = (
        (Kind.DIRECTOR in kinds, _("Program"), "meetings:rhythm"),
        (office, _("Register"), "meetings:register"),
        (bool(kinds & {Kind.CHIEF}), _("Conferences"), "meetings:conferences"),
        (office, _("People"), "web:people"),
        (office, _("Import"), "program:imports"),
        (Kind.DIRECTOR in kinds, _("Set-up"), "program:setup"),
    )
    return [(label, reverse(name, args=slug)) for show, label, name in wanted if show]
