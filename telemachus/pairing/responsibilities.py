"""What both of a pair take upon themselves (R12): our words for the agreement, one source for page and paper.

The facts are those of the program's guidelines; academic personnel and counsel of a campus may want to confirm
the limits of confidence.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.program.models import Program


@dataclass(frozen=True)
class Part:
    """One heading of the agreement and its sentences."""

    heading: str
    lines: tuple[str, ...]


MENTEES: tuple[Promise, ...] = (
    gettext_lazy("The mentee arranges the meetings and comes prepared, knowing what to talk about."),
    gettext_lazy("The mentee tells the mentor fully and honestly what is needed to advise well."),
    gettext_lazy("The mentee is open to new views, and says what helps in the meetings and what does not."),
    gettext_lazy("The mentee does what the two agreed on, and keeps track of the goals."),
    gettext_lazy("The career is the mentee’s own: the mentor advises, the mentee decides."),
)
MENTORS: tuple[Promise, ...] = (
    gettext_lazy(
        "The mentor makes time, and makes the conversation a safe place that serves the mentee’s interest, "
        "not the mentor’s own."
    ),
    gettext_lazy("The mentor listens first, asks the questions that lead further, and speaks openly."),
    gettext_lazy(
        "The mentor helps the mentee put thoughts in order, and shares how to plan, decide and solve problems."
    ),
    gettext_lazy("The mentor encourages the mentee to weigh up the progress, take charge of it and enjoy it."),
    gettext_lazy("The mentor helps the mentee find and keep to the mentee’s own way, rather than follow the mentor’s."),
    gettext_lazy("The mentor keeps what is said confidential, and writes none of it down."),
    gettext_lazy(
        "The mentor asks others something for the mentee, or introduces the mentee, only when the mentee agrees."
    ),
)
TIMES: dict[int, Promise] = {
    1: gettext_lazy("once"),
    2: gettext_lazy("twice"),
    3: gettext_lazy("three times"),
    4: gettext_lazy("four times"),
    5: gettext_lazy("five times"),
    6: gettext_lazy("six times"),
}


def parts(program: Program) -> Iterator[Part]:
    """The agreement in the numbers of this program."""
    yield Part(_("The mentee’s part"), tuple(map(str, MENTEES)))
    yield Part(_("The mentor’s part"), tuple(map(str, MENTORS)))
    yield Part(_("How often"), tuple(_rhythm(program)))
    yield Part(
        _("What belongs here, and what does not"),
        (
            _("Your meetings are about career and satisfaction: promotion, independence, time, a life outside work."),
            _(
                "Difficult clinical questions and the details of research belong to the clinical and the research "
                "mentor; this mentor is somebody else."
            ),
        ),
    )
    yield Part(_("What stays between you"), tuple(_confidence()))
    yield Part(
        _("If it does not fit"),
        (
            _(
                "Either of you may leave the pair at any time, through the director or the director’s deputy, without "
                "a reason and without blame. No reason is kept anywhere. Who asked is erased 30 days after the next "
                "mentor is introduced, and no later than 90 days after the pair has ended."
            ),
            _("Tell each other now and then how the meetings go; a small change is often enough."),
        ),
    )


def _rhythm(program: Program) -> Iterator[str]:
    at_least = _("You meet at least %(times)s an academic year, and whenever it is needed.")
    yield at_least % {"times": _times(program.at_least)}
    if program.aim > program.at_least:
        yield capfirst(_("%(times)s a year is a good rhythm.") % {"times": _times(program.aim)})
    yield _("The mentee sets the times; the mentor answers. The program keeps the dates on which you met, and no more.")
    yield _("You read this agreement again once a year.")


def _times(number: int) -> str:
    return str(TIMES.get(number, _("%(n)s times") % {"n": number}))


def _confidence() -> Iterator[str]:
    yield _("What you say to each other stays between you. Neither the mentor nor the program keeps notes of it.")
    yield _(
        "There are limits that nobody here can lift: mentors, the director and the coordinator must report certain "
        "conduct when they learn of it, that is harassment, discrimination and violence."
    )
    yield _("Ask the director or the coordinator which office to turn to; you need not say why.")
    yield _("You may be required to hand over notes that you write for yourself.")
