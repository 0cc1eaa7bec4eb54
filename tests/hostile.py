"""Two hundred files that nobody should be able to hurt the house with, by family: name and content of each."""

import io
import random
import zipfile
from collections.abc import Callable, Iterator

from tests import documents as made

Sent = tuple[str, bytes]


def other_kinds() -> Iterator[Sent]:
    """Not what they are called."""
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("cv.pdf", made.pdf())
    contents = {
        "html": made.HTML, "svg": made.SVG, "xml": b"<?xml version='1.0'?><x/>", "exe": b"MZ" + bytes(500),
        "elf": b"\x7fELF" + bytes(500), "png": b"\x89PNG\r\n\x1a\n" + bytes(99), "gif": b"GIF89a" + made.HTML,
        "jpg": b"\xff\xd8\xff\xe0" + made.HTML, "js": b"alert(1)", "sh": b"#!/bin/sh\nrm -rf /\n", "ps": b"%!PS\n",
        "rtf": b"{\\rtf1 hello}", "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "txt": b"Curriculum vitae",
        "zip": zipped.getvalue(), "gz": b"\x1f\x8b\x08" + bytes(50), "rar": b"Rar!\x1a\x07" + bytes(50),
        "7z": b"7z\xbc\xaf\x27\x1c" + bytes(50), "mhtml": b"MIME-Version: 1.0\n\n" + made.HTML, "space": b" ",
        "null": bytes(1), "eicar": b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "fdf": b"%FDF-1.2\n%%EOF", "bom": b"\xef\xbb\xbf",
    }  # fmt: skip
    for kind, content in contents.items():
        yield f"cv.{kind}.pdf", content
        yield f"cv.{kind}.docx", content


def too_much() -> Iterator[Sent]:
    yield "empty.pdf", b""
    yield "empty.docx", b""
    yield "six-megabytes.pdf", made.pdf() + bytes(6_000_000)
    yield "six-megabytes.docx", made.docx() + bytes(6_000_000)
    yield "41-pages.pdf", made.pdf(41)
    yield "no-page.pdf", made.pdf(0)
    yield "objects.pdf", made.object_bomb(1_000_000_000)
    yield "index.pdf", made.index_bomb(1_000_000_000)
    yield "nested.pdf", made.raw_pdf([b"[" * 50_000 + b"]" * 50_000, made.PAGES, made.PAGE, made.stream(b"")])
    yield "zeroes.docx", made.zip_bomb(200_000_000)
    yield "lies.docx", made.lying_sizes(200_000_000)
    yield "white-text.docx", made.docx({"word/document.xml": made.body("<w:p/>" + " " * 40_000_000)})
    yield "parts.docx", made.docx({f"word/a{number}.xml": "<a/>" for number in range(2_001)})
    yield "deep.docx", made.docx({"word/document.xml": made.body("<w:p>" * 600 + "</w:p>" * 600)})


def acting_pdfs() -> Iterator[Sent]:
    for name, change in made.HOSTILE_CHANGES.items():
        yield f"{name}.pdf", made.pdf(change=change)
    yield "escaped.pdf", made.escaped_name()
    yield "elsewhere.pdf", made.outside_stream()
    yield "locked.pdf", made.encrypted()
    yield "locked-for-writing.pdf", made.encrypted(user="")


