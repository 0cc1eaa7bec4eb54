"""Pairs, and everything that leads to one or changes one; each noun in its own module."""

from telemachus.pairing.models.agreements import Acknowledgement, Excuse, LightTouch
from telemachus.pairing.models.changes import ChangeWish
from telemachus.pairing.models.offers import Apart, Exemption, Need, Offer
from telemachus.pairing.models.pairings import Pairing, PairingQuerySet
from telemachus.pairing.models.pauses import Pause, PauseQuerySet
from telemachus.pairing.models.proposals import Proposal, ProposalQuerySet, Proposed
from telemachus.pairing.models.requests import Request, RequestQuerySet, places
from telemachus.pairing.models.shortlists import Candidate, Shortlist, ShortlistQuerySet
from telemachus.pairing.models.terms import Term, TermQuerySet
from telemachus.pairing.models.weights import PARTS, Weights, Wish

__all__ = [
    "PARTS",
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
    "Proposal",
    "ProposalQuerySet",
    "Proposed",
    "Request",
    "RequestQuerySet",
    "Shortlist",
    "ShortlistQuerySet",
    "Term",
    "TermQuerySet",
    "Weights",
    "Wish",
    "places",
]
