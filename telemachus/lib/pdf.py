"""Sets papers by typst: a template and its data become a tagged PDF."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import typst
from django.utils.functional import Promise
from django.utils.translation import get_language

# All that a template can import or read: `#import "/paper.typ": data, paper`.
PIECES = Path(__file__).resolve().parent / "templates" / "typst"
# Control characters, halves of characters, and marks that would turn the direction of what follows a name.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
NO_FONT_HAS_IT = "could not be displayed with font"


def render(source: str, data: Mapping[str, object], *, title: str) -> bytes:
    """PDF, produced in PDF/UA-1 mode; the same input gives the same bytes.

    `data` (anything that JSON takes) reaches the template as `data` of `/paper.typ`, never as a part of its source.
    Where a name has a letter that none of our fonts has (東, an emoji), PDF/UA-1 refuses; then the same is produced
    outside that mode, tagged as well: a box is seen, the letter is read aloud and copied.

    Raises typst.TypstError for a template with a mistake.
    """
    content = json.dumps(_printable({**data, "document": {"title": title, **_language()}}))
    try:
        return _compile(source, content, mode="ua-1")
    except typst.TypstError as error:
        if NO_FONT_HAS_IT not in str(error):
            raise
    return _compile(source, content, mode=None)


def _compile(source: str, content: str, *, mode: Literal["ua-1"] | None) -> bytes:
    # Its types want source and root to be of one kind; a source in bytes beside a folder is what it documents.
    paper: bytes = typst.compile(  # type: ignore[call-overload]
        source.encode(),
        root=PIECES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": content},
        pdf_standards=mode,
        # What a template would take for today; a date that is to be read comes with the data.
        timestamp=0,
        format="pdf",
    )
    return paper


@cache
def _fonts() -> typst.Fonts:
    """Those that come with the compiler: no two servers set a paper differently."""
    return typst.Fonts(include_system_fonts=False)


def _language() -> dict[str, str]:
    """Such as “en” and “us”, from en-us; without a language English, which our sentences are."""
    language, _hyphen, region = (get_language() or "en").partition("-")
    return {"lang": language, "region": region}


def _printable(value: object) -> object:
    if isinstance(value, str | Promise):
        return UNPRINTABLE.sub("", str(value))
    if isinstance(value, Mapping):
        return {str(key): _printable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(each) for each in value]
    return value
