"""The pairs that somebody runs in a director's place, and nothing else of the program."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from telemachus.pairing.access import deputized_pairings, visible_changes, visible_light_touches, visible_pauses
from telemachus.pairing.models import ChangeWish, Excuse, LightTouch, Pairing, Pause
from telemachus.pairing.standing_in import interims_of, rest_long
from telemachus.people.models import Person
from telemachus.people.requests import person_of, signed_in
from telemachus.program.access import deputyships


@dataclass(frozen=True)
class Deputized:
    """A pair and what its deputy can do something about; when the two met is not among it."""

    pairing: Pairing
    wishes: list[ChangeWish]
    pauses: list[Pause]
    light_touch: LightTouch | None
    excuse: Excuse | None
    rests_long: bool
    interim: Pairing | None

    @property
    def asks_for_less(self) -> bool:
        return self.light_touch is not None and self.excuse is None


@require_safe
@signed_in
def deputized(request: HttpRequest) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    context = {"pairs": list(_deputized(user, now)), "deputyships": deputyships(user)}
    return render(request, "pairing/deputized.html", context)


def _deputized(user: Person, now: datetime) -> Iterator[Deputized]:
    """The same few queries for one pair as for three."""
    pairings = list(deputized_pairings(user).by_mentee())
    wishes = list(visible_changes(user).filter(pairing__in=pairings))
    pauses = list(visible_pauses(user).filter(pairing__in=pairings).order_by("begins"))
    touches = {one.pairing_id: one for one in visible_light_touches(user).filter(pairing__in=pairings, until=None)}
    excuses = {(one.pairing_id, one.year): one for one in Excuse.objects.filter(pairing__in=pairings)}
    resting = rest_long(pairings, now)
    interims = {one.stands_in_for_id: one for one in interims_of(pairings)}
    for pairing in pairings:
        program = pairing.program
        yield Deputized(
            pairing=pairing,
            wishes=[wish for wish in wishes if wish.pairing_id == pairing.pk],
            pauses=[one for one in pauses if one.pairing_id == pairing.pk and one.until >= program.day(now)],
            light_touch=touches.get(pairing.pk),
            excuse=excuses.get((pairing.pk, program.year(now).first)),
            rests_long=pairing.pk in resting,
            interim=interims.get(pairing.pk),
        )
