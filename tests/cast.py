"""The people of the tests, as in a play: two divisions, their offices and pairs, made by the domain's own methods."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.apps import apps
from django.db.models import Model

from telemachus.pairing.models import Pairing
from telemachus.people.models import Delegation, Person
from telemachus.program.models import Program, Role

# A Wednesday in the fall quarter, ten in the morning in Los Angeles.
NOW = datetime(2026, 10, 14, 17, 0, tzinfo=UTC)

Kind = Role.Kind
# Everybody has the same password where a test types one.
PASSWORD = "a long enough tale of Ithaca"


@dataclass(frozen=True)
class Cast:
    """Who is on the stage. `now` is the moment at which the curtain rises."""

    now: datetime

    digestive: Program
    director: Person  # of digestive diseases, in no pair
    coordinator: Person
    chief: Person
    committee: Person
    colleague: Person
    mei: Person  # mentee of Osei; Halloran was her mentor before
    jonas: Person  # mentee of Osei
    osei: Person  # mentor of Mei and Jonas; Abebe arranges his times
    halloran: Person  # mentor, formerly of Mei, of nobody now
    abebe: Person  # assistant of Osei
    directing_mentor: Person  # a second director, who mentors Tomas
    tomas: Person
    chief_mentor: Person  # chief as well, mentors Lucia
    lucia: Person
    pia: Person  # mentee who has no mentor yet
    leaver: Person  # was a mentee here, the role has ended
    both: Person  # mentor here, mentee of cardiology
    stranger: Person  # can sign in, has no role anywhere

    cardiology: Program
    other_director: Person
    other_coordinator: Person
    other_mentor: Person  # of `both` and of Sofia
    sofia: Person

    mei_osei: Pairing
    jonas_osei: Pairing
    mei_halloran: Pairing  # ended
    tomas_director: Pairing
    lucia_chief: Pairing
    both_other: Pairing  # in cardiology
    sofia_other: Pairing  # in cardiology
    oseis_delegation: Delegation

    @property
    def today(self) -> date:
        return self.digestive.day(self.now)

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)


def rise(now: datetime = NOW) -> Cast:
    """The curtain rises: everybody is here, paired since last year, and nobody has met yet."""
    long_ago = now.date() - timedelta(days=900)
    digestive = _program("digestive", "Digestive Diseases", now)
    cardiology = _program("cardiology", "Cardiology", now)

    def enters(given: str, family: str, *roles: tuple[Program, Role.Kind]) -> Person:
        person = _person(given, family, now)
        for program, kind in roles:
            program.grant(person, kind, since=long_ago, by=None, now=now)
        return person

    def pair(program: Program, mentee: Person, mentor: Person, days: int = 400) -> Pairing:
        begins = program.day(now) - timedelta(days=days)
        return Pairing.objects.enter(program, mentee=mentee, mentor=mentor, begins=begins, by=None, now=now)

    director = enters("Ines", "Duarte", (digestive, Kind.DIRECTOR))
    mei = enters("Mei", "Tanaka", (digestive, Kind.MENTEE))
    jonas = enters("Jonas", "Weber", (digestive, Kind.MENTEE))
    osei = enters("Kwame", "Osei", (digestive, Kind.MENTOR))
    halloran = enters("Maeve", "Halloran", (digestive, Kind.MENTOR))
    abebe = enters("Selam", "Abebe", (digestive, Kind.ASSISTANT))
    directing_mentor = enters("Paul", "Brandt", (digestive, Kind.DIRECTOR), (digestive, Kind.MENTOR))
    tomas = enters("Tomas", "Novak", (digestive, Kind.MENTEE))
    chief_mentor = enters("Ruth", "Adler", (digestive, Kind.CHIEF), (digestive, Kind.MENTOR))
    lucia = enters("Lucia", "Romano", (digestive, Kind.MENTEE))
    both = enters("Amara", "Diallo", (digestive, Kind.MENTOR), (cardiology, Kind.MENTEE))
    other_mentor = enters("Henrik", "Lindqvist", (cardiology, Kind.MENTOR))
    sofia = enters("Sofia", "Marin", (cardiology, Kind.MENTEE))
    leaver = enters("Grace", "Palmer", (digestive, Kind.MENTEE))
    for role in leaver.roles.all():
        role.end(on=digestive.day(now) - timedelta(days=10), by=director, now=now)

    former = pair(digestive, mei, halloran, days=800)
    former.end(on=digestive.day(now) - timedelta(days=401), ending=Pairing.Ending.CHANGED, by=director, now=now)
    return Cast(
        now=now,
        digestive=digestive,
        director=director,
        coordinator=enters("Nora", "Whitfield", (digestive, Kind.COORDINATOR)),
        chief=enters("Samuel", "Okafor", (digestive, Kind.CHIEF)),
        committee=enters("Clara", "Jensen", (digestive, Kind.COMMITTEE)),
        colleague=enters("Dmitri", "Volkov", (digestive, Kind.COLLEAGUE)),
        mei=mei,
        jonas=jonas,
        osei=osei,
        halloran=halloran,
        abebe=abebe,
        directing_mentor=directing_mentor,
        tomas=tomas,
        chief_mentor=chief_mentor,
        lucia=lucia,
        pia=enters("Pia", "Larsen", (digestive, Kind.MENTEE)),
        leaver=leaver,
        both=both,
        stranger=enters("Vera", "Sand"),
        cardiology=cardiology,
        other_director=enters("Oscar", "Reyes", (cardiology, Kind.DIRECTOR)),
        other_coordinator=enters("Hana", "Zielińska", (cardiology, Kind.COORDINATOR)),
        other_mentor=other_mentor,
        sofia=sofia,
        mei_osei=pair(digestive, mei, osei),
        jonas_osei=pair(digestive, jonas, osei),
        mei_halloran=former,
        tomas_director=pair(digestive, tomas, directing_mentor),
        lucia_chief=pair(digestive, lucia, chief_mentor),
        both_other=pair(cardiology, both, other_mentor),
        sofia_other=pair(cardiology, sofia, other_mentor),
        oseis_delegation=osei.name_delegate(abebe, since=long_ago, now=now),
    )


_played: tuple[Cast, list[list[Model]]] | None = None


def play(now: datetime) -> Cast:
    """`rise` once; after that the rows that it made, many to a statement: the curtain rises so often."""
    global _played
    if _played is None or _played[0].now != now:
        cast = rise(now)
        _played = deepcopy((cast, _rows()))
        return cast
    cast, tables = deepcopy(_played)
    for rows in tables:
        type(rows[0])._base_manager.bulk_create(rows)
    return cast


def _rows() -> list[list[Model]]:
    ours = [model for model in apps.get_models() if model.__module__.startswith("telemachus.")]
    return [rows for rows in (list(model._base_manager.all()) for model in ours) if rows]


def _program(slug: str, name: str, now: datetime) -> Program:
    return Program.objects.found(slug=slug, name=name, policy="uc-som", now=now)


def _person(given: str, family: str, now: datetime) -> Person:
    email = f"{given}.{family}@division.example".lower()
    return Person.objects.add(given_name=given, family_name=family, email=email, by=None, now=now)
