"""`telemachus match` as somebody runs it who has no installation: an empty environment, two files, a third."""

import csv
import os
import shlex
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.server import ROOT

MENTEES = "Name,Areas of need,Rank,Not\nMei Lin,grants; writing,Assistant,\n=Cmd(),writing,Associate,Osei\n"
MENTORS = "Name,Offers,Rank,Places\nWeber,writing,Professor,1\nOsei,Grants; writing,Professor,1\n"
FLAGS = ("--map", "mentees.needs=Areas of need", "--stages", "Assistant,Associate,Professor")

Match = Callable[..., subprocess.CompletedProcess]


@pytest.fixture
def match(tmp_path: Path) -> Match:
    """Runs the command on these files in a folder that holds nothing else, without any variable."""
    (tmp_path / "mentees.csv").write_text(MENTEES)
    (tmp_path / "mentors.csv").write_text(MENTORS)

    def run(*words: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-m", "telemachus", "match", "mentees.csv", "mentors.csv", *words]
        return subprocess.run(
            command,
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    return run


def refuses(done: subprocess.CompletedProcess, *sentences: str) -> None:
    assert done.returncode == 2, done
    assert "Traceback" not in done.stderr
    for sentence in sentences:
        assert sentence in done.stderr


def left(tmp_path: Path) -> set[str]:
    """What stands in the folder beside the two files."""
    return {path.name for path in tmp_path.iterdir()} - {"mentees.csv", "mentors.csv"}


def test_pairs_are_written_with_their_reasons(match, tmp_path):
    done = match("--out", "pairs.csv", *FLAGS)
    assert done.returncode == 0, done.stderr
    with (tmp_path / "pairs.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["mentee"], row["mentor"]) for row in rows] == [("Mei Lin", "Osei"), ("'=Cmd()", "Weber")]
    assert rows[0]["reasons"] == "Covers 2 of 2 needs: grants; writing. 2 stages ahead."
    assert "Placed: 2. Unplaced: 0." in done.stderr
    assert "Optimum: proved, gap 0." in done.stderr
    assert done.stdout == ""
    assert left(tmp_path) == {"pairs.csv"}


def test_one_of_each_is_said_in_the_singular(match, tmp_path):
    (tmp_path / "mentees.csv").write_text("Name\nMei Lin\n")
    (tmp_path / "mentors.csv").write_text("Name,Places\nWeber,1\n")
    said = match("--out", "pairs.csv").stderr
    assert "1 mentee seeks a mentor; 1 mentor has 1 free place." in said
    (tmp_path / "mentors.csv").write_text("Name,Places\nWeber,1\nOsei,1\n")
    said = match("--out", "pairs.csv", "--force").stderr
    assert "1 mentee seeks a mentor; 2 mentors have 2 free places." in said


def test_example_of_the_page_is_true(match, tmp_path):
    """docs/match.md: its two files, each of its commands as it stands, and each of its rows."""
    page = (ROOT / "docs" / "match.md").read_text()
    for name in ("mentees.csv", "mentors.csv"):
        block = page.split(f"\n`{name}`\n\n")[1].split("\n\n")[0]
        (tmp_path / name).write_text(textwrap.dedent(block))
    commands = [line.split("telemachus match", 1)[1] for line in page.splitlines() if "telemachus match " in line]
    assert commands
    for command in commands:
        done = match(*shlex.split(command)[2:], "--force")
        assert done.returncode == 0, done.stderr
    with (tmp_path / "pairs.csv").open(encoding="utf-8-sig", newline="") as file:
        written = [f"| {' | '.join(row[:5])} |" for row in csv.reader(file)]
    shown = [
        line for line in page.split("`pairs.csv` is then\n\n")[1].split("\n\n")[0].splitlines() if "---" not in line
    ]
    assert shown == written


def test_file_that_is_there_is_kept_unless_forced(match, tmp_path):
    (tmp_path / "pairs.csv").write_text("mine")
    refuses(match("--out", "pairs.csv", *FLAGS), "is there already")
    assert (tmp_path / "pairs.csv").read_text() == "mine"
    assert match("--out", "pairs.csv", "--force", *FLAGS).returncode == 0
    assert "Mei Lin" in (tmp_path / "pairs.csv").read_text()


def test_file_that_is_read_is_never_written_over(match, tmp_path):
    refuses(match("--out", "mentees.csv", "--force", *FLAGS), "cannot be written over")
    assert (tmp_path / "mentees.csv").read_text() == MENTEES


def test_link_stays_a_link(match, tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "old.csv").write_text("old")
    (tmp_path / "pairs.csv").symlink_to(tmp_path / "kept" / "old.csv")
    assert match("--out", "pairs.csv", "--force", *FLAGS).returncode == 0
    assert (tmp_path / "pairs.csv").is_symlink()
    assert "Mei Lin" in (tmp_path / "kept" / "old.csv").read_text()


@pytest.mark.parametrize("name", ["/dev/null", "/dev/stdout", "."])
def test_what_is_no_file_is_never_written_over(match, name):
    refuses(match("--out", name, "--force", *FLAGS), "cannot be written over")


def test_nothing_is_written_where_something_is_wrong(match, tmp_path):
    (tmp_path / "mentors.csv").write_text("Name,Places\nWeber,few\nOsei,none\n")
    refuses(match("--out", "pairs.csv"), "mentors.csv, row 2, column “Places”", "row 3", "mentees.csv, row 2")
    assert left(tmp_path) == set()


def test_files_that_are_not_there_are_both_named(match, tmp_path):
    (tmp_path / "mentees.csv").unlink()
    (tmp_path / "mentors.csv").unlink()
    refuses(match("--out", "pairs.csv"), "mentees.csv: No such file", "mentors.csv: No such file")


def test_folder_that_is_not_there_is_a_sentence(match):
    refuses(match("--out", "nowhere/pairs.csv", *FLAGS), "nowhere does not exist")


def test_settings_from_a_file(match, tmp_path):
    (tmp_path / "match.toml").write_text(
        '[columns.mentees]\nneeds = "Areas of need"\n[weights]\nneeds = 1000\n'
        '[aims]\nmode = "stable"\nstages = ["Assistant", "Associate", "Professor"]\n'
    )
    done = match("--out", "pairs.csv", "--settings", "match.toml")
    assert done.returncode == 0, done.stderr
    assert "Stable pairs" in done.stderr
    refuses(match("--out", "other.csv", "--settings", "nowhere.toml"), "nowhere.toml: No such file")


def test_workbook_is_written_by_its_name(match, tmp_path):
    assert match("--out", "pairs.xlsx", *FLAGS).returncode == 0
    assert (tmp_path / "pairs.xlsx").read_bytes().startswith(b"PK")


def test_pairs_are_for_their_owner_only(match, tmp_path):
    match("--out", "pairs.csv", *FLAGS)
    assert os.stat(tmp_path / "pairs.csv").st_mode & 0o077 == 0


def test_time_that_is_too_short_gives_stable_pairs(match, tmp_path):
    (tmp_path / "mentees.csv").write_text("id\n" + "".join(f"e{n}\n" for n in range(3000)))
    (tmp_path / "mentors.csv").write_text("id\n" + "".join(f"o{n}\n" for n in range(3000)))
    done = match("--out", "pairs.csv", "--seconds", "0.01")
    assert done.returncode == 0, done.stderr
    assert "not found within 0.01 seconds" in done.stderr
    assert "Placed: 3000. Unplaced: 0." in done.stderr
