"""Accepting sends lists, wholly or in part; each pair is looked at once more, and what no longer holds is left out."""

from typing import Any

from django.urls import reverse

from telemachus.pairing.models import Apart, Pairing, Proposal, Request, Shortlist
from telemachus.pairing.proposals.accept import accept
from telemachus.pairing.requesting import enter
from telemachus.people.models import Person
from telemachus.program.models import Deputy, Role
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast
from tests.pairing.cohorts import GRANTS, LIFE, again, made, mentee, needs, no_places, offers, pairs, ready, row_of
from tests.pairing.way import asked, fresh, listed


def url(proposal: Proposal, verb: str = "accept_proposal") -> str:
    return reverse(f"pairing:{verb}", args=[proposal.pk])


def ticks(proposal: Proposal, *mentees: Person, **more: str) -> dict[str, Any]:
    rows = proposal.rows.filter(mentee__in=mentees) if mentees else proposal.rows.all()
    return {"rows": [str(row.pk) for row in rows], **more}


def sends(cast: Cast, proposal: Proposal, *, further: int = 0) -> Any:
    keys = list(proposal.rows.values_list("pk", flat=True))
    return accept(proposal, keys, further=further, by=cast.director, now=cast.now)


def names(shortlist: Shortlist) -> list[str]:
    return [str(one.mentor) for one in shortlist.candidates.order_by("place")]


def cohort_of_three(cast: Cast) -> tuple[Proposal, list[Person]]:
    people = [mentee(cast, number) for number in range(3)]
    return ready(cast, people), people


def test_accepting_sends_a_list_to_each_with_the_proposed_first(cast: Cast, client_of: ClientOf) -> None:
    proposal, people = cohort_of_three(cast)
    answer = client_of(cast.director).post(url(proposal), ticks(proposal, further="on"))
    assert sentences(answer) == ["3 lists are sent; now the mentees choose."]
    for person in people:
        shortlist = Shortlist.objects.open().get(mentee=person)
        assert len(names(shortlist)) == 3
        assert names(shortlist)[0] == pairs(proposal)[str(person)]
        assert shortlist.by == cast.director
    assert recorded("pairing.shortlisted") == 3
    assert recorded("pairing.proposal_accepted") == 1
    assert not Pairing.objects.filter(mentee__in=people).exists()


def test_reason_is_the_one_for_the_mentee(cast: Cast) -> None:
    needs(cast, cast.pia, LIFE, GRANTS)
    no_places(cast, but=[cast.halloran])
    offers(cast, cast.halloran, LIFE)
    sends(cast, ready(cast, [cast.pia]))
    candidate = Shortlist.objects.get(mentee=cast.pia).candidates.get()
    assert candidate.reason == "Can help with 1 of the 2 things you asked for."


def test_further_names_are_the_next_best_who_keep_a_place(cast: Cast) -> None:
    needs(cast, cast.pia, LIFE, GRANTS)
    no_places(cast, but=[cast.halloran, cast.osei, cast.both])
    offers(cast, cast.halloran, LIFE, GRANTS, places=1)
    offers(cast, cast.both, GRANTS, places=1)
    offers(cast, cast.osei, places=3)
    sends(cast, ready(cast, [cast.pia]), further=2)
    assert names(Shortlist.objects.get(mentee=cast.pia)) == ["Maeve Halloran", "Amara Diallo", "Kwame Osei"]


def test_further_names_leave_out_who_is_full_after_the_proposal(cast: Cast) -> None:
    one, other = mentee(cast, 1), mentee(cast, 2)
    no_places(cast)
    offers(cast, cast.halloran, places=1)
    offers(cast, cast.both, places=1)
    sends(cast, ready(cast, [one, other]), further=2)
    assert all(len(names(shortlist)) == 1 for shortlist in Shortlist.objects.filter(mentee__in=[one, other]))


def test_accepted_in_part_it_can_be_accepted_further_later(cast: Cast, client_of: ClientOf) -> None:
    proposal, people = cohort_of_three(cast)
    director = client_of(cast.director)
    director.post(url(proposal), ticks(proposal, people[0]))
    assert [row.mentee for row in proposal.rows.exclude(accepted_at=None)] == [people[0]]
    assert "list sent on 14 October" in words(director.get(url(proposal, "proposal")))
    answer = director.post(url(proposal), ticks(proposal))
    assert sentences(answer)[-1] == "2 lists are sent; now the mentees choose."
    assert Shortlist.objects.filter(mentee__in=people).count() == 3


def test_double_click_sends_once(cast: Cast, client_of: ClientOf) -> None:
    proposal, people = cohort_of_three(cast)
    _first, second = twice(client_of(cast.director), url(proposal), ticks(proposal))
    assert sentences(second)[-1] == "These lists had been sent already."
    assert Shortlist.objects.filter(mentee__in=people).count() == 3
    assert recorded("pairing.proposal_accepted") == 1


def test_nothing_ticked_sends_nothing(cast: Cast, client_of: ClientOf) -> None:
    proposal, _people = cohort_of_three(cast)
    answer = client_of(cast.director).post(url(proposal), {"rows": []})
    assert sentences(answer) == ["Nothing was sent: tick at least one pair of this proposal."]


