"""Reads a Word file: every part is unpacked within limits, every XML parsed, and the archive packed anew."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml.sax import make_parser  # type: ignore[import-untyped]

from telemachus.lib import document_errors as errors

MAX_PARTS = 2_000
MAX_UNPACKED = 50_000_000
# Text that shrinks to a two-hundredth is no text; pictures may be one white plain.
MAX_RATIO, RATIO_FROM = 200, 1_000_000
MAX_DEPTH = 500
END_OF_ARCHIVE = 22

NAME = re.compile(r"[^\x00-\x1f\\:*?\"<>|]+")
CONTENT_TYPES = "[Content_Types].xml"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# What a Word file is made of. Anything else (macros, programs, other documents) has another ending.
ENDINGS = {
    "xml", "rels", "png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "tif", "tiff", "emf", "wmf", "wdp", "svg",
    "odttf", "ttf", "thmx",
}  # fmt: skip
MACROS = re.compile(r"vbaproject|vbadata|activex|macroenabled", re.IGNORECASE)
DANGEROUS = re.compile(
    r"/(oleobject|package|vbaproject|wordvbadata|control|activexcontrolbinary|afchunk|subdocument|frame|"
    r"attachedtoolbars|attachedtemplate)$",
    re.IGNORECASE,
)
# A picture or a font is never an archive, a program or an old Office file.
FOREIGN = (b"PK\x03\x04", b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"%PDF", b"#!")
WEB = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
DDE = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)


def read_docx(content: bytes) -> bytes:
    """The file packed anew from its parts. Raises DocumentError."""
    _refuse_before_or_after(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _packed_anew(archive)
    except errors.DocumentError:
        raise
    except MemoryError as error:
        raise errors.too_much() from error
    except Exception as error:
        # zipfile, zlib, expat and defusedxml raise a dozen kinds; all mean the same to a person.
        raise errors.damaged() from error


def _refuse_before_or_after(content: bytes) -> None:
    """The archive is the whole file: it begins at the first byte and ends with its directory, without a comment."""
    end = content[-END_OF_ARCHIVE:]
    size, begins = (int.from_bytes(end[at : at + 4], "little") for at in (12, 16))
    if not end.startswith(b"PK\x05\x06") or end[20:] != b"\0\0" or begins + size != len(content) - END_OF_ARCHIVE:
        raise errors.damaged()


def _packed_anew(archive: zipfile.ZipFile) -> bytes:
    members = [member for member in archive.infolist() if not member.is_dir()]
    _refuse_odd(members)
    whole, left = io.BytesIO(), MAX_UNPACKED
    word = _Word()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for member in members:
            part = _unpacked(archive, member, left)
            left -= len(part)
            word.judge(member.filename, part)
            packed.writestr(zipfile.ZipInfo(member.filename), part, zipfile.ZIP_DEFLATED)
    word.finish()
    if whole.tell() > 2 * errors.MAX_BYTES:
        raise errors.too_much()
    return whole.getvalue()


def _refuse_odd(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_PARTS:
        raise errors.too_much()
    if any(member.flag_bits & 1 for member in members):
        raise errors.protected()
    if any(MACROS.search(member.orig_filename) for member in members):
        raise errors.has_macros()
    if any(not _is_plain(member) for member in members):
        raise errors.damaged()
    if len({member.filename.casefold() for member in members}) < len(members):
        raise errors.damaged()
    if any(_ending(member.filename) not in ENDINGS for member in members):
        raise errors.has_attachments()


def _is_plain(member: zipfile.ZipInfo) -> bool:
    """A relative path that leads down only. zipfile cuts a name at its first NUL: the name as it came is read."""
    steps = member.orig_filename.split("/")
    is_path = NAME.fullmatch(member.orig_filename) is not None and not {"", ".", ".."} & set(steps)
    return is_path and member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    """Read no more than there is room for: what states too much is not opened, what states too little is cut."""
    if member.file_size > left:
        raise errors.too_much()
    with archive.open(member) as stream:
        part = stream.read(member.file_size + 1)
    if len(part) > RATIO_FROM and _is_xml(member.filename) and len(part) > MAX_RATIO * member.compress_size:
        raise errors.too_much()
    return part


def _is_xml(name: str) -> bool:
    return _ending(name) in ("xml", "rels")


class _Word:
    """What is learned of the parts one after another: which is the document, and that it is one."""

    def __init__(self) -> None:
        self.main = ""
        self.roots: dict[str, str] = {}

    def judge(self, name: str, part: bytes) -> None:
        if not _is_xml(name):
            if part.startswith(FOREIGN):
                raise errors.has_attachments()
            return
        seen = _Seen()
        _parse(part, seen)
        self.roots[name] = seen.root
        if DDE.search("".join(seen.fields)):
            raise errors.has_script()
        if name == CONTENT_TYPES:
            self.main = _main(seen)
        if name.endswith(".rels"):
            for relation in seen.of("Relationship"):
                _judge_relation(relation)

    def finish(self) -> None:
        if not self.main:
            raise errors.unknown_kind()
        if self.roots.get(self.main) != "document":
            raise errors.damaged()


def _main(types: "_Seen") -> str:
    """The part that is the document; Word on the web calls it document2.xml."""
    stated = [*types.of("Override"), *types.of("Default")]
    if any(MACROS.search(each.get("ContentType", "")) for each in stated):
        raise errors.has_macros()
    found = [each.get("PartName", "") for each in types.of("Override") if each.get("ContentType") == MAIN]
    return found[0].removeprefix("/") if len(found) == 1 else ""


def _judge_relation(relation: dict[str, str]) -> None:
    kind, target = relation.get("Type", ""), relation.get("Target", "").strip()
    is_outside = relation.get("TargetMode", "").lower() == "external"
    if MACROS.search(kind):
        raise errors.has_macros()
    if DANGEROUS.search(kind):
        raise errors.fetches() if is_outside else errors.has_attachments()
    if is_outside and not (kind.endswith("/hyperlink") and _is_web(target)):
        raise errors.fetches()


def _is_web(target: str) -> bool:
    """A link to the web or to a mail address, or one that somebody typed without its scheme; never a file share."""
    return bool(WEB.match(target)) or not (SCHEME.match(target) or target.startswith(("\\", "//")))


class _Seen(ContentHandler):
    """The root's name, the elements of the package's own parts, and the text of fields."""

    KEPT = ("Relationship", "Override", "Default")
    FIELD = "instrText"

    def __init__(self) -> None:
        super().__init__()
        self.root = ""
        self.kept: list[tuple[str, dict[str, str]]] = []
        self.fields: list[str] = []
        self.depth = 0
        self.in_field = False

    def of(self, name: str) -> Iterator[dict[str, str]]:
        return (attributes for element, attributes in self.kept if element == name)

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: object) -> None:  # noqa: N802
        local = name[1]
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise errors.too_much()
        self.root = self.root or local
        self.in_field = local == self.FIELD
        if local in self.KEPT:
            self.kept.append((local, _plain(attrs)))
        elif local == "fldSimple":
            self.fields.append(f" {_plain(attrs).get('instr', '')} ")

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802
        self.depth -= 1
        self.in_field = False

    def characters(self, content: str) -> None:
        if self.in_field:
            self.fields.append(content)


def _plain(attributes: object) -> dict[str, str]:
    return {local: value for (_space, local), value in attributes.items()}  # type: ignore[attr-defined]


def _parse(part: bytes, seen: _Seen) -> None:
    parser = make_parser()
    # No part of a Word file declares a document type; its entities could swell, or fetch.
    parser.forbid_dtd = True
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(seen)
    parser.parse(io.BytesIO(part))
