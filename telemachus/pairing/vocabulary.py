"""What a career-development mentor can offer and a mentee can need (R20): a first, plain list, one for all programs."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# From the lists of the two founding documents, in our words. What is delicate (other jobs, strain, conflict) belongs
# in a conversation and has no place here.
TOPICS: dict[str, Promise] = {
    "promotion": _("how merit and promotion work, and who decides"),
    "criteria": _("balancing research, teaching, clinical work and service"),
    "research": _("finding a research direction and resources"),
    "grants": _("first grants and keeping funding going"),
    "publishing": _("what to publish, and when"),
    "teaching": _("teaching, and how it is evaluated"),
    "independence": _("independence within a team"),
    "support": _("salary support after the first three years"),
    "institution": _("finding one’s way through the school and the campus"),
    "unwritten": _("the unwritten rules"),
    "relations": _("working well with colleagues, staff and administrators"),
    "network": _("introductions and a network in the field"),
    "societies": _("which societies to join"),
    "committees": _("which committees, and how many"),
    "priorities": _("priorities, and saying no"),
    "life": _("a life outside work"),
}


def words_of(codes: Iterable[str]) -> list[str]:
    """In the order of the list; a code that it no longer has is left out."""
    wanted = set(codes)
    return [str(words) for code, words in TOPICS.items() if code in wanted]
