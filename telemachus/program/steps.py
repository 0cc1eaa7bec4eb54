"""What waits about the program itself: files that somebody began to import."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from telemachus.lib.step import Act, Step
from telemachus.people.models import Person
from telemachus.program.access import visible_uploads
from telemachus.program.models import Upload


def steps(user: Person, now: datetime) -> list[Step]:
    """One's own files that are read and not written yet."""
    return [
        Step(
            sentence=_("Finish the import of %(name)s.") % {"name": upload.name},
            why=_("%(kind)s; nothing of it is written yet.") % {"kind": upload.get_kind_display()},
            since=timezone.localdate(upload.at),
            acts=(Act(_("Go on"), reverse("program:upload", args=[upload.program.slug, upload.pk]), by_link=True),),
        )
        for upload in visible_uploads(user).filter(by=user, state=Upload.State.OPEN).order_by("at")
    ]
