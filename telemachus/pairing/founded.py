"""What a new program has from this room: the standard terms."""

from telemachus.pairing.vocabulary import add_standard_terms
from telemachus.program.models import Program


def founded(program: Program) -> None:
    add_standard_terms(program)
