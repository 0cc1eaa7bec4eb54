"""From a choice to a pair: asked, accepted, introduced. Each step looks at the rules of R9 once more."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from telemachus.audit.models import record
from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.asking import asker
from telemachus.pairing.deputies import deputy_of
from telemachus.pairing.events import PairingEvent
from telemachus.pairing.models import Candidate, Offer, Pairing, Request, Shortlist
from telemachus.pairing.models.requests import last_day
from telemachus.pairing.rules import CONFIDED, OWN_WORD, Why, facts, sentence, sentence_for_mentee
from telemachus.people.models import Person
from telemachus.program.models import Program, Role


class Excluded(Refused):
    """A rule of R9 speaks against this mentor now: another has to be asked, or named."""


def name(
    program: Program, mentee: Person, named: Sequence[tuple[Person, str]], *, by: Person, now: datetime
) -> Shortlist:
    """Send a shortlist; nobody stands on it against whom a rule speaks."""
    mentors = [mentor for mentor, _reason in named]
    _refuse_gone(program, mentee, now)
    if by in mentors:
        _refuse_without_deputy(program, by, {mentee, *mentors}, now)
    known = facts(program, mentee, now)
    for mentor in mentors:
        for why in known.why_not(mentor.pk):
            raise Refused(sentence(why, mentee, mentor))
    return Shortlist.objects.send(program, mentee, named, by=by, now=now)


def _refuse_without_deputy(program: Program, director: Person, concerned: Collection[Person], now: datetime) -> None:
    """Nobody runs their own mentoring: whoever stands on a list leaves the search to somebody who does not."""
    deputy = deputy_of(program, director, now)
    if deputy is None or deputy in concerned:
        raise Refused(_("You stand on this list yourself: name a deputy first who is not concerned by it."))


def choose(
    shortlist: Shortlist, ranked: Sequence[Candidate], *, shows: Collection[str], by: Person, now: datetime
) -> None:
    """The mentee chooses; whoever became impossible since the list was sent is refused in neutral words."""
    known = facts(shortlist.program, shortlist.mentee, now)
    for candidate in ranked:
        for why in known.why_not(candidate.mentor_id):
            raise Refused(f"{candidate.mentor}: {sentence_for_mentee(why)}")
    shortlist.choose(ranked, shows=tuple(shows), by=by, now=now)


def ask(shortlist: Shortlist, mentor: UUID | None = None, *, by: Person, now: datetime) -> Request:
    """Ask the mentee's next choice, or another of the choices by key, where the next one cannot be asked.

    The mentor's offer is the lock: of two requests for the last place one goes out.
    """
    candidate = _to_ask(shortlist, mentor)
    try:
        with transaction.atomic():
            Offer.objects.lock(candidate.mentor)
            Shortlist.objects.select_for_update().get(pk=shortlist.pk, state=Shortlist.State.CHOSEN)
            if _to_ask(shortlist, mentor) != candidate:
                raise Conflict(_("The choice has changed since you opened the page. Look at it again."))
            _refuse(shortlist, candidate.mentor, now)
            request = Request.objects.create(
                program=shortlist.program,
                mentee=shortlist.mentee,
                mentor=candidate.mentor,
                shortlist=shortlist,
                made_at=now,
                until=last_day(shortlist.program, now),
            )
            record(PairingEvent.REQUESTED, request, by=by, now=now, program=shortlist.program)
    except (IntegrityError, Shortlist.DoesNotExist) as error:
        raise Conflict(_("Somebody was faster: this has changed since you opened the page.")) from error
    return request


def _to_ask(shortlist: Shortlist, mentor: UUID | None) -> Candidate:
    left = shortlist.left_to_ask() if shortlist.state == Shortlist.State.CHOSEN else Candidate.objects.none()
    candidate = (left.filter(mentor=mentor) if mentor else left).first()
    if candidate is None:
        raise Conflict(_("There is nobody left on this list to ask."))
    return candidate


def _refuse(shortlist: Shortlist, mentor: Person, now: datetime) -> None:
    if shortlist.requests.holding().exists():
        raise Conflict(_("Another colleague of this list is asked already."))
    _refuse_gone(shortlist.program, shortlist.mentee, now)
    _refuse_paired(shortlist.program, shortlist.mentee)
    for why in facts(shortlist.program, shortlist.mentee, now).why_not(mentor.pk):
        raise Excluded(sentence(why, shortlist.mentee, mentor))


def _refuse_gone(program: Program, mentee: Person, now: datetime) -> None:
    if not Role.objects.filter(program=program, person=mentee).on(program.day(now)).exists():
        raise Refused(_("%(mentee)s has no part in this program any more.") % {"mentee": mentee})


def _refuse_paired(program: Program, mentee: Person) -> None:
    if Pairing.objects.active().lasting().filter(program=program, mentee=mentee).exists():
        raise Refused(_("%(mentee)s has a mentor already. End that pair first.") % {"mentee": mentee})


def accept(request: Request, *, by: Person, now: datetime, on: date | None = None) -> None:
    """The mentor accepts; the place was held by the request, so only the other rules are asked again.

    `on` is the day of an answer by word of mouth.
    """
    with transaction.atomic():
        Offer.objects.lock(request.mentor)
        is_open = Request.objects.waiting().filter(pk=request.pk).exists()
        if not is_open or request.until < (on or request.program.day(now)):
            raise Conflict(_("This request is no longer open."))
        _refuse_gone(request.program, request.mentee, now)
        _refuse_excluded(request, by=by, now=now)
        request.accept(by=by, now=now, on=on)


def _refuse_excluded(request: Request, *, by: Person, now: datetime) -> None:
    """The mentor learns no reason; of what the mentee confided not even that it is there, until the introduction."""
    is_own = by.pk == request.mentor_id
    besides: Collection[Why] = CONFIDED if is_own else ()
    for said in _against(request.program, request.mentee, request.mentor, now, besides=besides):
        if not is_own:
            raise Refused(said)
        whom = asker(request, now) or _("the director")
        raise Refused(_("Something has changed since you were asked: please speak with %(name)s.") % {"name": whom})


def introduce(request: Request, *, by: Person, now: datetime) -> Pairing:
    """The director introduces the two (R8): the pair stands, the list and the request have done their work."""
    with transaction.atomic():
        held = Request.objects.select_for_update(of=("self",)).with_people().get(pk=request.pk)
        if held.state != Request.State.ACCEPTED:
            raise Conflict(_("This request is no longer open."))
        _refuse_gone(held.program, held.mentee, now)
        for said in _against(held.program, held.mentee, held.mentor, now):
            raise Refused(said)
        pairing = Pairing.objects.introduce(held.program, mentee=held.mentee, mentor=held.mentor, by=by, now=now)
        held.introduce(pairing)
        held.shortlist.close(by=by, now=now)
    return pairing


def _against(
    program: Program, mentee: Person, mentor: Person, now: datetime, *, besides: Collection[Why] = ()
) -> list[str]:
    """The place is theirs already, and the mentor's yes is known; the other rules hold still."""
    against = facts(program, mentee, now).why_not(mentor.pk)
    return [sentence(why, mentee, mentor) for why in against if why not in OWN_WORD and why not in besides]


