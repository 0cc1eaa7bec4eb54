"""Recruits on the way, as far as a test needs them: made by the domain's own methods."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from telemachus.career.models import Aspirations, CurriculumVitae, StatusForm
from telemachus.intake import letters
from telemachus.intake.announce import announce
from telemachus.intake.models import Letter, Recruit
from telemachus.lib.document import Document
from telemachus.pairing.models import Shortlist
from telemachus.pairing.requesting import choose, name
from telemachus.people.models import Person
from tests.cast import Cast

CV = Document(kind="pdf", content=b"%PDF", pages=1, name="cv.pdf")


def noticed(cast: Cast, family: str = "Kuznetsova", given: str = "Alina", rank: str = "assistant") -> Recruit:
    return announce(
        cast.digestive, given_name=given, family_name=family, email=f"{given}.{family}@division.example",
        title="ASST PROF IN RES-HCOMP", series="in-residence", rank=rank, step="2", begins=date(2027, 4, 1),
        hiring_lead=cast.chief, by=cast.coordinator, now=timezone.now(),
    )  # fmt: skip


def senior(cast: Cast) -> Recruit:
    """Of a higher rank: need not pair."""
    return noticed(cast, "Feldman", "Ari", rank="professor")


def introduced(cast: Cast, recruit: Recruit, first: int = 5) -> Letter:
    """The first of the three times lies so many days ahead."""
    now = timezone.now()
    times = [now + timedelta(days=first + more) for more in range(3)]
    body = letters.draft(recruit, Letter.Kind.INTRODUCTION, by=cast.director)
    return letters.introduce(recruit, body, times, by=cast.director, now=now)


def picked(cast: Cast, recruit: Recruit) -> datetime:
    at = recruit.times.order_by("at")[0].at
    recruit.pick(at, by=recruit.person, now=timezone.now())
    return at


def sent_papers(recruit: Recruit) -> None:
    given: dict[str, Any] = {"by": recruit.person, "now": timezone.now()}
    CurriculumVitae.objects.receive(recruit.program, recruit.person, document=CV, **given)
    Aspirations.objects.write(recruit.program, recruit.person, role_wanted="A clinic of my own", **given)


def status_done(cast: Cast, recruit: Recruit) -> None:
    today = recruit.program.day(timezone.now())
    StatusForm.objects.create(
        program=recruit.program, person=recruit.person, completed_by=cast.coordinator,
        completed_on=today, confirmed_on=today,
    )  # fmt: skip


def met(cast: Cast, recruit: Recruit) -> None:
    """With papers, status form and packet: the director names colleagues next."""
    introduced(cast, recruit)
    sent_papers(recruit)
    status_done(cast, recruit)
    now = timezone.now()
    recruit.meet(on=recruit.program.day(now), by=cast.director, now=now)
    recruit.hand_packet(by=cast.director, now=now)


def listed(cast: Cast, recruit: Recruit, *mentors: Person) -> Shortlist:
    named = [(mentor, "Knows the field") for mentor in mentors]
    return name(recruit.program, recruit.person, named, by=cast.director, now=timezone.now())


def chosen(cast: Cast, recruit: Recruit, *mentors: Person) -> Shortlist:
    shortlist = listed(cast, recruit, *mentors)
    choose(shortlist, list(shortlist.candidates.all()), shows=(), by=recruit.person, now=timezone.now())
    return shortlist
