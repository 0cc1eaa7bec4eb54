"""The pages of a cohort: who takes part, the bar, the proposal with its reasons, two settings side by side."""

from typing import Any

import pytest
from django.urls import reverse

from telemachus.lib.holding import holdings_of
from telemachus.lib.step import steps_of
from telemachus.pairing.models import Proposal
from telemachus.pairing.proposals.compare import Share
from telemachus.pairing.proposals.tasks import work_out
from telemachus.people.models import Person
from telemachus.program.models import Role
from tests.acts import ClientOf, sentences, words
from tests.cast import Cast
from tests.intake.ways import introduced, met
from tests.pairing.cohorts import LIFE, again, made, mentee, needs, no_places, offers, pairs, ready, weighed
from tests.pairing.way import asked, fresh, listed
from tests.queries import same_queries

OF_ONE = ("proposal", "proposal_progress", "compare")
VERBS = ("accept_proposal", "run_again", "drop_proposal")
OTHERS = (
    "coordinator", "chief", "committee", "colleague", "osei", "pia", "mei", "other_director", "directing_mentor",
    "leaver", "stranger",
)  # fmt: skip
SECOND = {"2-needs": 100, "2-interests": 500, "2-series": 0, "2-stage": 0, "2-meeting": 0, "2-wish": 0, "2-load": 0}


def cohort_url(cast: Cast) -> str:
    return reverse("pairing:cohort", args=[cast.digestive.slug])


def url(proposal: Proposal, name: str = "proposal") -> str:
    return reverse(f"pairing:{name}", args=[proposal.pk])


def given(*people: Person, **more: Any) -> dict[str, Any]:
    return {"mentees": [str(person.pk) for person in people], "title": "July", "seed": "7", **more}


def page(cast: Cast, client_of: ClientOf, proposal: Proposal) -> str:
    return words(client_of(cast.director).get(url(proposal)))


# -- who takes part ---------------------------------------------------------------------------------


def test_everybody_who_seeks_is_ticked_but_those_with_an_open_list(cast: Cast, client_of: ClientOf) -> None:
    other = mentee(cast, 1)
    listed(cast)
    response = client_of(cast.director).get(cohort_url(cast))
    assert response.context["form"]["mentees"].value() == [str(other.pk)]
    said = words(response)
    assert "2 people seek a mentor." in said
    assert "has an open list of 14 October 2026" in said


def test_recruit_who_is_not_as_far_as_names_is_listed_unticked(cast: Cast, client_of: ClientOf) -> None:
    written, told, seen = [mentee(cast, number) for number in range(3)]
    introduced(cast, written)
    introduced(cast, told).letters.get().come_back(by=cast.coordinator, now=cast.now)
    met(cast, seen)
    response = client_of(cast.director).get(cohort_url(cast))
    assert set(response.context["form"]["mentees"].value()) == {str(seen.pk), str(cast.pia.pk)}
    said = words(response)
    assert "Number0, Row has not answered yet" in said
    assert "Number1, Row the address has to be corrected" in said
    assert "Number2, Row has not said" in said


def test_recruit_who_is_not_as_far_can_be_ticked_and_the_row_says_so(cast: Cast, client_of: ClientOf) -> None:
    recruit = mentee(cast, 1)
    introduced(cast, recruit)
    client = client_of(cast.director)
    answer = client.post(cohort_url(cast), given(recruit))
    work_out.func(str(Proposal.objects.get().pk))
    said = words(client.get(answer.headers["Location"]))
    assert "Row Number1 Has not answered yet." in said
    assert "Send the ticked lists" in said


def test_who_has_not_said_what_help_is_wanted_stays_ticked_with_a_note(cast: Cast, client_of: ClientOf) -> None:
    other = mentee(cast, 1)
    needs(cast, cast.pia, LIFE)
    response = client_of(cast.director).get(cohort_url(cast))
    assert set(response.context["form"]["mentees"].value()) == {str(other.pk), str(cast.pia.pk)}
    assert words(response).count("has not said yet what help is wanted") == 1
    said = page(cast, client_of, ready(cast))
    assert said.count("Has not said yet what help is wanted.") == 1
    assert "Row Number1 Has not said yet what help is wanted." in said


