"""What a person hands to the director before they meet: a CV and aspirations (R3). Both go 90 days after pairing."""

from datetime import datetime
from uuid import uuid4

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.audit.models import record
from telemachus.career.events import CareerEvent
from telemachus.lib.document import MAX_NAME, Document
from telemachus.lib.errors import Conflict, Refused
from telemachus.people.models import Person
from telemachus.program.models import Program


class CurriculumVitaeManager(models.Manager["CurriculumVitae"]):
    def receive(
        self, program: Program, person: Person, *, document: Document, by: Person, now: datetime
    ) -> "CurriculumVitae":
        """Keep the document; one that was here before is overwritten."""
        content = {"name": document.name, "kind": document.kind, "content": document.content, "pages": document.pages}
        with transaction.atomic():
            cv, _is_first = self.update_or_create(
                program=program, person=person, defaults={**content, "size": len(document.content), "sent_at": now}
            )
            record(CareerEvent.CV_SENT, cv, by=by, now=now, program=program)
        return cv


class CurriculumVitae(models.Model):
    """One file of one person in one program, parsed and written anew when it came."""

    class Kind(models.TextChoices):
        PDF = "pdf", gettext_lazy("PDF")
        DOCX = "docx", gettext_lazy("Word document")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="vitae")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="vitae")
    name = models.CharField(max_length=MAX_NAME)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    content = models.BinaryField()
    # A Word document has none: its pages depend on who lays it out.
    pages = models.PositiveSmallIntegerField(null=True)
    size = models.PositiveIntegerField()
    sent_at = models.DateTimeField()

    objects = CurriculumVitaeManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "person"], name="cv_one_per_program"),
            models.CheckConstraint(condition=models.Q(kind__in=["pdf", "docx"]), name="cv_kind"),
        ]

    def take_back(self, *, by: Person, now: datetime) -> None:
        """Erase it; a newer one that came meanwhile stays."""
        with transaction.atomic():
            record(CareerEvent.CV_TAKEN_BACK, self, by=by, now=now, program=self.program)
            gone, _by_model = CurriculumVitae.objects.filter(pk=self.pk, sent_at=self.sent_at).delete()
            if not gone:
                raise Conflict(_("This CV is gone already, or a newer one has come."))


class AspirationsManager(models.Manager["Aspirations"]):
    def write(self, program: Program, person: Person, *, by: Person, now: datetime, **words: str) -> "Aspirations":
        """Keep what was written in place of what stood; `words` by the names in `Aspirations.ASKED`."""
        kept = {name: words.get(name, "").strip() for name in Aspirations.ASKED}
        if not any(kept.values()):
            raise Refused(_("Please answer at least one of these; a sentence is enough."))
        with transaction.atomic():
            aspirations, _is_first = self.update_or_create(
                program=program, person=person, defaults={**kept, "written_at": now}
            )
            record(CareerEvent.ASPIRATIONS_WRITTEN, aspirations, by=by, now=now, program=program)
        return aspirations


class Aspirations(models.Model):
    """One to five years ahead, in the person's own words."""

    ASKED = ("role_wanted", "focus", "series_fit", "one_year", "five_years", "constraints")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="aspirations")
    role_wanted = models.TextField(blank=True)
    focus = models.TextField(blank=True)
    series_fit = models.TextField(blank=True)
    one_year = models.TextField(blank=True)
    five_years = models.TextField(blank=True)
    constraints = models.TextField(blank=True)
    written_at = models.DateTimeField()

    objects = AspirationsManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "person"], name="aspirations_one_per_program")]

    def take_back(self, *, by: Person, now: datetime) -> None:
        """Erase them, unless they were written anew meanwhile."""
        with transaction.atomic():
            record(CareerEvent.ASPIRATIONS_TAKEN_BACK, self, by=by, now=now, program=self.program)
            gone, _by_model = Aspirations.objects.filter(pk=self.pk, written_at=self.written_at).delete()
            if not gone:
                raise Conflict(_("These are gone already, or have been written anew."))
