"""The demo division's papers, invented: a roster as the personnel system writes it, and a paper register."""

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from telemachus.demo.cast import (
    CHIEF,
    EKSTROM,
    HOST,
    INES,
    JONAS,
    KWAME,
    LAURENT,
    LUCIA,
    MEI,
    NADIA,
    NDIAYE,
    NOVAK,
    Part,
)
from telemachus.lib.names import fold

HEADER = (
    "Employee ID", "Legal Name", "Preferred Name", "Work Email", "Job Title", "Step",
    "Appt Begin Date", "Appt End Date", "FTE", "Dept", "Reports To", "Status",
)  # fmt: skip
GIVEN = (
    "Priya", "Hana", "Omar", "Farah", "Keiko", "Jelena", "Rosa", "Ximena", "Dmitri", "Uma", "Wen", "Sipho", "Esi",
    "Søren", "Gabriel", "Yara", "Thanh", "Tariq", "Goran", "Zainab", "Paolo", "Leila", "Anouk", "Ibrahim", "Elif",
    "Dinesh", "Camille", "Oksana", "Quentin", "Mateo",
)  # fmt: skip
FAMILY = (
    "Tran", "Zielińska", "Lindqvist", "Kamara", "D’Souza", "Usman", "Adeyemi", "Duarte", "Rahman", "Gupta", "Weiss",
    "Nakamura", "Zhang", "O’Rourke", "Jeong", "Baptiste", "Silva", "Vargas", "Fontaine", "Volkov", "Chowdhury",
    "García-Núñez", "Yilmaz", "Castellanos", "Laurens", "Bergström", "Ferreira", "Moreau", "Hoffmann", "Quispe",
)  # fmt: skip
JUNIOR = (
    "ASST PROF IN RES-HCOMP", "ASST PROF OF CLIN-HCOMP", "HS ASST CLIN PROF-HCOMP", "ASST PROF-HCOMP",
    "ASST ADJ PROF-HCOMP",
)  # fmt: skip
SENIOR = (
    "PROF IN RES-HCOMP", "ASSOC PROF OF CLIN-HCOMP", "HS CLIN PROF-HCOMP", "ASSOC PROF IN RES-HCOMP", "PROF-HCOMP",
    "HS ASSOC CLIN PROF-HCOMP", "PROF OF CLIN-HCOMP", "ADJ PROF-HCOMP",
)  # fmt: skip


@dataclass(frozen=True)
class Member:
    """One line of the roster; `since` is the first day of the appointment."""

    number: int
    given: str
    family: str
    email: str
    title: str
    step: int
    since: date
    status: str = "A"

    @property
    def listed(self) -> str:
        return f"{self.family}, {self.given}"


def faculty(today: date) -> list[Member]:
    """About seventy people: the cast, twenty more juniors and forty seniors; the same for the same day."""
    luck = Random(7)
    named = [
        _part(MEI, JUNIOR[0], 2, _july(today, 1)),
        _part(JONAS, JUNIOR[2], 1, today - timedelta(days=60)),
        _part(LUCIA, JUNIOR[1], 2, _july(today, 2)),
        _part(NDIAYE, SENIOR[2], 6, _july(today, 14)),
        _part(EKSTROM, SENIOR[0], 3, _july(today, 20)),
        _part(LAURENT, SENIOR[3], 2, _july(today, 9)),
        _part(CHIEF, SENIOR[4], 7, _july(today, 22)),
        _part(NADIA, SENIOR[6], 4, _july(today, 12)),
        _part(KWAME, "CLIN PROF-VOL", 4, _july(today, 19)),
        _part(INES, SENIOR[0], 6, _july(today, 17)),
        _part(NOVAK, SENIOR[5], 1, _july(today, 8)),
    ]
    juniors = [_invented(luck, JUNIOR, _july(today, luck.randrange(1, 5)), n) for n in range(20)]
    seniors = [_invented(luck, SENIOR, _july(today, luck.randrange(6, 30)), n) for n in range(20, 58)]
    members = [*named, *juniors, *seniors]
    return [Member(10_100_000 + 7 * n, *one) for n, one in enumerate(members)]


_Line = tuple[str, str, str, str, int, date]


def _part(part: Part, title: str, step: int, since: date) -> _Line:
    return (part.given, part.family, part.email, title, step, since)


def _invented(luck: Random, titles: tuple[str, ...], since: date, n: int) -> _Line:
    given, family = GIVEN[n % len(GIVEN)], FAMILY[(n * 7 + n // len(FAMILY)) % len(FAMILY)]
    plain = "".join(letter for letter in fold(f"{given[0]}{family}") if letter.isalpha())
    return (given, family, f"{plain}{n}@{HOST}", luck.choice(titles), luck.randrange(1, 5), since)


def _july(today: date, years: int) -> date:
    return date(today.year - years - (today.month < 7), 7, 1)


def roster_csv(
    members: list[Member], *, on_leave: frozenset[str] = frozenset(), gone: frozenset[str] = frozenset()
) -> bytes:
    """The roster as a file; people are named by mail: those on leave, and those it no longer lists."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for member in members:
        if member.email in gone:
            continue
        status = "L" if member.email in on_leave else member.status
        since = member.since.strftime("%m/%d/%Y")
        writer.writerow(
            [member.number, member.listed, "", member.email, member.title, member.step, since, "", "1.00",
             "MEDICINE-DIGESTIVE", "", status]
        )  # fmt: skip
    return text.getvalue().encode("utf-8-sig")


def register_csv(lines: list[tuple[Member, Member, date, list[date], date | None]]) -> bytes:
    """The coordinator's paper register as typed: mentee, mentor, since, dates met, meeting with the director."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Mentee", "Mentor", "Since", "Dates met", "Director mtg"])
    for mentee, mentor, since, days, director in lines:
        met = "; ".join(day.strftime("%m/%d/%Y") for day in days)
        seen = director.strftime("%m/%d/%Y") if director else ""
        writer.writerow([mentee.listed, mentor.listed, since.strftime("%m/%d/%Y"), met, seen])
    return text.getvalue().encode("utf-8-sig")
