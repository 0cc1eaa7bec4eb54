"""What a program has of the papers of its people, how a CV leaves the house, and how papers end."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from telemachus.audit.models import record_all
from telemachus.career.events import CareerEvent
from telemachus.career.models import Aspirations, CurriculumVitae, StatusForm
from telemachus.lib.document import TYPES
from telemachus.people.models import Person
from telemachus.program.models import Program


@dataclass(frozen=True)
class Papers:
    """What is here of one person, and since when."""

    cv_on: date | None = None
    aspirations_on: date | None = None
    status_completed_on: date | None = None
    status_confirmed_on: date | None = None
    status_questioned_on: date | None = None

    @property
    def cv(self) -> bool:
        return self.cv_on is not None

    @property
    def aspirations(self) -> bool:
        return self.aspirations_on is not None


def papers_of(program: Program, people: Collection[Person]) -> dict[UUID, Papers]:
    """The papers of each of these people, in three queries for any number of them; no file is read."""
    vitae = CurriculumVitae.objects.filter(program=program, person__in=people)
    sent = dict(vitae.values_list("person_id", "sent_at"))
    aspirations = Aspirations.objects.filter(program=program, person__in=people)
    written = dict(aspirations.values_list("person_id", "written_at"))
    forms = StatusForm.objects.filter(program=program, person__in=people)
    days_of = ("completed_on", "confirmed_on", "questioned_on")
    completed = {key: days for key, *days in forms.values_list("person_id", *days_of)}
    return {
        person.pk: Papers(
            _day(program, sent.get(person.pk)),
            _day(program, written.get(person.pk)),
            *completed.get(person.pk, (None, None, None)),
        )
        for person in people
    }


def _day(program: Program, at: datetime | None) -> date | None:
    return program.day(at) if at else None


def cv_response(cv: CurriculumVitae) -> HttpResponse:
    """The file, to be kept and never to be shown in the page: no browser runs what may stand in it."""
    response = HttpResponse(bytes(cv.content), content_type=TYPES[cv.kind])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=cv.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    # In place of the house's own: where a browser shows the file all the same, nothing in it may act.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def erase_papers(program: Program, people: Collection[Person], *, now: datetime) -> None:
    """Erase CV and aspirations of these people; the status form is of the appointment and stays."""
    vitae = CurriculumVitae.objects.filter(program=program, person__in=people)
    aspirations = Aspirations.objects.filter(program=program, person__in=people)
    with transaction.atomic():
        gone = list(vitae.only("pk"))
        record_all(CareerEvent.CV_TAKEN_BACK, gone, by=None, now=now, program=program, code="erased")
        vitae.delete()
        ended = list(aspirations.only("pk"))
        record_all(CareerEvent.ASPIRATIONS_TAKEN_BACK, ended, by=None, now=now, program=program, code="erased")
        aspirations.delete()
