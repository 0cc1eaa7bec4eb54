"""A mentor who is asked sees what the mentee ticked, and nothing else."""

import pytest
from django.urls import reverse

from telemachus.audit.models import Viewing
from telemachus.career.models import Aspirations, CurriculumVitae
from telemachus.pairing.models import Need, Request
from telemachus.pairing.requesting import accept, introduce
from tests.acts import ClientOf, words
from tests.cast import Cast
from tests.pairing.terms import terms
from tests.pairing.way import asked

ALL = ("shows_cv", "shows_aspirations", "shows_needs")
WISH, LIMIT = "To lead a unit of my own.", "Two small children."


def papers(cast: Cast) -> None:
    CurriculumVitae.objects.create(
        program=cast.digestive, person=cast.pia, name="cv.pdf", kind="pdf", content=b"%PDF-", size=5, sent_at=cast.now
    )
    written = {"role_wanted": WISH, "constraints": LIMIT}
    Aspirations.objects.write(cast.digestive, cast.pia, by=cast.pia, now=cast.now, **written)
    Need.objects.change(cast.digestive, cast.pia, terms=terms(cast.digestive, "grants"), by=cast.pia, now=cast.now)


def url(request: Request, verb: str = "request") -> str:
    return reverse(f"pairing:{verb}", args=[request.pk])


def shown(cast: Cast, client_of: ClientOf, *ticked: str) -> set[str]:
    papers(cast)
    request = asked(cast, cast.halloran, shows=ticked)
    client = client_of(cast.halloran)
    page = client.get(url(request))
    found = {
        "shows_cv": url(request, "request_cv") in page.content.decode(),
        "shows_aspirations": WISH in words(page),
        "shows_needs": "first grants and keeping funding going" in words(page),
    }
    assert client.get(url(request, "request_cv")).status_code == (200 if found["shows_cv"] else 404)
    return {name for name, is_there in found.items() if is_there}


@pytest.mark.parametrize("ticked", [(), *((name,) for name in ALL), ALL], ids=str)
def test_mentor_sees_what_is_ticked_and_nothing_else(cast: Cast, client_of: ClientOf, ticked: tuple[str, ...]) -> None:
    assert shown(cast, client_of, *ticked) == set(ticked)


def test_cv_is_kept_and_never_shown_in_the_page(cast: Cast, client_of: ClientOf) -> None:
    papers(cast)
    answer = client_of(cast.halloran).get(url(asked(cast, cast.halloran, shows=ALL), "request_cv"))
    assert (answer.content, answer.headers["Content-Disposition"]) == (b"%PDF-", 'attachment; filename="cv.pdf"')


def test_what_sets_limits_was_written_for_the_director_only(cast: Cast, client_of: ClientOf) -> None:
    papers(cast)
    page = reverse("career:aspirations", args=[cast.digestive.slug, cast.pia.pk])
    assert LIMIT in words(client_of(cast.director).get(page))
    assert LIMIT not in words(client_of(cast.halloran).get(url(asked(cast, cast.halloran, shows=ALL))))


def test_papers_are_read_until_the_introduction(cast: Cast, client_of: ClientOf) -> None:
    papers(cast)
    request = asked(cast, cast.halloran, shows=ALL)
    client = client_of(cast.halloran)
    accept(request, by=cast.halloran, now=cast.now)
    assert {client.get(url(request, verb)).status_code for verb in ("request", "request_cv")} == {200}
    introduce(request, by=cast.director, now=cast.now)
    assert {client.get(url(request, verb)).status_code for verb in ("request", "request_cv")} == {404}


@pytest.mark.parametrize("verb", ["decline", "withdraw", "expire"])
def test_papers_are_missing_after_every_other_end(cast: Cast, client_of: ClientOf, verb: str) -> None:
    papers(cast)
    request = asked(cast, cast.halloran, shows=ALL)
    client = client_of(cast.halloran)
    assert client.get(url(request, "request_cv")).status_code == 200
    by = {"decline": {"by": cast.halloran}, "withdraw": {"by": cast.director}, "expire": {}}[verb]
    getattr(request, verb)(now=cast.now, **by)
    assert {client.get(url(request, page)).status_code for page in ("request", "request_cv")} == {404}


def test_papers_by_way_of_the_request_are_the_mentors_only(cast: Cast, client_of: ClientOf) -> None:
    """The director reads them where they lie; the same door would not say who looked."""
    papers(cast)
    request = asked(cast, cast.halloran, shows=ALL)
    for name in ("director", "coordinator", "pia", "osei", "both", "other_director", "stranger"):
        assert client_of(getattr(cast, name)).get(url(request, "request_cv")).status_code == 404


def test_looking_leaves_no_day_by_which_a_decline_could_be_counted(cast: Cast, client_of: ClientOf) -> None:
    papers(cast)
    request = asked(cast, cast.halloran, shows=ALL)
    for verb in ("request", "request_cv"):
        client_of(cast.halloran).get(url(request, verb))
    assert not Viewing.objects.filter(about=cast.pia.pk).exists()
    client_of(cast.director).get(url(request))
    assert Viewing.objects.filter(about=cast.pia.pk).exists()