def acting_words() -> Iterator[Sent]:
    macros = made.MAIN.replace(
        "openxmlformats-officedocument.wordprocessingml.document", "ms-word.document.macroEnabled"
    )
    template = "https://example.org/t.dotm"
    yield "macros.docm", made.docx({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    yield "macros-renamed.docx", made.docx({made.CONTENT_TYPES: made.types_xml(macros)})
    yield "macros-data.docx", made.docx({"word/vbaData.xml": "<a/>"})
    yield "activex.docx", made.docx({"word/activeX/activeX1.xml": "<a/>"})
    yield "activex.bin.docx", made.docx({"word/activeX1.bin": b"x"})
    yield "template.docx", made.linked("attachedTemplate", template)
    yield "template-on-share.docx", made.linked("attachedTemplate", "\\\\host\\t.dotm")
    yield "template-inside.docx", made.linked("attachedTemplate", "t.xml", outside=False)
    yield "object.docx", made.linked("oleObject", "http://example.org/x", outside=True)
    yield "object-inside.docx", made.linked("oleObject", "embeddings/oleObject1.bin", outside=False)
    yield "frame.docx", made.linked("frame", "http://example.org/x")
    yield "chunk.docx", made.linked("aFChunk", "x.html", outside=False)
    yield "sub.docx", made.linked("subDocument", "file:///c:/x.docx")
    yield "picture-elsewhere.docx", made.linked("image", "http://example.org/seen.png")
    yield "picture-on-share.docx", made.linked("image", "file://host/share/x.png")
    yield "script-link.docx", made.linked("hyperlink", "javascript:alert(1)")
    yield "handler-link.docx", made.linked("hyperlink", "ms-msdt:/id x")
    yield "share-link.docx", made.linked("hyperlink", "\\\\host\\share")
    yield "file-link.docx", made.linked("hyperlink", "file:///c:/windows/calc.exe")
    yield "package.docx", made.linked("package", "embeddings/x.xlsx", outside=False)
    for name in ("word/embeddings/oleObject1.bin", "word/embeddings/x.xlsx", "word/x.exe", "word/x.html", "word/x.js",
                 "word/x.dll", "word/x.docx", "word/x.zip", "word/x.vbs", "word/x", "word/x.lnk"):  # fmt: skip
        yield f"holds {name.rpartition('/')[2]}.docx", made.docx({name: b"anything"})
    for what, content in (("zip", made.docx()), ("exe", b"MZ"), ("ole", b"\xd0\xcf\x11\xe0"), ("pdf", made.pdf())):
        yield f"{what} as picture.docx", made.docx({"word/media/image2.png": content})
    for field in ("DDEAUTO c:\\\\windows\\\\cmd.exe", "DDE excel x y", "dde a b"):
        run = f"<w:r><w:instrText>{field}</w:instrText></w:r>"
        yield "field.docx", made.docx({"word/document.xml": made.body(run)})
        simple = f'<w:fldSimple w:instr="{field}"/>'
        yield "simple field.docx", made.docx({"word/document.xml": made.body(simple)})
    parted = "<w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO cmd</w:instrText></w:r>"
    yield "parted field.docx", made.docx({"word/document.xml": made.body(parted)})


def xml_tricks() -> Iterator[Sent]:
    for part in ("word/document.xml", "word/styles.xml", made.CONTENT_TYPES, "word/_rels/document.xml.rels"):
        yield "laughs.docx", made.docx({part: made.body("<w:p>&j;</w:p>", made.LAUGHS)})
        yield "entity.docx", made.docx({part: made.body("<w:p>&file;</w:p>", made.EXTERNAL_ENTITY)})
        yield "doctype.docx", made.docx({part: made.body(doctype='<!DOCTYPE w SYSTEM "http://example.org/x.dtd">')})
        yield "no-xml.docx", made.docx({part: made.HTML})
        yield "nothing.docx", made.docx({part: b""})
        yield "unclosed.docx", made.docx({part: b"<w:document>"})
        yield "utf-7.docx", made.docx({part: b"<?xml version='1.0' encoding='utf-7'?>+ADw-x/+AD4-"})
    for name in (made.CONTENT_TYPES, "word/document.xml"):
        yield "without.docx", made.docx({name: None})
    yield "other-root.docx", made.docx({"word/document.xml": "<html><script/></html>"})
    yield (
        "sheet.docx",
        made.docx({made.CONTENT_TYPES: made.types_xml(made.MAIN.replace("wordprocessing", "spreadsheet"))}),
    )
    yield "elsewhere.docx", made.docx({made.CONTENT_TYPES: made.types_xml(part="/word/none.xml")})


def odd_paths() -> Iterator[Sent]:
    was = b"word/media/image1.png"
    for becomes in (b"../../../../../etc/pwd", b"/etc/passwd", b"C:\\windows\\system.png", b"word/../../../../a.png",
                    b"word\\..\\..\\image1.png", b"word/media/a\0b/x1.png", b"word//media/imag1.png",
                    b"./word/./media/i1.png", b"word/media/i\nmage.png", b"\\\\host\\share\\im1.png",
                    b"word/media/a:ads1.png"):  # fmt: skip
        whole = becomes[: len(was)].ljust(len(was), b"x")
        if not whole.endswith(b".png"):
            whole = whole[:-4] + b".png"
        yield "path.docx", made.renamed(was, whole)
    # Two parts of one name: one reader takes the first, another the last.
    yield "twice.docx", made.docx({"word/media/image2.png": b"x"}).replace(b"image2.png", b"image1.png")
    yield "case.docx", made.docx({"WORD/document.xml": "<a/>"})


def polyglots() -> Iterator[Sent]:
    pdf, word = made.pdf(), made.docx()
    for before in (b" ", b"\n", b"GIF89a", made.HTML, b"MZ", b"\xef\xbb\xbf", b"#!/bin/sh\n", bytes(4), b"<svg>"):
        yield "before.pdf", before + pdf
        yield "before.docx", before + word
    for behind in (word, made.HTML, made.SVG, bytes(2_000), b"MZ" + bytes(99), b"x", b"PK\x05\x06" + bytes(18)):
        yield "behind.pdf", pdf + behind
        yield "behind.docx", word + behind
    yield "comment.docx", word[:-2] + (len(made.HTML)).to_bytes(2, "little") + made.HTML
    yield "pdf in front of word.docx", pdf + word
    yield "word in front of pdf.pdf", word + pdf
    for start in (b"%PDF-1.7 <script>alert(1)</script>\n", b"%PDF-1.7\n%<svg onload=alert(1)>\n",
                  b"%PDF-1.7\n% MZ\x90\n", b"%PDF-1.7\n*/alert(1);/*\n"):  # fmt: skip
        yield "header.pdf", made.raw_pdf([made.CATALOG, made.PAGES, made.PAGE, made.stream(made.HTML)], header=start)


def cut_off() -> Iterator[Sent]:
    for whole, ending in ((made.pdf(), "pdf"), (made.docx(), "docx")):
        for tenth in range(1, 20):
            yield f"cut.{ending}", whole[: len(whole) * tenth // 20]
        yield f"cut-by-one.{ending}", whole[: -7 if ending == "pdf" else -1]


def bits_flipped() -> Iterator[Sent]:
    dice = random.Random(3)
    for whole, ending, number in ((made.pdf(), "pdf", 24), (made.docx(), "docx", 60)):
        for _ in range(number):
            at = dice.randrange(len(whole))
            yield f"flipped.{ending}", whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1 :]


def odd_names() -> Iterator[Sent]:
    """Good files, named by somebody who hopes that a name is obeyed."""
    for name in (
        "../../etc/passwd.pdf", "..\\..\\x.pdf", "cv\0.exe.pdf", "cv\r\nSet-Cookie: a=b.pdf", "cv\u202efdp.exe",
        "cv.pdf.html", "cv.svg", "cv.exe", "\u2066cv\u2069.pdf", ".htaccess", "cv;rm -rf.pdf", '"cv".pdf',
        "<script>.pdf", "cv" * 200 + ".pdf", " .pdf", "C:\\cv.pdf", "简历.pdf", "cv\u0000.pdf", "`id`.pdf",
        "=cmd|x.pdf", "cv%0d%0a.pdf", "con.pdf", "\u200b.pdf",
    ):  # fmt: skip
        yield name, made.pdf(1)


FAMILIES: dict[str, Callable[[], Iterator[Sent]]] = {
    family.__name__: family
    for family in (
        other_kinds, too_much, acting_pdfs, acting_words, xml_tricks, odd_paths, polyglots, cut_off, bits_flipped,
        odd_names,
    )
}  # fmt: skip
# Families of which some may be taken: then they are served so that nothing in them acts.
MAY_BE_TAKEN = {"polyglots", "bits_flipped", "odd_names"}
