"""How a program weighs what speaks for a pair: whole points, together at most a thousand."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.pairing.bar import OTHERS, SHADES, Segment
from telemachus.pairing.models import PARTS, Weights
from telemachus.pairing.models.proposals import WEIGHED
from telemachus.pairing.models.weights import MOST
from telemachus.pairing.number_fields import WholeNumber
from telemachus.pairing.weighing import NAMES
from telemachus.program.models import Program

HELP = {
    "needs": gettext_lazy("All of it where every need is covered, a share of it where some are."),
    "interests": gettext_lazy("All of it where every interest of the mentee is shared, a share of it where some are."),
    "series": gettext_lazy("All of it or nothing."),
    "stage": gettext_lazy("Half of it one rank further on, all of it from two ranks on."),
    "meeting": gettext_lazy("All of it where the two have one way to meet in common."),
    "wish": gettext_lazy(
        "All of it where the mentee named this colleague. Only whoever runs the search reads the wish."
    ),
}


def _points(part: str) -> WholeNumber:
    return WholeNumber(label=NAMES[part], help_text=HELP[part], least=0, most=MOST)


class WeightsForm(forms.Form):
    needs, interests, series = _points("needs"), _points("interests"), _points("series")
    stage, meeting, wish = _points("stage"), _points("meeting"), _points("wish")
    floor = WholeNumber(
        label=gettext_lazy("At least, for everybody"),
        help_text=gettext_lazy(
            "As few as possible get fewer points. Empty: the highest that can be kept for everyone."
        ),
        least=0,
        most=MOST,
        required=False,
    )
    load = WholeNumber(
        label=gettext_lazy("Charge for load"),
        help_text=gettext_lazy(
            "So many points more a further mentee of one mentor has to bring than the one before. At 0 nobody minds "
            "how many one mentor has; the higher it is, the more evenly mentees are spread."
        ),
        least=0,
        most=MOST,
    )

    def __init__(self, *args: Any, weights: Weights, **kwargs: Any) -> None:
        initial = {name: getattr(weights, name) for name in WEIGHED}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.shown = weights

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        over = sum(cleaned.get(part) or 0 for part in PARTS) - MOST
        if over > 0:
            said = _("Together these are %(sum)s points, and can be %(most)s at most: take away %(over)s.")
            self.add_error(None, said % {"sum": MOST + over, "most": MOST, "over": over})
        return cleaned

    def parts(self) -> list[forms.BoundField]:
        return [self[part] for part in PARTS]

    def weights(self, program: Program) -> Weights:
        """As they were typed, in no table."""
        return Weights(program=program, **self.cleaned_data)


def shares(weights: Weights) -> Iterator[Segment]:
    """What each part can give at most, as pieces of a bar of MOST."""
    start = 0
    for part in PARTS:
        points = getattr(weights, part)
        if points:
            yield Segment(start, points, SHADES.get(part, OTHERS), str(NAMES[part]))
        start += points
