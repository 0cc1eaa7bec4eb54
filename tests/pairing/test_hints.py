"""Terms are suggested from one’s own papers; nothing of what was not confirmed is stored (R20)."""

import logging
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from telemachus.audit.models import Event, Pending
from telemachus.career.models import Aspirations, CurriculumVitae
from telemachus.lib.document import Document, read_document
from telemachus.lib.pdf import render
from telemachus.pairing.hints import hints
from telemachus.pairing.models import Need, Offer, Term
from telemachus.pairing.vocabulary import standard_id
from telemachus.people.models import Person
from tests.acts import ClientOf, words
from tests.cast import Cast
from tests.documents import body, docx
from tests.pairing.terms import given, term
from tests.pairing.test_vocabulary import added

NEEDS = reverse("pairing:change_needs", args=["digestive"])
OFFER = reverse("pairing:change_offer")
SOURCE = """#import "/paper.typ": data, paper
#show: paper
= Curriculum vitae
Outcomes of inflammatory bowel disease. NIH K08, applied for in the spring.
"""
FROM = "From your CV and aspirations:"


def a_cv() -> Document:
    return read_document("CV.pdf", render(SOURCE, {}, title="Curriculum vitae"))


def sends(cast: Cast, person: Person, document: Document) -> None:
    CurriculumVitae.objects.receive(cast.digestive, person, document=document, by=person, now=cast.now)


def writes(cast: Cast, person: Person, **said: str) -> None:
    Aspirations.objects.write(cast.digestive, person, by=person, now=cast.now, **said)


def suggested(page: str) -> list[str]:
    """What stands behind "From your CV", group by group, without what follows."""
    parts = [part.split("Also on the list:")[0] for part in page.split(FROM)[1:]]
    return [part.partition("the rest is not kept. ")[2].strip() for part in parts]


def test_needs_are_suggested_from_cv_and_aspirations_and_not_ticked(cast: Cast, client_of: ClientOf) -> None:
    added(cast, "inflammatory bowel disease")
    added(cast, "motility", signs="manometry")
    sends(cast, cast.pia, a_cv())
    writes(cast, cast.pia, one_year="A start in manometry, and more time for a clinic by video call.")
    page = client_of(cast.pia).get(NEEDS)
    helps, interests, meeting = suggested(words(page))
    assert helps == "first grants and keeping funding going"
    assert interests.startswith("inflammatory bowel disease motility")
    assert meeting.startswith("by video")
    assert "checked" not in page.content.decode()


def test_word_file_suggests_too(cast: Cast, client_of: ClientOf) -> None:
    inner = "<w:p><w:r><w:t>Course director</w:t></w:r></w:p>"
    sends(cast, cast.pia, read_document("CV.docx", docx({"word/document.xml": body(inner)})))
    assert hints(cast.pia, [cast.digestive]) == {standard_id(cast.digestive, "teaching")}


def test_one_tap_ticks_it_and_then_it_is_a_need_like_others(cast: Cast, client_of: ClientOf) -> None:
    sends(cast, cast.pia, a_cv())
    client = client_of(cast.pia)
    assert suggested(words(client.get(NEEDS))) == ["first grants and keeping funding going"]
    client.post(NEEDS, given(cast.digestive, "grants"))
    page = client.get(NEEDS)
    assert (suggested(words(page)), page.content.decode().count("checked")) == ([], 1)


def test_what_is_no_longer_offered_is_not_suggested_what_was_merged_as_the_other(cast: Cast) -> None:
    grants, life = term(cast.digestive, "grants"), term(cast.digestive, "life")
    sends(cast, cast.pia, a_cv())
    assert hints(cast.pia, [cast.digestive]) == {grants.pk}
    grants.merge(life, by=cast.director, now=cast.now)
    assert hints(cast.pia, [cast.digestive]) == {life.pk}
    life.retire(by=cast.director, now=cast.now)
    assert hints(cast.pia, [cast.digestive]) == set()


def test_what_limits_somebody_is_no_wish_for_help(cast: Cast) -> None:
    writes(cast, cast.pia, focus="Trials.", constraints="parental leave, salary support")
    assert hints(cast.pia, [cast.digestive]) == set()


