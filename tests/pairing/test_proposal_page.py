"""What a proposal says: who with whom and why, who has nobody and what would change that, and how sure it is."""

import pytest
from django.urls import reverse

from telemachus.pairing.models import Apart, Proposal, Wish
from telemachus.pairing.proposals.page import Page
from telemachus.pairing.proposals.picture import picture
from telemachus.pairing.proposals.words import blocking_in_words, proof_in_words, rank_in_words, sought_in_words
from telemachus.pairing.requesting import enter
from telemachus.program.models import Deputy, Role
from tests.acts import ClientOf, words
from tests.cast import Cast
from tests.pairing.cohorts import GRANTS, LIFE, mentee, needs, no_places, offers, pairs, ready, weighed


def url(proposal: Proposal, name: str = "proposal") -> str:
    return reverse(f"pairing:{name}", args=[proposal.pk])


def page(cast: Cast, client_of: ClientOf, proposal: Proposal) -> str:
    return words(client_of(cast.director).get(url(proposal)))


def test_pair_is_shown_with_reasons_rank_and_proof(cast: Cast, client_of: ClientOf) -> None:
    needs(cast, cast.pia, LIFE, GRANTS)
    offers(cast, cast.halloran, LIFE)
    said = page(cast, client_of, ready(cast, [cast.pia]))
    assert "The one mentee has a colleague in this proposal. Nothing is sent yet." in said
    assert "Pia Larsen Maeve Halloran first of four who could Covers 1 of 2 needs" in said
    assert "No other proposal is better: checked in whole numbers, over all pairs." in said
    assert "Everybody who is placed has at least 225 points." in said
    assert "Maeve Halloran 0 1 2" in said  # has now, new, still free


def test_lottery_is_named_where_it_decided(cast: Cast, client_of: ClientOf) -> None:
    assert "The lottery decided between equals." in page(cast, client_of, ready(cast, [cast.pia]))
    no_places(cast, but=[cast.osei])
    assert "The lottery decided" not in page(cast, client_of, ready(cast, [cast.pia], seed=1))


def test_full_colleagues_who_fit_are_named_for_the_unplaced(cast: Cast, client_of: ClientOf) -> None:
    no_places(cast)
    said = page(cast, client_of, ready(cast, [cast.pia]))
    assert "No mentor of this program has a free place" in said
    assert "Four colleagues fit, and none has a place left: one more with" in said
    assert "and none has a place left: one more with Paul Brandt, Amara Diallo, Maeve Halloran or one other" in said


def test_one_place_more_would_place_the_unplaced(cast: Cast, client_of: ClientOf) -> None:
    people = [mentee(cast, number) for number in range(2)]
    no_places(cast)
    offers(cast, cast.osei, places=3)
    for role in cast.digestive.roles.filter(kind=Role.Kind.MENTOR).exclude(person=cast.osei):
        for person in people:
            Apart(program=cast.digestive, person=person, other=role.person, kind="not_again").keep(now=cast.now)
    proposal = ready(cast, people)
    assert len(pairs(proposal)) == 1
    said = page(cast, client_of, proposal)
    assert "One colleague fits, without a free place: one more place with Kwame Osei would place Row Number" in said


def test_rules_are_named_where_everybody_is_excluded(cast: Cast, client_of: ClientOf) -> None:
    for role in cast.digestive.roles.filter(kind=Role.Kind.MENTOR):
        Apart(program=cast.digestive, person=cast.pia, other=role.person, kind="not_again").keep(now=cast.now)
    said = page(cast, client_of, ready(cast, [cast.pia]))
    assert "Nobody could be given a colleague." in said
    assert "Everybody is excluded." in said
    assert "Kwame Osei: One of the two would rather not." in said


def test_reader_is_not_told_why_the_reader_is_excluded(cast: Cast, client_of: ClientOf) -> None:
    """It may be the mentee's wish."""
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    for role in cast.digestive.roles.filter(kind=Role.Kind.MENTOR):
        Apart(program=cast.digestive, person=cast.pia, other=role.person, kind="not_again").keep(now=cast.now)
    proposal = ready(cast, [cast.pia], by=cast.directing_mentor)
    said = words(client_of(cast.directing_mentor).get(url(proposal)))
    assert "Maeve Halloran: One of the two would rather not." in said
    assert "Paul Brandt:" not in said


