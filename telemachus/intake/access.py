"""Who may see and do what with recruits. A search in which a director may become the mentor is the deputy's."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from telemachus.intake.models import Letter, Recruit, RecruitQuerySet
from telemachus.pairing.models import Pairing, Shortlist
from telemachus.people.models import Person
from telemachus.program.access import Kind, administered, deputyships, holds, programs_as
from telemachus.program.models import Program


def visible_recruits(user: Person) -> RecruitQuerySet:
    """Those of the programs that one directs or coordinates; never oneself, whose path has a page of its own."""
    coordinated = Q(program__in=programs_as(user, Kind.COORDINATOR)) & ~Q(person=user)
    return Recruit.objects.filter(coordinated | _directed(user)).with_people()


def directed_recruits(user: Person) -> RecruitQuerySet:
    """Those whose search the person runs, as director or as a director's deputy."""
    return Recruit.objects.filter(_directed(user)).with_people()


def _directed(user: Person) -> Q:
    mine = administered(user, mentee="person", mentor=None) & ~Q(person__in=listing(user))
    for deputyship in deputyships(user):
        mine |= Q(program=deputyship.program, person__in=listing(deputyship.director)) & ~Q(person=user)
    return mine


def directed_people(user: Person, program: Program) -> Callable[[Person], bool]:
    """Of whom in a program the person runs the search, as one question for many; the rule of `directed_recruits`."""
    listed = set(listing(user))
    stands_in = [one.director for one in deputyships(user) if one.program_id == program.pk]
    for_directors = {pk for director in stands_in for pk in listing(director)}
    directs = holds(user, program, Kind.DIRECTOR)

    def runs(person: Person) -> bool:
        if person.pk == user.pk:
            return False
        return person.pk in for_directors or ((directs or person in stands_in) and person.pk not in listed)

    return runs


def listing(mentor: Person) -> list[object]:
    """The mentees on whose open list this person stands."""
    lists = Shortlist.objects.open().filter(candidates__mentor=mentor)
    return list(lists.values_list("mentee", flat=True))


def visible_letters(user: Person) -> QuerySet[Letter]:
    """That a letter went and when, for both offices; the pages show its words to who directs the recruit."""
    found = Letter.objects.filter(recruit__in=visible_recruits(user))
    return found.select_related("recruit__program", "recruit__person")


def own_recruits(user: Person) -> RecruitQuerySet:
    """One's own way into a program, while it is open and has not led to a mentor."""
    paired = Pairing.objects.active().lasting().filter(mentee=user).values("program")
    open_here = Recruit.objects.open().filter(person=user, program__in=programs_as(user))
    return open_here.exclude(program__in=paired).with_people()


def reachable_recruits(user: Person) -> RecruitQuerySet:
    """One's own while it is open, and those of others that one may see."""
    own = Q(pk__in=own_recruits(user).values("pk"))
    return Recruit.objects.filter(own | Q(pk__in=visible_recruits(user).values("pk"))).with_people()


def can_answer(user: Person, recruit: Recruit) -> bool:
    """To pick a time and to wish for a mentor is the recruit's own."""
    return recruit.person_id == user.pk


def readable_packets(user: Person) -> RecruitQuerySet:
    """Whose welcome packet one may read: one's own once it was handed over, and those of visible recruits."""
    own = Q(person=user, program__in=programs_as(user), packet_on__isnull=False)
    return Recruit.objects.filter(own | Q(pk__in=visible_recruits(user).values("pk"))).with_people()


def directs(user: Person, recruit: Recruit) -> bool:
    return directed_recruits(user).filter(pk=recruit.pk).exists()
