import io
from datetime import timedelta
from time import perf_counter

import pikepdf
import pytest
import time_machine
from django.urls import reverse

from telemachus.intake.packet import packet, packet_pdf
from telemachus.intake.packet_blocks import Blanks, Block, Lines, Note, Points, Steps, Table, Terms, Text
from telemachus.intake.packet_pages import rhythm
from telemachus.program.models import Program
from tests.acts import ClientOf, words
from tests.cast import Cast
from tests.intake.ways import introduced, met

NAMES = [
    ('#read("/etc/passwd")', "*Tanaka* $x$ <y> @z"),
    ("محمد", "العلي"),
    ("芽衣", "田中"),
    ("🎉", "\u202eOsei"),
    ("W" * 100, "W" * 100),
    ("Maria " * 16, "de la Cruz " * 9),
]


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def headings(pdf: pikepdf.Pdf) -> list[str]:
    with pdf.open_outline() as outline:
        return [str(item.title) for item in outline.root]


def said(block: Block) -> list[str]:
    match block:
        case Text(text):
            return [text]
        case Points(lines, heading) | Note(heading, lines):
            return [*lines, heading]
        case Steps(rows) | Terms(rows) | Blanks(rows):
            return [each for row in rows for each in row]
        case Table(caption, header, rows):
            return [caption, *header, *(each for row in rows for each in row)]
        case Lines(label, _count, help_text):
            return [label, help_text]


def test_pdf_has_every_section_and_is_tagged(cast: Cast):
    pdf = opened(packet_pdf(cast.digestive, cast.mei, cast.today))
    assert headings(pdf) == [section.title for section in packet(cast.digestive, cast.mei, cast.today).sections]
    assert pdf.docinfo["/Title"] == "Welcome packet · Digestive Diseases · Mei Tanaka"
    assert pdf.Root.Lang == "en-US"
    assert pdf.Root.MarkInfo.Marked
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_every_form_begins_a_page_and_fits_it(cast: Cast):
    sections = packet(cast.digestive, cast.mei, cast.today).sections
    forms = [section for section in sections if section.is_form]
    assert [form.key for form in forms] == ["agreement", "year", "preparation", "first", "conference", "slip"]
    pages = opened(packet_pdf(cast.digestive, cast.mei, cast.today)).pages
    # A cover, four pages to read, and one for each form.
    assert len(pages) == 1 + 4 + len(forms)


def test_page_says_what_the_paper_says(cast: Cast, client_of: ClientOf):
    recruit = met(cast, cast.pia)
    shown = client_of(cast.pia).get(reverse("intake:packet", args=[recruit.pk]))
    page = words(shown)
    found = packet(cast.digestive, cast.pia, cast.today)
    assert [section.title for section in found.sections if section.title not in page] == []
    sentences = [each for section in found.sections for block in section.blocks for each in said(block)]
    assert [each for each in sentences if each not in page] == []
    assert f'href="{reverse("intake:packet_pdf", args=[recruit.pk])}"' in shown.content.decode()


def test_packet_is_set_for_one_person_on_one_day(cast: Cast):
    mei = packet_pdf(cast.digestive, cast.mei, cast.today)
    assert mei == packet_pdf(cast.digestive, cast.mei, cast.today)
    assert mei != packet_pdf(cast.digestive, cast.jonas, cast.today)
    assert mei != packet_pdf(cast.cardiology, cast.mei, cast.today)


def test_packet_bears_the_day_on_which_it_was_handed_over(cast: Cast, client_of: ClientOf):
    recruit = met(cast, cast.pia)
    url = reverse("intake:packet", args=[recruit.pk])
    with time_machine.travel(cast.now + timedelta(days=30), tick=False):
        assert "For Pia Larsen, 14 October 2026." in words(client_of(cast.pia).get(url))


def test_packet_that_is_printed_before_bears_the_day_on_the_division_s_calendar(cast: Cast, client_of: ClientOf):
    url = reverse("intake:packet", args=[introduced(cast, cast.pia).pk])
    with time_machine.travel(cast.now.replace(day=15, hour=3), tick=False):
        assert "For Pia Larsen, 14 October 2026." in words(client_of(cast.director).get(url))


@pytest.mark.parametrize(("given", "family"), NAMES)
def test_any_name_can_be_set(cast: Cast, given: str, family: str):
    cast.mei.given_name, cast.mei.family_name = given, family
    cast.digestive.name = f"{family[:100]} #panic()"
    pdf = opened(packet_pdf(cast.digestive, cast.mei, cast.today))
    assert pdf.Root.MarkInfo.Marked
    assert "#panic()" in str(pdf.docinfo["/Title"])
    assert "Our agreement" in headings(pdf)


@pytest.mark.parametrize(("given", "family"), NAMES)
def test_any_name_can_be_shown(cast: Cast, client_of: ClientOf, given: str, family: str):
    recruit = met(cast, cast.pia)
    cast.pia.change(given_name=given, family_name=family, by=None, now=cast.now)
    shown = client_of(cast.pia).get(reverse("intake:packet", args=[recruit.pk]))
    assert " ".join(cast.pia.full_name.split()) in words(shown)


@pytest.mark.parametrize(
    ("at_least", "aim", "sentence"),
    [
        (2, 4, "At least 2 times a year; a good rhythm is 4 a year; more whenever it is needed"),
        (1, 1, "At least once a year; more whenever it is needed"),
        (0, 2, "A good rhythm is 2 a year; more whenever it is needed"),
        (0, 0, "More whenever it is needed"),
    ],
)
def test_rhythm_is_the_program_s_own(at_least: int, aim: int, sentence: str):
    assert rhythm(Program(at_least=at_least, aim=aim)) == sentence


def test_packet_says_what_confidence_cannot_cover(cast: Cast):
    sections = packet(cast.digestive, cast.mei, cast.today).sections
    confidence = next(each for each in sections if each.key == "confidence")
    [note] = [block for block in confidence.blocks if isinstance(block, Note)]
    told = " ".join(note.lines)
    for word in ("harassment", "discrimination", "violence", "demanded from you"):
        assert word in told


def test_packet_is_set_within_a_second(cast: Cast):
    begun = perf_counter()
    packet_pdf(cast.digestive, cast.mei, cast.today)
    assert perf_counter() - begun < 1
