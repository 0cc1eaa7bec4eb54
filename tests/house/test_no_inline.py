"""No inline script, style or handler: the content security policy would refuse it, and behaviour hangs on `data-*`."""

from pathlib import Path

import pytest

from tests.house.templates import Markup, literal, name_of, templates


def inline(text: str) -> list[str]:
    markup = Markup(literal(text))
    sourced = sum(1 for tag, name, _ in markup.attributes if tag == "script" and name == "src")
    found = [f'{tag} {name}="{value}"' for tag, name, value in markup.attributes if _is_inline(name, value)]
    if "style" in markup.tags:
        found.append("<style>")
    if markup.tags.count("script") > sourced:
        found.append("<script> without src")
    return found


def _is_inline(name: str, value: str) -> bool:
    return name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:")


@pytest.mark.parametrize("path", [path for path in templates() if path.suffix == ".html"], ids=name_of)
def test_template_holds_no_inline_script_style_or_handler(path: Path) -> None:
    assert inline(path.read_text()) == []


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">x</p>',
        '<p {% if x %}onclick="y()"{% endif %}>x</p>',
        "<script>x()</script>",
        "<style>p {}</style>",
        '<a href="javascript:x()">x</a>',
    ],
)
def test_inline_is_found(text: str) -> None:
    assert inline(text)
