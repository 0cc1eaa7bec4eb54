"""Server time of the shortlist page where 50 seek among 30 mentors, prices and explanations included.

Beside it what the same page costs where one mentee seeks, and what the solver alone takes of it.
"""

import random
import sys
import time
from datetime import date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
# Sets Django up, before anything of it is imported.
from bench.pages import milliseconds  # isort: skip

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from telemachus.career.models import Appointment
from telemachus.pairing.cohort import cohort, seeking
from telemachus.pairing.engine import solve
from telemachus.pairing.models import Need, Offer, Term
from telemachus.people.models import Person
from telemachus.program.models import Program, Role

MENTEES, MENTORS = 50, 30
RANKS = {Role.Kind.MENTEE: ["assistant"], Role.Kind.MENTOR: ["associate", "professor"]}
chance = random.Random(4)


def enter(program: Program, kind: Role.Kind, number: int, terms: list[Term], now: datetime) -> Person:
    person = Person.objects.add(given_name=kind.capitalize(), family_name=f"N{number:02}", by=None, now=now)
    program.grant(person, kind, since=date(2026, 7, 1), by=None, now=now)
    Appointment.objects.create(
        program=program, person=person, title="x", rank=chance.choice(RANKS[kind]),
        series=chance.choice(["regular", "in-residence", "clinical-x"]), begins=date(2026, 7, 1),
    )  # fmt: skip
    some = chance.sample(terms, 6)
    if kind == Role.Kind.MENTEE:
        Need.objects.change(program, person, terms=some, by=person, now=now)
    else:
        Offer.objects.change(person, places=chance.randint(1, 3), terms=some, now=now)
    return person


def page_of(program: Program, mentee: Person) -> str:
    return reverse("pairing:shortlist", args=[program.slug, mentee.pk])


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    now = timezone.now()
    program = Program.objects.found(slug="bench", name="Bench", policy="uc-som", now=now)
    terms = [*Term.objects.filter(program=program)]
    director = Person.objects.add(given_name="Dora", family_name="Director", by=None, now=now)
    program.grant(director, Role.Kind.DIRECTOR, since=date(2026, 7, 1), by=None, now=now)
    for number in range(MENTORS):
        enter(program, Role.Kind.MENTOR, number, terms, now)
    mentee = enter(program, Role.Kind.MENTEE, 0, terms, now)
    client = Client()
    client.force_login(director)
    floor = milliseconds(client, "/healthz/")
    alone = milliseconds(client, page_of(program, mentee))
    for number in range(1, MENTEES):
        enter(program, Role.Kind.MENTEE, number, terms, now)
    together = milliseconds(client, page_of(program, mentee))
    with CaptureQueriesContext(connection) as captured:
        client.get(page_of(program, mentee))
    case = cohort(program, seeking(program, now), by=None, now=now).case
    begin = time.perf_counter()
    answer = solve(case)
    solver = 1000 * (time.perf_counter() - begin)
    assert answer.certificate is not None
    print(f"floor: an empty page {floor:6.2f} ms")
    print(f"{together / floor:6.1f} × floor {together:7.2f} ms  {MENTEES} seek among {MENTORS} (reach: 100 ms)")
    print(f"{alone / floor:6.1f} × floor {alone:7.2f} ms  one seeks")
    print(f"{solver:7.2f} ms of it solve the cohort; gap {answer.certificate.gap}; {len(captured)} queries")


if __name__ == "__main__":
    main()
