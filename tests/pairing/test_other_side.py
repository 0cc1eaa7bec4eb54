"""What one side would rather not, and what a mentor declined, changes nothing of what the other side can read.

Every address of the division is opened as the other side, before and after: the pages are the same, letter by letter.
"""

import logging
import re
from collections.abc import Callable, Collection

import pytest
from django.db.models import Model

from telemachus.pairing.models import Apart, Candidate, Need, Offer, Request, Shortlist, Wish
from telemachus.people.models import Person
from tests.acts import ClientOf
from tests.cast import Cast
from tests.house.addresses import addresses
from tests.notify.scenes import told
from tests.pairing.terms import terms
from tests.pairing.way import asked, chosen, fresh, listed

# What differs from one answer to the next though nothing has happened.
PASSING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|nonce-[\w+/=-]+')
Act = Callable[[Cast], object]


def apart(cast: Cast, person: Person, other: Person, kind: str = "not_again") -> None:
    Apart(program=cast.digestive, person=person, other=other, kind=kind).keep(now=cast.now)


def decline(cast: Cast) -> None:
    Request.objects.get().decline(by=cast.halloran, now=cast.now)


def wish(cast: Cast) -> None:
    Wish.objects.create(program=cast.digestive, mentee=cast.pia, mentor=cast.osei)


def pages(reader: Person, urls: Collection[str], client_of: ClientOf) -> dict[str, tuple[int, str]]:
    client = client_of(fresh(reader))
    found = {}
    for url in urls:
        answer = client.get(url)
        text = answer.content.decode() if answer.get("Content-Type", "").startswith("text/") else ""
        found[url] = answer.status_code, PASSING.sub("", text)
    return found


def texts(cast: Cast) -> list[str]:
    """Every address but those of documents, which are packed with the minute in them."""
    return [url for url in addresses(cast, on_the_way(cast)) if not re.search("export|pdf|xlsx|csv|[.]ics", url)]


def on_the_way(cast: Cast) -> list[Model]:
    """Everything of the search that an address could name."""
    rows = [*Shortlist.objects.all(), *Request.objects.all(), *Candidate.objects.all(), cast.pia, cast.osei]
    return [*rows, cast.halloran, cast.mei_osei, *Need.objects.all(), *Offer.objects.all()]


# What is planted, who must not notice, and what has gone before.
PLANTED: dict[str, tuple[Act, str, Act]] = {
    "mentor would rather not, before a list": (lambda cast: apart(cast, cast.osei, cast.pia), "pia", lambda cast: None),
    "mentee would rather not, before a list": (
        lambda cast: apart(cast, cast.pia, cast.osei),
        "osei",
        lambda cast: None,
    ),
    "mentee would rather not, with a list": (lambda cast: apart(cast, cast.pia, cast.osei), "osei", listed),
    "mentee names a relative": (lambda cast: apart(cast, cast.pia, cast.osei, "relative"), "osei", listed),
    "mentee wishes for somebody": (wish, "osei", listed),
    "the wish is not another mentor's to know": (wish, "halloran", listed),
    "mentor declines": (decline, "pia", lambda cast: asked(cast, cast.halloran, cast.osei)),
    "the next mentor does not learn of it": (decline, "osei", lambda cast: asked(cast, cast.halloran, cast.osei)),
    "another mentee does not learn of it": (decline, "mei", lambda cast: asked(cast, cast.halloran, cast.osei)),
}


@pytest.mark.parametrize("name", PLANTED)
def test_other_side_reads_the_same_as_before(cast: Cast, client_of: ClientOf, name: str) -> None:
    plant, reader, prepare = PLANTED[name]
    wanted = terms(cast.digestive, "grants", "life")
    Need.objects.change(cast.digestive, cast.pia, terms=wanted, by=cast.pia, now=cast.now)
    Offer.objects.change(cast.osei, places=5, terms=wanted, now=cast.now)
    prepare(cast)
    person = getattr(cast, reader)
    urls = texts(cast)
    before = pages(person, urls, client_of)
    assert sum(status == 200 for status, _text in before.values()) > 5
    plant(cast)
    after = pages(person, urls, client_of)
    assert [url for url in urls if before[url] != after[url]] == []


def test_gone_candidate_is_gone_in_the_same_words_whatever_the_reason(cast: Cast, client_of: ClientOf) -> None:
    """A mentor who would rather not, and one who is full: the mentee reads one sentence for both."""
    shortlist = chosen(cast, cast.osei, cast.halloran, cast.both)
    url = f"/pairs/lists/{shortlist.pk}/"
    texts = []
    for act in (
        lambda: apart(cast, cast.osei, cast.pia),
        lambda: Apart.objects.all().delete(),
        lambda: Offer.objects.change(cast.osei, places=0, terms=(), now=cast.now),
    ):
        act()
        urls = [one for one in addresses(cast, [shortlist]) if str(shortlist.pk) in one] or [url]
        texts.append(pages(cast.pia, urls, client_of))
    rather_not, _lifted, full = texts
    assert rather_not == full
    assert any("can no longer be chosen" in text for _status, text in rather_not.values())


def test_neither_log_nor_mail_says_it(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    apart(cast, cast.osei, cast.pia)
    asked(cast, cast.halloran, cast.both)
    decline(cast)
    mails = told(cast.now)
    assert mails
    said = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not [one for one in said if "Osei" in one or "declin" in one or "not_again" in one]
    to_others = [one for one in mails if cast.pia.email in one.to or cast.osei.email in one.to]
    assert not [one for one in to_others if "declin" in one.body.casefold() or "rather not" in one.body]
