"""What an operator types, and what comes back: a sentence and an exit code, never a traceback."""

import sqlite3
from contextlib import closing

import pytest

FOUND = (
    "new-program", "digestive", "--name", "Digestive Diseases", "--policy", "uc-som",
    "--director", "Ines@division.example", "--given", "Ines", "--family", "Duarte",
)  # fmt: skip


def _refuses(done, sentence: str) -> None:
    assert done.returncode == 2, done
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set."),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is not set."),
        ({"TIME_ZONE": "Mars/Olympus"}, "Mars/Olympus"),
        ({"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}, "The database refused"),
        ({"EMAIL_URL": "pigeon://localhost"}, "pigeon"),
    ],
)
def test_wrong_setting_is_a_sentence(telemachus, changes, sentence):
    _refuses(telemachus("worker", **changes), sentence)


def test_database_url_that_is_not_understood_is_a_sentence(telemachus):
    done = telemachus("check", DATABASE_URL="mydatabase")
    assert done.returncode == 2
    assert "DATABASE_URL is not understood" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("act", [("serve",), ("worker",), ("backup", "there.tar"), ("demo",)])
def test_act_before_migrating_says_which_command_to_run(telemachus, act, tmp_path):
    _refuses(telemachus(*act, DEMO="true"), "telemachus migrate")


def test_first_day_of_an_installation(telemachus, tmp_path):
    """Migrate, found, check, back up, lose everything but the ledger, restore."""
    assert "up to date" in telemachus("migrate").stdout
    assert "0 steps" in telemachus("migrate").stdout
    founded = telemachus(*FOUND)
    assert founded.returncode == 0, founded.stderr
    assert "mentoring.example.edu" in founded.stdout
    _refuses(telemachus(*FOUND), "already")
    checked = telemachus("check")
    assert checked.returncode == 0, checked.stdout
    assert "LOOK HERE" not in checked.stdout

    file = str(tmp_path / "first.tar")
    assert telemachus("backup", file).returncode == 0
    _refuses(telemachus("backup", file), "there already")
    _refuses(telemachus("restore", file), "not empty")
    database = tmp_path / "var" / "telemachus.sqlite3"
    assert database.stat().st_mode & 0o077 == 0
    database.unlink()
    assert telemachus("restore", file).returncode == 0
    with closing(sqlite3.connect(database)) as connection:
        roles = "SELECT email, kind FROM people_person JOIN program_role ON person_id = people_person.id"
        assert connection.execute(roles).fetchall() == [("ines@division.example", "director")]


def test_restore_into_a_missing_folder_says_so(telemachus, tmp_path):
    telemachus("migrate")
    telemachus("backup", str(tmp_path / "one.tar"))
    nowhere = f"sqlite:///{tmp_path}/nowhere/division.sqlite3"
    _refuses(telemachus("restore", str(tmp_path / "one.tar"), DATABASE_URL=nowhere), "nowhere does not exist")


def test_wrong_words_are_a_sentence(telemachus, tmp_path):
    telemachus("migrate")
    _refuses(telemachus("import", "roster", "nowhere.csv", "--program", "digestive"), "There is no program")
    _refuses(telemachus("demo"), "DEMO=true")
    _refuses(telemachus(*FOUND, "--policy", "none"), "There is no rule book")
    _refuses(telemachus(*FOUND, "--zone", "Mars"), "no time zone")
    _refuses(telemachus(*FOUND, "--director", "Ines"), "valid email address")
    assert telemachus(*FOUND).returncode == 0
    _refuses(telemachus("import", "roster", "nowhere.csv", "--program", "digestive"), "nowhere.csv")
    (tmp_path / "answers.json").write_text("[]")
    answers = ("--answers", str(tmp_path / "answers.json"))
    _refuses(telemachus("import", "register", "nowhere.csv", "--program", "digestive", *answers), "JSON object")


def test_check_says_what_is_not_in_order(telemachus, tmp_path):
    telemachus("migrate")
    (tmp_path / "var" / "erasures.jsonl").unlink()
    done = telemachus("check", SECRET_KEY="short", EMAIL_URL="smtp://127.0.0.1:1")
    assert done.returncode == 1
    lines = [line for line in done.stdout.splitlines() if line.startswith("LOOK HERE")]
    assert len(lines) == 3
    assert all(any(word in line for line in lines) for word in ("SECRET_KEY", "erasure ledger", "mail server"))
