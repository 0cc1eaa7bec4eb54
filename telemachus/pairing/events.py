"""What can have happened to a pair."""

from telemachus.audit.kinds import YEAR, EventKind


class PairingEvent(EventKind):
    ENTERED = "pairing.entered", 7 * YEAR
    CLAIMED = "pairing.claimed", YEAR
    ACCEPTED_FROM_PAPER = "pairing.accepted_from_paper", 7 * YEAR
    REFUSED_FROM_PAPER = "pairing.refused_from_paper", 30
    ENDED = "pairing.ended", 7 * YEAR
    PAUSED = "pairing.paused", 7 * YEAR
    RESUMED = "pairing.resumed", 7 * YEAR
