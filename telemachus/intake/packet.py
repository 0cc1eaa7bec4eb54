"""The welcome packet of a recruit (R5): one content, shown as a page and set as a PDF."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachus.intake.packet_blocks import Packet
from telemachus.intake.packet_forms import forms
from telemachus.intake.packet_pages import pages
from telemachus.lib.pdf import render
from telemachus.people.models import Person
from telemachus.program.models import Program

PAPER = Path(__file__).resolve().parent / "templates" / "intake" / "packet.typ"


def packet(program: Program, person: Person, day: date) -> Packet:
    """In the numbers of this program; `day` is the one on which it is handed over."""
    return Packet(
        title=_("Welcome packet"),
        program=program.name,
        person=person.full_name,
        day=date_format(day, "j F Y"),
        words=_words(program),
        sections=(*pages(program), *forms(program, person)),
    )


def _words(program: Program) -> dict[str, str]:
    return {
        "kicker": _("Career-development mentoring"),
        "to_read": _("To read"),
        "to_fill_in": _("To fill in by hand"),
        "cut": _("cut here"),
        "foot": _("%(program)s · Welcome packet") % {"program": program.name},
    }


def packet_pdf(program: Program, person: Person, day: date) -> bytes:
    found = packet(program, person, day)
    title = f"{found.title} · {found.program} · {found.person}"
    return render(PAPER.read_text(encoding="utf-8"), asdict(found), title=title)