def test_rows_of_another_proposal_are_not_taken(cast: Cast, client_of: ClientOf) -> None:
    proposal, people = cohort_of_three(cast)
    other = ready(cast, [cast.pia], seed=1)
    client_of(cast.director).post(url(proposal), ticks(other))
    assert not Shortlist.objects.filter(mentee__in=[cast.pia, *people]).exists()


def test_mentee_who_found_a_mentor_is_left_out_and_the_others_go(cast: Cast) -> None:
    proposal, people = cohort_of_three(cast)
    enter(cast.digestive, mentee=people[0], mentor=cast.both, begins=cast.today, by=cast.director, now=cast.now)
    done = sends(cast, proposal)
    assert (done.sent, done.left_out) == (2, [f"{people[0]}: {people[0]} has a mentor already."])
    assert row_of(proposal, people[0]).accepted_at is None


def test_mentor_who_became_full_is_left_out(cast: Cast) -> None:
    no_places(cast, but=[cast.halloran])
    proposal = ready(cast, [cast.pia])
    offers(cast, cast.halloran, places=0)
    done = sends(cast, proposal)
    assert (done.sent, done.left_out) == (0, ["Pia Larsen: All places of Maeve Halloran are taken."])
    assert not Shortlist.objects.exists()
    assert recorded("pairing.proposal_accepted") == 0


def test_wish_not_to_be_paired_that_came_meanwhile_leaves_the_pair_out(cast: Cast) -> None:
    no_places(cast, but=[cast.halloran])
    proposal = ready(cast, [cast.pia])
    Apart(program=cast.digestive, person=cast.halloran, other=cast.pia, kind="not_again").keep(now=cast.now)
    assert sends(cast, proposal).left_out == ["Pia Larsen: One of the two would rather not."]


def test_mentee_who_left_is_left_out(cast: Cast) -> None:
    proposal = ready(cast, [cast.pia])
    Role.objects.filter(person=cast.pia).delete()
    [said] = sends(cast, proposal).left_out
    assert said == "Pia Larsen: Pia Larsen does not look for a mentor any more."


def test_request_that_went_out_meanwhile_leaves_the_pair_out(cast: Cast) -> None:
    proposal = ready(cast, [cast.pia])
    asked(cast, cast.halloran)
    assert sends(cast, proposal).left_out == ["Pia Larsen: A colleague has been asked to mentor Pia Larsen already."]
    assert Request.objects.count() == 1


def test_newer_list_is_not_replaced_and_an_older_one_is(cast: Cast) -> None:
    older = listed(cast)
    proposal = ready(cast, [cast.pia])
    assert sends(cast, proposal).sent == 1
    older.refresh_from_db()
    assert older.state == Shortlist.State.CLOSED


def test_list_that_was_sent_after_the_proposal_is_not_replaced(cast: Cast) -> None:
    proposal = ready(cast, [cast.pia])
    newer = listed(cast)
    Shortlist.objects.filter(pk=newer.pk).update(sent_at=cast.now.replace(hour=18))
    assert sends(cast, proposal).left_out == ["Pia Larsen: A newer list was sent to Pia Larsen on 14 October."]
    newer.refresh_from_db()
    assert newer.state == Shortlist.State.SENT


def test_pairs_that_stand_are_untouched(cast: Cast) -> None:
    before = list(Pairing.objects.values())
    proposal, _people = cohort_of_three(cast)
    sends(cast, proposal, further=2)
    assert list(Pairing.objects.values()) == before


def test_director_in_a_pair_hands_that_search_to_the_deputy(cast: Cast, client_of: ClientOf) -> None:
    """Nobody runs their own mentoring: from the list on, the search is out of the director's view."""
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    no_places(cast, but=[cast.directing_mentor])
    proposal = ready(cast, [cast.pia], by=cast.directing_mentor)
    client = client_of(cast.directing_mentor)
    assert "Pia Larsen" in words(client.get(url(proposal, "proposal")))
    assert sentences(client.post(url(proposal), ticks(proposal)))[0].startswith("One list is sent")
    page = words(client.get(url(proposal, "proposal")))
    assert "Pia Larsen" not in page
    assert "One search is not with you any more" in page


def test_director_who_lost_the_deputy_meanwhile_is_left_out(cast: Cast) -> None:
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    no_places(cast, but=[cast.directing_mentor])
    proposal = ready(cast, [cast.pia], by=cast.directing_mentor)
    Deputy.objects.get().end(by=cast.directing_mentor, now=cast.now)
    keys = list(proposal.rows.values_list("pk", flat=True))
    [said] = accept(again(proposal), keys, further=0, by=fresh(cast.directing_mentor), now=cast.now).left_out
    assert "name a deputy first" in said


def test_search_that_concerns_the_director_by_now_is_left_out(cast: Cast) -> None:
    proposal = ready(cast, [cast.pia], by=cast.directing_mentor)
    listed(cast, cast.directing_mentor, by=cast.director)
    keys = list(proposal.rows.values_list("pk", flat=True))
    done = accept(again(proposal), keys, further=0, by=cast.directing_mentor, now=cast.now)
    assert done.left_out == ["Pia Larsen: This search is not with you any more."]


def test_proposal_that_is_not_ready_sends_nothing(cast: Cast) -> None:
    assert sends(cast, made(cast)).sent == 0
