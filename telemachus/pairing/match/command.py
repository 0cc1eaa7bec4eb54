"""`telemachus match`: pairs from two files into a third, without a database and without settings."""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.utils.translation import gettext as _

from telemachus.lib.errors import Refused
from telemachus.lib.export import to_csv, to_xlsx
from telemachus.lib.rows import MAX_BYTES, TableError, raise_any
from telemachus.pairing.engine import Answer, CaseError, stable
from telemachus.pairing.match.file import Source, read_cohort
from telemachus.pairing.match.limit import OutOfTime, solve_within
from telemachus.pairing.match.plan import HEADER, Problem, rows, summary
from telemachus.pairing.match.settings import wishes


def run(
    mentees: Path,
    mentors: Path,
    out: Path,
    *,
    settings: Path | None,
    maps: Sequence[str],
    flags: Mapping[str, Any],
    force: bool,
) -> int:
    """0 when written; 2 when something is wrong, with a line on stderr for each thing, and nothing written."""
    try:
        _refuse_target(out, (mentees, mentors), force=force)
        wanted = wishes(settings, flags, maps)
        ours, theirs = _sources(mentees, mentors)
        problem = Problem(read_cohort(ours, theirs, wanted), wanted)
        found, remark = _solved(problem)
    except TableError as error:
        return _complain(error.sentences)
    except CaseError as error:
        return _complain([str(error)])
    _write(out, _file(out, problem, found))
    written = _("%(out)s is written.") % {"out": out}
    print("\n".join([*remark, *summary(problem, found), written]), file=sys.stderr)
    return 0


def _complain(sentences: Iterable[str]) -> int:
    for sentence in [*sentences, _("Nothing is written.")]:
        print(f"telemachus: {sentence}", file=sys.stderr)
    return 2


def _sources(*paths: Path) -> list[Source]:
    """Both, or a sentence for each that cannot be read."""
    found, odd = [], []
    for path in paths:
        try:
            with path.open("rb") as file:
                # One more than is allowed is enough to see that it is too much.
                found.append(Source(path.name, file.read(MAX_BYTES + 1)))
        except OSError as error:
            odd.append(f"{path}: {error.strerror}.")
    raise_any(iter(odd))
    return found


def _solved(problem: Problem) -> tuple[Answer, list[str]]:
    if problem.wanted.mode == "stable":
        return stable(problem.case), []
    try:
        return solve_within(problem.case, problem.wanted.seconds), []
    except OutOfTime:
        remark = _(
            "The optimum was not found within %(seconds)s seconds and half of the machine's memory. "
            "These are stable pairs instead; give more --seconds for the optimum."
        )
        return stable(problem.case), [remark % {"seconds": f"{problem.wanted.seconds:g}"}]


# The file


def _refuse_target(out: Path, read: Iterable[Path], *, force: bool) -> None:
    if not out.resolve().parent.is_dir():
        raise Refused(_("The directory %(path)s does not exist.") % {"path": out.parent})
    if not out.exists():
        return
    # What stands in /dev may be a link to a file, and is none.
    special = not out.is_file() or out.parent.resolve().is_relative_to("/dev")
    if special or any(path.exists() and out.samefile(path) for path in read):
        raise Refused(_("%(path)s cannot be written over. Choose another name.") % {"path": out})
    if not force:
        raise Refused(_("%(path)s is there already. Choose another name, or add --force.") % {"path": out})


def _file(out: Path, problem: Problem, found: Answer) -> bytes:
    if out.suffix.lower() == ".xlsx":
        return to_xlsx("Pairs", HEADER, rows(problem, found))
    return to_csv(HEADER, rows(problem, found))


def _write(out: Path, content: bytes) -> None:
    """Beside its place first: the file is whole or not there. A link stays one, to the new file."""
    out = out.resolve()
    with NamedTemporaryFile(dir=out.parent, prefix=".match-", delete=False) as beside:
        try:
            beside.write(content)
            beside.flush()
            os.fsync(beside.fileno())
            Path(beside.name).replace(out)
        except BaseException:
            Path(beside.name).unlink(missing_ok=True)
            raise
