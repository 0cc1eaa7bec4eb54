"""A CV of somebody invented, as a PDF like one that is sent in."""

from dataclasses import replace
from functools import cache

from telemachus.lib.document import Document, read_document
from telemachus.lib.pdf import render
from telemachus.people.models import Person

CV = """
#import "/paper.typ": data, paper
#show: paper
= Curriculum vitae

== Training
Residency in internal medicine; fellowship in gastroenterology and hepatology.

== Research
Outcomes of inflammatory bowel disease in young adults. Twelve papers, four of them as first author.

== Teaching
Ward rounds and a seminar on reading trials; residents' teaching award.
"""


def cv_of(person: Person) -> Document:
    """Everybody's says the same, under a name of its own."""
    return replace(_read(), name=f"CV {person.family_name}.pdf")


@cache
def _read() -> Document:
    return read_document("CV.pdf", render(CV, {}, title="Curriculum vitae"))
