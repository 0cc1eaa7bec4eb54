"""What can have happened to a program."""

from telemachus.audit.kinds import YEAR, EventKind


class ProgramEvent(EventKind):
    FOUNDED = "program.founded", 7 * YEAR
    SETTINGS_CHANGED = "program.settings_changed", 7 * YEAR
    ROLE_GRANTED = "program.role_granted", 7 * YEAR
    ROLE_ENDED = "program.role_ended", 7 * YEAR
    IMPORTED = "program.imported", 7 * YEAR
    DEPUTY_NAMED = "program.deputy_named", 7 * YEAR
    DEPUTY_ENDED = "program.deputy_ended", 7 * YEAR
