"""What this room keeps about a person."""

from django.db.models import Q
from django.utils.translation import gettext as _

from telemachus.lib.holding import Holding
from telemachus.people.models import Person
from telemachus.program.models import Deputy, Role, Upload


def holdings(person: Person) -> list[Holding]:
    """Roles, deputies, and files under way that the person brought in or may stand in."""
    roles = Role.objects.filter(person=person).select_related("program").order_by("since")
    deputies = Deputy.objects.filter(Q(director=person) | Q(deputy=person)).order_by("since")
    deputies = deputies.select_related("program", "director", "deputy")
    uploads = Upload.objects.filter(by=person).exclude(content=b"").select_related("program")
    return [
        Holding(
            what=_("Your roles, with the first and the last day"),
            models=("program.Role",),
            who_sees=_("The director and the coordinator of that program"),
            until=_("with the program's history"),
            rows=[f"{role.program}: {role.get_kind_display()}, {role.since} – {role.until or ''}" for role in roles],
        ),
        Holding(
            what=_("For which director you stand in, or who stands in for you"),
            models=("program.Deputy",),
            who_sees=_("The two of you, and the two of a pair who ask who decides about it"),
            until=_("with the program's history"),
            rows=[f"{row.program}: {row.director} – {row.deputy}, {row.since} – {row.until or ''}" for row in deputies],
        ),
        Holding(
            what=_("Files that you are importing; a file of the division may hold your row until it is written"),
            models=("program.Upload", "program.Remembered"),
            who_sees=_("The director and the coordinator of that program"),
            until=_("until it is written or dropped, a week at most"),
            rows=[f"{upload.program}: {upload.get_kind_display()}, {upload.at:%Y-%m-%d}" for upload in uploads],
        ),
    ]
