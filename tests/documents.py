"""Papers that people send, good and hostile, made here byte by byte: nothing of them is taken from anywhere."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

CONTENT_TYPES = "[Content_Types].xml"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pdf(pages: int = 2, change: Any = None, **save: Any) -> bytes:
    """A plain PDF; `change(pdf)` does something to it before it is saved."""
    made = Pdf.new()
    for number in range(pages):
        page = made.add_blank_page(page_size=(612, 792))
        page.Contents = made.make_stream(b"BT /F1 12 Tf 72 720 Td (Curriculum vitae %d) Tj ET" % number)
    if change:
        change(made)
    written = io.BytesIO()
    made.save(written, **save)
    return written.getvalue()


def _root(key: str, value: Any) -> Any:
    def change(made: Pdf) -> None:
        made.Root[key] = value

    return change


def _action(**entries: Any) -> Dictionary:
    return Dictionary(Type=Name.Action, **entries)


def _annotation(**entries: Any) -> Any:
    def change(made: Pdf) -> None:
        rect = Array([10, 10, 100, 30])
        note = Dictionary(Type=Name.Annot, Rect=rect, **{"Subtype": Name.Link, **entries})
        made.pages[0].Annots = Array([made.make_indirect(note)])

    return change


def _attached(made: Pdf) -> None:
    made.attachments["payload.exe"] = b"MZ\x90\0"


def _hidden_in_arrays(made: Pdf) -> None:
    script = _action(S=Name.JavaScript, JS=String("app.alert(1)"))
    made.Root.PieceInfo = Dictionary(X=Array([Array([Dictionary(Y=Array([script]))])]))


def _script_in_stream(made: Pdf) -> None:
    made.Root.OpenAction = _action(S=Name.JavaScript, JS=made.make_stream(b"app.alert(1)"))


def _form_with_xfa(made: Pdf) -> None:
    made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=made.make_stream(b"<xdp:xdp/>"))


JS = String("app.alert(1)")
HOSTILE_CHANGES: dict[str, Any] = {
    "opens with JavaScript": _root("/OpenAction", _action(S=Name.JavaScript, JS=JS)),
    "opens with JavaScript in a stream": _script_in_stream,
    "opens with Launch": _root("/OpenAction", _action(S=Name.Launch, F=String("cmd.exe"))),
    "opens an address": _root("/OpenAction", _action(S=Name.URI, URI=String("http://example.org/"))),
    "opens a file elsewhere": _root("/OpenAction", _action(S=Name.GoToR, F=String("\\\\host\\x.pdf"), D=Array([0]))),
    "opens a page, then a script": _root(
        "/OpenAction", _action(S=Name.GoTo, D=Array([0]), Next=_action(S=Name.JavaScript, JS=JS))
    ),
    "script among its names": _root(
        "/Names", Dictionary(JavaScript=Dictionary(Names=Array([String("a"), _action(S=Name.JavaScript, JS=JS)])))
    ),
    "script at closing": _root("/AA", Dictionary(WC=_action(S=Name.JavaScript, JS=JS))),
    "script deep in arrays": _hidden_in_arrays,
    "file attached": _attached,
    "portfolio": _root("/Collection", Dictionary(View=Name.D)),
    "form of forms": _form_with_xfa,
    "link that launches": _annotation(A=_action(S=Name.Launch, F=String("calc.exe"))),
    "link that runs a script": _annotation(A=_action(S=Name.JavaScript, JS=JS)),
    "link that sends a form": _annotation(A=_action(S=Name.SubmitForm, F=String("http://example.org/"))),
    "link that imports": _annotation(A=_action(S=Name.ImportData, F=String("x.fdf"))),
    "link into an attached file": _annotation(A=_action(S=Name.GoToE, D=Array([0]))),
    "rich media": _annotation(Subtype=Name.RichMedia),
    "movie": _annotation(Subtype=Name.Movie),
    "sound": _annotation(Subtype=Name.Sound),
    "file in a note": _annotation(Subtype=Name.FileAttachment),
    "three dimensions": _annotation(Subtype=Name("/3D")),
    "rendition": _annotation(A=_action(S=Name.Rendition, OP=0)),
    "annotation that acts when seen": _annotation(AA=Dictionary(PO=_action(S=Name.URI, URI=String("http://x/")))),
}


def encrypted(owner: str = "owner", user: str = "user") -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner=owner, user=user))


def escaped_name() -> bytes:
    """/JavaScript written as /J#61vaScript: the same name to a reader, another to a search."""
    opening = b"/OpenAction << /S /J#61vaScript /J#53 (app.alert\\(1\\)) >>"
    return raw_pdf([b"<< /Type /Catalog /Pages 2 0 R %s >>" % opening, PAGES, PAGE, stream(b"")])


def outside_stream() -> bytes:
    """A stream whose content stands in a file on somebody's server."""
    return raw_pdf([CATALOG, PAGES, PAGE, stream(b"", b"/F (\\\\\\\\host\\\\share\\\\file)")])


