"""What this room keeps about a person."""

from django.db.models import Q
from django.utils.translation import gettext as _

from telemachus.lib.holding import Holding
from telemachus.pairing.models import Pairing, Pause
from telemachus.people.models import Person


def holdings(person: Person) -> list[Holding]:
    """Pairs and pauses: dates, and for an end its kind."""
    pairings = Pairing.objects.of(person).with_people().order_by("begins")
    pauses = Pause.objects.filter(Q(person=person) | Q(pairing__mentee=person) | Q(pairing__mentor=person))
    return [
        Holding(
            what=_("Your pairs: with whom, from which day to which"),
            models=("pairing.Pairing",),
            who_sees=_("The two of you; director and coordinator of that program"),
            until=_("with the program's history"),
            rows=[f"{row}: {row.begins} – {row.ends or ''}" for row in pairings],
        ),
        Holding(
            what=_("Pauses of you or of your pair: the days, no reason"),
            models=("pairing.Pause",),
            who_sees=_("The two of you; director and coordinator of that program"),
            until=_("with the pair"),
            rows=[f"{row.begins} – {row.until}" for row in pauses.order_by("begins")],
        ),
    ]
