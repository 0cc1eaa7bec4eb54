"""What this room keeps about a person."""

from django.utils.translation import gettext as _

from telemachus.lib.holding import Holding
from telemachus.people.models import Person
from telemachus.program.models import Role, Upload


def holdings(person: Person) -> list[Holding]:
    """Roles, and files under way that the person brought in or may stand in."""
    roles = Role.objects.filter(person=person).select_related("program").order_by("since")
    uploads = Upload.objects.filter(by=person).exclude(content=b"").select_related("program")
    return [
        Holding(
            what=_("Your roles, with the first and the last day"),
            models=("program.Role",),
            who_sees=_("Director and coordinator of that program"),
            until=_("with the program's history"),
            rows=[f"{role.program}: {role.get_kind_display()}, {role.since} – {role.until or ''}" for role in roles],
        ),
        Holding(
            what=_("Files that you are importing; a file of the division may hold your row until it is written"),
            models=("program.Upload", "program.Remembered"),
            who_sees=_("Director and coordinator of that program"),
            until=_("until it is written or dropped, a week at most"),
            rows=[f"{upload.program}: {upload.get_kind_display()}, {upload.at:%Y-%m-%d}" for upload in uploads],
        ),
    ]