def raw_pdf(objects: list[bytes], header: bytes = b"%PDF-1.7\n") -> bytes:
    """Objects 1, 2, … as they are, with a table of where they stand; the first is the root."""
    whole, places = bytearray(header), []
    for number, body in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(whole)
    whole += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    whole += b"".join(b"%010d 00000 n \n" % place for place in places)
    whole += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(whole)


PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


@cache
def deflated(size: int) -> bytes:
    """So many zeroes, packed a thousand to one, made without holding them."""
    packer, zeroes = zlib.compressobj(9), bytes(1_000_000)
    packed = [packer.compress(zeroes) for _ in range(size // len(zeroes))]
    return b"".join([*packed, packer.flush()])


def page_bomb(size: int = 1_000_000_000) -> bytes:
    """A page whose drawing unpacks to a gigabyte."""
    return raw_pdf([CATALOG, PAGES, PAGE, stream(deflated(size), b"/Filter /FlateDecode")])


def object_bomb(size: int = 1_000_000_000) -> bytes:
    """A stream of objects that unpacks to a gigabyte; a reader must unpack it to find the pages."""
    packed = deflated(size)
    holder = stream(packed, b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode")
    head = b"%PDF-1.7\n"
    one = b"1 0 obj\n" + CATALOG + b"\nendobj\n"
    four = b"4 0 obj\n" + holder + b"\nendobj\n"
    places = {1: len(head), 4: len(head) + len(one)}
    at = len(head) + len(one) + len(four)
    rows = [(0, 0, 65535), (1, places[1], 0), (2, 4, 0), (2, 4, 1), (1, places[4], 0), (1, at, 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    index = stream(table, b"/Type /XRef /Size 6 /W [1 4 2] /Root 1 0 R")
    return head + one + four + b"5 0 obj\n" + index + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % at


def index_bomb(size: int = 1_000_000_000) -> bytes:
    """The table of places itself unpacks to a gigabyte."""
    head = b"%PDF-1.7\n"
    index = stream(deflated(size), b"/Type /XRef /Size 6 /W [1 4 2] /Root 1 0 R /Filter /FlateDecode")
    return head + b"5 0 obj\n" + index + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


# ---- Word ----


def types_xml(main: str = MAIN, part: str = "/word/document.xml") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="{part}" ContentType="{main}"/>'
        "</Types>"
    )


def relations(*entries: tuple[str, str, bool]) -> str:
    """Kind, target, and whether it lies outside."""
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if outside else ""}/>'  # noqa: E501
        for number, (kind, target, outside) in enumerate(entries, 1)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{RELATIONS}">{rows}</Relationships>'


def body(inner: str = "<w:p><w:r><w:t>Curriculum vitae</w:t></w:r></w:p>", doctype: str = "") -> str:
    head = f'<?xml version="1.0" encoding="UTF-8"?>{doctype}'
    return f'{head}<w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>'


PARTS: dict[str, str | bytes] = {
    CONTENT_TYPES: types_xml(),
    "_rels/.rels": relations((f"{OFFICE}/officeDocument", "word/document.xml", False)),
    "word/document.xml": body(),
    "word/_rels/document.xml.rels": relations(
        (f"{OFFICE}/hyperlink", "https://example.edu/", True), (f"{OFFICE}/styles", "styles.xml", False)
    ),
    "word/styles.xml": f'<w:styles xmlns:w="{W}"/>',
    "word/media/image1.png": b"\x89PNG\r\n\x1a\n" + bytes(64),
}


def docx(more: Mapping[str, str | bytes | None] | None = None) -> bytes:
    """A plain Word file; `more` adds or replaces parts, None takes one out."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {**PARTS, **(more or {})}.items():
            if part is not None:
                archive.writestr(name, part)
    return written.getvalue()


def linked(kind: str, target: str, *, outside: bool = True) -> bytes:
    return docx({"word/_rels/document.xml.rels": relations((f"{OFFICE}/{kind}", target, outside))})


def renamed(was: bytes, becomes: bytes) -> bytes:
    """The same archive with a name changed in place, to one that no writer would write."""
    assert len(was) == len(becomes)
    whole = docx()
    assert whole.count(was) == 2
    return whole.replace(was, becomes)


def lying_sizes(size: int = 200_000_000) -> bytes:
    """A part of two hundred megabytes that the archive states to be ten bytes long."""
    whole = bytearray(zip_bomb(size))
    stated = struct.pack("<I", size)
    assert whole.count(stated) >= 1
    return bytes(whole.replace(stated, struct.pack("<I", 10)))


def zip_bomb(size: int = 200_000_000, name: str = "word/media/image2.bmp") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, part in PARTS.items():
            archive.writestr(each, part)
        with archive.open(name, "w") as part_of_zeroes:
            for _ in range(size // 1_000_000):
                part_of_zeroes.write(bytes(1_000_000))
    return written.getvalue()


LAUGHS = "<!DOCTYPE lolz [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{('&' + chr(97 + n) + ';') * 10}'>" for n in range(9)
)
LAUGHS += "]>"
EXTERNAL_ENTITY = "<!DOCTYPE x [<!ENTITY file SYSTEM 'file:///etc/passwd'>]>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
