"""The command `telemachus`: what an operator does, each act one function."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from telemachus import __version__
from telemachus.lib.errors import Conflict, Refused

Act = Callable[[argparse.Namespace], int]


def main(words: Sequence[str] | None = None) -> int:
    """Exit codes: 0 done, 1 `check` found something, 2 a sentence on stderr says what to do."""
    given = _parser().parse_args(words)
    # What is written belongs to whoever serves, and to nobody else on the machine.
    os.umask(0o077)
    act: Act = given.act
    try:
        _set_up(given)
    except (ImproperlyConfigured, ValueError) as error:
        return _complain(str(error))
    try:
        return act(given)
    except (Refused, Conflict, ImproperlyConfigured, CommandError) as error:
        return _complain(str(error))
    except ValidationError as error:
        return _complain(" ".join(error.messages))
    except DatabaseError as error:
        return _complain(_("The database refused: %(error)s") % {"error": " ".join(str(error).split())})
    except OSError as error:
        return _complain(f"{error.filename or ''}: {error.strerror or error}".removeprefix(": "))


def _set_up(given: argparse.Namespace) -> None:
    if given.act is match:
        # No installation and no database: gettext alone asks, and English is what it is told.
        if not settings.configured:
            settings.configure(USE_I18N=False)
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


def _complain(sentence: str) -> int:
    print(f"telemachus: {sentence}", file=sys.stderr)
    return 2


def serve(given: argparse.Namespace) -> int:
    from telemachus.web import serve as server

    if given.migrate:
        migrate(given)
    _refuse_old_tables()
    return server.serve(given.bind, workers=given.workers)


def worker(_given: argparse.Namespace) -> int:
    from telemachus.notify.worker import run_forever

    _refuse_old_tables()
    run_forever()
    return 0


def migrate(_given: argparse.Namespace) -> int:
    from telemachus.web.state import tables_wait

    waited = tables_wait()
    call_command("migrate", interactive=False, verbosity=0)
    # Does nothing where the cache stands in files.
    call_command("createcachetable", verbosity=0)
    _begin_ledger()
    print(_("The database is up to date; %(count)s steps were taken.") % {"count": waited})
    return 0


def import_file(given: argparse.Namespace) -> int:
    from telemachus.program.upload_command import run_import

    program = _program(given.program)
    answers = _answers(given.answers)
    return run_import(
        given.what,
        program=program,
        name=given.file.name,
        content=given.file.read_bytes(),
        answers=answers,
        dry_run=given.dry_run,
        out=sys.stdout,
    )


def _answers(path: Path | None) -> dict[str, str]:
    """A JSON object: each question's key with its answer."""
    if path is None:
        return {}
    try:
        found = json.loads(path.read_text())
    except ValueError as error:
        raise Refused(_("%(path)s is not JSON: %(error)s") % {"path": path, "error": error}) from error
    if not isinstance(found, dict) or not all(isinstance(answer, str) for answer in found.values()):
        raise Refused(_("%(path)s should hold one JSON object: each question's key with its answer.") % {"path": path})
    return found


def _program(slug: str) -> Any:
    programs = apps.get_model("program", "Program")._default_manager
    program = programs.filter(slug=slug).first()
    if program is None:
        known = ", ".join(programs.order_by("slug").values_list("slug", flat=True)) or _("none yet")
        raise Refused(_("There is no program “%(slug)s”. Known: %(known)s.") % {"slug": slug, "known": known})
    return program


def match(given: argparse.Namespace) -> int:
    from telemachus.pairing.match import command

    asked = ("floor", "load", "seed", "places", "mode", "seconds", "stages")
    return command.run(
        given.mentees,
        given.mentors,
        given.out,
        settings=given.settings,
        maps=given.map,
        flags={each: getattr(given, each) for each in asked},
        force=given.force,
    )


def new_program(given: argparse.Namespace) -> int:
    """The first steps on an empty installation."""
    from telemachus.program.founding import find_or_add, found

    now = timezone.now()
    with transaction.atomic():
        director = find_or_add(given.director, given_name=given.given, family_name=given.family, now=now)
        zone = given.zone or settings.TIME_ZONE
        program = found(slug=given.slug, name=given.name, policy=given.policy, zone=zone, director=director, now=now)
    print(
        _("%(program)s is founded. %(director)s signs in at %(url)s with a mailed code.")
        % {"program": program, "director": director, "url": settings.BASE_URL}
    )
    return 0


def back_up(given: argparse.Namespace) -> int:
    from telemachus.audit.backup import backup

    _refuse_old_tables()
    _begin_ledger()
    backup(given.file, now=timezone.now())
    print(_("%(file)s holds the whole database.") % {"file": given.file})
    return 0


