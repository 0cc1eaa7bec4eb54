"""Server time of the main pages, as multiples of an empty page that goes through the same middleware."""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
folder = tempfile.mkdtemp()
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": "bench", "ALLOWED_HOSTS": "testserver", "DEBUG": "false",
    "HTTPS": "false", "DEMO": "true", "VAR_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
    "TELEMACHUS_ENV_FILE": "/dev/null",
}  # fmt: skip

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from telemachus.demo import cast  # noqa: E402
from telemachus.demo.division import SLUG, load  # noqa: E402
from telemachus.people.models import Person  # noqa: E402

# The list of names for a mentee without a mentor; the key is filled in.
LIST = f"/pairs/{SLUG}/mentees/%s/list/"
PAGES = (
    (cast.MEI, "/"),
    (cast.MEI, "/meetings/mentor/"),
    (cast.NDIAYE, "/meetings/mentees/"),
    (cast.LAURENT, "/"),
    (cast.LAURENT, f"/meetings/rhythm/{SLUG}/"),
    (cast.RUTH, f"/meetings/register/{SLUG}/"),
    (cast.RUTH, f"/people/{SLUG}/"),
    (cast.RUTH, f"/meetings/register/{SLUG}/export.xlsx"),
    (cast.LAURENT, f"/intake/{SLUG}/"),
    (cast.ALINA, f"/intake/{SLUG}/me/"),
    (cast.LAURENT, LIST),
)


def milliseconds(client: Client, path: str, times: int = 25) -> float:
    """Median of `times` requests after two that warm up."""
    taken = []
    for n in range(times + 2):
        begin = time.perf_counter()
        answer = client.get(path)
        if n >= 2:
            taken.append(1000 * (time.perf_counter() - begin))
    assert answer.status_code == 200, (path, answer.status_code)
    return statistics.median(taken)


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    load(now=timezone.now())
    clients = {part: Client() for part, _path in PAGES}
    for part, client in clients.items():
        client.force_login(Person.objects.get(email=part.email))
    floor = milliseconds(clients[cast.MEI], "/healthz/")
    print(f"floor: an empty page {floor:6.2f} ms")
    seeks = Person.objects.get(email=cast.JONAS.email).pk
    for part, path in PAGES:
        took = milliseconds(clients[part], path % seeks if path == LIST else path)
        print(f"{took / floor:6.1f} × floor {took:7.2f} ms  {part.given:7} {path}")


if __name__ == "__main__":
    main()
