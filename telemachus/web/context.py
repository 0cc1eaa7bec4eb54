"""What the frame of every page needs: the program's name and the words of the menu."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from telemachus.intake.way import under_way
from telemachus.people.models import Delegation, Person
from telemachus.program.access import Kind, deputyships, roles_of
from telemachus.program.models import Program
from telemachus.web.menu import entry_above

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
        "career:aspirations",
        "career:status",
        "career:complete_status",
        "career:put_cv",
        "intake:board",
        "intake:recruit",
        "pairing:cohort",
        "pairing:proposal",
        "pairing:compare",
        "pairing:shortlist",
        "pairing:request",
        "pairing:deputized",
        "pairing:settle_change",
    }
)


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    current: bool


def house(request: HttpRequest) -> dict[str, Any]:
    """`program`, `divisions` and `nav` for base.html. The program is that of the page, else the person's only one.

    A view about one pair gives that pair's program itself; `divisions` names all where the person has several,
    and `takes_part` is whether there is any.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": [], "program": None, "demo": settings.DEMO}
    roles = _roles(user)
    programs = list(roles)
    program = _of_page(request, programs)
    return {
        "takes_part": bool(programs),
        "nav": _menu(request, user, program or next(iter(programs), None), roles),
        "program": program,
        "divisions": " · ".join(one.name for one in programs) if len(programs) > 1 else "",
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
    return next((one for one in programs if one.slug == slug or len(programs) == 1), None)


def _menu(request: HttpRequest, user: Person, program: Program | None, roles: dict[Program, set[str]]) -> list[Entry]:
    everywhere = set().union(*roles.values())
    entries = [(_("Today"), reverse("web:today"))]
    entries += [(_("My way"), reverse("intake:mine", args=[one.slug])) for one in under_way(user, timezone.now())[:1]]
    if Kind.MENTEE in everywhere:
        entries.append((_("My mentor"), reverse("meetings:my_mentor")))
    if Kind.MENTOR in everywhere:
        entries.append((_("My mentees"), reverse("meetings:my_mentees")))
    if program is not None:
        entries += _of_office(program, roles[program])
    if deputyships(user):
        entries.append((_("As deputy"), reverse("pairing:deputized")))
    if Delegation.objects.current().filter(delegate=user).exists():
        entries.append((_("Times"), reverse("meetings:times")))
    entries.append((_("Settings"), reverse("people:settings")))
    urls = [url for _label, url in entries]
    lit = request.path if request.path in urls else entry_above(request, user, urls)
    return [Entry(label, url, url == lit) for label, url in entries]


def _of_office(program: Program, kinds: set[str]) -> list[tuple[str, str]]:
    slug = [program.slug]
    office = bool(kinds & {Kind.DIRECTOR, Kind.COORDINATOR})
    wanted = (
        (office, _("Intake"), "intake:board"),
        (Kind.DIRECTOR in kinds, _("Program"), "meetings:rhythm"),
        (office, _("Register"), "meetings:register"),
        (bool(kinds & {Kind.CHIEF}), _("Conferences"), "meetings:conferences"),
        (office, _("People"), "web:people"),
        (office, _("Import"), "program:imports"),
        (Kind.DIRECTOR in kinds, _("Set-up"), "program:setup"),
    )
    return [(label, reverse(name, args=slug)) for show, label, name in wanted if show]
