"""The coordinator's paper register, as a kind of file that can be brought in."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from telemachus.lib.rows import Table
from telemachus.meetings.paper import plan
from telemachus.meetings.paper_known import known
from telemachus.meetings.paper_write import write_register
from telemachus.program.importing import Importer, Plan
from telemachus.program.models import Program, Upload


def importers() -> list[Importer]:
    return [
        Importer(
            kind=Upload.Kind.REGISTER,
            label=_("Paper register"),
            teaches=_(
                "The coordinator's register as it was kept until now: mentee, mentor, since when, the dates on which "
                "they met, the meeting with the director, and until when where a pair has ended. Several dates may "
                "stand in one cell. Names are found among the people of this division, so bring the roster first. "
                "Pairs that nobody here knew wait for the director."
            ),
            plan=plan_register,
            write=write_register,
            then=(_("Open the register"), "meetings:register"),
        )
    ]


def plan_register(program: Program, table: Table, answers: Mapping[str, str], now: datetime) -> Plan:
    return plan(table, answers, known(program, now))
