"""Which event tells whom: what is told stands in a module for each stretch of the way, what is silent stands here."""

from telemachus.audit.kinds import EventKind
from telemachus.career.events import CareerEvent
from telemachus.intake.events import IntakeEvent
from telemachus.meetings.events import MeetingEvent
from telemachus.notify import of_choice, of_intake, of_meetings, of_pairs, of_people
from telemachus.notify.telling import RULES, Context, Rule, tell
from telemachus.pairing.events import PairingEvent
from telemachus.people.events import PersonEvent
from telemachus.program.events import ProgramEvent

__all__ = ["RULES", "SILENT", "TELLING", "Context", "Rule", "tell"]

# Importing them has registered their rules.
TELLING = (of_meetings, of_intake, of_choice, of_pairs, of_people)

# Decided: nobody is written to. Every other event has a rule; a house test looks.
SILENT: frozenset[EventKind] = frozenset(
    {
        *set(PersonEvent) - {PersonEvent.READDRESSED},
        *set(ProgramEvent) - {ProgramEvent.DEPUTY_NAMED, ProgramEvent.DEPUTY_ENDED},
        *set(CareerEvent) - {CareerEvent.STATUS_COMPLETED},
        IntakeEvent.CORRECTED,
        IntakeEvent.MET,
        IntakeEvent.PACKET_HANDED,
        IntakeEvent.CLOSED,
        IntakeEvent.REOPENED,
        PairingEvent.ENTERED,
        PairingEvent.CLAIMED,
        PairingEvent.ACCEPTED_FROM_PAPER,
        PairingEvent.REFUSED_FROM_PAPER,
        PairingEvent.PAUSED,
        PairingEvent.RESUMED,
        PairingEvent.OFFER_CHANGED,
        PairingEvent.NEEDS_CHANGED,
        PairingEvent.KEPT_APART,
        PairingEvent.LET_TOGETHER,
        PairingEvent.WISHED_FOR,
        PairingEvent.WISH_TAKEN_BACK,
        PairingEvent.EXEMPTED,
        PairingEvent.TERM_ADDED,
        PairingEvent.TERM_CHANGED,
        PairingEvent.TERM_MOVED,
        PairingEvent.TERM_RETIRED,
        PairingEvent.TERM_BROUGHT_BACK,
        PairingEvent.TERM_MERGED,
        PairingEvent.TERM_TAKEN_APART,
        PairingEvent.WEIGHTS_CHANGED,
        PairingEvent.PROPOSED,
        PairingEvent.PROPOSAL_ACCEPTED,
        PairingEvent.SHORTLIST_CLOSED,
        PairingEvent.ACKNOWLEDGED,
        PairingEvent.CHANGE_TAKEN_BACK,
        PairingEvent.LIGHT_TOUCH_OVER,
        PairingEvent.EXCUSE_TAKEN_BACK,
        PairingEvent.GOES_ON,
        MeetingEvent.CONFIRMED,
        MeetingEvent.COUNTED,
        MeetingEvent.WITHDRAWN,
        MeetingEvent.RECORDED,
        MeetingEvent.CORRECTED,
        MeetingEvent.STRUCK,
    }
)
