"""What this room keeps about a person."""

from django.db.models import Q
from django.utils.translation import gettext as _

from telemachus.lib.holding import Holding
from telemachus.meetings.models import AppointmentToMeet, Meeting, TalkWish
from telemachus.people.models import Person


def holdings(person: Person) -> list[Holding]:
    """Dates met, times to come, and a wish to talk."""
    own = Q(pairing__mentee=person) | Q(pairing__mentor=person)
    meetings = Meeting.objects.filter(own | Q(person=person)).order_by("day")
    appointments = AppointmentToMeet.objects.filter(own).order_by("at")
    wishes = TalkWish.objects.filter(own)
    return [
        Holding(
            what=_("The dates on which you met, and how each was confirmed; no word of what was said"),
            models=("meetings.Meeting",),
            who_sees=_("The two of you, the director and the coordinator. A conference with the chief: also the chief"),
            until=_("with the pair"),
            rows=[f"{row.day} {row.get_kind_display()}: {row.get_how_display()}" for row in meetings],
        ),
        Holding(
            what=_("Times at which you are going to meet"),
            models=("meetings.AppointmentToMeet",),
            who_sees=_("The two of you, and whoever arranges times for one of you"),
            until=_("the day after"),
            rows=[f"{row.at:%Y-%m-%d %H:%M}" for row in appointments],
        ),
        Holding(
            what=_("That one of you would like to talk"),
            models=("meetings.TalkWish",),
            who_sees=_("The two of you"),
            until=_("until a time is set, thirty days at most"),
            rows=[f"{row.at:%Y-%m-%d}" for row in wishes],
        ),
    ]
