"""The director keeps the words of a program: what can be offered and asked for (R20)."""

import pytest
from django.urls import reverse

from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.demand import Demand, demand
from telemachus.pairing.models import Need, Offer, Term
from telemachus.pairing.vocabulary import STANDARD, standard_id, words_of
from telemachus.people.models import Person
from telemachus.program.models import Program, Role
from tests.acts import ClientOf, recorded, sentences, words
from tests.cast import Cast
from tests.pairing.terms import given, term, terms
from tests.queries import same_queries

URL = reverse("pairing:vocabulary", args=["digestive"])
ADD = reverse("pairing:add_term", args=["digestive"])
GRANTS = "first grants and keeping funding going"


def url(name: str, term: Term) -> str:
    return reverse(f"pairing:{name}_term", args=[term.pk])


def added(cast: Cast, said: str, kind: str = "interest", signs: str = "") -> Term:
    return Term.add(cast.digestive, kind, said, signs=signs, by=cast.director, now=cast.now)


def listed(program: Program, kind: str) -> list[str]:
    return [one.words for one in Term.objects.filter(program=program, kind=kind).offered()]


def test_new_program_begins_with_the_standard_terms_and_no_interests(cast: Cast) -> None:
    founded = Program.objects.found(slug="renal", name="Nephrology", policy="uc-som", now=cast.now)
    assert listed(founded, "help") == [str(one.words) for one in STANDARD.values() if one.kind == "help"]
    assert listed(founded, "meeting") == ["in person", "by video"]
    assert (len(listed(founded, "help")), listed(founded, "interest")) == (16, [])
    assert all(one.signs for one in Term.objects.filter(program=founded))


def test_page_shows_the_words_in_order_and_how_many_have_them(cast: Cast, client_of: ClientOf) -> None:
    for person in (cast.pia, cast.mei):
        Need.objects.change(cast.digestive, person, terms=terms(cast.digestive, "grants"), by=person, now=cast.now)
    Offer.objects.change(cast.osei, places=None, terms=terms(cast.digestive, "grants", "life"), now=cast.now)
    shown = words(client_of(cast.director).get(URL))
    assert f"{GRANTS} 2 1 few what to publish, and when 0 0" in shown
    assert "a life outside work 0 1" in shown
    assert not any(str(person) in shown for person in (cast.pia, cast.mei, cast.osei))


def test_whoever_has_left_is_not_counted(cast: Cast) -> None:
    pk = standard_id(cast.digestive, "grants")
    for person in (cast.pia, cast.leaver):
        Need.objects.change(cast.digestive, person, terms=terms(cast.digestive, "grants"), by=person, now=cast.now)
    for mentor in (cast.osei, cast.other_mentor):
        Offer.objects.change(mentor, places=None, terms=terms(cast.digestive, "grants"), now=cast.now)
    assert demand(cast.digestive, cast.today)[pk] == Demand(wanted=1, offered=1)


def test_setup_leads_to_the_list(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.director).get(reverse("program:setup", args=["digestive"]))
    assert f'href="{URL}"' in page.content.decode()


def test_term_is_added_behind_the_others_and_can_be_ticked(cast: Cast, client_of: ClientOf) -> None:
    added(cast, "motility")
    sent = {"kind": "interest", "words": "  inflammatory  bowel disease ", "signs": "IBD, Crohn"}
    answer = client_of(cast.director).post(ADD, sent)
    assert sentences(answer) == ["“inflammatory bowel disease” is on the list now."]
    assert listed(cast.digestive, "interest") == ["motility", "inflammatory bowel disease"]
    assert "inflammatory bowel disease" in words(client_of(cast.osei).get(reverse("pairing:change_offer")))
    assert "inflammatory bowel disease" not in words(
        client_of(cast.sofia).get(reverse("pairing:change_needs", args=["cardiology"]))
    )
    assert recorded("pairing.term_added") == 2


