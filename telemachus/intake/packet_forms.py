"""The forms of the welcome packet, to be filled in by pen: agreement, preparation, conference, date slip.

They stay with whoever filled them in; only the slip is handed in.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from telemachus.intake.packet_blocks import Blanks, Block, Lines, Points, Section, Table, Text
from telemachus.pairing.responsibilities import parts
from telemachus.people.models import Person
from telemachus.program.models import Program

SLIPS_ON_A_PAGE = 4


def forms(program: Program, person: Person) -> Iterator[Section]:
    name = person.full_name
    yield Section("agreement", _("Our agreement"), tuple(_agreement(program)), is_form=True)
    yield Section("year", _("Our year"), tuple(_year(name)), is_form=True)
    yield Section("preparation", _("Before a meeting"), tuple(_preparation()), is_form=True)
    yield Section("first", _("For the first meeting"), tuple(_first_meeting()), is_form=True)
    yield Section("conference", _("Before the Career Planning Conference"), tuple(_conference()), is_form=True)
    yield Section("slip", _("Date slip"), tuple(_slip(program, name)), is_form=True, copies=SLIPS_ON_A_PAGE)


def _agreement(program: Program) -> Iterator[Block]:
    yield Text(_("For the two of you to keep. The program records only that each has agreed, and on which day."))
    _mentee, _mentor, *others = parts(program)
    for part in others:
        yield Points(part.lines, heading=part.heading)


def _year(name: str) -> Iterator[Block]:
    yield Text(_("We have read our two parts and our agreement, and keep to them. For this year we add:"))
    yield Lines(_("What we want to reach"), 6)
    yield Lines(_("How often we meet, and how we find a time"), 3)
    yield Lines(_("How we tell each other whether the meetings help"), 3)
    yield Lines(_("What we leave out"), 3)
    yield Blanks((*_two(name), *_two_signatures(), (_("Date"), ""), (_("We look at this again on"), "")))


def _two(name: str) -> tuple[tuple[str, str], ...]:
    return ((_("Mentee"), name), (_("Mentor"), ""))


def _two_signatures() -> tuple[tuple[str, str], ...]:
    return ((_("Signature, mentee"), ""), (_("Signature, mentor"), ""))


def _preparation() -> Iterator[Block]:
    yield Text(_("You set the agenda. This sheet is yours: show of it what you like, and keep it or throw it away."))
    yield Blanks(((_("Date of the meeting"), ""),))
    yield Lines(_("What has gone well since we last met"), 4)
    yield Lines(_("What I had set out to do, and what became of it"), 4)
    yield Lines(_("What stands in my way"), 4)
    yield Lines(_("The one thing I want to talk about"), 3, _("If the hour were only ten minutes long."))
    yield Lines(_("What I will do next, and by when"), 3, _("For the end of the hour."))


def _first_meeting() -> Iterator[Block]:
    yield Text(_("Once, at the beginning, and whenever much has changed. Bring your CV, as it is today."))
    yield Table(
        _("My time, in percent; each column makes 100"),
        (_("Part"), _("On paper"), _("In practice"), _("As I would like it")),
        tuple((part, "", "", "") for part in _division_of_time()),
    )
    yield Lines(_("What I want to have done in a year"), 5)
    yield Lines(_("Where I want to be in five years"), 6)
    yield Lines(_("What I would need for it that I do not have"), 4)


def _division_of_time() -> tuple[str, ...]:
    return (_("Clinical work"), _("Research"), _("Teaching"), _("Administration"), _("Service"))


def _conference() -> Iterator[Block]:
    yield Text(
        _("For your own thoughts before you see the chief. What you say of it, and of the mentoring, is your choice.")
    )
    yield Lines(_("Progress"), 5, _("What came of last year’s plans, and what came unplanned."))
    yield Lines(_("Goals"), 5, _("For the coming year, and the one that matters most."))
    yield Lines(_("Readiness"), 3, _("The next review: what does the file show already, what is missing?"))
    yield Lines(_("What I need"), 3, _("Time, people, space, money, a word from somebody."))
    yield Lines(_("The mentoring, in my own words"), 4)


def _slip(program: Program, name: str) -> Iterator[Block]:
    words = _("We met as mentee and mentor on the day below. Nothing else is recorded.")
    yield Text(f"{program.name}. {words}")
    yield Blanks((*_two(name), (_("Date"), ""), *_two_signatures()))
    yield Text(_("Please give it to the academic personnel coordinator, who enters the date and destroys the slip."))
