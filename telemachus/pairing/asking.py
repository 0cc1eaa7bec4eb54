"""In whose name a mentor is asked and a mentee answered: whoever runs the search today, for both read a name."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from telemachus.pairing.deputies import roles_today, standing
from telemachus.pairing.models import Candidate, Pairing, Request, Shortlist
from telemachus.people.models import Person
from telemachus.program.models import Program, Role

# By program and director.
Deputies = Mapping[tuple[UUID, UUID], Person]


def askers(requests: Sequence[Request], now: datetime) -> dict[UUID, Person]:
    """For each request whoever runs its list."""
    found = runners([one.shortlist for one in requests], {one.program for one in requests}, now)
    return {one.pk: found[one.shortlist_id] for one in requests if one.shortlist_id in found}


def asker(request: Request, now: datetime) -> Person | None:
    return askers([request], now).get(request.pk)


def runner(shortlist: Shortlist, now: datetime) -> Person | None:
    return runners([shortlist], {shortlist.program}, now).get(shortlist.pk)


def runners(lists: Sequence[Shortlist], programs: Collection[Program], now: datetime) -> dict[UUID, Person]:
    """For each list whoever sent it, if that person still runs it; else somebody who does. Four queries.

    The rule is that of `access.directed_shortlists`, asked of the lists rather than of one reader.
    """
    directors = _directors(programs, now)
    deputies = {(one.program_id, one.director_id): one.deputy for one in standing(programs, now)}
    concerned = _concerned(lists)
    found = {one.pk: _running(one, concerned[one.pk], directors[one.program_id], deputies) for one in lists}
    return {key: people[0] for key, people in found.items() if people}


def _directors(programs: Collection[Program], now: datetime) -> dict[UUID, list[Person]]:
    """By program those who direct it today, whoever has directed longest first."""
    found: dict[UUID, list[Person]] = defaultdict(list)
    roles = roles_today(programs, now).filter(kind=Role.Kind.DIRECTOR)
    for role in roles.select_related("person").order_by("since", "pk"):
        found[role.program_id].append(role.person)
    return found


def _concerned(lists: Sequence[Shortlist]) -> dict[UUID, set[UUID]]:
    """By list its mentee, whoever stands on it, and whoever is the mentee's mentor now: none of them runs it."""
    found = {one.pk: {one.mentee_id} for one in lists}
    for shortlist, mentor in Candidate.objects.filter(shortlist__in=found).values_list("shortlist", "mentor"):
        found[shortlist].add(mentor)
    mentors: dict[tuple[UUID, UUID], set[UUID]] = defaultdict(set)
    pairs = Pairing.objects.active().filter(mentee__in={one.mentee_id for one in lists})
    for program, mentee, mentor in pairs.values_list("program", "mentee", "mentor"):
        mentors[program, mentee].add(mentor)
    return {one.pk: found[one.pk] | mentors[one.program_id, one.mentee_id] for one in lists}


def _running(
    shortlist: Shortlist, concerned: set[UUID], directors: Sequence[Person], deputies: Deputies
) -> list[Person]:
    """The sender first; then the deputies of the directors whom it concerns; then the other directors."""
    keys = [(shortlist.program_id, one.pk) for one in directors if one.pk in concerned]
    people = [*(deputies[key] for key in keys if key in deputies), *directors]
    return sorted((one for one in people if one.pk not in concerned), key=lambda one: one.pk != shortlist.by_id)
