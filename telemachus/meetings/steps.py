"""What waits for the two of a pair."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachus.lib.step import Act, Step
from telemachus.meetings.sheet import DAYS_TO_WORRY, Sheet, sheets
from telemachus.pairing.access import own_pairings
from telemachus.people.models import Person

# Quarterly is the recommended rhythm (R13): after so many days without a date it is time for one.
DAYS_OF_A_QUARTER = 91


def steps(user: Person, now: datetime) -> list[Step]:
    """Questions to answer, dates to confirm, wishes to talk; and for the mentee, a time to set."""
    found = sheets(user, own_pairings(user), now)
    return [step for sheet in found for step in _of_sheet(sheet, now)]


def _of_sheet(sheet: Sheet, now: datetime) -> Iterator[Step]:
    yield from _questions(sheet)
    yield from _confirmations(sheet)
    yield from _wishes(sheet)
    if sheet.pairing.mentee_id == sheet.reader.pk:
        yield from _time_to_set(sheet, now)


def _questions(sheet: Sheet) -> Iterator[Step]:
    for meeting in sheet.asked:
        yield Step(
            sentence=_("Did you meet %(name)s on %(day)s?")
            % {"name": sheet.other, "day": date_format(meeting.day, "j F")},
            why=_("Only the date is kept. You two, the director and the coordinator see it; nobody else."),
            since=meeting.day,
            acts=(
                Act(
                    _("Yes, we met"),
                    reverse("meetings:log", args=[sheet.pairing.pk]),
                    fields=(("day", meeting.day.isoformat()),),
                ),
                Act(_("No"), reverse("meetings:decline", args=[meeting.pk]), quiet=True),
            ),
        )


def _confirmations(sheet: Sheet) -> Iterator[Step]:
    for meeting in sheet.to_confirm:
        yield Step(
            sentence=_("%(name)s says that you met on %(day)s.")
            % {"name": sheet.other, "day": date_format(meeting.day, "j F")},
            why=_("Only the date is kept. Without an answer it counts after 14 days."),
            since=timezone.localdate(meeting.logged_at),
            acts=(
                Act(_("Yes, we met"), reverse("meetings:confirm", args=[meeting.pk])),
                Act(_("That’s not right"), reverse("meetings:not_right", args=[meeting.pk]), quiet=True),
            ),
        )


def _wishes(sheet: Sheet) -> Iterator[Step]:
    for wish in sheet.wished_by_other:
        yield Step(
            sentence=_("%(name)s would like to talk.") % {"name": sheet.other},
            since=timezone.localdate(wish.at),
            acts=(
                Act(_("Set a time"), reverse("meetings:arrange", args=[sheet.pairing.pk]), by_link=True),
                Act(_("We have talked"), reverse("meetings:heard", args=[wish.pk]), quiet=True),
            ),
        )


def _time_to_set(sheet: Sheet, now: datetime) -> Iterator[Step]:
    """Arranging the meetings is the mentee's part (R8)."""
    if sheet.next or sheet.open or sheet.paused_until or sheet.standing.excused:
        return
    pairing = sheet.pairing
    if not sheet.met and pairing.begins >= pairing.program.year(now).first:
        yield _first_time(sheet)
        return
    began = max(pairing.begins, pairing.program.year(now).first)
    last = max((meeting.day for meeting in sheet.met), default=began)
    due = last + timedelta(days=DAYS_OF_A_QUARTER)
    if due > pairing.program.day(now):
        return
    yield Step(
        sentence=_("Time to meet %(name)s?") % {"name": sheet.other},
        why=_("Once a quarter is a good rhythm; no date is set."),
        since=due,
        late=sheet.standing.missing > 0 and (pairing.program.day(now) - last).days > DAYS_TO_WORRY,
        acts=_to_set(sheet),
    )


def _first_time(sheet: Sheet) -> Step:
    """From the introduction on; ninety days are the aim for a first meeting."""
    return Step(
        sentence=_("Find a first time with %(name)s.") % {"name": sheet.other},
        why=_("The two of you have been introduced; arranging the meetings is your part."),
        since=sheet.pairing.begins,
        acts=_to_set(sheet),
    )


def _to_set(sheet: Sheet) -> tuple[Act, ...]:
    return (
        Act(_("Set a time"), reverse("meetings:arrange", args=[sheet.pairing.pk]), by_link=True),
        Act(_("We met"), reverse("meetings:log", args=[sheet.pairing.pk]), by_link=True, quiet=True),
    )