def restore(given: argparse.Namespace) -> int:
    from telemachus.audit.backup import restore

    erased = restore(given.file)
    print(_("Restored and up to date; %(count)s rows of the erasure ledger were erased again.") % {"count": erased})
    return 0


def check(_given: argparse.Namespace) -> int:
    from telemachus.web.state import findings

    found = list(findings())
    for finding in found:
        print(f"{_('in order') if finding.fine else _('LOOK HERE')}: {finding.sentence}")
    return 0 if all(finding.fine for finding in found) else 1


def demo(_given: argparse.Namespace) -> int:
    if not settings.DEMO:
        raise Refused(_("This is not a demonstration: set DEMO=true on an installation without real people."))
    from telemachus.demo import division

    _refuse_old_tables()
    division.load(now=timezone.now())
    print(_("The demonstration division is loaded."))
    return 0


def _refuse_old_tables() -> None:
    from telemachus.web.state import tables_wait

    if tables_wait():
        raise Refused(_("The database is not up to date. Run `telemachus migrate`, then again what you ran now."))


def _begin_ledger() -> None:
    from telemachus.audit import erasures

    people = apps.get_model("people", "Person")._default_manager
    if erasures.begin() and people.exists():
        print(_("The erasure ledger was missing and begins anew: backups made before now can no longer be restored."))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="telemachus", description="A mentoring program's server and its tools.")
    parser.add_argument("--version", action="version", version=f"telemachus {__version__}")
    acts = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, act: Act, says: str) -> argparse.ArgumentParser:
        made = acts.add_parser(name, help=says, description=says)
        made.set_defaults(act=act)
        return made

    one = add("serve", serve, "Serve the pages; on SQLite the worker runs along.")
    one.add_argument("--bind", default="127.0.0.1:8000", metavar="HOST:PORT")
    one.add_argument("--workers", type=int, default=2, metavar="N", help="processes that answer requests")
    one.add_argument("--migrate", action="store_true", help="bring the database up to date first")
    add("worker", worker, "Send mails, keep the schedule, do long work; on PostgreSQL any number of them.")
    add("migrate", migrate, "Bring the database up to date.")
    one = add("import", import_file, "Read a file of the division; asks nothing, lists its questions instead.")
    one.add_argument("what", choices=["roster", "register", "recruits"])
    one.add_argument("file", type=Path)
    one.add_argument("--program", required=True, metavar="SLUG")
    one.add_argument("--answers", type=Path, metavar="FILE", help="JSON: each question's key with its answer")
    one.add_argument("--dry-run", action="store_true", help="say what would be written, write nothing")
    one = add("match", match, "Pair mentees with mentors from two files, CSV or XLSX; needs no installation.")
    one.add_argument("mentees", type=Path)
    one.add_argument("mentors", type=Path)
    one.add_argument("--out", type=Path, required=True, metavar="FILE", help="the pairs, .csv or .xlsx")
    one.add_argument("--force", action="store_true", help="write over FILE")
    one.add_argument("--settings", type=Path, metavar="FILE", help="TOML: columns, weights and aims, see docs/match.md")
    one.add_argument("--map", action="append", default=[], metavar="mentees.needs=TITLE", help="which column is what")
    one.add_argument("--stages", type=lambda names: names.split(","), metavar="LOWEST,…,HIGHEST", help="names of ranks")
    one.add_argument("--places", type=int, metavar="N", help="of a mentor who names none; 2")
    one.add_argument("--floor", type=int, metavar="POINTS", help="what nobody should get less than; else the reachable")
    one.add_argument("--load", type=int, metavar="POINTS", help="what each further mentee of one mentor costs; 60")
    one.add_argument("--seed", type=int, metavar="N", help="of the lottery between equals; 0")
    one.add_argument("--mode", choices=["optimum", "stable"], help="optimum")
    one.add_argument("--seconds", type=float, metavar="N", help="the best found by then; 60")
    one = add("new-program", new_program, "Found a program with its director.")
    one.add_argument("slug")
    one.add_argument("--name", required=True)
    one.add_argument("--policy", required=True, help="the rule book, such as uc-som")
    one.add_argument("--zone", help="time zone of the division, such as America/Los_Angeles")
    one.add_argument("--director", required=True, metavar="MAIL", help="the director's email address")
    one.add_argument("--given", required=True, metavar="NAME", help="the director's given name")
    one.add_argument("--family", required=True, metavar="NAME", help="the director's family name")
    add("backup", back_up, "Write the whole database to a new file.").add_argument("file", type=Path)
    add("restore", restore, "Bring a backup back to an empty database.").add_argument("file", type=Path)
    add("check", check, "Say whether everything is in order.")
    add("demo", demo, "Load the demonstration division (DEMO=true only).")
    return parser
