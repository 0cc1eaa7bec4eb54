"""Every string for people goes through gettext, in templates and in Python."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.templates import ROOMS, Markup, has_words, literal, name_of, templates, variables

# Attributes whose value a person reads or hears; the others hold codes and addresses.
SPOKEN = {
    "alt", "title", "aria-label", "aria-description", "placeholder", "label", "caption", "sentence", "why", "until",
    "summary", "lede", "text", "legend", "data-gone", "data-back", "data-confirm",
}  # fmt: skip
# Calls that speak to a person with their first words, and the keywords that always do.
SPEAKERS = {
    "Refused", "Conflict", "ValidationError", "TableError", "Question", "Oddity", "Line", "Step", "Act", "Holding",
    "Entry", "success", "warning", "info", "error", "add_error",
}  # fmt: skip
SPOKEN_KEYWORDS = {"label", "help_text", "sentence", "why", "what", "who_sees", "until", "empty_label", "otherwise"}
FALLBACKS = ("default:", "default_if_none:", "yesno:")
# Logs are for the operator.
NOT_SPEAKERS = {"log", "logger", "parser"}


def untranslated(text: str, *, is_html: bool) -> list[str]:
    plain = literal(text)
    if not is_html:
        return [line.strip() for line in plain.splitlines() if has_words(line)]
    markup = Markup(plain)
    found = [words.strip() for words in markup.words if has_words(words)]
    found += [value for _tag, name, value in markup.attributes if name in SPOKEN and has_words(value)]
    return found + [each for each in variables(text) if _says_by_default(each)]


def _says_by_default(variable: str) -> bool:
    filters = (part.strip() for part in variable.split("|"))
    spoken = (part.split('"')[1] for part in filters if part.startswith(FALLBACKS) and '"' in part)
    return any(has_words(words) for words in spoken)


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_template_says_nothing_untranslated(path: Path) -> None:
    assert untranslated(path.read_text(), is_html=path.suffix == ".html") == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>Good morning</p>",
        '<img alt="a face">',
        '{{ name|default:"nobody" }}',
        '<c-table caption="Dates of {{ year }}">',
        "{% blocktranslate %}Yes{% endblocktranslate %} no",
    ],
)
def test_untranslated_template_is_found(text: str) -> None:
    assert untranslated(text, is_html=True)


def code() -> list[Path]:
    return sorted(path for path in ROOMS.rglob("*.py") if "migrations" not in path.parts)


def untranslated_in(tree: ast.AST) -> Iterator[str]:
    """The line and the words of every literal that would reach a person as it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (f"{each.lineno}: {ast.unparse(each)}" for each in _spoken(node) if _is_literal(each))
        if isinstance(node, ast.ClassDef) and any("Choices" in ast.unparse(base) for base in node.bases):
            yield from (f"{each.lineno}: {ast.unparse(each)}" for each in _labels(node) if _is_literal(each))


def _spoken(call: ast.Call) -> Iterator[ast.expr]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    owner = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    if owner in NOT_SPEAKERS:
        return
    if name in SPEAKERS:
        yield from (each for each in call.args if _is_sentence(each))
    yield from (each.value for each in call.keywords if each.arg in SPOKEN_KEYWORDS)


def _labels(choices: ast.ClassDef) -> Iterator[ast.expr]:
    for line in choices.body:
        if isinstance(line, ast.Assign):
            # A label left out is made of the code, in English.
            yield line.value.elts[1] if isinstance(line.value, ast.Tuple) else line.value


def _is_literal(node: ast.expr) -> bool:
    """Does it hold words that no gettext call encloses?"""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and has_words(node.value)
    if isinstance(node, ast.JoinedStr):
        return any(_is_literal(each) for each in node.values if isinstance(each, ast.Constant))
    if isinstance(node, ast.IfExp):
        return _is_literal(node.body) or _is_literal(node.orelse)
    if isinstance(node, ast.BinOp):
        return _is_literal(node.left)
    return isinstance(node, ast.List | ast.Tuple) and any(_is_literal(each) for each in node.elts)


def _is_sentence(node: ast.expr) -> bool:
    """Keys and names of fields stand among the arguments too: a sentence has a space or a capital."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and (" " in node.value or node.value[:1].isupper())
    return True


@pytest.mark.parametrize("path", code(), ids=name_of)
def test_code_says_nothing_untranslated(path: Path) -> None:
    assert list(untranslated_in(ast.parse(path.read_text()))) == []


@pytest.mark.parametrize(
    "text",
    [
        'raise Refused("Not today.")',
        'raise Conflict(f"{name} was faster.")',
        'messages.success(request, "Saved.")',
        'forms.CharField(label="name")',
        'form.add_error("day", "This day has not come.")',
        'Oddity(3, "date", value, "No date." if bad else _("Late."))',
        'class Kind(models.TextChoices):\n    ONE = "one", "the first"',
        'class Kind(models.TextChoices):\n    ONE = "one"',
    ],
)
def test_untranslated_code_is_found(text: str) -> None:
    assert list(untranslated_in(ast.parse(text)))