def test_mentor_reads_suggestions_from_the_own_papers_only(cast: Cast, client_of: ClientOf) -> None:
    sends(cast, cast.pia, a_cv())
    assert suggested(words(client_of(cast.osei).get(OFFER))) == []
    sends(cast, cast.osei, a_cv())
    assert suggested(words(client_of(cast.osei).get(OFFER))) == ["first grants and keeping funding going"]


def test_papers_of_one_program_say_nothing_in_another(cast: Cast) -> None:
    sends(cast, cast.both, a_cv())
    assert hints(cast.both, [cast.cardiology]) == set()
    assert hints(cast.both, [cast.cardiology, cast.digestive]) == {standard_id(cast.digestive, "grants")}


@pytest.mark.parametrize(("kind", "content"), [("pdf", b"%PDF-1.7 torn"), ("docx", b"PK\x03\x04"), ("pdf", b"")])
def test_broken_file_suggests_nothing_and_breaks_nothing(
    cast: Cast, client_of: ClientOf, kind: str, content: bytes
) -> None:
    sends(cast, cast.pia, Document(kind, content, None, f"CV.{kind}"))
    page = client_of(cast.pia).get(NEEDS)
    assert (page.status_code, suggested(words(page))) == (200, [])


def everything() -> Iterator[tuple[str, object, dict[str, object]]]:
    """Every row of every table, links between them included."""
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith(("telemachus.", "django.contrib.sessions")):
            for row in model._base_manager.all():
                yield model._meta.label, row.pk, {field.name: _value(row, field) for field in model._meta.fields}


def _value(row: models.Model, field: models.Field) -> object:
    value = getattr(row, field.attname)
    return bytes(value) if isinstance(value, memoryview) else value


def test_nothing_is_stored_of_what_was_not_confirmed(
    cast: Cast, client_of: ClientOf, caplog: pytest.LogCaptureFixture
) -> None:
    sends(cast, cast.pia, a_cv())
    sends(cast, cast.osei, a_cv())
    mentee, mentor = client_of(cast.pia), client_of(cast.osei)
    for client, url in ((mentee, NEEDS), (mentor, OFFER)):
        client.get(url)
    before, events = list(everything()), Event.objects.count()
    with caplog.at_level(logging.DEBUG):
        for client, url in ((mentee, NEEDS), (mentor, OFFER)):
            assert suggested(words(client.get(url))) == ["first grants and keeping funding going"]
    # Looking leaves no row and no event.
    assert (list(everything()), Event.objects.count()) == (before, events)
    mentee.post(NEEDS, given(cast.digestive, "life"))
    mentor.post(OFFER, {**given(cast.digestive, "teaching"), "places": ""})
    # What was ticked is there; what was only suggested is in no row, no event and no log.
    grants = standard_id(cast.digestive, "grants")
    assert not Need.terms.through.objects.filter(term=grants).exists()
    assert not Offer.terms.through.objects.filter(term=grants).exists()
    assert not Event.objects.filter(subject=grants).exists()
    assert Pending.objects.exists()
    new = [row for row in everything() if row not in before]
    assert {label for label, _pk, _fields in new} <= {
        "pairing.Need", "pairing.Need_terms", "pairing.Offer", "pairing.Offer_terms", "audit.Event", "audit.Pending",
    }  # fmt: skip
    assert not any(str(grants) in str(row) or grants.hex in str(row) or "K08" in str(row) for row in new)
    assert not re.search(r"K08|keeping funding|inflammatory", caplog.text)


def test_error_keeps_what_was_ticked_and_reads_no_papers(cast: Cast, client_of: ClientOf) -> None:
    sends(cast, cast.osei, a_cv())
    answer = client_of(cast.osei).post(OFFER, {**given(cast.digestive, "grants"), "places": "-1"})
    assert (answer.status_code, suggested(words(answer))) == (422, [])
    assert answer.content.decode().count("checked") == 1


def test_terms_without_signs_are_recognized_by_their_words(cast: Cast) -> None:
    made = added(cast, "Outcomes of inflammatory bowel disease")
    Term.objects.exclude(pk=made.pk).update(signs="")
    sends(cast, cast.pia, a_cv())
    assert hints(cast.pia, [cast.digestive]) == {made.pk}
