"""The only words that the tables of this room can hold: each column of codes has a CHECK that lists them (B1)."""

from django.db import models
from django.utils.translation import gettext_lazy


class Kind(models.TextChoices):
    MENTORING = "mentoring", gettext_lazy("mentoring meeting")
    DIRECTOR = "director", gettext_lazy("yearly meeting with the director")
    CONFERENCE = "conference", gettext_lazy("career planning conference")


class State(models.TextChoices):
    ASKED = "asked", gettext_lazy("did you meet?")
    LOGGED = "logged", gettext_lazy("one of the two said so")
    CONFIRMED = "confirmed", gettext_lazy("registered")


class How(models.TextChoices):
    BOTH = "both", gettext_lazy("both said so")
    ONE_SIDE = "one_side", gettext_lazy("one said so, the other did not object in 14 days")
    TOLD = "told", gettext_lazy("as told to the coordinator")
    SLIP = "slip", gettext_lazy("signed slip")
    REGISTER = "register", gettext_lazy("paper register")
    OFFICE = "office", gettext_lazy("entered by the office")


class Correction(models.TextChoices):
    """Why the coordinator changed or struck a date. Kept with the event, as this code."""

    WRONG_DAY = "wrong_day", gettext_lazy("the day was wrong")
    TWICE = "twice", gettext_lazy("it was registered twice")
    NOT_HELD = "not_held", gettext_lazy("it was not held")
    OTHER_PAIR = "other_pair", gettext_lazy("it belongs to another pair")
