"""What one side would rather not, and what somebody declined, reach nobody by a proposal: page, record, event, log."""

import logging
import re

import pytest
from django.test import Client
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.lib.holding import holdings_of
from telemachus.lib.step import steps_of
from telemachus.pairing.models import Apart, Proposal, Proposed, Request, Shortlist, Wish
from telemachus.pairing.proposals.accept import accept
from telemachus.people.models import Person
from telemachus.program.models import Role
from tests.acts import ClientOf, words
from tests.cast import Cast
from tests.pairing.cohorts import LIFE, mentee, needs, no_places, offers, ready
from tests.pairing.way import asked, fresh

LINK = re.compile(r'href="(/[^"#]*)')
NOT_PAGES = ("/static/", "/accounts/", "/demo/")
READERS = ("pia", "halloran", "osei", "both", "mei", "coordinator", "chief", "committee", "other_director")
PLANTED = ("Qunwantedq", "Qunwillingq", "Qturneddownq", "Qwishedq")
# Where everybody can be named, or is listed: these pages say nothing of a search.
ROLLS = ("/people/", "/status/", "/enter/", "/notice/", "/apart/", "/wish", "/delegate/", "/role", "/deputy/")
NEGATIVE = ("rather not", "declin", "excluded", "relative", "points", "lottery", "floor", "proposal", "proposed")


def mentor(cast: Cast, family: str) -> Person:
    """Somebody whose name stands nowhere else."""
    mail = f"{family}@division.example"
    made = Person.objects.add(given_name="Xenia", family_name=family, email=mail, by=None, now=cast.now)
    cast.digestive.grant(made, Role.Kind.MENTOR, since=cast.ago(90), by=None, now=cast.now)
    return made


@pytest.fixture
def accepted(cast: Cast) -> Proposal:
    """Pia would rather not have one colleague, another is her relative, a third declined, a fourth she wished for.

    Then others are proposed to her, and the list is sent with further names.
    """
    unwanted, unwilling, declined, wished = (mentor(cast, family) for family in PLANTED)
    program = cast.digestive
    Apart(program=program, person=cast.pia, other=unwanted, kind="not_again").keep(now=cast.now)
    Apart(program=program, person=unwilling, other=cast.pia, kind="relative").keep(now=cast.now)
    asked(cast, declined).decline(by=declined, now=cast.now)
    Shortlist.objects.open().get(mentee=cast.pia).close(by=cast.director, now=cast.now)
    Wish.objects.create(program=program, mentee=cast.pia, mentor=wished)
    no_places(cast, but=[cast.halloran, cast.osei, cast.both])
    offers(cast, cast.halloran, LIFE)
    needs(cast, cast.pia, LIFE)
    proposal = ready(cast, [cast.pia, mentee(cast, 1)])
    keys = list(proposal.rows.values_list("pk", flat=True))
    assert accept(proposal, keys, further=2, by=cast.director, now=cast.now).sent == 2
    return proposal


def pages(client: Client) -> dict[str, str]:
    """Every page that a person finds from Today, with its words."""
    waiting, seen, found = ["/"], {"/"}, {}
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
            continue
        found[address] = words(answer)
        links = [link for link in LINK.findall(answer.content.decode()) if not link.startswith(NOT_PAGES)]
        waiting += [link for link in dict.fromkeys(links) if link not in seen]
        seen.update(links)
    return found


def said_to(person: Person, cast: Cast, client: Client) -> list[str]:
    """What this person can read: pages but for the rolls, steps, and the own record but for the own words."""
    of_pages = [text for address, text in pages(client).items() if not any(roll in address for roll in ROLLS)]
    assert len(of_pages) > 1
    steps = [f"{step.sentence} {step.why}" for step in steps_of(fresh(person), cast.now)]
    own_words = {"pairing.Apart", "pairing.Wish"}
    kept = [row for one in holdings_of(person) if not own_words & set(one.models) for row in one.rows]
    return [*of_pages, *steps, *kept]


@pytest.mark.parametrize("who", READERS)
def test_nobody_reads_of_it_beside_the_director(cast: Cast, client_of: ClientOf, accepted: Proposal, who: str) -> None:
    person = getattr(cast, who)
    said = said_to(person, cast, client_of(person))
    # The mentee reads the lists that were sent to her: the first one named somebody who then declined.
    named = [name for name in PLANTED if any(name in text for text in said)]
    assert named == (["Qturneddownq"] if who == "pia" else [])
    of_pia = [text.lower() for text in said if "Pia" in text or who == "pia"]
    assert [word for text in of_pia for word in ("lottery", "below the floor", "declined") if word in text] == []


def test_director_reads_of_it(cast: Cast, client_of: ClientOf, accepted: Proposal) -> None:
    """Else the tests above would prove nothing."""
    page = reverse("pairing:shortlist", args=[cast.digestive.slug, cast.pia.pk])
    client = client_of(cast.director)
    unwanted = Person.objects.get(family_name="Qunwantedq")
    assert "One of the two would rather not." in words(client.get(page, {"why": str(unwanted.pk)}))
    [request] = Request.objects.filter(state=Request.State.DECLINED)
    assert "declined on 14 October" in words(client.get(reverse("pairing:request", args=[request.pk])))


def test_mentee_reads_names_and_reasons_and_nothing_else(cast: Cast, client_of: ClientOf, accepted: Proposal) -> None:
    shortlist = Shortlist.objects.open().get(mentee=cast.pia)
    said = words(client_of(cast.pia).get(reverse("pairing:choose", args=[shortlist.pk])))
    assert "Maeve Halloran" in said
    assert "Can help with everything you asked for." in said
    assert not [word for word in NEGATIVE if word in said.lower()]
    assert "Row Number1" not in said


def test_rows_and_events_keep_ids_and_points_alone(cast: Cast, accepted: Proposal) -> None:
    """No row names anybody who is not proposed, and no column has room for a reason."""
    outsiders = {str(key) for key in Person.objects.filter(given_name="Xenia").values_list("pk", flat=True)}
    written = [str(row) for row in [*Proposal.objects.values(), *Proposed.objects.values()]]
    assert len(outsiders) == len(PLANTED)
    assert not [key for key in outsiders for text in written if key in text]
    events = Event.objects.filter(kind__startswith="pairing.propos")
    assert {(event.code, event.subject) for event in events} == {("", accepted.pk)}
    assert {field.get_internal_type() for field in Proposed._meta.get_fields()} == {
        "UUIDField", "ForeignKey", "PositiveSmallIntegerField", "PositiveBigIntegerField", "BooleanField",
        "DateTimeField",
    }  # fmt: skip


def test_nothing_of_it_is_logged(cast: Cast, client_of: ClientOf, caplog: pytest.LogCaptureFixture) -> None:
    unwanted = mentor(cast, "Qunwantedq")
    Apart(program=cast.digestive, person=cast.pia, other=unwanted, kind="not_again").keep(now=cast.now)
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("telemachus").debug("the ear is open")
        proposal = ready(cast, [cast.pia])
        client_of(cast.director).get(reverse("pairing:proposal", args=[proposal.pk]))
        keys = list(proposal.rows.values_list("pk", flat=True))
        accept(proposal, keys, further=2, by=cast.director, now=cast.now)
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert "the ear is open" in ours
    assert not [word for word in ("Qunwantedq", "Larsen", "rather not") for text in ours if word in text]