def test_mentee_whose_colleague_is_asked_takes_no_part(cast: Cast, client_of: ClientOf) -> None:
    asked(cast, cast.halloran)
    assert "Nobody seeks a mentor now" in words(client_of(cast.director).get(cohort_url(cast)))


def test_search_that_concerns_the_reader_is_left_out(cast: Cast, client_of: ClientOf) -> None:
    listed(cast, cast.directing_mentor, cast.osei)
    assert "Larsen, Pia" in words(client_of(cast.director).get(cohort_url(cast)))
    assert "Larsen, Pia" not in words(client_of(cast.directing_mentor).get(cohort_url(cast)))


def test_post_begins_one_and_the_bar_waits_for_the_worker(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.director)
    answer = client.post(cohort_url(cast), given(cast.pia))
    proposal = Proposal.objects.get()
    assert (answer.headers["Location"], proposal.state, proposal.seed, proposal.title) == (
        url(proposal),
        "working",
        7,
        "July",
    )
    said = client.get(url(proposal))
    assert "<progress" in said.content.decode()
    assert "for 0 seconds" in words(said)
    bar = client.get(url(proposal, "proposal_progress"), headers={"HX-Request": "true"})
    assert "<progress" in bar.content.decode()
    assert "<html" not in bar.content.decode()
    assert client.get(url(proposal, "proposal_progress")).headers["Location"] == url(proposal)


def test_bar_gives_way_to_the_page_when_it_is_ready(cast: Cast, client_of: ClientOf) -> None:
    proposal = ready(cast)
    bar = client_of(cast.director).get(url(proposal, "proposal_progress"), headers={"HX-Request": "true"})
    assert bar.headers["HX-Refresh"] == "true"


