"""Whatever is sent as a CV is refused with a sentence, or kept so that nothing in it acts."""

import io
import unicodedata
import zipfile
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from telemachus.career.models import CurriculumVitae
from tests import documents as made
from tests.acts import ClientOf
from tests.cast import Cast
from tests.hostile import FAMILIES, MAY_BE_TAKEN, Sent


def test_hostile_uploads_are_two_hundred_at_least() -> None:
    counted = {name: sum(1 for _ in family()) for name, family in FAMILIES.items() if name != "too_much"}
    assert sum(counted.values()) >= 300, counted


def send(client: Client, cast: Cast, sent: Sent) -> Any:
    file = SimpleUploadedFile("replaced", sent[1])
    # Django cleans the name that a file object is given; what a browser sends is not asked.
    vars(file)["_name"] = sent[0]
    return client.post(reverse("career:send_cv", args=[cast.digestive.slug]), {"file": file})


def served(client: Client, cast: Cast) -> Any:
    return client.get(reverse("career:cv", args=[cast.digestive.slug, cast.mei.pk]))


@pytest.mark.parametrize("family", FAMILIES)
def test_hostile_uploads_are_refused_or_kept_harmless(cast: Cast, client_of: ClientOf, family: str) -> None:
    client = client_of(cast.mei)
    taken = [sent for sent in FAMILIES[family]() if was_taken(client, cast, sent)]
    assert not taken or family in MAY_BE_TAKEN, [name for name, _content in taken]


def was_taken(client: Client, cast: Cast, sent: Sent) -> bool:
    answer = send(client, cast, sent)
    if answer.status_code == 422:
        [sentence] = answer.context["form"].errors["file"]
        assert sentence.endswith(".")
        assert not CurriculumVitae.objects.exists(), sent[0]
        return False
    assert answer.status_code == 302, sent[0]
    assert_harmless(served(client, cast))
    CurriculumVitae.objects.all().delete()
    return True


def assert_harmless(answer: Any) -> None:
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in answer["Content-Disposition"]
    kept = CurriculumVitae.objects.get()
    assert kept.name.endswith((".pdf", ".docx"))
    assert not set(kept.name) & set('/\\<>:"|?*;')
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") for character in kept.name)
    assert len(kept.name) <= 120
    body = b"".join(answer) if answer.streaming else answer.content
    assert_whole(body, kept.kind)


def assert_whole(body: bytes, kind: str) -> None:
    """One sound document from the first byte to the last, and nothing beside it."""
    if kind == "pdf":
        assert body.startswith(b"%PDF-")
        assert body.rstrip().endswith(b"%%EOF")
        assert b"<script" not in body[:200]
        assert b"<svg" not in body[:200]
        pikepdf.open(io.BytesIO(body), attempt_recovery=False).close()
    else:
        assert body.startswith(b"PK\x03\x04")
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            assert archive.testzip() is None


GOOD = [("Tanaka CV.pdf", made.pdf()), ("Tanaka CV.docx", made.docx())]


@pytest.mark.parametrize("sent", GOOD, ids=lambda sent: sent[0])
def test_good_files_are_taken_and_served_harmless(cast: Cast, client_of: ClientOf, sent: Sent) -> None:
    client = client_of(cast.mei)
    assert send(client, cast, sent).status_code == 302
    answer = served(client, cast)
    assert_harmless(answer)
    assert answer["Content-Disposition"] == f'attachment; filename="{sent[0]}"'


def test_large_file_is_refused_before_it_is_read(cast: Cast, client_of: ClientOf) -> None:
    answer = send(client_of(cast.mei), cast, ("large.pdf", b"%PDF-" + bytes(5_000_001)))
    assert "larger than 5 MB" in answer.context["form"].errors["file"][0]
