"""The end of a way that leads to no pair, and its reopening; what hung on it goes with it, or not at all."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from telemachus.intake.models import Recruit
from telemachus.lib.errors import Conflict
from telemachus.pairing.models import Request, RequestQuerySet, Shortlist, ShortlistQuerySet
from telemachus.people.models import Person
from telemachus.program.models import Role, RoleQuerySet

# Whoever does not come has no part in the program any more.
NOT_COMING = (Recruit.Ending.DECLINED, Recruit.Ending.DID_NOT_COME)
# What a notice gives; another role that the person has is not touched.
GIVEN = (Role.Kind.MENTEE, Role.Kind.COLLEAGUE)


def open_requests(recruit: Recruit) -> RequestQuerySet:
    return Request.objects.holding().filter(program=recruit.program, mentee=recruit.person).with_people()


def open_lists(recruit: Recruit) -> ShortlistQuerySet:
    return Shortlist.objects.open().filter(program=recruit.program, mentee=recruit.person).with_people()


def close(recruit: Recruit, ending: Recruit.Ending, *, by: Person, now: datetime) -> None:
    """End the way: an open request is withdrawn and its place free, the list closes, times are forgotten."""
    with transaction.atomic():
        recruit.hold()
        for request in open_requests(recruit):
            request.withdraw(by=by, now=now)
        for shortlist in open_lists(recruit):
            shortlist.close(by=by, now=now)
        recruit.close(ending, by=by, now=now)
        if ending in NOT_COMING:
            _end_roles(recruit, by=by, now=now)


def _end_roles(recruit: Recruit, *, by: Person, now: datetime) -> None:
    today = recruit.program.day(now)
    for role in _given(recruit).filter(Q(until=None) | Q(until__gt=today)):
        role.end(on=today, by=by, now=now)


def _given(recruit: Recruit) -> RoleQuerySet:
    """The roles that came with the notice, not those of somebody who was here before."""
    noticed = recruit.program.day(recruit.noticed_at)
    roles = Role.objects.filter(program=recruit.program, person=recruit.person, kind__in=GIVEN, since__gte=noticed)
    return roles.select_related("program")


def reopen(recruit: Recruit, *, by: Person, now: datetime) -> None:
    """Take the way up again; a role that ended with it is given anew."""
    with transaction.atomic():
        if recruit.ending == Recruit.Ending.PAIRED:
            raise Conflict(_("%(name)s has found a mentor; nothing is left to reopen.") % {"name": recruit})
        ended = recruit.ended_on
        recruit.reopen(by=by, now=now)
        for role in _given(recruit).filter(until=ended):
            since = max(role.until + timedelta(days=1), recruit.program.day(now)) if role.until else role.since
            recruit.program.grant(recruit.person, Role.Kind(role.kind), since=since, by=by, now=now)