def test_weights_of_zero_are_explained(cast: Cast, client_of: ClientOf) -> None:
    zero = weighed(cast, needs=0, interests=0, series=0, stage=0, meeting=0, wish=0)
    assert "All weights are zero" in page(cast, client_of, ready(cast, [cast.pia], weights=zero))


def test_what_no_longer_holds_is_said_and_cannot_be_ticked(cast: Cast, client_of: ClientOf) -> None:
    proposal = ready(cast, [cast.pia])
    assert "checkbox" in client_of(cast.director).get(url(proposal)).content.decode()
    enter(cast.digestive, mentee=cast.pia, mentor=cast.both, begins=cast.today, by=cast.director, now=cast.now)
    response = client_of(cast.director).get(url(proposal))
    assert "Pia Larsen has a mentor already." in words(response)
    assert "checkbox" not in response.content.decode()


def test_colleague_who_is_no_mentor_any_more_is_said(cast: Cast, client_of: ClientOf) -> None:
    no_places(cast, but=[cast.halloran])
    proposal = ready(cast, [cast.pia])
    Role.objects.filter(person=cast.halloran).delete()
    assert "Maeve Halloran is no mentor of this program." in page(cast, client_of, proposal)


def test_reasons_that_have_changed_are_pointed_out(cast: Cast, client_of: ClientOf) -> None:
    no_places(cast, but=[cast.halloran])
    needs(cast, cast.pia, LIFE)
    proposal = ready(cast, [cast.pia])
    offers(cast, cast.halloran, LIFE)
    assert "Something has changed since this was worked out" in page(cast, client_of, proposal)


def test_failed_proposal_says_what_to_do(cast: Cast, client_of: ClientOf) -> None:
    said = page(cast, client_of, ready(cast, [cast.mei]))
    assert "This could not be worked out." in said
    assert "Nobody of these seeks a mentor any more" in said


def test_floor_that_cannot_be_kept_names_how_many_are_below(cast: Cast, client_of: ClientOf) -> None:
    needs(cast, cast.pia, LIFE)
    said = page(cast, client_of, ready(cast, [cast.pia], weights=weighed(cast, floor=900)))
    assert "One is below the floor of 900 points." in said
    assert "below the floor" in said


def test_picture_has_a_line_for_each_pair_and_dots_for_each_place(cast: Cast) -> None:
    people = [mentee(cast, number) for number in range(3)]
    drawn = picture(Page(ready(cast, people), cast.now))
    assert (len(drawn.lefts), len(drawn.links)) == (3, 3)
    for right in drawn.rights:
        kinds = [dot.kind for dot in right.dots]
        load = right.load
        counts = (kinds.count("before"), kinds.count("added"), kinds.count("left"))
        assert counts == (load.before, load.added, load.left)
        assert sum(counts) == cast.digestive.capacity


@pytest.mark.parametrize(
    ("rank", "of", "said"),
    [
        (0, 5, ""),
        (1, 1, "the only one who could"),
        (1, 2, "first of two who could"),
        (3, 11, "third of eleven who could"),
        (14, 40, "no. 14 of 40 who could"),
    ],
)
def test_rank_in_words(rank: int, of: int, said: str) -> None:
    assert rank_in_words(rank, of) == said


@pytest.mark.parametrize(
    ("cost", "said"),
    [
        (100, "No other proposal is better"),
        (107, "at most 7 points are missing to the best"),
        (1_100, "at most 1 more could be lifted to the floor"),
        (250_100, "at most 2 more could be placed"),
    ],
)
def test_gap_is_said_in_what_it_could_mean(cost: int, said: str) -> None:
    proposal = Proposal(cost=cost, bound=100, per_below=1_000, per_unplaced=100_000)
    assert said in proof_in_words(proposal)
    assert ("within a minute" in proof_in_words(proposal)) == (cost > 100)


