"""The process that reads one PDF from its input and writes it anew: run as a script, never imported by the server.

It answers by its exit: 0 and on its output the number of pages, a line's end and the file; else one of the numbers
below, which `document_pdf.py` puts into words. Page streams are copied, never unpacked.
"""

import contextlib
import io
import resource
import sys
from collections.abc import Iterator
from typing import Any

DAMAGED, PROTECTED, SCRIPT, ATTACHMENTS, PAGES, TOO_MUCH = range(2, 8)
MEMORY = 400_000_000
SECONDS = 20
MAX_UNPACKED = 50_000_000
MAX_WRITTEN = 8_000_000
MAX_OBJECTS = 100_000
MAX_PAGES = 40
MAX_DEPTH = 100

# What a viewer would do by itself, or at a click on something else than a link to a page or to the web.
ACTS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ResetForm", "/ImportData", "/Rendition", "/Sound", "/Movie", "/Trans",
    "/RichMediaExecute", "/GoTo3DView", "/GoToR", "/GoToE", "/GoToDp", "/SetOCGState", "/Hide",
}  # fmt: skip
SCRIPTED = {"/JS", "/JavaScript", "/XFA", "/AA"}
INSIDE = {"/EmbeddedFiles", "/EmbeddedFile", "/EF", "/Collection", "/RichMediaContent", "/RichMediaSettings"}
INSIDE_KINDS = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/EmbeddedFile", "/Filespec"}


class NotTakenError(Exception):
    """Its argument is the exit."""


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        pages, written = rewrite(sys.stdin.buffer.read())
    except NotTakenError as refusal:
        return int(refusal.args[0])
    except (MemoryError, RecursionError):
        return TOO_MUCH
    except Exception:
        # qpdf and pikepdf raise a dozen kinds; all mean that this is no sound PDF.
        return DAMAGED
    sys.stdout.buffer.write(b"%d\n" % pages + written)
    return 0


def rewrite(content: bytes) -> tuple[int, bytes]:
    import pikepdf

    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=MAX_UNPACKED, run_length_max_memory=MAX_UNPACKED, png_max_memory=MAX_UNPACKED,
        tiff_max_memory=MAX_UNPACKED, parser_max_container_size=MAX_OBJECTS, max_stream_filters=4,
    )  # fmt: skip
    try:
        pdf = pikepdf.open(io.BytesIO(content), attempt_recovery=False)
    except pikepdf.PasswordError:
        raise NotTakenError(PROTECTED) from None
    with pdf:
        if pdf.is_encrypted:
            raise NotTakenError(PROTECTED)
        _look(pdf)
        pages = len(pdf.pages)
        if not pages:
            raise NotTakenError(DAMAGED)
        if pages > MAX_PAGES:
            raise NotTakenError(PAGES)
        return pages, _written(pdf)


def _look(pdf: Any) -> None:
    """Every object, whether or not a page leads to it: what is not written needs no excuse to be refused."""
    _drop_opening(pdf.Root)
    for count, each in enumerate(pdf.objects):
        if count > MAX_OBJECTS:
            raise NotTakenError(TOO_MUCH)
        for key, value in _entries(each, MAX_DEPTH):
            _judge(key, value)


def _drop_opening(root: Any) -> None:
    """“Open at this page, this large” is what many writers put in: harmless, and goes. Anything else acts."""
    import pikepdf

    if "/OpenAction" not in root:
        return
    opening = root.OpenAction
    is_place = isinstance(opening, pikepdf.Array) or (
        isinstance(opening, pikepdf.Dictionary) and opening.get("/S") == "/GoTo" and "/Next" not in opening
    )
    if not is_place:
        raise NotTakenError(SCRIPT)
    del root["/OpenAction"]


def _entries(each: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """The keys and values of an object and of what stands in it; objects of their own come by themselves."""
    import pikepdf

    if depth == 0:
        raise NotTakenError(TOO_MUCH)
    if isinstance(each, pikepdf.Stream):
        if "/F" in each.stream_dict:
            # Its content would stand in another file.
            raise NotTakenError(ATTACHMENTS)
        each = each.stream_dict
    if isinstance(each, pikepdf.Dictionary):
        children = [(str(key), value) for key, value in each.items()]
    elif isinstance(each, pikepdf.Array):
        children = [("", value) for value in each]
    else:
        return
    for key, value in children:
        yield key, value
        if not getattr(value, "is_indirect", False):
            yield from _entries(value, depth - 1)


def _judge(key: str, value: Any) -> None:
    import pikepdf

    if key in SCRIPTED or key == "/OpenAction":
        raise NotTakenError(SCRIPT)
    if key in INSIDE:
        raise NotTakenError(ATTACHMENTS)
    if key not in ("/S", "/Type", "/Subtype") or not isinstance(value, pikepdf.Name):
        return
    if str(value) in ACTS and key == "/S":
        raise NotTakenError(SCRIPT)
    if str(value) in INSIDE_KINDS and key != "/S":
        raise NotTakenError(ATTACHMENTS)


def _written(pdf: Any) -> bytes:
    import pikepdf

    written = io.BytesIO()
    pdf.save(
        written,
        fix_metadata_version=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
    )
    if written.tell() > MAX_WRITTEN:
        raise NotTakenError(TOO_MUCH)
    return written.getvalue()


if __name__ == "__main__":
    answer = TOO_MUCH
    with contextlib.suppress(MemoryError):
        answer = main()
    sys.exit(answer)
