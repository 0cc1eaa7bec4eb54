"""To which entry of the menu a page belongs that is none itself."""

from django.db.models import Q
from django.http import HttpRequest
from django.urls import resolve

from telemachus.meetings.access import arrangeable_pairings
from telemachus.people.models import Person

# Whose pair it is decides: the mentee's, the mentor's, or that of somebody for whom one arranges times.
OF_PAIR = frozenset(
    {
        "meetings:pair",
        "meetings:log",
        "meetings:arrange",
        "meetings:move",
        "pairing:agreement",
        "pairing:ask_change",
    }
)

BELOW = {
    "intake:mine": {
        "intake:packet",
        "career:papers",
        "career:send_cv",
        "career:write_aspirations",
        "career:status",
        "pairing:choose",
        "pairing:change_needs",
        "pairing:keep_apart",
        "pairing:wish_for",
    },
    "meetings:my_mentor": {"pairing:choose", "pairing:change_needs"},
    "meetings:my_mentees": {"pairing:change_offer", "pairing:request"},
    "intake:board": {
        "intake:notice",
        "intake:correct",
        "intake:recruit",
        "intake:introduce",
        "intake:propose",
        "intake:pick_as_told",
        "intake:meet",
        "intake:hand_packet",
        "intake:close",
        "career:put_cv",
        "career:complete_status",
        "pairing:cohort",
        "pairing:proposal",
        "pairing:compare",
        "pairing:what_if",
        "pairing:shortlist",
        "pairing:ask",
        "pairing:introduce",
        "pairing:answer_as_told",
    },
    "meetings:register": {
        "meetings:dates",
        "meetings:file",
        "meetings:correct",
        "meetings:strike",
        "meetings:met_director",
        "meetings:conferences",
        "meetings:held_conference",
        "pairing:enter",
        "pairing:end",
        "pairing:pause_pair",
        "pairing:stand_in",
    },
    "meetings:conferences": {"meetings:held_conference", "meetings:correct", "meetings:strike"},
    "web:people": {
        "web:person",
        "career:aspirations",
        "career:status",
        "pairing:leaving",
        "pairing:pause_person",
    },
    "program:imports": {"program:upload"},
    "program:setup": {
        "program:change_settings",
        "program:add_person",
        "program:grant_role",
        "program:end_role",
        "program:deputy",
        "pairing:vocabulary",
        "pairing:add_term",
        "pairing:change_term",
        "pairing:merge_term",
        "pairing:change_weights",
    },
    "pairing:deputized": {"pairing:shortlist", "pairing:settle_change"},
    "people:settings": {"program:name_delegate"},
}


def entry_above(request: HttpRequest, user: Person, entries: list[str]) -> str:
    """The first of these addresses of entries below which the page stands; empty where there is none."""
    names = _names_above(request, user)
    return next((url for url in entries if resolve(url).view_name in names), "") if names else ""


def _names_above(request: HttpRequest, user: Person) -> set[str]:
    match = request.resolver_match
    if match is None:
        return set()
    if match.view_name in OF_PAIR:
        return {_of_pair(user, match.kwargs["pk"])}
    return {entry for entry, below in BELOW.items() if match.view_name in below}


def _of_pair(user: Person, pk: object) -> str:
    """`pk` is a pair's, or that of an appointment of it."""
    pairing = arrangeable_pairings(user).filter(Q(pk=pk) | Q(appointments=pk)).first()
    if pairing is None:
        return ""
    own = {pairing.mentee_id: "meetings:my_mentor", pairing.mentor_id: "meetings:my_mentees"}
    return own.get(user.pk, "meetings:times")
