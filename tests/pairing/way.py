"""The way from a list to an answer, as several tests walk it: made by the domain's own methods, for Pia by default."""

from telemachus.pairing.models import Candidate, Request, Shortlist
from telemachus.pairing.requesting import ask, choose, name
from telemachus.people.models import Person
from tests.cast import Cast

REASON = "Has sat on the committee."


def listed(cast: Cast, *mentors: Person, mentee: Person | None = None, by: Person | None = None) -> Shortlist:
    """A list of these colleagues; of Halloran and Osei where none is named."""
    named = [(mentor, REASON) for mentor in mentors or (cast.halloran, cast.osei)]
    return name(cast.digestive, mentee or cast.pia, named, by=by or cast.director, now=cast.now)


def ranked(shortlist: Shortlist) -> list[Candidate]:
    return list(shortlist.candidates.order_by("place"))


def chosen(cast: Cast, *mentors: Person, shows: tuple[str, ...] = (), mentee: Person | None = None) -> Shortlist:
    """Chosen in the order in which they were named."""
    shortlist = listed(cast, *mentors, mentee=mentee)
    choose(shortlist, ranked(shortlist), shows=shows, by=shortlist.mentee, now=cast.now)
    return shortlist


def asked(cast: Cast, *mentors: Person, shows: tuple[str, ...] = (), mentee: Person | None = None) -> Request:
    """The first of them is asked."""
    return ask(chosen(cast, *mentors, shows=shows, mentee=mentee), by=cast.director, now=cast.now)


def fresh(person: Person) -> Person:
    """Without the roles that a request read once."""
    return Person.objects.get(pk=person.pk)
