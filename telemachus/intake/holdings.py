"""What this room keeps about a person."""

from django.utils.translation import gettext as _

from telemachus.intake.models import Letter, ProposedTime, Recruit
from telemachus.lib.holding import Holding
from telemachus.people.models import Person


def holdings(person: Person) -> list[Holding]:
    """The way into a program with its days, times offered, letters, and that one led somebody's hiring."""
    return [_way(person), _times(person), _letters(person), _written(person), _led(person)]


def _way(person: Person) -> Holding:
    recruits = Recruit.objects.filter(person=person).select_related("program").order_by("noticed_at")
    return Holding(
        what=_("Your way into the program: on which day each step was done, and how it ended"),
        models=("intake.Recruit",),
        who_sees=_("You, and the director and the coordinator of that program"),
        until=_("a year after it has ended"),
        rows=[line for recruit in recruits for line in _lines(recruit)],
    )


DAYS = (
    "noticed_at", "reopened_at", "address_corrected_at", "meets_at", "picked_at", "others_asked_at", "met_on",
    "packet_on", "wishes_mentor_at", "ended_on",
)  # fmt: skip


def _lines(recruit: Recruit) -> list[str]:
    days = [f"{name.rsplit('_', 1)[0]} {value:%Y-%m-%d}" for name in DAYS if (value := getattr(recruit, name))]
    return [f"{recruit.program}: {recruit.get_ending_display() or recruit.get_state_display()}; {', '.join(days)}"]


def _times(person: Person) -> Holding:
    times = ProposedTime.objects.filter(recruit__person=person)
    return Holding(
        what=_("Times that the director offers you for the first meeting"),
        models=("intake.ProposedTime",),
        who_sees=_("You, and the director and the coordinator of that program"),
        until=_("until one is chosen or has passed"),
        rows=[f"{each.at:%Y-%m-%d %H:%M}" for each in times],
    )


def _letters(person: Person) -> Holding:
    received = Letter.objects.filter(recruit__person=person)
    return Holding(
        what=_("Letters that the director sent you"),
        models=("intake.Letter",),
        who_sees=_("You and the director; the coordinator only that and when one was sent"),
        until=_("90 days after your way into the program has ended"),
        rows=[f"{letter.sent_at:%Y-%m-%d} {letter.get_kind_display()}: {letter.body}" for letter in received],
    )


def _written(person: Person) -> Holding:
    written = Letter.objects.filter(by=person).select_related("recruit__person")
    return Holding(
        what=_("Letters that you sent as director, and the wording that you kept for the program"),
        models=("intake.Letter", "intake.Wording"),
        who_sees=_("The director of that program, and who received them"),
        until=_("letters: 90 days after that way has ended; the wording: until it is changed"),
        rows=[f"{letter.sent_at:%Y-%m-%d} {letter.get_kind_display()}: {letter.recruit}" for letter in written],
    )


def _led(person: Person) -> Holding:
    led = Recruit.objects.filter(hiring_lead=person).select_related("person")
    return Holding(
        what=_("That you are named as the one who led somebody’s hiring"),
        models=("intake.Recruit",),
        who_sees=_("The director and the coordinator of that program"),
        until=_("a year after that way has ended"),
        rows=[str(recruit) for recruit in led],
    )
