"""The one picture of each role on Today: how the pairs stand, or the way to one; and what no step can ask for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachus.intake.access import directed_recruits
from telemachus.intake.own_path import OwnPath, own_path_of
from telemachus.intake.way import Way, asks_needs, own_way, under_way
from telemachus.lib.step import Act
from telemachus.meetings.rhythm import Grid, rhythm_of
from telemachus.meetings.sheet import Sheet, sheets
from telemachus.pairing.access import office_pairings, own_pairings
from telemachus.people.models import Person
from telemachus.program.access import OFFICE, Kind, holds, programs_as
from telemachus.program.models import Program, Role


@dataclass(frozen=True)
class Glance:
    """A heading with a link, and either the sheets of one's own pairs or the grid of a program with quiet acts."""

    title: str
    url: str
    sheets: list[Sheet]
    grid: Grid | None = None
    acts: tuple[Act, ...] = ()


def glances(user: Person, now: datetime) -> list[Glance]:
    own = sheets(user, own_pairings(user).by_mentee(), now)
    found = []
    if mentors := [sheet for sheet in own if sheet.pairing.mentee_id == user.pk]:
        found.append(Glance(_("My mentor"), reverse("meetings:my_mentor"), mentors))
    if mentees := [sheet for sheet in own if sheet.pairing.mentor_id == user.pk]:
        found.append(Glance(_("My mentees"), reverse("meetings:my_mentees"), mentees))
    for program in programs_as(user, *OFFICE):
        grid = rhythm_of(program, office_pairings(user).filter(program=program).active(), now)
        register = reverse("meetings:register", args=[program.slug])
        acts = _acts(program) if holds(user, program, Kind.COORDINATOR) else ()
        found.append(Glance(program.name, register, [], grid, acts))
    return found


def farewell(user: Person) -> Role | None:
    """The last role of somebody who has left: none holds any more, and none is to come."""
    if programs_as(user):
        return None
    roles = Role.objects.filter(person=user).select_related("program")
    last = roles.order_by(F("until").desc(nulls_first=True)).first()
    return last if last and last.until and last.until < timezone.localdate() else None


@dataclass(frozen=True)
class Standing:
    """What is waited for: a first meeting, or the move of somebody else on one's own way to a mentor.

    `since` is None for a day to come.
    """

    sentence: str
    since: date | None = None
    acts: tuple[Act, ...] = ()


def standings(user: Person, now: datetime) -> Iterator[Standing]:
    for way in (own_way(program, user, now) for program in under_way(user, now)):
        path = own_path_of(way, now)
        lines = [line for line in (_agreed(way, now), _waited_for(path)) if line]
        for line in lines:
            yield replace(line, acts=tuple(_of_own_way(way)) if line is lines[-1] else ())


def _agreed(way: Way, now: datetime) -> Standing | None:
    if way.recruit is None or way.recruit.meets_at is None or way.recruit.meets_at <= now:
        return None
    return Standing(_("Next: you meet your director on %(at)s.") % {"at": _clock(way.recruit.meets_at)})


def _waited_for(path: OwnPath | None) -> Standing | None:
    """Without a day it is the first meeting that is waited for, and that is said already."""
    return Standing(path.here, path.since) if path and path.since and not path.is_mine else None


def first_meetings(user: Person, now: datetime) -> Iterator[Standing]:
    """Those that whoever runs a search has agreed on."""
    for recruit in directed_recruits(user).open().filter(meets_at__gt=now).order_by("meets_at"):
        words = {"name": recruit.person, "at": _clock(recruit.meets_at)}
        see = Act(_("See what has come in"), reverse("intake:recruit", args=[recruit.pk]), by_link=True, quiet=True)
        yield Standing(_("Next: first meeting with %(name)s, %(at)s.") % words, acts=(see,))


def _clock(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "l j F, H:i")


def _of_own_way(way: Way) -> Iterator[Act]:
    yield Act(_("See where it stands"), reverse("intake:mine", args=[way.program.slug]), by_link=True, quiet=True)
    if asks_needs(way):
        needs = reverse("pairing:change_needs", args=[way.program.slug])
        yield Act(_("Say what you would like help with"), needs, by_link=True, quiet=True)


def _acts(program: Program) -> tuple[Act, ...]:
    """Only the coordinator knows that somebody comes, or that a file is wanted."""
    notice = reverse("intake:notice", args=[program.slug])
    export = reverse("meetings:export", args=[program.slug, "xlsx"])
    return (
        Act(_("Announce a new colleague"), notice, by_link=True, quiet=True),
        Act(_("Export the register"), export, by_link=True, quiet=True),
    )
