"""How far the way to a pair has come, by the domain's own methods; and who is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import mail

from telemachus.intake.models import Letter, Recruit
from telemachus.notify.outbox import pass_on
from telemachus.pairing import requesting
from telemachus.pairing.models import Pairing, Request, Shortlist
from telemachus.people.models import Person
from tests.cast import Cast

# Typed where a director or a mentee can type; no mail ever carries it.
PLANTED = "zarzuela"


@dataclass(frozen=True)
class Mail:
    to: Sequence[str]
    subject: str
    body: str
    reply_to: Sequence[str]
    # The dispatch behind it.
    key: str


def told(now: datetime) -> list[Mail]:
    """What leaves now, each mail once."""
    mail.outbox.clear()
    while pass_on(now=now):
        pass
    return [
        Mail(sent.to, str(sent.subject), str(sent.body), sent.reply_to, sent.extra_headers["Message-ID"][1:37])
        for sent in mail.outbox
    ]


def quiet(now: datetime) -> None:
    """What came before is no part of the scene."""
    told(now)


def to(mails: Sequence[Mail]) -> list[str]:
    return sorted(address for each in mails for address in each.to)


def addresses(*people: Person) -> list[str]:
    return sorted(person.email or "" for person in people)


def to_one(mails: Sequence[Mail], person: Person) -> Mail:
    (found,) = [each for each in mails if each.to == [person.email]]
    return found


def announced(cast: Cast) -> Recruit:
    return Recruit.objects.notice(cast.digestive, cast.pia, by=cast.coordinator, now=cast.now)


def written(cast: Cast, recruit: Recruit, body: str = "Dear Pia,\n\nWelcome.\n\nInes Duarte") -> Letter:
    return recruit.write(Letter.Kind.INTRODUCTION, body, by=cast.director, now=cast.now)


def times(cast: Cast) -> list[datetime]:
    return [cast.now + timedelta(days=days) for days in (5, 6, 7)]


def listed(cast: Cast, *mentors: Person) -> Shortlist:
    named = [(mentor, PLANTED) for mentor in mentors or (cast.halloran, cast.both)]
    return Shortlist.objects.send(cast.digestive, cast.pia, named, by=cast.director, now=cast.now)


def chosen(cast: Cast, *mentors: Person) -> Shortlist:
    shortlist = listed(cast, *mentors)
    shortlist.choose(list(shortlist.candidates.all()), shows=["shows_needs"], by=cast.pia, now=cast.now)
    return shortlist


def asked(cast: Cast, *mentors: Person) -> Request:
    return requesting.ask(chosen(cast, *mentors), by=cast.director, now=cast.now)


def accepted(cast: Cast, *mentors: Person) -> Request:
    request = asked(cast, *mentors)
    request.accept(by=request.mentor, now=cast.now)
    return request


def introduced(cast: Cast, *mentors: Person) -> Pairing:
    return requesting.introduce(accepted(cast, *mentors), by=cast.director, now=cast.now)


def third_people(text: str, cast: Cast, *allowed: Person) -> list[str]:
    """Whoever of the cast is named in the text, and is none of those allowed."""
    people = [each for each in vars(cast).values() if isinstance(each, Person) and each not in allowed]
    return [each.full_name for each in people if each.family_name in text or each.given_name in text.split()]
