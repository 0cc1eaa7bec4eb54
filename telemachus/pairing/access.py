"""Who may see and do what with pairs. The office never sees its own pairs: nobody administers oneself."""

from django.db.models import Q

from telemachus.pairing.models import Pairing, PairingQuerySet, Pause, PauseQuerySet
from telemachus.people.models import Person
from telemachus.program.access import OFFICE, Kind, programs_as
from telemachus.program.models import Program


def own_pairings(user: Person) -> PairingQuerySet:
    """The active pairs of which the person is a member; an ended pair is missing for both.

    Whoever has no part in the program any more sees nothing of it, though the pair still waits for its end.
    """
    return Pairing.objects.of(user).active().filter(program__in=programs_as(user)).with_people()


def office_pairings(user: Person) -> PairingQuerySet:
    """Pairs of the programs that the person directs or coordinates, less the person's own."""
    programs = programs_as(user, *OFFICE)
    return Pairing.objects.filter(program__in=programs).exclude(Q(mentee=user) | Q(mentor=user)).with_people()


def directed_pairings(user: Person) -> PairingQuerySet:
    """Those of them that the person may begin, end and pause."""
    programs = programs_as(user, Kind.DIRECTOR)
    return Pairing.objects.filter(program__in=programs).exclude(Q(mentee=user) | Q(mentor=user)).with_people()


def visible_pairings(user: Person) -> PairingQuerySet:
    """One's own while they are active, and those of the offices that one holds."""
    programs = programs_as(user, *OFFICE)
    own = Q(mentee=user) | Q(mentor=user)
    mine = own & Q(state=Pairing.State.ACTIVE, program__in=programs_as(user))
    return Pairing.objects.filter(mine | (Q(program__in=programs) & ~own)).with_people()


def can_end(user: Person, pairing: Pairing) -> bool:
    return _directs(user, pairing.program) and not _member(user, pairing)


def can_decide_paper(user: Person, pairing: Pairing) -> bool:
    return _directs(user, pairing.program) and not _member(user, pairing)


def can_enter(user: Person, program: Program) -> bool:
    return _directs(user, program)


def visible_pauses(user: Person) -> PauseQuerySet:
    """Pauses in the programs that one directs or coordinates, one's own, and those of one's active pairs."""
    mine = Q(person=user) | Q(pairing__in=own_pairings(user))
    return Pause.objects.filter(Q(program__in=programs_as(user, *OFFICE)) | mine).select_related(
        "program", "person", "pairing__mentee", "pairing__mentor"
    )


def can_pause(user: Person, program: Program, pairing: Pairing | None, person: Person | None) -> bool:
    """A person's pause is a pause of the pair too: the director's own mentee or mentor is for another director."""
    if pairing is not None:
        return _directs(user, program) and not _member(user, pairing)
    if person is None or person.pk == user.pk or not _directs(user, program):
        return False
    return not own_pairings(user).of(person).exists()


def _directs(user: Person, program: Program) -> bool:
    return program in programs_as(user, Kind.DIRECTOR)


def _member(user: Person, pairing: Pairing) -> bool:
    return user.pk in (pairing.mentee_id, pairing.mentor_id)
