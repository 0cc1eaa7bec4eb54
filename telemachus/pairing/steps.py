"""What waits about pairs, and on the way to one."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachus.audit.models import Event
from telemachus.career.access import visible_absences
from telemachus.lib.step import Act, Step
from telemachus.pairing import choice_steps, pair_steps, request_steps
from telemachus.pairing.access import directed_pairings
from telemachus.pairing.events import PairingEvent
from telemachus.pairing.models import Pairing
from telemachus.pairing.proposals import steps as proposal_steps
from telemachus.people.models import Person


def steps(user: Person, now: datetime) -> list[Step]:
    """Choices, requests, pairs, proposals; pairs that only paper knows; people whom a roster no longer lists."""
    rooms = (choice_steps, request_steps, pair_steps, proposal_steps)
    return [step for room in rooms for step in room.steps(user, now)] + [*_claims(user, now), *_absences(user)]


def _claims(user: Person, now: datetime) -> list[Step]:
    claims = list(directed_pairings(user).waiting().by_mentee())
    came = _came(claims)
    return [
        Step(
            sentence=_("The paper register says that %(mentor)s mentors %(mentee)s. Is that so?")
            % {"mentor": pairing.mentor, "mentee": pairing.mentee},
            why=_("since %(day)s; what dates came with it wait too") % {"day": date_format(pairing.begins, "j F Y")},
            since=pairing.program.day(came.get(pairing.pk, now)),
            acts=(
                Act(_("Yes"), reverse("pairing:accept_from_paper", args=[pairing.pk])),
                Act(_("No, take it out"), reverse("pairing:refuse_from_paper", args=[pairing.pk]), quiet=True),
            ),
        )
        for pairing in claims
    ]


def _came(claims: list[Pairing]) -> dict[UUID, datetime]:
    """When each claim was brought in: the record knows."""
    brought = Event.objects.filter(kind=PairingEvent.CLAIMED.code, subject__in=[claim.pk for claim in claims])
    return dict(brought.values_list("subject", "at"))


def _absences(user: Person) -> list[Step]:
    return [
        Step(
            sentence=_("%(name)s %(what)s.") % {"name": absence.person, "what": absence.get_kind_display()},
            why=_("The newest roster says so. Nothing has changed yet: you decide."),
            since=absence.noticed,
            acts=(Act(_("Look at it"), reverse("pairing:absence", args=[absence.pk]), by_link=True),),
        )
        for absence in visible_absences(user).order_by("noticed", "person__sort_name")
    ]
