"""What can have happened to an appointment and to the papers of a person."""

from telemachus.audit.kinds import YEAR, EventKind

# CV and aspirations are gone after ninety days; what happened to them is not kept longer.
WITH_THE_PAPER = 90


class CareerEvent(EventKind):
    APPOINTED = "career.appointed", 7 * YEAR
    APPOINTMENT_CHANGED = "career.appointment_changed", 7 * YEAR
    ABSENCE_NOTICED = "career.absence_noticed", YEAR
    ABSENCE_SETTLED = "career.absence_settled", YEAR
    CV_SENT = "career.cv_sent", WITH_THE_PAPER
    CV_TAKEN_BACK = "career.cv_taken_back", WITH_THE_PAPER
    ASPIRATIONS_WRITTEN = "career.aspirations_written", WITH_THE_PAPER
    ASPIRATIONS_TAKEN_BACK = "career.aspirations_taken_back", WITH_THE_PAPER
    STATUS_COMPLETED = "career.status_completed", YEAR
    STATUS_CONFIRMED = "career.status_confirmed", YEAR
    STATUS_QUESTIONED = "career.status_questioned", YEAR
    OTHER_MENTOR_NAMED = "career.other_mentor_named", YEAR
