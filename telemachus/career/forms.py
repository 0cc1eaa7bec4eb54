"""What a person sends before the first meeting with the director."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.career.models import Aspirations
from telemachus.lib.document import MAX_BYTES, Document, DocumentError, read_document

LONGEST = 1_000
DOCUMENTS = ".pdf,.docx,application/pdf,application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class CvForm(forms.Form):
    """One file; once it is valid, `document` is what was read of it."""

    document: Document

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF or Word (.docx), at most 5 MB and 40 pages."),
        widget=forms.FileInput(attrs={"accept": DOCUMENTS}),
        error_messages={
            "required": gettext_lazy("Please choose a file."),
            "empty": gettext_lazy("This file is empty. Please choose the one that holds the CV."),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("This file is larger than 5 MB. Save it with smaller pictures."))
        try:
            self.document = read_document(file.name, file.read())
        except DocumentError as error:
            raise forms.ValidationError(str(error)) from error
        return file


def words(label: Any, help_text: Any, *, rows: int = 3) -> forms.CharField:
    """A few sentences, or nothing."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class AspirationsForm(forms.Form):
    """One to five years ahead. Each is optional; one of them at least is written."""

    role_wanted = words(
        gettext_lazy("The role you would like"), gettext_lazy("What you would be known for, and where.")
    )
    focus = words(gettext_lazy("What you want to focus on"), gettext_lazy("In the clinic, in research, in teaching."))
    series_fit = words(
        gettext_lazy("Does your series fit?"),
        gettext_lazy("Whether the way you are appointed suits what you want to do, or another would."),
    )
    one_year = words(gettext_lazy("In a year"), gettext_lazy("How you would notice that it went well."))
    five_years = words(gettext_lazy("In five years"), gettext_lazy("Where you would like to be by then."))
    constraints = words(
        gettext_lazy("What sets limits"),
        gettext_lazy("Only what you want the director to know, such as time, place or family."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in Aspirations.ASKED):
            raise forms.ValidationError(_("Please answer at least one of these; a sentence is enough."))
        return cleaned
