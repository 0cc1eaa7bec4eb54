"""What a proposal says in words: ranks, the proof, who is below the floor, and what would place somebody."""

from collections.abc import Iterator, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from telemachus.pairing.models import Proposal
from telemachus.people.models import Person

RANKS = (
    gettext_lazy("first"), gettext_lazy("second"), gettext_lazy("third"), gettext_lazy("fourth"),
    gettext_lazy("fifth"), gettext_lazy("sixth"), gettext_lazy("seventh"), gettext_lazy("eighth"),
    gettext_lazy("ninth"), gettext_lazy("tenth"), gettext_lazy("eleventh"), gettext_lazy("twelfth"),
)  # fmt: skip
COUNTS = (
    gettext_lazy("nobody"), gettext_lazy("one"), gettext_lazy("two"), gettext_lazy("three"), gettext_lazy("four"),
    gettext_lazy("five"), gettext_lazy("six"), gettext_lazy("seven"), gettext_lazy("eight"), gettext_lazy("nine"),
    gettext_lazy("ten"), gettext_lazy("eleven"), gettext_lazy("twelve"),
)  # fmt: skip
# So many names stand in one sentence; the others are counted.
MOST_NAMES = 3


def counted(number: int) -> str:
    return str(COUNTS[number]) if number < len(COUNTS) else str(number)


def rank_in_words(rank: int, of: int) -> str:
    """“third of eleven who could”; empty where the pair is excluded."""
    if not rank or not of:
        return ""
    if of == 1:
        return _("the only one who could")
    place = str(RANKS[rank - 1]) if rank <= len(RANKS) else _("no. %(rank)s") % {"rank": rank}
    return _("%(place)s of %(count)s who could") % {"place": place, "count": counted(of)}


def sought_in_words(first_for: int, places: int) -> str:
    """Where more have their most points with this colleague alone than there are places, and there is one."""
    if not 0 < places < first_for:
        return ""
    room = ngettext("one place", "%(places)s places", places) % {"places": counted(places)}
    said = _("Often asked for: %(count)s of these would do best here, for %(room)s.")
    return said % {"count": counted(first_for), "room": room}


def floor_in_words(proposal: Proposal, placed: int, below: int) -> str:
    if not placed or not proposal.floor:
        return ""
    words = {"floor": proposal.floor, "count": counted(below)}
    if not below:
        return _("Everybody who is placed has at least %(floor)s points.") % words
    said = ngettext(
        "One is below the floor of %(floor)s points.", "%(count)s are below the floor of %(floor)s points.", below
    )
    return capfirst(said % words)


def proof_in_words(proposal: Proposal) -> str:
    gap, words = proposal.gap, ""
    if gap <= 0:
        return _("No other proposal is better: checked in whole numbers, over all pairs.")
    for per, said in (
        (proposal.per_unplaced, gettext_lazy("at most %(count)s more could be placed")),
        (proposal.per_below, gettext_lazy("at most %(count)s more could be lifted to the floor")),
        (1, gettext_lazy("at most %(count)s points are missing to the best, over all pairs")),
    ):
        if per and gap >= per:
            words = str(said) % {"count": gap // per}
            break
    return _("The best that was found within a minute, not proved to be the best of all: %(gap)s.") % {"gap": words}


def blocking_in_words(proposal: Proposal) -> str:
    if not proposal.blocking:
        return _("No mentee and colleague would both rather have each other.")
    said = ngettext(
        "One mentee and a colleague would both have more points with each other; for all together this is better.",
        "%(count)s times a mentee and a colleague would both have more points with each other; for all together this "
        "is better.",
        proposal.blocking,
    )
    return capfirst(said % {"count": counted(proposal.blocking)})


def further_in_words(people: Sequence[Person]) -> str:
    if not people:
        return ""
    return _("Next best with room: %(names)s.") % {"names": ", ".join(map(str, people))}


def no_needs_in_words() -> str:
    return _("has not said yet what help is wanted")


def unplaced_in_words(mentee: Person, fitting: Sequence[Person], free: Sequence[Person]) -> str:
    """`fitting`: whom no rule excludes, best first; `free`: those of them who keep a place."""
    words = {"mentee": mentee, "count": counted(len(fitting)), "names": either(fitting)}
    if free:
        return _("%(names)s could still take %(mentee)s: run it again.") % {**words, "names": either(free)}
    if not fitting:
        return _("Everybody is excluded.")
    if len(fitting) == 1:
        return (
            _("One colleague fits, without a free place: one more place with %(names)s would place %(mentee)s.") % words
        )
    said = _("%(count)s colleagues fit, and none has a place left: one more with %(names)s would place %(mentee)s.")
    return capfirst(said % words)


def either(people: Sequence[Person]) -> str:
    """“A, B or C”, and how many more."""
    if not people:
        return ""
    names = [str(person) for person in people[:MOST_NAMES]]
    if more := len(people) - len(names):
        names.append(ngettext("%(count)s other", "%(count)s others", more) % {"count": counted(more)})
    *first, last = names
    return _("%(names)s or %(last)s") % {"names": ", ".join(first), "last": last} if first else last


def notes(mentees: int, places: int, weights: int) -> Iterator[str]:
    """What is odd about the whole."""
    if mentees and not places:
        yield _("No mentor of this program has a free place: nobody can be placed before somebody takes one more.")
    if not weights:
        yield _(
            "All weights are zero: nothing speaks for one pair more than for another. Load and the lottery decided."
        )