def test_second_click_finds_the_first(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.director)
    answers = [client.post(cohort_url(cast), given(cast.pia)).headers["Location"] for _twice in range(2)]
    assert answers[0] == answers[1]
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"mentees": []}, "mentees", "Choose at least one person."),
        ({"title": ""}, "title", "This field is required."),
        ({"seed": "-1"}, "seed", "Ensure this value is greater than or equal to 0."),
        ({"seed": "99999999999"}, "seed", "Ensure this value is less than or equal to 2147483647."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(cast: Cast, client_of: ClientOf, wrong, field, said) -> None:
    answer = client_of(cast.director).post(cohort_url(cast), given(cast.pia) | wrong)
    assert (answer.status_code, Proposal.objects.count()) == (422, 0)
    assert answer.context["form"].errors[field] == [said]


def test_person_who_no_longer_seeks_is_said(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.director).post(cohort_url(cast), given(cast.pia, cast.mei))
    assert "no longer seeks a mentor" in words(answer)
    assert 'value="July"' in answer.content.decode()


def test_second_setting_is_worked_out_beside_the_first(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.director).post(cohort_url(cast), given(cast.pia, compare="on", **SECOND))
    first, second = Proposal.objects.order_by("beside")
    first, second = (first, second) if first.beside is None else (second, first)
    assert (answer.headers["Location"], second.beside) == (url(first), first)
    assert (first.weights["interests"], second.weights["interests"]) == (200, 500)


def test_second_setting_over_a_thousand_is_said(cast: Cast, client_of: ClientOf) -> None:
    wrong = given(cast.pia, compare="on", **{**SECOND, "2-needs": 900})
    answer = client_of(cast.director).post(cohort_url(cast), wrong)
    assert (answer.status_code, Proposal.objects.count()) == (422, 0)
    assert "Together these are 1400 points, and can be 1000 at most: take away 400." in words(answer)


# -- again, side by side, forgotten -----------------------------------------------------------------


def test_run_again_gives_the_same_answer(cast: Cast, client_of: ClientOf) -> None:
    people = [mentee(cast, number) for number in range(3)]
    first = ready(cast, people)
    answer = client_of(cast.director).post(url(first, "run_again"))
    second = Proposal.objects.exclude(pk=first.pk).get()
    assert answer.headers["Location"] == url(second)
    work_out.func(str(second.pk))
    assert pairs(again(second)) == pairs(first)


def test_two_settings_side_by_side(cast: Cast, client_of: ClientOf) -> None:
    """By needs Halloran, by nothing but the load whoever has nobody."""
    needs(cast, cast.pia, LIFE)
    offers(cast, cast.osei, LIFE, places=5)
    first = ready(cast, [cast.pia])
    zero = weighed(cast, needs=0, interests=0, series=0, stage=0, meeting=0, wish=0)
    ready(cast, [cast.pia], weights=zero, beside=first)
    response = client_of(cast.director).get(url(first, "compare"))
    said = words(response)
    assert "One mentee gets somebody else; for 0 it is the same." in said
    assert "Pia Larsen Kwame Osei" in said
    found = response.context["compared"]
    assert (found.sums[0].one.percent, found.sums[0].other.said) == (100, "counts nothing")
    assert "Needs that are covered 100% counts nothing" in said
    assert "Counts, in points at most Needs that are covered 450; Interests in common 200" in said
    assert "nothing counts but load and the lottery" in said
    assert (found.one.covered, found.one.needs, found.other.covered) == (1, 1, 0)
    assert found.one.load == "one mentor gets one"
    assert "Compare the two settings" in page(cast, client_of, first)


@pytest.mark.parametrize(
    ("points", "weight", "pairs", "said"),
    [
        (450, 450, 1, "100%"),
        (450, 450, 2, "50%"),
        (50, 100, 1, "50%"),
        (0, 100, 3, "0%"),
        (0, 100, 0, "0%"),
        (0, 0, 3, "counts nothing"),
    ],
)
def test_share_is_of_what_was_possible(points: int, weight: int, pairs: int, said: str) -> None:
    """Half of what was possible is half, however much it weighs."""
    assert Share(points, weight, pairs).said == said
    assert Share(points, weight, pairs).width <= 1000


def test_side_by_side_waits_until_both_are_ready(cast: Cast, client_of: ClientOf) -> None:
    first = ready(cast)
    second = made(cast, weights=weighed(cast, needs=0), beside=first)
    said = words(client_of(cast.director).get(url(second, "compare")))
    assert "The two are not ready yet." in said


def test_alone_there_is_nothing_to_compare(cast: Cast, client_of: ClientOf) -> None:
    proposal = ready(cast)
    assert client_of(cast.director).get(url(proposal, "compare")).headers["Location"] == url(proposal)


def test_forgetting_is_asked_once_and_stands_apart(cast: Cast, client_of: ClientOf) -> None:
    """The button that forgets is folded away, and not beside the one that runs again."""
    proposal = ready(cast, [cast.pia])
    whole = client_of(cast.director).get(url(proposal)).content.decode()
    _before, _summary, folded = whole.partition("<summary>Forget this proposal</summary>")
    assert url(proposal, "drop_proposal") in folded.partition("</details>")[0]
    assert whole.count(url(proposal, "drop_proposal")) == 1
    assert "Nothing of it was sent." in folded


def test_list_of_proposals_says_when_all_lists_were_sent(cast: Cast, client_of: ClientOf) -> None:
    """Somebody who has no colleague waits for no list; somebody whose list waits does."""
    people = [mentee(cast, number) for number in range(3)]
    no_places(cast)
    offers(cast, cast.halloran, places=2)
    proposal = ready(cast, people)
    client = client_of(cast.director)
    to_send = [str(row.pk) for row in proposal.rows.exclude(mentor=None)]
    assert len(to_send) == 2
    for number, said in enumerate(["is ready", "is ready", "all lists sent"]):
        if number:
            client.post(url(proposal, "accept_proposal"), {"rows": to_send[number - 1 : number]})
        page_of = words(client.get(cohort_url(cast)))
        assert said in page_of.partition("Proposals of the last month")[2].partition("Look at it")[0]


def test_proposal_without_any_pair_has_not_sent_all(cast: Cast, client_of: ClientOf) -> None:
    no_places(cast)
    ready(cast, [cast.pia])
    assert "all lists sent" not in words(client_of(cast.director).get(cohort_url(cast)))


def test_forgotten_proposal_leaves_its_lists(cast: Cast, client_of: ClientOf) -> None:
    proposal = ready(cast, [cast.pia])
    client = client_of(cast.director)
    client.post(url(proposal, "accept_proposal"), {"rows": [str(row.pk) for row in proposal.rows.all()]})
    answer = client.post(url(proposal, "drop_proposal"))
    assert sentences(answer)[-1] == "The proposal is forgotten. Lists that were sent stand."
    assert not Proposal.objects.exists()
    assert cast.pia.shortlists.open().count() == 1


# -- whose it is ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", OTHERS)
def test_proposal_is_its_makers_alone(cast: Cast, client_of: ClientOf, who: str) -> None:
    proposal = ready(cast, [cast.pia])
    beside = ready(cast, [cast.pia], seed=2, beside=proposal)
    assert client_of(cast.director).get(url(proposal)).status_code == 200
    client = client_of(getattr(cast, who))
    assert {client.get(url(beside, name)).status_code for name in OF_ONE} == {404}
    assert {client.post(url(beside, name)).status_code for name in VERBS} == {404}
    assert Proposal.objects.count() == 2


def test_maker_who_directs_no_more_sees_it_no_more(cast: Cast, client_of: ClientOf) -> None:
    proposal = ready(cast, [cast.pia])
    Role.objects.filter(person=cast.director).delete()
    assert client_of(cast.director).get(url(proposal)).status_code == 404


@pytest.mark.parametrize("who", [one for one in OTHERS if one != "directing_mentor"])
def test_cohort_is_the_directors_page(cast: Cast, client_of: ClientOf, who: str) -> None:
    assert client_of(getattr(cast, who)).get(cohort_url(cast)).status_code == 404


def test_today_names_a_proposal_of_which_nothing_is_sent(cast: Cast, client_of: ClientOf) -> None:
    proposal = ready(cast, [cast.pia])
    told = [step.sentence for step in steps_of(fresh(cast.director), cast.now)]
    assert "The proposal “July” is ready." in told
    client_of(cast.director).post(
        url(proposal, "accept_proposal"), {"rows": [str(row.pk) for row in proposal.rows.all()]}
    )
    assert not any("proposal" in step.sentence for step in steps_of(fresh(cast.director), cast.now))


def test_record_says_the_day_to_the_mentee_and_nothing_to_the_mentor(cast: Cast) -> None:
    no_places(cast, but=[cast.halloran])
    ready(cast, [cast.pia])

    def held(person: Person) -> list[str]:
        mine = [one for one in holdings_of(person) if {"pairing.Proposal", "pairing.Proposed"} & set(one.models)]
        return [row for one in mine for row in one.rows]

    assert held(cast.pia) == ["2026-10-14"]
    assert held(cast.director) == ["2026-10-14: July"]
    assert held(cast.halloran) == []


# -- queries ----------------------------------------------------------------------------------------


def test_queries_for_the_cohort(cast: Cast, client_of: ClientOf) -> None:
    same_queries(client_of(cast.director), cohort_url(cast), lambda number: mentee(cast, number))


def test_queries_for_recruits_of_a_cohort(cast: Cast, client_of: ClientOf) -> None:
    same_queries(client_of(cast.director), cohort_url(cast), lambda number: introduced(cast, mentee(cast, number), 5))


def test_queries_for_a_proposal(cast: Cast, client_of: ClientOf) -> None:
    people = [mentee(cast, number) for number in range(3)]
    proposal = ready(cast, people)
    rows = list(proposal.rows.all())
    proposal.rows.exclude(pk=rows[0].pk).delete()

    def grow(number: int) -> None:
        if number:
            rows[number].save(force_insert=True)

    same_queries(client_of(cast.director), url(proposal), grow)
