"""The one picture of each role on Today: how the pairs stand."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from telemachus.meetings.rhythm import Grid, rhythm_of
from telemachus.meetings.sheet import Sheet, sheets
from telemachus.pairing.access import office_pairings, own_pairings
from telemachus.people.models import Person
from telemachus.program.access import OFFICE, programs_as


@dataclass(frozen=True)
class Glance:
    """A heading with a link, and either the sheets of one's own pairs or the grid of a program."""

    title: str
    url: str
    sheets: list[Sheet]
    grid: Grid | None = None


def glances(user: Person, now: datetime) -> list[Glance]:
    own = sheets(user, own_pairings(user).by_mentee(), now)
    found = []
    if mentors := [sheet for sheet in own if sheet.pairing.mentee_id == user.pk]:
        found.append(Glance(_("My mentor"), reverse("meetings:my_mentor"), mentors))
    if mentees := [sheet for sheet in own if sheet.pairing.mentor_id == user.pk]:
        found.append(Glance(_("My mentees"), reverse("meetings:my_mentees"), mentees))
    for program in programs_as(user, *OFFICE):
        grid = rhythm_of(program, office_pairings(user).filter(program=program).active(), now)
        found.append(Glance(program.name, reverse("meetings:register", args=[program.slug]), [], grid))
    return found
