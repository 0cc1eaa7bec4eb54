"""Pairs, and everything that leads to one or changes one; each noun in its own module."""

from telemachus.pairing.models.agreements import Acknowledgement, Excuse, LightTouch
from telemachus.pairing.models.changes import ChangeWish
from telemachus.pairing.models.offers import Apart, Exemption, Need, Offer
from telemachus.pairing.models.pairings import Pairing, PairingQuerySet
from telemachus.pairing.models.pauses import Pause, PauseQuerySet
from telemachus.pairing.models.requests import Request, RequestQuerySet, places
from telemachus.pairing.models.shortlists import Candidate, Shortlist, ShortlistQuerySet

__all__ = [
    "Acknowledgement",
    "Apart",
    "Candidate",
    "ChangeWish",
    "Excuse",
    "Exemption",
    "LightTouch",
    "Need",
    "Offer",
    "Pairing",
    "PairingQuerySet",
    "Pause",
    "PauseQuerySet",
    "Request",
    "RequestQuerySet",
    "Shortlist",
    "ShortlistQuerySet",
    "places",
]
