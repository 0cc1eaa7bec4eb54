"""What can have happened to a person."""

from telemachus.audit.kinds import YEAR, EventKind


class PersonEvent(EventKind):
    ADDED = "people.added", 7 * YEAR
    CHANGED = "people.changed", 7 * YEAR
    # An office has given an account another mail address; the subject is the one that was left.
    READDRESSED = "people.readdressed", 90
    DELEGATE_NAMED = "people.delegate_named", YEAR
    DELEGATE_ENDED = "people.delegate_ended", YEAR
