"""The wording with which a program begins; what stands in brackets is filled in for each recruit."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from telemachus.intake.models import Letter
from telemachus.intake.path import Facts


def still_missing(facts: Facts) -> str:
    """To somebody who has answered: thanks, and what is still to come of the first meeting; empty where nothing is."""
    lines = [f"- {line}" for line in _missing(facts)]
    if not facts.must_pair or facts.replied is None or not lines:
        return ""
    paragraphs = [
        _thanks(facts),
        "\n".join(lines),
        _("You can do it on your page, in a few minutes:\n[page]"),
        _rather(),
    ]
    return "\n\n".join([_("Dear [given name],"), *paragraphs, "[director]"])


def _thanks(facts: Facts) -> str:
    if facts.meets:
        return _("Thank you for choosing a time: I look forward to our first meeting. What I would like before it:")
    return _("Thank you for your answer. What is still to come:")


def _missing(facts: Facts) -> Iterator[str]:
    if facts.meets is None and facts.met is None:
        yield _("a time for our first meeting, or a word that others would suit better")
    if facts.cv is None:
        yield _("your CV")
    if facts.aspirations is None:
        yield _("a few lines on what you hope for")
    if facts.status_completed and facts.status_confirmed is None and facts.status_questioned is None:
        yield _("a look at your academic status form: is it right?")


def _rather() -> str:
    return _("If you would rather speak with me first, simply answer this letter.")


def shipped(kind: Letter.Kind) -> str:
    paragraphs = {
        Letter.Kind.INTRODUCTION: _introduction,
        Letter.Kind.WELCOME: _welcome,
        Letter.Kind.REMINDER: _reminder,
    }[kind]
    return "\n\n".join([_("Dear [given name],"), *paragraphs(), "[director]"])


def _introduction() -> Iterator[str]:
    yield _(
        "Welcome to [program]. I direct our career mentoring, and I write so that you know what waits for you there."
    )
    yield _(
        "Everybody who joins us as junior faculty is offered a senior colleague as career mentor: somebody outside "
        "your clinical and research work, whom you choose yourself from names that I suggest. What the two of you "
        "speak about stays between you; the division learns only on which days you met."
    )
    yield _("First I would like to get to know you. Could we meet for an hour? I can offer:")
    yield "[times]"
    yield _(
        "Please choose one on your page, and send your CV there, with a few lines on where you would like to be in "
        "one to five years:\n[page]"
    )
    yield _(
        "At our meeting you receive the papers of the program, and we talk about your appointment and the dates that "
        "matter in it."
    )
    yield _("I look forward to meeting you.")


def _welcome() -> Iterator[str]:
    yield _(
        "Welcome to [program]. I direct our career mentoring. It is built for junior faculty, so nothing is asked of "
        "you here."
    )
    yield _(
        "Should you like a career mentor all the same, please say so on your page, and I will suggest colleagues:"
        "\n[page]"
    )
    yield _("And if you would like to mentor somebody one day, I would be glad to hear that too.")


def _reminder() -> Iterator[str]:
    yield _(
        "I wrote to you about the career mentoring of [program] and have not heard from you yet; letters get lost "
        "easily in a first week."
    )
    yield _(
        "On your page you can choose a time for our first meeting, or say that another would be better. Your CV and "
        "a few lines on what you hope for find their place there as well:\n[page]"
    )
    yield _rather()
