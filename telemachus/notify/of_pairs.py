"""Mails about pairs that stand or have ended: neutral words, the same whoever asked for a change (R10)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.notify.telling import Context, on_today, reachable, tell
from telemachus.notify.whom import whoever_runs
from telemachus.pairing.access import directed_pairings, own_pairings, visible_changes
from telemachus.pairing.changes import prior_mentor_may_speak
from telemachus.pairing.events import PairingEvent
from telemachus.pairing.models import ChangeWish, Excuse, LightTouch, Pairing, PairingQuerySet
from telemachus.people.models import Person
from telemachus.program.access import deputyships, programs_as
from telemachus.program.events import ProgramEvent
from telemachus.program.models import Deputy

# So long the end of a pair is news for the two who were in it.
DAYS_AFTER_THE_END = 30


def both_of_pair(event: Event) -> list[Person]:
    pairing = Pairing.objects.filter(pk=event.subject).with_people().first()
    return [pairing.mentee, pairing.mentor] if pairing else []


def both_and_other_mentors(event: Event) -> list[Person]:
    """The mentor before, and the one who rests while somebody stands in."""
    others = (_prior(event.subject), _resting(event.subject))
    return [*both_of_pair(event), *(other.mentor for other in others if other)]


def both_of_ended(event: Event) -> list[Person]:
    """Where one has died nobody is written to (REQUIREMENTS, “Life, which happens”)."""
    return [person for person in both_of_pair(event) if just_ended(person, event.at).filter(pk=event.subject).exists()]


def both_excused(event: Event) -> list[Person]:
    excuse = Excuse.objects.filter(pk=event.subject).select_related("pairing__mentee", "pairing__mentor").first()
    return [excuse.pairing.mentee, excuse.pairing.mentor] if excuse else []


def author_of_wish(event: Event) -> list[Person]:
    """The wish is gone, and the event says which of the two had it."""
    pairing = Pairing.objects.filter(pk=event.subject).with_people().first()
    return [pairing.mentee if event.code == "mentee" else pairing.mentor] if pairing else []


def deputy(event: Event) -> Iterable[Person]:
    return Person.objects.filter(deputizes=event.subject)


@tell(PairingEvent.INTRODUCED, whom=both_and_other_mentors)
def introduced(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    pairing = own_pairings(recipient).filter(pk=subject).first()
    if pairing:
        return words_of_pair(recipient, pairing)
    return _relieved_for_now(recipient, subject) or _encouraged(recipient, subject)


def _relieved_for_now(recipient: Person, subject: UUID) -> Context | None:
    """Whoever rests reads that somebody stands in, and not who."""
    resting = _resting(subject)
    if resting is None or not own_pairings(recipient).filter(pk=resting.pk, mentor=recipient).exists():
        return None
    return {**words_of_pair(recipient, resting), "is_resting": True}


def _resting(pk: UUID) -> Pairing | None:
    """The pair for whose rest this one stands in; none where either has ended."""
    return Pairing.objects.active().filter(stand_ins=pk, stand_ins__state=Pairing.State.ACTIVE).with_people().first()


def _encouraged(recipient: Person, subject: UUID) -> Context | None:
    """The prior mentor reads that the former mentee has a mentor, and not whom."""
    prior = _prior(subject)
    if prior is None or prior.mentor != recipient or prior.program not in programs_as(recipient):
        return None
    return {"program": prior.program, "other": prior.mentee, "is_prior": True}


def _prior(pk: UUID) -> Pairing | None:
    pairing = Pairing.objects.active().filter(pk=pk).first()
    return prior_mentor_may_speak(pairing) if pairing else None


@tell(PairingEvent.ENDED, whom=both_of_ended)
def ended(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    pairing = just_ended(recipient, now).filter(pk=subject).first()
    if pairing is None:
        return None
    words = words_of_pair(recipient, pairing)
    stays = not words["is_mentor"] and pairing.ending != Pairing.Ending.MENTEE_LEFT
    path = reverse("web:today") if stays and not words["stands_in"] else ""
    return {**words, "ending": pairing.ending, "day": pairing.ends, "path": path}


def just_ended(recipient: Person, now: datetime) -> PairingQuerySet:
    """Neither of the two sees the pair any more; both may hear that it has ended, whoever has left by now."""
    since = now.date() - timedelta(days=DAYS_AFTER_THE_END)
    found = Pairing.objects.of(recipient).filter(state=Pairing.State.ENDED, ends__gte=since)
    return found.exclude(ending=Pairing.Ending.DIED).with_people()


@tell(PairingEvent.EXCUSED, whom=both_excused)
def excused(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    found = Excuse.objects.filter(pk=subject, pairing__in=own_pairings(recipient))
    excuse = found.select_related("pairing__mentee", "pairing__mentor", "pairing__program").first()
    if excuse is None:
        return None
    year = excuse.pairing.program.year_of(excuse.year)
    return {**words_of_pair(recipient, excuse.pairing), "year": year.label}


def wishes_to_settle(user: Person) -> QuerySet[ChangeWish]:
    """Those of others, while the pair stands."""
    return visible_changes(user).filter(pairing__state=Pairing.State.ACTIVE).exclude(by=user)


@tell(PairingEvent.CHANGE_WISHED, whom=whoever_runs(wishes_to_settle))
def change_wished(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    wish = wishes_to_settle(recipient).filter(pk=subject).first()
    return on_today(wish.pairing.program) if wish else None


def light_touches_to_decide(user: Person) -> QuerySet[LightTouch]:
    found = LightTouch.objects.filter(until=None, pairing__in=directed_pairings(user).active())
    return found.select_related("pairing__program")


@tell(PairingEvent.LIGHT_TOUCH_WISHED, whom=whoever_runs(light_touches_to_decide))
def light_touch_wished(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    wish = light_touches_to_decide(recipient).filter(pk=subject).first()
    return on_today(wish.pairing.program) if wish else None


@tell(PairingEvent.WISH_ERASED, whom=author_of_wish)
def wish_erased(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    pairing = own_pairings(recipient).filter(pk=subject).first()
    return on_today(pairing.program) if pairing else None


@tell(ProgramEvent.DEPUTY_NAMED, whom=deputy)
def told_deputy(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    named = next((one for one in deputyships(recipient) if one.pk == subject), None)
    return {**on_today(named.program), "reply_to": reachable(named.director)} if named else None


@tell(ProgramEvent.DEPUTY_ENDED, whom=deputy)
def told_deputy_no_longer(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    """Whatever part in the program is left; nothing where the same director has named the same person again."""
    ended = Deputy.objects.filter(pk=subject, deputy=recipient).exclude(until=None).select_related("program").first()
    if ended is None:
        return None
    again = Deputy.objects.filter(program=ended.program, director=ended.director_id, deputy=recipient, until=None)
    return None if again.exists() else {"program": ended.program}


def words_of_pair(recipient: Person, pairing: Pairing) -> Context:
    return {
        "program": pairing.program,
        "other": pairing.other(recipient),
        "is_mentor": recipient.pk == pairing.mentor_id,
        "stands_in": pairing.stands_in_for_id is not None,
        "path": reverse("meetings:pair", args=[pairing.pk]),
    }
