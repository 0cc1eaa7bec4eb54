"""What can have happened to an appointment."""

from telemachus.audit.kinds import YEAR, EventKind


class CareerEvent(EventKind):
    APPOINTED = "career.appointed", 7 * YEAR
    APPOINTMENT_CHANGED = "career.appointment_changed", 7 * YEAR
    ABSENCE_NOTICED = "career.absence_noticed", YEAR
    ABSENCE_SETTLED = "career.absence_settled", YEAR