@pytest.mark.parametrize(
    ("first_for", "places", "said"),
    [
        (0, 0, ""),
        (3, 0, ""),
        (2, 2, ""),
        (2, 1, "Often asked for: two of these would do best here, for one place."),
        (4, 3, "Often asked for: four of these would do best here, for three places."),
    ],
)
def test_sought_in_words(first_for: int, places: int, said: str) -> None:
    assert sought_in_words(first_for, places) == said


def test_colleague_is_asked_for_only_by_those_who_do_best_there_alone(cast: Cast, client_of: ClientOf) -> None:
    """As long as another colleague does as well for them, none of the two is asked for."""
    people = [mentee(cast, number) for number in range(3)]
    no_places(cast)
    offers(cast, cast.osei, LIFE, places=5)
    offers(cast, cast.halloran, LIFE, places=1)
    for person in people:
        needs(cast, person, LIFE)
    proposal = ready(cast, people)
    assert "Maeve Halloran" in pairs(proposal).values()
    assert "Often asked for" not in page(cast, client_of, proposal)
    offers(cast, cast.osei, places=5)
    assert "Often asked for: three of these would do best here, for one place." in page(cast, client_of, proposal)


def test_load_is_drawn_on_a_phone_as_well(cast: Cast, client_of: ClientOf) -> None:
    no_places(cast)
    offers(cast, cast.osei, places=4)
    proposal = ready(cast, [cast.pia])
    whole = client_of(cast.director).get(url(proposal)).content.decode()
    rows = whole.partition('aria-label="load"')[2].partition("</ul>")[0]
    assert "Kwame Osei" in rows
    assert "has 2 now, 1 new, 1 still free" in rows
    assert [rows.count(kind) for kind in ('"solid-ink"', '"solid"', '"room"')] == [2, 1, 1]


def test_blocking_pairs_in_words() -> None:
    assert blocking_in_words(Proposal(blocking=0)).startswith("No mentee and colleague")
    assert blocking_in_words(Proposal(blocking=1)).startswith("One mentee and a colleague")
    assert blocking_in_words(Proposal(blocking=3)).startswith("Three times a mentee")


def test_swap_is_offered_where_both_would_do_better(cast: Cast, client_of: ClientOf) -> None:
    """In the best proposal there is none: this one comes from what the two need since."""
    one, other = mentee(cast, 1), mentee(cast, 2)
    no_places(cast)
    offers(cast, cast.osei, LIFE, places=3)  # two of them are taken
    offers(cast, cast.halloran, GRANTS, places=1)
    needs(cast, one, LIFE)
    needs(cast, other, GRANTS)
    proposal = ready(cast, [one, other])
    assert pairs(proposal) == {str(one): "Kwame Osei", str(other): "Maeve Halloran"}
    assert "Swaps that could be offered" not in page(cast, client_of, proposal)
    needs(cast, one, GRANTS)
    needs(cast, other, LIFE)
    said = page(cast, client_of, proposal)
    assert "Row Number1 and Row Number2 would both do as well or better with each other’s colleague." in " ".join(
        said.replace("Row Number2 and Row Number1", "Row Number1 and Row Number2").split()
    )
    assert pairs(proposal) == {str(one): "Kwame Osei", str(other): "Maeve Halloran"}


def test_wish_for_the_reader_is_not_said_to_the_reader(cast: Cast, client_of: ClientOf) -> None:
    """Of another colleague it is, to whoever runs the search."""
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    other = mentee(cast, 1)
    no_places(cast)
    offers(cast, cast.directing_mentor, places=2)  # one of them is taken
    offers(cast, cast.halloran, places=1)
    for one, mentor in ((cast.pia, cast.directing_mentor), (other, cast.halloran)):
        Wish.objects.create(program=cast.digestive, mentee=one, mentor=mentor)
    proposal = ready(cast, [cast.pia, other], by=cast.directing_mentor)
    assert pairs(proposal) == {"Pia Larsen": "Paul Brandt", "Row Number1": "Maeve Halloran"}
    lines = {str(line.row.mentee): line for line in Page(proposal, cast.now).lines}
    assert [each.words for each in lines["Row Number1"].segments] == ["wished for"]
    assert [each.words for each in lines["Pia Larsen"].segments] == []
    said = words(client_of(cast.directing_mentor).get(url(proposal)))
    assert said.count("Wished for") == 1
    assert "Something has changed" not in said
