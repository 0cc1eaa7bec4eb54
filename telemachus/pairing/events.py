"""What can have happened on the way to a pair and to a pair.

A decline and a wish for a change leave no shadow: their events go after thirty days, like their rows.
"""

from telemachus.audit.kinds import YEAR, EventKind

MONTH = 30


class PairingEvent(EventKind):
    ENTERED = "pairing.entered", 7 * YEAR
    CLAIMED = "pairing.claimed", YEAR
    ACCEPTED_FROM_PAPER = "pairing.accepted_from_paper", 7 * YEAR
    REFUSED_FROM_PAPER = "pairing.refused_from_paper", MONTH
    ENDED = "pairing.ended", 7 * YEAR
    PAUSED = "pairing.paused", 7 * YEAR
    RESUMED = "pairing.resumed", 7 * YEAR

    OFFER_CHANGED = "pairing.offer_changed", YEAR
    NEEDS_CHANGED = "pairing.needs_changed", YEAR
    KEPT_APART = "pairing.kept_apart", MONTH
    LET_TOGETHER = "pairing.let_together", MONTH
    WISHED_FOR = "pairing.wished_for", MONTH
    WISH_TAKEN_BACK = "pairing.wish_taken_back", MONTH
    EXEMPTED = "pairing.exempted", 7 * YEAR

    TERM_ADDED = "pairing.term_added", YEAR
    TERM_CHANGED = "pairing.term_changed", YEAR
    TERM_MOVED = "pairing.term_moved", MONTH
    TERM_RETIRED = "pairing.term_retired", YEAR
    TERM_BROUGHT_BACK = "pairing.term_brought_back", YEAR
    TERM_MERGED = "pairing.term_merged", YEAR
    TERM_TAKEN_APART = "pairing.term_taken_apart", YEAR

    WEIGHTS_CHANGED = "pairing.weights_changed", YEAR
    PROPOSED = "pairing.proposed", MONTH
    PROPOSAL_ACCEPTED = "pairing.proposal_accepted", MONTH

    SHORTLISTED = "pairing.shortlisted", YEAR
    CHOSEN = "pairing.chosen", YEAR
    OTHERS_ASKED = "pairing.others_asked", MONTH
    SHORTLIST_CLOSED = "pairing.shortlist_closed", MONTH

    REQUESTED = "pairing.requested", MONTH
    ACCEPTED = "pairing.accepted", MONTH
    DECLINED = "pairing.declined", MONTH
    WITHDRAWN = "pairing.withdrawn", MONTH
    EXPIRED = "pairing.expired", MONTH
    INTRODUCED = "pairing.introduced", 7 * YEAR

    ACKNOWLEDGED = "pairing.acknowledged", 7 * YEAR
    CHANGE_WISHED = "pairing.change_wished", MONTH
    CHANGE_TAKEN_BACK = "pairing.change_taken_back", MONTH
    WISH_ERASED = "pairing.wish_erased", MONTH
    LIGHT_TOUCH_WISHED = "pairing.light_touch_wished", YEAR
    LIGHT_TOUCH_OVER = "pairing.light_touch_over", YEAR
    EXCUSED = "pairing.excused", 7 * YEAR
    EXCUSE_TAKEN_BACK = "pairing.excuse_taken_back", YEAR
    GOES_ON = "pairing.goes_on", YEAR
