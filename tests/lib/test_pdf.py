import io
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
import typst
from django.utils import translation
from django.utils.translation import gettext_lazy
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachus.lib.pdf import render

ROOMS = Path(__file__).resolve().parent.parent.parent / "telemachus"
SOURCE = '#import "/paper.typ": data, paper\n#show: paper\n= #data.name\n#data.name'
HOSTILE = [
    '#read("/etc/passwd")',
    "#panic()",
    "= No *heading* _at_ $all$ <x> @y `z` // \\",
    '"); #sys.inputs',
    "</script><b>",
    "שלום עולם",
    "محمد العلي",
    "Ελένη Иванов Nguyễn",
    "田中 芽衣",
    "🎉 👩‍⚕️",
    "x" * 200,
    "ab " * 60 + "c",
]


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def set_name(name: str, title: str = "A paper") -> pikepdf.Pdf:
    return opened(render(SOURCE, {"name": name}, title=title))


def headings(pdf: pikepdf.Pdf) -> list[str]:
    with pdf.open_outline() as outline:
        return [str(item.title) for item in outline.root]


def is_in_ua_mode(pdf: pikepdf.Pdf) -> bool:
    with pdf.open_metadata() as metadata:
        return metadata.get("pdfuaid:part") == "1"


def test_pdf_is_tagged_and_says_its_title_and_language():
    pdf = set_name("Mei", title="Packet for Mei")
    assert pdf.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in pdf.Root
    assert pdf.Root.Lang == "en-US"
    assert pdf.docinfo["/Title"] == "Packet for Mei"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert is_in_ua_mode(pdf)


def test_pdf_without_a_language_is_in_english():
    with translation.override(None):
        assert set_name("Mei").Root.Lang == "en"


@pytest.mark.parametrize("name", HOSTILE)
def test_data_come_out_as_text(name: str):
    pdf = set_name(name, title=name)
    assert headings(pdf) == [name]
    assert pdf.docinfo["/Title"] == name
    assert pdf.Root.MarkInfo.Marked
    assert len(pdf.pages) == 1


@pytest.mark.parametrize(
    ("name", "shown"), [("a\x00b", "ab"), ("\u202eabc", "abc"), ("\ud83dx", "x"), ("a\x1b[0m", "a[0m")]
)
def test_what_no_paper_can_show_is_left_out(name: str, shown: str):
    pdf = set_name(name, title=name)
    assert headings(pdf) == [shown]
    assert pdf.docinfo["/Title"] == shown


def test_letter_that_no_font_has_leaves_the_mode_not_the_tags():
    assert is_in_ua_mode(set_name("Müller Zielińska"))
    pdf = set_name("田中")
    assert not is_in_ua_mode(pdf)
    assert "/StructTreeRoot" in pdf.Root


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_can_be_set(name: str):
    # A heading needs words: the mode refuses an empty one.
    source = '#import "/paper.typ": data, paper\n#show: paper\n= A name\n#data.name'
    pdf = opened(render(source, {"name": name}, title=f"For {name}"))
    assert pdf.Root.MarkInfo.Marked


def test_lazy_words_lists_and_numbers_are_handed_over():
    source = '#import "/paper.typ": data, paper\n#show: paper\n= #data.rows.at(0).word #data.rows.at(1)'
    pdf = opened(render(source, {"rows": ({"word": gettext_lazy("Notice")}, 3)}, title="x"))
    assert headings(pdf) == ["Notice 3"]


def test_same_input_gives_the_same_bytes_in_another_process_too():
    script = (
        "import sys, django; django.setup()\n"
        "from telemachus.lib.pdf import render\n"
        f"sys.stdout.buffer.write(render({SOURCE!r}, {{'name': 'Mei'}}, title='T'))"
    )
    here = render(SOURCE, {"name": "Mei"}, title="T")
    there = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, cwd=ROOMS.parent)
    assert here == render(SOURCE, {"name": "Mei"}, title="T") == there.stdout
    assert b"CreationDate" not in here


@pytest.mark.parametrize("path", ["/etc/passwd", "../../pdf.py", "../../../../pyproject.toml"])
def test_template_reads_nothing_but_the_shared_pieces(path: str):
    assert render('#import "/paper.typ": paper\n#show: paper\n= x\n#read("/paper.typ")', {}, title="x")
    with pytest.raises(typst.TypstError):
        render(f'#import "/paper.typ": paper\n#show: paper\n= x\n#read("{path}")', {}, title="x")


def test_mistake_in_a_template_is_told():
    with pytest.raises(typst.TypstError, match="unknown variable"):
        render("#nothing", {}, title="x")


def test_picture_without_words_is_refused():
    picture = "#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\"){})"
    head = '#import "/paper.typ": paper\n#show: paper\n= x\n'
    assert render(head + picture.format(', alt: "A dot"'), {}, title="x")
    with pytest.raises(typst.TypstError, match="alt"):
        render(head + picture.format(""), {}, title="x")


def test_no_template_asks_for_a_package():
    sources = sorted(ROOMS.rglob("*.typ"))
    assert sources
    assert [path for path in sources if '"@' in path.read_text(encoding="utf-8")] == []
