"""What a person’s own papers suggest to tick: read anew each time, never kept. The person confirms by ticking."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from telemachus.career.models import Aspirations, CurriculumVitae
from telemachus.lib.document_text import text_of
from telemachus.pairing.models import Term
from telemachus.pairing.recognize import recognized, signs_in
from telemachus.people.models import Person
from telemachus.program.models import Program

# What sets limits is no wish for help.
READ = [name for name in Aspirations.ASKED if name != "constraints"]


def hints(person: Person, programs: Sequence[Program]) -> set[UUID]:
    """Ids of the terms on offer of which the person’s own CV or aspirations in that program speak."""
    texts: dict[UUID, str] = {}
    for program, text in _texts(person, programs):
        texts[program] = f"{texts.get(program, '')}\n{text}"
    terms = Term.objects.filter(program__in=texts).offered().prefetch_related("merged")
    signs = {program: {term.pk: _signs(term) for term in terms if term.program_id == program} for program in texts}
    return set().union(*(recognized(text, signs[program]) for program, text in texts.items()))


def _texts(person: Person, programs: Sequence[Program]) -> Iterator[tuple[UUID, str]]:
    own = {"person": person, "program__in": programs}
    for cv in CurriculumVitae.objects.filter(**own):
        yield cv.program_id, text_of(cv.kind, bytes(cv.content))
    for written in Aspirations.objects.filter(**own):
        yield written.program_id, "\n".join(getattr(written, name) for name in READ)


def _signs(term: Term) -> Iterable[str]:
    for one in (term, *term.merged.all()):
        yield one.words
        yield from signs_in(one.signs)
