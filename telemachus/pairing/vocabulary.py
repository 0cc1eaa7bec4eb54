"""The words of a program, in order: what each one stands for, and with which it begins (R20)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from telemachus.pairing.models import Term
from telemachus.program.models import Program

KINDS = tuple(Term.Kind.values)


@dataclass(frozen=True)
class Standard:
    """A term with which every program begins; its director may change it, retire it or merge it."""

    kind: Term.Kind
    words: Promise
    signs: Promise


def _help(words: Promise, signs: Promise) -> Standard:
    return Standard(Term.Kind.HELP, words, signs)


def _meeting(words: Promise, signs: Promise) -> Standard:
    return Standard(Term.Kind.MEETING, words, signs)


# From the lists of the two founding documents, in our words. What is delicate (other jobs, strain, conflict) belongs
# in a conversation and has no place here. Codes are never shown and never change: ids are made of them.
STANDARD: Mapping[str, Standard] = {
    "promotion": _help(
        _("how merit and promotion work, and who decides"),
        _("promotion, promoted, merit, appraisal, dossier, tenure, academic advancement, advancement to associate"),
    ),
    "criteria": _help(
        _("balancing research, teaching, clinical work and service"),
        _("percent effort, protected time, clinical load, clinical effort, FTE, balance of duties, triple threat"),
    ),
    "research": _help(
        _("finding a research direction and resources"),
        _("research direction, research focus, research program, pilot data, pilot study, laboratory space, start-up"),
    ),
    "grants": _help(
        _("first grants and keeping funding going"),
        _("NIH, NIDDK, K08, K23, K01, K99, R00, R01, R03, R21, T32, career development award, foundation grant, "
          "grant, funding, funded, principal investigator"),
    ),
    "publishing": _help(
        _("what to publish, and when"),
        _("publication plan, manuscript, first author, senior author, peer review, authorship, where to submit"),
    ),
    "teaching": _help(
        _("teaching, and how it is evaluated"),
        _("teaching portfolio, curriculum development, course director, clerkship, lecturer, residency program, "
          "fellowship program, teaching evaluation, teaching award"),
    ),
    "independence": _help(
        _("independence within a team"),
        _("independence, independent, independent investigator, independent group, co-investigator, own group, "
          "team science"),
    ),
    "support": _help(
        _("salary support after the first three years"),
        _("salary support, salary, start-up package, bridge funding, soft money"),
    ),
    "institution": _help(
        _("finding one’s way through the school and the campus"),
        _("campus resources, dean’s office, faculty orientation, new to the institution, new to the school"),
    ),
    "unwritten": _help(
        _("the unwritten rules"),
        _("unwritten rules, institutional culture, academic culture, hidden curriculum"),
    ),
    "relations": _help(
        _("working well with colleagues, staff and administrators"),
        _("team leadership, leadership, interprofessional, collegiality, staff supervision, communication skills"),
    ),
    "network": _help(
        _("introductions and a network in the field"),
        _("network, networking, collaboration, collaborator, multicenter, consortium, visiting professor"),
    ),
    "societies": _help(
        _("which societies to join"),
        _("professional society, AGA, ACG, AASLD, ASGE, NASPGHAN, society membership, society member"),
    ),
    "committees": _help(
        _("which committees, and how many"),
        _("committee member, committee chair, task force, working group, academic senate, study section"),
    ),
    "priorities": _help(
        _("priorities, and saying no"),
        _("priorities, priority, time management, saying no, too many commitments, prioritize"),
    ),
    "life": _help(
        _("a life outside work"),
        _("work-life balance, family life, time for my family, parental leave, part time, small enough"),
    ),
    "in-person": _meeting(_("in person"), _("face to face, meet in the office")),
    "by-video": _meeting(_("by video"), _("video call, video meeting, meet remotely")),
}  # fmt: skip


def standard_id(program: Program, code: str) -> UUID:
    """The id of a standard term in a program, the same wherever and whenever it is made."""
    return uuid5(program.pk, f"term:{code}")


def add_standard_terms(program: Program) -> None:
    """What a program begins with, in the language in which it is founded."""
    Term.objects.bulk_create(
        Term(
            pk=standard_id(program, code),
            program=program,
            kind=one.kind,
            words=str(one.words),
            signs=str(one.signs),
            place=place,
        )
        for place, (code, one) in enumerate(STANDARD.items(), start=1)
    )


def standing(terms: Iterable[Term]) -> list[Term]:
    """What these stand for: each once, by kind and in the program's order. Read them `with_standing`."""
    found = {one.pk: one for one in (term.merged_into or term for term in terms)}
    return sorted(found.values(), key=_order)


def _order(term: Term) -> tuple[int, int, str, UUID]:
    return KINDS.index(term.kind), term.place, term.words, term.pk


def words_of(terms: Iterable[Term], *kinds: str) -> list[str]:
    """The words of what these stand for, of these kinds or of all."""
    return [term.words for term in standing(terms) if not kinds or term.kind in kinds]
