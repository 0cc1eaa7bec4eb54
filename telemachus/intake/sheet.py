"""What one recruit's page shows: papers, letters, times and acts, as far as the reader's office goes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachus.career.papers import Papers
from telemachus.intake import moves
from telemachus.intake.board import Card
from telemachus.intake.closing import open_lists, open_requests
from telemachus.intake.models import Letter, ProposedTime, Recruit
from telemachus.intake.path import Move
from telemachus.lib.step import Act
from telemachus.pairing.models import Request, Shortlist
from telemachus.people.models import Person


@dataclass(frozen=True)
class Paper:
    """One paper: whether it is here, in words, and the links that the reader may follow."""

    name: str
    said: str
    links: tuple[Act, ...]


@dataclass(frozen=True)
class Sheet:
    card: Card
    letters: list[Letter]
    times: list[ProposedTime]
    papers: list[Paper]
    acts: list[Act]
    shortlist: Shortlist | None
    request: Request | None

    @property
    def newest(self) -> Letter | None:
        """The letter of which one may say that it came back: whoever has answered has had it."""
        facts = self.card.way.facts
        arrived = facts.replied or facts.met
        return self.letters[-1] if self.letters and not arrived and self.letters[-1].came_back_on is None else None

    @property
    def reopens(self) -> bool:
        recruit = moves.recruit_of(self.card.way)
        return self.card.directs and recruit.state == Recruit.State.ENDED and recruit.ending != Recruit.Ending.PAIRED


def sheet_of(user: Person, card: Card, now: datetime) -> Sheet:
    recruit = moves.recruit_of(card.way)
    return Sheet(
        card=card,
        letters=list(recruit.letters.select_related("by").order_by("sent_at")),
        times=[each for each in recruit.times.all() if each.at > now],
        papers=list(_papers(card, takes=recruit.state == Recruit.State.OPEN)),
        acts=list(_acts(card, recruit)) if recruit.state == Recruit.State.OPEN else [],
        shortlist=open_lists(recruit).first() if card.directs else None,
        request=open_requests(recruit).first() if card.directs else None,
    )


def _papers(card: Card, *, takes: bool) -> Iterator[Paper]:
    """`takes`: whether papers are still put in."""
    papers, way = card.way.papers, card.way
    args = [way.program.slug, way.person.pk]
    cv = [_link(_("Download"), "career:cv", args)] if card.directs and papers.cv else []
    cv += [] if papers.cv or not takes else [_link(_("Put in one that came by mail"), "career:put_cv", args)]
    yield Paper(_("CV"), _here(papers.cv_on), tuple(cv))
    aims = [_link(_("Read"), "career:aspirations", args)] if card.directs and papers.aspirations else []
    yield Paper(_("Aspirations"), _here(papers.aspirations_on), tuple(aims))
    status = [_link(_("Open"), "career:status", args)] if papers.status_completed_on else []
    if takes and card.coordinates and not papers.status_completed_on:
        status.append(_link(_("Complete it"), "career:complete_status", args))
    yield Paper(_("Status form"), _status(papers), tuple(status))


def _here(since: date | None) -> str:
    return _("here since %(day)s") % {"day": date_format(since, "j F Y")} if since else _("not yet")


def _status(papers: Papers) -> str:
    completed, confirmed = papers.status_completed_on, papers.status_confirmed_on
    if completed is None:
        return _("not completed yet")
    days = {"completed": date_format(completed, "j F Y"), "confirmed": confirmed and date_format(confirmed, "j F Y")}
    if confirmed is None:
        return _("completed on %(completed)s, not confirmed yet") % days
    return _("completed on %(completed)s, confirmed on %(confirmed)s") % days


def _link(label: str, name: str, args: list[object]) -> Act:
    return Act(label, reverse(name, args=args), by_link=True, quiet=True)


def _acts(card: Card, recruit: Recruit) -> Iterator[Act]:
    """What may be done besides the next move, in the order of the way."""
    if card.directs:
        yield from _of_director(card, recruit)
    if card.way.facts.must_pair:
        yield _link(_("Read the packet"), "intake:packet", [recruit.pk])
    yield _link(_("Correct"), "intake:correct", [recruit.pk])
    if card.directs:
        yield _link(_("Close"), "intake:close", [recruit.pk])


def _of_director(card: Card, recruit: Recruit) -> Iterator[Act]:
    facts, coming = card.way.facts, card.next.move if card.next else None
    if facts.introduced is None and coming not in (Move.INTRODUCE, Move.WELCOME):
        yield _link(_("Send the introduction"), "intake:introduce", [recruit.pk])
    if facts.letters and facts.met is None:
        yield _link(_("Write once more"), "intake:remind", [recruit.pk])
    if facts.must_pair and facts.introduced and facts.met is None and coming != Move.PROPOSE_TIMES:
        yield _link(_("Propose other times"), "intake:propose", [recruit.pk])
    if facts.met is None:
        yield _link(_("Enter the first meeting"), "intake:meet", [recruit.pk])
    if facts.packet is None and coming != Move.HAND_PACKET:
        yield Act(_("The packet is handed over"), reverse("intake:hand_packet", args=[recruit.pk]), quiet=True)
    if facts.must_pair and not facts.list_state and coming != Move.MAKE_LIST:
        yield _link(_("Name colleagues"), "pairing:shortlist", [card.way.program.slug, recruit.person_id])
