"""What can have happened to a recruit on the way into the program."""

from telemachus.audit.kinds import YEAR, EventKind


class IntakeEvent(EventKind):
    NOTICED = "intake.noticed", YEAR
    CORRECTED = "intake.corrected", YEAR
    WRITTEN_TO = "intake.written_to", 90
    CAME_BACK = "intake.came_back", 90
    TIMES_PROPOSED = "intake.times_proposed", 90
    # Times were proposed where one had been agreed: it no longer holds.
    TIMES_REPLACED = "intake.times_replaced", 90
    TIME_PICKED = "intake.time_picked", 90
    OTHER_TIMES_ASKED = "intake.other_times_asked", 90
    MET = "intake.met", YEAR
    PACKET_HANDED = "intake.packet_handed", YEAR
    MENTOR_WISHED = "intake.mentor_wished", YEAR
    CLOSED = "intake.closed", YEAR
    REOPENED = "intake.reopened", YEAR
