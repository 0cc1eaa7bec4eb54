"""Terms of the division by their codes, as several tests name them."""

from telemachus.pairing.models import Term
from telemachus.pairing.vocabulary import standard_id
from telemachus.program.models import Program


def term(program: Program, code: str) -> Term:
    return Term.objects.get(pk=standard_id(program, code))


def terms(program: Program, *codes: str) -> list[Term]:
    return [term(program, code) for code in codes]


def given(program: Program, *codes: str, kind: str = "help") -> dict[str, list[str]]:
    """What a page sends when these are ticked."""
    return {f"{kind}-{program.slug}": [str(standard_id(program, code)) for code in codes]}
