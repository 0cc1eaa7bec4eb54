"""The pages of the welcome packet that one reads: what the program is, keeps, asks and is not for."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachus.career.support import RAISE_AT_MONTH, SUPPORT_MONTHS
from telemachus.intake.packet_blocks import Lines, Note, Points, Section, Steps, Table, Terms, Text
from telemachus.pairing.responsibilities import parts
from telemachus.program.models import Program

OWN_QUESTIONS = 8


def pages(program: Program) -> Iterator[Section]:
    yield Section("program", _("What this program is"), (*_what_it_is(), Terms(_promises())))
    yield Section("confidence", _("What stays between you"), tuple(_confidence()))
    yield Section("steps", _("From the first notice to your mentor"), (Steps(_steps()), Text(_in_another_order())))
    yield Section("rhythm", _("Who does what, and how often"), (_duties(program),))
    yield Section("parts", _("Your part, and your mentor’s"), tuple(_parts(program)))
    yield Section("elsewhere", _("What these meetings are not for"), tuple(_elsewhere()))
    yield Section("questions", _("Questions worth bringing"), tuple(_questions()), begins_page=True)


def _what_it_is() -> Iterator[Text]:
    yield Text(
        _(
            "You have joined a division that would like to see you do well, and be well. This program gives you a "
            "senior colleague with whom you can speak in confidence about your career: where you want to go, what "
            "leads there, and what it should not cost you."
        )
    )
    yield Text(
        _(
            "Whether a mentor is expected of you or only offered depends on your series and rank; your director tells "
            "you. Colleagues who come at a higher rank owe nothing here, and are as welcome."
        )
    )


def _promises() -> tuple[tuple[str, str], ...]:
    return (
        (
            _("You choose"),
            _("The director names colleagues who may suit you, and says why. You choose among them; they may say no."),
        ),
        (
            _("A mentor apart"),
            _(
                "Your career mentor is never your clinical or research mentor. Supervisor and chief are left out too, "
                "unless you wish it otherwise."
            ),
        ),
        (
            _("A date, and no more"),
            _("Of your meetings we keep the day on which they took place. Nothing else, and there is no place for it."),
        ),
        (
            _("An open door"),
            _(
                "You may ask the director for another mentor at any time. Nobody asks you why, no reason is kept, and "
                "nobody is to blame."
            ),
        ),
        (
            _("A light touch"),
            _("If you can do without it for now, say so; the director can excuse a year."),
        ),
    )


def _confidence() -> Iterator[Text | Points | Note]:
    yield Text(
        _(
            "What you and your mentor say to each other is yours. Neither the mentor nor the division writes it down. "
            "The coordinator files that the two of you met on a day, because this shows that the meetings take place."
        )
    )
    yield Points(
        (
            _("Your mentor asks others something for you, or introduces you to somebody, only when you have agreed."),
            _(
                "A colleague who is concerned about something is asked to speak with you first. Only after that may "
                "your mentor bring it to you, and whom it was about is written down nowhere."
            ),
            _("What your mentor and you spoke about reaches the chief only in your own words, as far as you wish."),
        )
    )
    yield Note(_("What confidence cannot cover"), _limits())


def _limits() -> tuple[str, ...]:
    return (
        _(
            "Certain conduct must be reported by mentors, the director and the coordinator when they learn of it: "
            "harassment, discrimination and violence. They have no choice in this, however much they would like to "
            "keep your trust."
        ),
        _(
            "Notes that you write for yourself are yours, and yet they may be demanded from you, as in a lawsuit. "
            "Write down what you could live with showing."
        ),
        _(
            "Patient safety, research misconduct and retaliation, like the three above, are not carried by a mentor: "
            "each has an office of its own. The director or the coordinator tells you which; you need not say why you "
            "ask."
        ),
    )


def _steps() -> tuple[tuple[str, str], ...]:
    return (
        (_("Notice"), _("The coordinator tells the director that you are coming.")),
        (_("Introduction"), _("The director writes to you, says what awaits you, and asks for an hour of your time.")),
        (
            _("Your papers"),
            _("You send your CV and a short paragraph: where would you like to be in one to five years?"),
        ),
        (_("Your status"), _("The coordinator completes your academic status form, and you say whether it is right.")),
        (
            _("First meeting"),
            _("You and the director talk about your appointment and the questions of your track. You get this packet."),
        ),
        (_("Your choice"), _("The director names colleagues to you, each with a reason. You choose.")),
        (
            _("Request"),
            _("The director asks the colleague, who answers in private. After a no, the director goes on with you."),
        ),
        (
            _("Your mentor"),
            _("The director introduces the two of you. From this day on it is you who arranges the meetings."),
        ),
    )


def _in_another_order() -> str:
    return _("Life may bring them in another order. On your own page you see where you are and who has the next move.")


def _duties(program: Program) -> Table:
    return Table(
        _("What takes place in a year"),
        (_("What"), _("Who"), _("How often")),
        (
            (_("Mentoring meeting"), _("You and your mentor. You arrange it."), rhythm(program)),
            (
                _("Date of the meeting"),
                _("One of you gives it, the other confirms it; the coordinator keeps the register."),
                _("After each meeting"),
            ),
            (
                _("Agreement"),
                _("You and your mentor, each of you separately."),
                _("When you begin, then once a year"),
            ),
            (
                _("Yearly meeting with the director"),
                _("You and the director: is your mentor still the right one, and do you meet?"),
                _("Once a year, in the fall quarter"),
            ),
            (
                _("Career Planning Conference"),
                _("You and the chief. You sum up the mentoring briefly, in words that you choose."),
                _("Once a year, after the yearly meeting with the director"),
            ),
            (_("Report on the program"), _("The director, to the chief."), _("Every quarter")),
        ),
    )


def rhythm(program: Program) -> str:
    """How often the two meet: what is owed, and the aim where it is more."""
    words = [_at_least(program.at_least)] if program.at_least else []
    if program.aim > program.at_least:
        words.append(_("a good rhythm is %(n)s a year") % {"n": program.aim})
    sentence = "; ".join([*words, _("more whenever it is needed")])
    return sentence[:1].upper() + sentence[1:]


def _at_least(n: int) -> str:
    return ngettext("at least once a year", "at least %(n)s times a year", n) % {"n": n}


def _parts(program: Program) -> Iterator[Text | Points]:
    """The first two parts of the agreement; the others stand on its form."""
    yield Text(_("These are the words that each of you reads, and says yes to, when you begin and once a year."))
    mentee, mentor, *_others = parts(program)
    for part in (mentee, mentor):
        yield Points(part.lines, heading=part.heading)


def _elsewhere() -> Iterator[Text | Terms]:
    yield Text(
        _("The hour belongs to your career, and to how content you are with it. Some things have a better place.")
    )
    yield Terms(
        (
            (
                _("A difficult case"),
                _("Whoever guides you in the clinic knows it better, and can look at it with you."),
            ),
            (
                _("The details of a study"),
                _("These are for your research mentor. Whether research is to be your way is for this one."),
            ),
            (
                _("A judgement"),
                _("Your mentor neither grades nor reviews you for this program, and writes no report on you."),
            ),
            (
                _("A decision"),
                _("Your mentor can think it through with you. Making it stays with you."),
            ),
        )
    )


def _questions() -> Iterator[Text | Terms | Lines]:
    yield Text(_("For the first meetings, if you wonder how to begin. One of them is enough for an hour."))
    yield Terms((*_questions_of_work(), _question_of_salary(), *_questions_of_life()))
    yield Lines(_("My own"), OWN_QUESTIONS)


def _questions_of_work() -> tuple[tuple[str, str], ...]:
    return (
        (
            _("Promotion"),
            _("How do merit and promotion work in my series, who decides, and what will they look at first?"),
        ),
        (
            _("Publications"),
            _("Which papers do I need, and by when? Which invitations, such as book chapters, can wait?"),
        ),
        (
            _("Independence"),
            _("How does my own work become visible while I remain a good member of a team?"),
        ),
        (
            _("Colleagues"),
            _(
                "On whom does my work depend, among faculty, staff and administrators, and how well do we know each "
                "other?"
            ),
        ),
        (_("Societies"), _("Which one or two deserve my time, and what can I do there beyond paying dues?")),
        (_("Committees"), _("Which are good for me now, how many are enough, and how do I decline the next one?")),
    )


def _question_of_salary() -> tuple[str, str]:
    question = _(
        "Who pays for my time when the %(support)s months of support for new faculty are over? Bring this one early: "
        "it must be on the table by month %(raise)s."
    )
    return _("Salary"), question % {"support": SUPPORT_MONTHS, "raise": RAISE_AT_MONTH}


def _questions_of_life() -> tuple[tuple[str, str], ...]:
    return (
        (_("Life"), _("What in my week keeps me well? What would I give up last, and is it safe at present?")),
        (
            _("Other positions"),
            _("If I thought about working elsewhere, what would I need to know? Asking here does you no harm."),
        ),
    )
