"""The form by which a file comes in."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.lib.rows import MAX_BYTES, TableError
from telemachus.people.models import Person
from telemachus.program.importing import Importer
from telemachus.program.models import Program, Upload
from telemachus.program.uploads import bring

SPREADSHEETS = ".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FileForm(forms.Form):
    """One file of one kind."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": SPREADSHEETS}),
        error_messages={
            "required": gettext_lazy("Please choose a file."),
            "empty": gettext_lazy("This file is empty. Please choose the one that holds the table."),
        },
    )

    def __init__(self, importer: Importer, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = f"{importer.kind}_%s"
        super().__init__(*args, **kwargs)
        self.importer = importer

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("This file is larger than 5 MB. Please send the table alone."))
        return file

    def bring(self, program: Program, *, by: Person, now: datetime) -> Upload | None:
        """The upload, or None with sentences beside the field: then nothing is kept."""
        if not self.is_valid():
            return None
        file = self.cleaned_data["file"]
        try:
            return bring(program, self.importer.kind, file.name, file.read(), by=by, now=now)
        except TableError as error:
            self.add_error("file", error.sentences)
            return None
