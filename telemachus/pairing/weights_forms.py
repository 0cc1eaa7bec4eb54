"""How a program weighs what speaks for a pair: whole points, together at most a thousand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.pairing.models import PARTS, Weights
from telemachus.pairing.models.proposals import WEIGHED
from telemachus.pairing.models.weights import MOST
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
SHADES = ("solid", "solid-2", "solid-3")


def _points(part: str) -> forms.IntegerField:
    return forms.IntegerField(label=NAMES[part], help_text=HELP[part], min_value=0, max_value=MOST)


class WeightsForm(forms.Form):
    needs, interests, series = _points("needs"), _points("interests"), _points("series")
    stage, meeting, wish = _points("stage"), _points("meeting"), _points("wish")
    floor = forms.IntegerField(
        label=gettext_lazy("At least, for everybody"),
        help_text=gettext_lazy(
            "As few as possible get fewer points. Empty: the highest that can be kept for everyone."
        ),
        min_value=0,
        max_value=MOST,
        required=False,
    )
    load = forms.IntegerField(
        label=gettext_lazy("Charge for load"),
        help_text=gettext_lazy(
            "So many points more a further mentee of one mentor has to bring than the one before. At 0 nobody minds "
            "how many one mentor has; the higher it is, the more evenly mentees are spread."
        ),
        min_value=0,
        max_value=MOST,
    )

    def __init__(self, *args: Any, weights: Weights, **kwargs: Any) -> None:
        initial = {name: getattr(weights, name) for name in WEIGHED}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.shown = weights

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = {part: cleaned.get(part) or 0 for part in PARTS}
        over = sum(given.values()) - MOST
        if over > 0:
            most = max(given, key=lambda part: given[part])
            said = _("Together these are %(sum)s points, and can be %(most)s at most: take away %(over)s.")
            self.add_error(most, said % {"sum": MOST + over, "most": MOST, "over": over})
        return cleaned

    def parts(self) -> list[forms.BoundField]:
        return [self[part] for part in PARTS]

    def weights(self, program: Program) -> Weights:
        """As they were typed, in no table."""
        return Weights(program=program, **self.cleaned_data)


@dataclass(frozen=True)
class Share:
    """What one part can give at most, as a piece of a bar of MOST."""

    name: str
    points: int
    start: int
    shade: str


def shares(weights: Weights) -> Iterator[Share]:
    start = 0
    for at, part in enumerate(PARTS):
        points = getattr(weights, part)
        if points:
            yield Share(str(NAMES[part]), points, start, SHADES[at % len(SHADES)])
        start += points
