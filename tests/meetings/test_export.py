"""The register as a file: its names can do nothing in a spreadsheet, and it is the offices' alone."""

import csv
import io
from typing import Any

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from telemachus.meetings.models import Meeting
from tests.acts import ClientOf
from tests.cast import Cast


def url(cast: Cast, form: str = "csv", year: str = "") -> str:
    return reverse("meetings:export", args=[cast.digestive.slug, form]) + (f"?year={year}" if year else "")


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def cells(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def met(cast: Cast, days: int) -> None:
    for by in (cast.mei, cast.osei):
        Meeting.objects.log(cast.mei_osei, day=cast.ago(days), by=by, now=cast.now)


def test_csv_holds_each_pair_and_its_dates(cast: Cast, client_of: ClientOf) -> None:
    met(cast, 5)
    met(cast, 33)
    answer = client_of(cast.coordinator).get(url(cast))
    table = {row[0]: row for row in lines(answer.content)}
    assert table["Tanaka, Mei"][4:] == ["2026-09-11; 2026-10-09", "", "2", "2", "0"]
    assert answer["Content-Disposition"] == 'attachment; filename="register-digestive-2026-2027.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


def test_xlsx_holds_the_same_as_csv(cast: Cast, client_of: ClientOf) -> None:
    met(cast, 5)
    coordinator = client_of(cast.coordinator)
    sheet = cells(coordinator.get(url(cast, "xlsx")).content)
    read = [[f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in row] for row in sheet]
    assert read == lines(coordinator.get(url(cast)).content)


@pytest.mark.parametrize("family", ["=cmd|'/c calc'!A1", "+1", "-1", "@sum", "\t=1"])
def test_formula_looking_name_is_text(cast: Cast, client_of: ClientOf, family: str) -> None:
    cast.mei.change(family_name=family, by=None, now=cast.now)
    coordinator = client_of(cast.coordinator)
    assert [f"'{family}, Mei"] == [row[0] for row in lines(coordinator.get(url(cast)).content) if "Mei" in row[0]]
    assert [f"{family}, Mei"] == [
        row[0] for row in cells(coordinator.get(url(cast, "xlsx")).content) if "Mei" in row[0]
    ]


def test_year_is_switched(cast: Cast, client_of: ClientOf) -> None:
    met(cast, 200)
    coordinator = client_of(cast.coordinator)
    assert "2026-03-28" not in coordinator.get(url(cast)).content.decode()
    last = coordinator.get(url(cast, year="2025"))
    assert "2026-03-28" in last.content.decode()
    assert last["Content-Disposition"] == 'attachment; filename="register-digestive-2025-2026.csv"'


def test_export_holds_nobody_of_another_program(cast: Cast, client_of: ClientOf) -> None:
    """Amara Diallo mentors here, and is a mentee there."""
    there = reverse("meetings:export", args=[cast.cardiology.slug, "csv"])
    assert "Diallo, Amara" in client_of(cast.other_coordinator).get(there).content.decode()
    here = client_of(cast.coordinator).get(url(cast)).content.decode()
    assert not [name for name in ("Diallo", "Marin", "Lindqvist") if name in here]


def test_export_is_the_offices(cast: Cast, client_of: ClientOf) -> None:
    people = {"coordinator": 200, "director": 200, "chief": 404, "mei": 404, "osei": 404, "other_coordinator": 404}
    assert {name: client_of(getattr(cast, name)).get(url(cast)).status_code for name in people} == people
    assert client_of(cast.coordinator).get(url(cast, "pdf")).status_code == 404
