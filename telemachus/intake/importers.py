"""A hiring lead's list of recruits, as a kind of file that can be brought in."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from telemachus.intake.recruit_file import plan_recruits, read_recruits
from telemachus.intake.recruit_known import People
from telemachus.intake.recruit_write import announce_all
from telemachus.lib.rows import Table
from telemachus.people.models import Person
from telemachus.program.importing import Count, Importer, Plan
from telemachus.program.models import Program, Upload


def importers() -> list[Importer]:
    return [
        Importer(
            kind=Upload.Kind.RECRUITS.value,
            label=_("Recruits"),
            teaches=_(
                "Who will come, as a hiring lead sends it: legal name, email address, proposed title, step, start day, "
                "and the hiring lead’s employee number. Each new one is announced to the director. Whoever has been "
                "announced, or is on the roster, is left as before. Notes and remarks in the file are not read."
            ),
            plan=plan,
            write=write,
        )
    ]


def plan(program: Program, table: Table, answers: Mapping[str, str], now: datetime) -> Plan:
    """Raises TableError for a table that cannot be a list of recruits."""
    recruits = read_recruits(table, answers)
    if isinstance(recruits, Plan):
        return recruits
    people = People(program, recruits.listed.mentioned, program.day(now))
    return plan_recruits(recruits, people, program.book)


def write(program: Program, plan: Plan, by: Person | None, now: datetime, count: Count) -> dict[str, int]:
    announce_all(program, plan.work, by=by, now=now, count=count)
    return plan.tally
