"""The names beside the proposed one, for all mentees together: a place is offered to no more people than it has."""

from collections import Counter

import pytest
from django.urls import reverse

from telemachus.pairing.models import Apart, Proposal, Shortlist
from telemachus.pairing.proposals.accept import accept
from telemachus.pairing.proposals.further import FURTHER, further, room_left
from telemachus.pairing.proposals.work import cohort_of, taking_part
from telemachus.people.models import Person
from telemachus.program.models import Deputy, Role
from tests.acts import ClientOf, words
from tests.cast import Cast
from tests.pairing.cohorts import GRANTS, LIFE, mentee, needs, no_places, offers, ready


def found(cast: Cast, proposal: Proposal) -> dict[str, list[str]]:
    group = cohort_of(proposal, taking_part(proposal, cast.now), cast.now)
    rows = proposal.rows.exclude(mentor=None)
    names = {person.pk: str(person) for person in group.mentees}
    given = further(proposal, rows, group, room_left(proposal, group))
    return {names[key]: [str(one) for one in people] for key, people in given.items()}


def mentors(cast: Cast, places: dict[str, int]) -> dict[str, Person]:
    """So many mentors beside those of the cast, who have no place."""
    no_places(cast)
    made = {}
    for family, count in places.items():
        person = Person.objects.add(
            given_name="Xenia", family_name=family, email=f"{family}@division.example", by=None, now=cast.now
        )
        cast.digestive.grant(person, Role.Kind.MENTOR, since=cast.ago(90), by=None, now=cast.now)
        offers(cast, person, LIFE, places=count)
        made[family] = person
    return made


@pytest.mark.parametrize("seed", range(4))
def test_place_is_offered_to_no_more_than_it_has(cast: Cast, seed: int) -> None:
    """Nor twice to one, nor the colleague who is proposed already; and what can be named is."""
    people = [mentee(cast, number) for number in range(6)]
    mentors(cast, {"One": 2, "Two": 3, "Three": 4})
    offers(cast, mentors(cast, {"Best": 5})["Best"], LIFE, GRANTS, places=5)
    for person in Person.objects.filter(given_name="Xenia").exclude(family_name="Best"):
        offers(cast, person, LIFE, places={"One": 2, "Two": 3, "Three": 4}[person.family_name])
    for person in people:
        needs(cast, person, LIFE, GRANTS)
    proposal = ready(cast, people, seed=seed)
    rows = {str(row.mentee): str(row.mentor) for row in proposal.rows.select_related("mentee", "mentor")}
    group = cohort_of(proposal, people, cast.now)
    room = {str(mentor): room_left(proposal, group)[mentor.pk] for mentor in group.mentors}
    named = found(cast, proposal)
    offered = Counter(name for names in named.values() for name in names)
    assert all(count <= room[name] for name, count in offered.items())
    assert all(rows[one] not in names and len(set(names)) == len(names) for one, names in named.items())
    assert offered.total() == sum(room.values()) == 8
    assert max(map(len, named.values())) <= FURTHER


def test_same_again_is_the_same(cast: Cast) -> None:
    people = [mentee(cast, number) for number in range(4)]
    proposal = ready(cast, people)
    assert found(cast, proposal) == found(cast, proposal)


def test_names_stand_best_first(cast: Cast) -> None:
    some = mentors(cast, {"Plain": 1, "Better": 1, "Best": 1})
    offers(cast, some["Plain"], places=1)
    offers(cast, some["Best"], LIFE, GRANTS, places=1)
    needs(cast, cast.pia, LIFE, GRANTS)
    assert found(cast, ready(cast, [cast.pia])) == {"Pia Larsen": ["Xenia Better", "Xenia Plain"]}


def test_nobody_whom_a_rule_excludes_is_named(cast: Cast) -> None:
    some = mentors(cast, {"One": 1, "Two": 1, "Three": 1})
    Apart(program=cast.digestive, person=some["Two"], other=cast.pia, kind="not_again").keep(now=cast.now)
    named = found(cast, ready(cast, [cast.pia]))["Pia Larsen"]
    assert len(named) == 1
    assert "Xenia Two" not in named


def test_maker_is_never_named(cast: Cast) -> None:
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    no_places(cast, but=[cast.directing_mentor, cast.halloran])
    needs(cast, cast.pia, LIFE)
    offers(cast, cast.halloran, LIFE, places=1)
    proposal = ready(cast, [cast.pia], by=cast.directing_mentor)
    assert str(proposal.rows.get().mentor) == "Maeve Halloran"
    assert found(cast, proposal) == {}


def test_page_says_nothing_where_no_place_is_left(cast: Cast, client_of: ClientOf) -> None:
    people = [mentee(cast, number) for number in range(3)]
    mentors(cast, {"One": 3, "Two": 1})
    proposal = ready(cast, people)
    said = words(client_of(cast.director).get(reverse("pairing:proposal", args=[proposal.pk])))
    assert said.count("Next best with room:") == 1


def test_lists_name_whom_the_page_names_also_when_sent_one_by_one(cast: Cast) -> None:
    people = [mentee(cast, number) for number in range(3)]
    mentors(cast, {"One": 3, "Two": 3, "Three": 2})
    proposal = ready(cast, people)
    named = found(cast, proposal)
    for row in proposal.rows.all():
        accept(proposal, [row.pk], further=FURTHER, by=cast.director, now=cast.now)
    for person in people:
        candidates = Shortlist.objects.open().get(mentee=person).candidates.order_by("place")
        assert [str(one.mentor) for one in candidates][1:] == named.get(str(person), [])
