"""The two ways in which the domain says no; one middleware shows their sentence."""


class Conflict(Exception):
    """Somebody else, or an earlier click, was faster. The sentence says what is true now."""


class Refused(Exception):
    """The act is not possible. The sentence says why, and what to do instead."""