@pytest.mark.parametrize("again", ["Motility", "MOTILITY ", "motility"])
def test_same_words_twice_are_said_beside_the_field(cast: Cast, client_of: ClientOf, again: str) -> None:
    added(cast, "motility")
    answer = client_of(cast.director).post(ADD, {"kind": "interest", "words": again, "signs": "manometry"})
    assert (answer.status_code, Term.objects.filter(kind="interest").count()) == (422, 1)
    assert answer.context["form"].errors == {"words": ["“motility” is on the list already."]}
    assert "manometry" in answer.content.decode()
    # As help it is something else.
    assert client_of(cast.director).post(ADD, {"kind": "help", "words": again}).status_code == 302


def test_same_words_say_where_the_other_stands(cast: Cast) -> None:
    first, second = added(cast, "motility"), added(cast, "manometry")
    first.retire(by=cast.director, now=cast.now)
    with pytest.raises(Refused, match="no longer offered"):
        added(cast, "motility")
    first.bring_back(by=cast.director, now=cast.now)
    second.merge(first, by=cast.director, now=cast.now)
    with pytest.raises(Refused, match="as part of “motility”"):
        added(cast, "manometry")


def test_changed_words_are_read_by_whoever_has_it(cast: Cast, client_of: ClientOf) -> None:
    client, changed = client_of(cast.director), term(cast.digestive, "grants")
    Need.objects.change(cast.digestive, cast.pia, terms=[changed], by=cast.pia, now=cast.now)
    was = client.get(url("change", changed)).context["form"]["was"].value()
    sent = {"words": "getting funded", "signs": "NIH", "was": was}
    assert client.post(url("change", changed), sent).status_code == 302
    assert words_of(Need.objects.terms_of(cast.digestive, cast.pia)) == ["getting funded"]
    assert recorded("pairing.term_changed") == 1


def test_words_of_another_term_are_refused_beside_the_field(cast: Cast, client_of: ClientOf) -> None:
    client, changed = client_of(cast.director), term(cast.digestive, "grants")
    was = client.get(url("change", changed)).context["form"]["was"].value()
    answer = client.post(url("change", changed), {"words": "A Life Outside Work", "was": was})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"words": ["“a life outside work” is on the list already."]}
    # Other capitals of its own words are no doubling.
    assert client.post(url("change", changed), {"words": GRANTS.upper(), "was": was}).status_code == 302


def test_second_of_two_directors_is_told_what_the_first_wrote(cast: Cast, client_of: ClientOf) -> None:
    changed = term(cast.digestive, "grants")
    first, second = client_of(cast.director), client_of(cast.directing_mentor)
    was = first.get(url("change", changed)).context["form"]["was"].value()
    first.post(url("change", changed), {"words": "getting funded", "was": was})
    answer = second.post(url("change", changed), {"words": "money", "was": was})
    assert answer.status_code == 422
    assert "it says “getting funded” now. Keep yours all the same?" in words(answer)
    form = answer.context["form"]
    assert form["words"].value() == "money"
    # Pressed once more it stands.
    second.post(url("change", changed), {"words": "money", "was": form["was"].value()})
    changed.refresh_from_db()
    assert changed.words == "money"


def test_change_that_somebody_overtook_is_a_conflict(cast: Cast) -> None:
    early, late = term(cast.digestive, "grants"), term(cast.digestive, "grants")
    early.change(words="getting funded", signs="", by=cast.director, now=cast.now)
    with pytest.raises(Conflict):
        late.change(words="money", signs="", by=cast.directing_mentor, now=cast.now)


def test_term_moves_up_and_down_among_those_that_can_be_ticked(cast: Cast, client_of: ClientOf) -> None:
    one, two, three = (added(cast, said) for said in ("one", "two", "three"))
    two.retire(by=cast.director, now=cast.now)
    client = client_of(cast.director)
    assert client.post(url("move_up", three))["Location"] == url("change", three)
    assert listed(cast.digestive, "interest") == ["three", "one"]
    assert client.post(url("move_up", three)).status_code == 409
    client.post(url("move_down", three))
    assert listed(cast.digestive, "interest") == ["one", "three"]
    assert client.post(url("move_down", two)).status_code == 409
    assert "Number 1 of 2 on its list." in words(client.get(url("change", one)))


