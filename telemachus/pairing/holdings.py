"""What this room keeps about a person. What one side said of the other is listed for who said it only."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.lib.holding import Holding
from telemachus.pairing.models import (
    Acknowledgement,
    Apart,
    ChangeWish,
    Excuse,
    Exemption,
    LightTouch,
    Need,
    Offer,
    Pairing,
    Pause,
    Proposal,
    Proposed,
    Request,
    Shortlist,
    Wish,
)
from telemachus.pairing.vocabulary import words_of
from telemachus.people.models import Person

_YOU_AND_RUNNER = gettext_lazy("You, and whoever runs your search or pair: a director, or a director’s deputy")
_THE_TWO = gettext_lazy(
    "The two of you, the coordinator, and whoever runs the pair: a director of that program, or a director’s deputy"
)


def holdings(person: Person) -> list[Holding]:
    """Pairs and what hangs on them, and what led to them: dates, codes, and the reasons on a list."""
    return [
        _pairs(person),
        _pauses(person),
        *_wants(person),
        *_search(person),
        *_proposed(person),
        *_agreements(person),
    ]


def _pairs(person: Person) -> Holding:
    pairings = Pairing.objects.of(person).with_people().order_by("begins")
    return Holding(
        what=_("Your pairs: with whom, from which day to which"),
        models=("pairing.Pairing",),
        who_sees=str(_THE_TWO),
        until=_("with the program's history"),
        rows=[f"{row}: {row.begins} – {row.ends or ''}" for row in pairings],
    )


def _pauses(person: Person) -> Holding:
    pauses = Pause.objects.filter(Q(person=person) | Q(pairing__mentee=person) | Q(pairing__mentor=person))
    return Holding(
        what=_("Pauses of you or of your pair: the days, no reason"),
        models=("pairing.Pause",),
        who_sees=str(_THE_TWO),
        until=_("with the pair"),
        rows=[f"{row.begins} – {row.until}" for row in pauses.order_by("begins")],
    )


def _wants(person: Person) -> Iterable[Holding]:
    """An offer, needs, with whom one would rather not be paired, and with whom one would."""
    apart = Apart.objects.filter(person=person).select_related("other").order_by("other__sort_name")
    wishes = Wish.objects.filter(mentee=person).select_related("mentor").order_by("mentor__sort_name")
    yield Holding(
        what=_("What you offer as a mentor, and how many mentees you take"),
        models=("pairing.Offer",),
        who_sees=_(
            "You, the directors of your programs and their deputies; a mentee to whom you are suggested reads what you "
            "can help with and what you work on"
        ),
        until=_("until you change it"),
        rows=[_offered(row) for row in Offer.objects.filter(person=person)],
    )
    yield Holding(
        what=_("What you would like help with, what you work on, and how you can meet"),
        models=("pairing.Need",),
        who_sees=_("%(these)s; a colleague who is asked to mentor you, if you ticked it") % {"these": _YOU_AND_RUNNER},
        until=_("until you change it"),
        rows=[_words(row) for row in Need.objects.filter(person=person)],
    )
    yield Holding(
        what=_("Whom you would rather not be paired with, and near relatives, as you said it"),
        models=("pairing.Apart",),
        who_sees=_("%(these)s; never the other, unless it is one of these") % {"these": _YOU_AND_RUNNER},
        until=_("until you take it back"),
        rows=[f"{row.other}: {row.get_kind_display()}" for row in apart],
    )
    yield Holding(
        what=_("Whom you would like as your mentor, as you said it"),
        models=("pairing.Wish",),
        who_sees=_("%(these)s; never the other, unless it is one of these") % {"these": _YOU_AND_RUNNER},
        until=_("until you take it back"),
        rows=[str(row.mentor) for row in wishes],
    )


def _offered(offer: Offer) -> str:
    places = _("as many as each program sets") if offer.places is None else str(offer.places)
    rests = _("nobody new %(first)s – %(last)s") % {"first": offer.rests_from, "last": offer.rests_until}
    return "; ".join(filter(None, [_words(offer), places, rests if offer.rests_until else ""]))


def _words(row: Offer | Need) -> str:
    return "; ".join(words_of(row.terms.with_standing()))


def _search(person: Person) -> Iterable[Holding]:
    """A mentee reads the lists, not what was answered; a mentor the own answers, not on which lists he or she stood."""
    lists = Shortlist.objects.filter(mentee=person).with_people().order_by("sent_at")
    answers = Request.objects.filter(mentor=person).with_people().order_by("made_at")
    exemptions = Exemption.objects.filter(mentee=person).select_related("mentor").order_by("on")
    yield Holding(
        what=_("Lists of colleagues suggested to you, and whom you chose"),
        models=("pairing.Shortlist", "pairing.Candidate"),
        who_sees=_("You and whoever runs your search; of a list on which you stand as a mentor, that mentee"),
        until=_("a month after the search has ended"),
        rows=[_listed(row) for row in lists],
    )
    yield Holding(
        what=_("Requests to mentor somebody, as you answered them. Those made on your behalf are not listed"),
        models=("pairing.Request",),
        who_sees=_(
            "Whoever runs the search, and the mentor who is asked; a yes reaches the mentee by the introduction"
        ),
        until=_("a month after the search has ended"),
        rows=[_asked(row) for row in answers],
    )
    yield Holding(
        what=_("That you wished for a mentor who is your supervisor, your chief or above them"),
        models=("pairing.Exemption",),
        who_sees=str(_YOU_AND_RUNNER),
        until=_("with the program's history"),
        rows=[f"{row.mentor}: {row.on}" for row in exemptions],
    )


def _proposed(person: Person) -> Iterable[Holding]:
    """A proposal is its maker's working paper: of others the day alone is said, and to mentors not even that.

    A mentor who read of it, and was never asked, would know that somebody chose otherwise.
    """
    made = Proposal.objects.filter(by=person).order_by("made_at")
    taken = Proposed.objects.filter(mentee=person).select_related("proposal__program").order_by("proposal__made_at")
    yield Holding(
        what=_("Proposals for a whole cohort that you made"),
        models=("pairing.Proposal",),
        who_sees=_("You alone; a mentee reads the list that is sent"),
        until=_("thirty days, or until you forget it"),
        rows=[f"{row.program.day(row.made_at)}: {row.title}" for row in made.select_related("program")],
    )
    yield Holding(
        what=_(
            "That your search was part of such a proposal: the day. Where you stand in one as a mentor is not listed"
        ),
        models=("pairing.Proposed",),
        who_sees=_("The director who made it, who sends you a list or not"),
        until=_("thirty days, or until the director forgets it"),
        rows=[str(row.proposal.program.day(row.proposal.made_at)) for row in taken],
    )


def _listed(shortlist: Shortlist) -> str:
    candidates = sorted(shortlist.candidates.all(), key=lambda one: one.place)
    named = "; ".join(f"{one.mentor} ({one.rank})" if one.rank else str(one.mentor) for one in candidates)
    return f"{shortlist.program.day(shortlist.sent_at)}: {named}"


def _asked(request: Request) -> str:
    day = date_format(request.program.day(request.made_at), "Y-m-d")
    return f"{request.mentee}: {day}, {request.get_state_display()}"


def _agreements(person: Person) -> Iterable[Holding]:
    """What was agreed and wished in a pair; a wish for a change is listed for who expressed it."""
    own = Q(pairing__mentee=person) | Q(pairing__mentor=person)
    wishes = ChangeWish.objects.filter(by=person).select_related("pairing__mentee", "pairing__mentor")
    touches = LightTouch.objects.filter(pairing__mentee=person).order_by("since")
    given = Acknowledgement.objects.filter(person=person).select_related("pairing__mentee", "pairing__mentor")
    yield Holding(
        what=_("That you know your part in a pair: the days on which you said so"),
        models=("pairing.Acknowledgement",),
        who_sees=str(_THE_TWO),
        until=_("with the pair"),
        rows=[f"{row.pairing}: {row.on}" for row in given.order_by("on")],
    )
    yield Holding(
        what=_("That you would like another mentor or mentee; no reason"),
        models=("pairing.ChangeWish",),
        who_sees=str(_YOU_AND_RUNNER),
        until=_("until it is settled, 90 days at the latest; or until a director’s deputy changes who would read it"),
        rows=[f"{row.pairing}: {row.at:%Y-%m-%d}" for row in wishes.order_by("at")],
    )
    yield Holding(
        what=_("That you need less mentoring for now"),
        models=("pairing.LightTouch",),
        who_sees=str(_YOU_AND_RUNNER),
        until=_("with the pair"),
        rows=[f"{row.since} – {row.until or ''}" for row in touches],
    )
    yield Holding(
        what=_("Years for which your pair is excused from meeting"),
        models=("pairing.Excuse",),
        who_sees=str(_THE_TWO),
        until=_("with the pair"),
        rows=[f"{row.year}: {row.on}" for row in Excuse.objects.filter(own).order_by("year")],
    )
