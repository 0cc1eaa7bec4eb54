"""What the program does in the background: long files are written there."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from telemachus.lib.errors import Conflict
from telemachus.people.models import Person
from telemachus.program.models import Upload
from telemachus.program.uploads import work_of, write

# So many rows are written within the request; more go to the background and show a bar.
SMALL = 300


def start_writing(upload: Upload, *, seen: str, by: Person, now: datetime) -> None:
    """Write what the preview showed: a short file at once, a long one in the background.

    Raises Conflict, and writes nothing, where it would no longer do what was shown.
    """
    if len(work_of(upload).table.rows) <= SMALL:
        upload.start_writing(seen=seen, now=now)
        write(upload, by=by, now=now)
        return
    with transaction.atomic():
        upload.start_writing(seen=seen, now=now)
        write_upload.enqueue(str(upload.pk), str(by.pk))


@task()
def write_upload(upload: str, by: str) -> None:
    """Write a long file. Given twice, or again after a worker died, it is written once."""
    found = Upload.objects.select_related("program").filter(pk=upload, state=Upload.State.WRITING).first()
    if found is None:
        return
    # The person is told by the page: what was seen no longer is what the preview shows.
    with suppress(Conflict):
        write(found, by=Person.objects.get(pk=by), now=timezone.now())
