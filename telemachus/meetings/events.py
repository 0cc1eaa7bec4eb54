"""What can have happened to a meeting or to an appointment to meet."""

from telemachus.audit.kinds import YEAR, EventKind


class MeetingEvent(EventKind):
    TALK_WISHED = "meetings.talk_wished", 30
    # An appointment is erased the day after; what happened to it must not outlive it by much.
    ARRANGED = "meetings.arranged", 1
    MOVED = "meetings.moved", 1
    CANCELLED = "meetings.cancelled", 1
    ASKED = "meetings.asked", 30
    LOGGED = "meetings.logged", YEAR
    CONFIRMED = "meetings.confirmed", 7 * YEAR
    COUNTED = "meetings.counted", 7 * YEAR
    WITHDRAWN = "meetings.withdrawn", 30
    NOT_RIGHT = "meetings.not_right", 30
    RECORDED = "meetings.recorded", 7 * YEAR
    CORRECTED = "meetings.corrected", 7 * YEAR
    STRUCK = "meetings.struck", 7 * YEAR
