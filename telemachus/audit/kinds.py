"""The shape of an event kind: a code in the past tense and the days that its row must stand."""

from enum import Enum

YEAR = 366


class EventKind(Enum):
    """Subclass per room: `CONFIRMED = "meetings.confirmed", 7 * YEAR`."""

    code: str
    keep_days: int

    def __init__(self, code: str, keep_days: int) -> None:
        self.code = code
        self.keep_days = keep_days