def test_page_asks_as_often_for_three_as_for_one(cast: Cast, client_of: ClientOf) -> None:
    def grow(number: int) -> None:
        made, merged = added(cast, f"term {number}"), added(cast, f"other {number}")
        merged.merge(made, by=cast.director, now=cast.now)
        added(cast, f"old {number}").retire(by=cast.director, now=cast.now)
        person = Person.objects.add(given_name="Row", family_name=f"{number}", by=None, now=cast.now)
        cast.digestive.grant(person, Role.Kind.MENTOR, since=cast.ago(9), by=None, now=cast.now)
        Offer.objects.change(person, places=None, terms=[made], now=cast.now)

    same_queries(client_of(cast.director), URL, grow)
    change = url("change", added(cast, "one"))
    same_queries(client_of(cast.director), change, lambda number: grow(number + 9))


def test_page_of_an_offer_asks_as_often_for_three_as_for_one(cast: Cast, client_of: ClientOf) -> None:
    def grow(number: int) -> None:
        held = [*Term.objects.filter(offers__person=cast.osei), added(cast, f"term {number}")]
        Offer.objects.change(cast.osei, places=None, terms=held, now=cast.now)
        held[-1].retire(by=cast.director, now=cast.now)

    same_queries(client_of(cast.osei), reverse("pairing:change_offer"), grow)


def test_terms_of_another_program_are_refused_beside_the_field(cast: Cast, client_of: ClientOf) -> None:
    needs = reverse("pairing:change_needs", args=["digestive"])
    sent = {"help-digestive": given(cast.cardiology, "grants")["help-cardiology"]}
    answer = client_of(cast.pia).post(needs, sent)
    assert (answer.status_code, Need.objects.count()) == (422, 0)
    assert list(answer.context["form"].errors) == ["help-digestive"]
    assert "The list has changed since you opened the page." in words(answer)


def test_offer_of_two_programs_asks_for_each(cast: Cast, client_of: ClientOf) -> None:
    cast.cardiology.grant(cast.osei, Role.Kind.MENTOR, since=cast.ago(9), by=None, now=cast.now)
    client, page = client_of(cast.osei), reverse("pairing:change_offer")
    sent = given(cast.digestive, "grants") | given(cast.cardiology, "life")
    assert client.post(page, {**sent, "places": ""}).status_code == 302
    held = Offer.objects.get(person=cast.osei).terms.with_standing()
    assert {one.pk for one in held} == {standard_id(cast.digestive, "grants"), standard_id(cast.cardiology, "life")}
    form = client.get(page).context["form"]
    assert {name: form[name].value() for name in sent} == sent
    # What was ticked where the mentor has no part any more waits there.
    cast.osei.roles.get(program=cast.cardiology).end(on=cast.ago(1), by=cast.other_director, now=cast.now)
    client.post(page, {"places": ""})
    assert [one.pk for one in Offer.objects.get(person=cast.osei).terms.all()] == [standard_id(cast.cardiology, "life")]


# Words that stand in more than one line, and whether the page or a table has to be scrolled sideways.
BROKEN = """() => [...document.querySelectorAll("tbody th a")].flatMap(link => {
    const text = link.firstChild
    return [...text.data.matchAll(/[^ ]+/g)].filter(word => {
        const range = document.createRange()
        range.setStart(text, word.index)
        range.setEnd(text, word.index + word[0].length)
        return new Set([...range.getClientRects()].map(line => line.top)).size > 1
    }).map(word => word[0])
})"""
TOO_WIDE = """() => [document.scrollingElement, ...document.querySelectorAll(".scroll")].some(
    one => one.scrollWidth > one.clientWidth
)"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_long_word_breaks_and_an_ordinary_one_does_not(cast: Cast, new_page, sign_in, width: int) -> None:
    long = "x" * 120
    added(cast, long)
    added(cast, "y" * 120).merge(added(cast, "ordinary"), by=cast.director, now=cast.now)
    added(cast, "z" * 120, "help").retire(by=cast.director, now=cast.now)
    page = new_page(width=width)
    sign_in(page, cast.director)
    page.goto(URL)
    page.get_by_text("No longer offered").first.click()
    assert page.get_by_text("z" * 120).is_visible()
    assert page.evaluate(BROKEN) == [long]
    assert not page.evaluate(TOO_WIDE)
