"""The kinds of file that this room takes in."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from telemachus.career.roster import plan_roster, read_roster
from telemachus.career.roster_known import known_people
from telemachus.career.roster_write import write_pieces
from telemachus.lib.rows import Table
from telemachus.people.models import Person
from telemachus.program.importing import Count, Importer, Plan
from telemachus.program.models import Program, Upload


def importers() -> list[Importer]:
    return [
        Importer(
            kind=Upload.Kind.ROSTER.value,
            label=_("Roster"),
            teaches=_(
                "The personnel system's export of the whole division, one row for each appointment: employee number, "
                "legal name, email address, job title, step, begin and end of the appointment, part of full time, "
                "supervisor, status. Other column names are asked about once. People who are gone from the file, or on "
                "leave, come to the director; nothing ends by an import."
            ),
            plan=plan,
            write=write,
        )
    ]


def plan(program: Program, table: Table, answers: Mapping[str, str], now: datetime) -> Plan:
    """Raises TableError for a table that cannot be a roster."""
    roster = read_roster(table, answers, program.book)
    if isinstance(roster, Plan):
        return roster
    return plan_roster(roster, known_people(program, roster.mentioned), program.book, program.day(now))


def write(program: Program, plan: Plan, by: Person | None, now: datetime, count: Count) -> dict[str, int]:
    steps = max(2 * len(plan.work), 1)

    def scaled(done: int) -> None:
        count(len(plan.lines) * done // steps)

    write_pieces(program, plan.work, by=by, now=now, count=scaled)
    return plan.tally