def spoken_against(request: Request, now: datetime) -> list[str]:
    """What would keep the two from being introduced, for whoever runs the search."""
    return _against(request.program, request.mentee, request.mentor, now)


def enter(program: Program, *, mentee: Person, mentor: Person, begins: date, by: Person, now: datetime) -> Pairing:
    """A pair to which both said yes by word of mouth: what was open for the mentee closes with it."""
    with transaction.atomic():
        Offer.objects.lock(mentor)
        _refuse_paired(program, mentee)
        for said in _against(program, mentee, mentor, now):
            raise Refused(said)
        mine = Request.objects.holding().filter(program=program, mentee=mentee).with_people()
        for request in mine.exclude(mentor=mentor):
            request.withdraw(by=by, now=now)
        pairing = Pairing.objects.enter(program, mentee=mentee, mentor=mentor, begins=begins, by=by, now=now)
        for request in mine.filter(mentor=mentor):
            request.enter(pairing, now=now)
        for shortlist in Shortlist.objects.open().filter(program=program, mentee=mentee):
            shortlist.close(by=by, now=now)
    return pairing


def expire_requests(*, now: datetime) -> None:
    """Give back the places of requests whose last day has passed, each by its own program's calendar."""
    for request in Request.objects.waiting().with_people():
        if request.until < request.program.day(now):
            try:
                request.expire(now=now)
            except Conflict:
                continue  # answered in this moment
