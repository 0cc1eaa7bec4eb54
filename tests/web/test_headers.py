"""What every answer carries, and what it carries in production."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.acts import ClientOf
from tests.cast import PASSWORD, Cast
from tests.server import ROOT

PRODUCTION = """
import django
django.setup()
from django.test import Client
safe, plain = Client().get("/healthz/", secure=True), Client().get("/healthz/")
print(safe.status_code, safe["Strict-Transport-Security"], plain.status_code, plain["Location"], sep="|")
from django.conf import settings
print(settings.DEBUG, settings.DEMO, settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, sep="|")
"""


def directives(policy: str) -> dict[str, str]:
    pairs = (piece.strip().partition(" ") for piece in policy.split(";"))
    return {name: value for name, _space, value in pairs}


@pytest.mark.parametrize("url", ["/", "/nowhere/", "/healthz/", reverse("account_login")])
def test_headers_stand_on_every_answer(cast: Cast, client_of: ClientOf, url: str) -> None:
    for client in (client_of(cast.mei), Client()):
        answer = client.get(url)
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in answer["Permissions-Policy"]


def test_policy_lets_nothing_in_but_our_own(cast: Cast, client_of: ClientOf) -> None:
    policy = directives(client_of(cast.mei).get("/")["Content-Security-Policy"])
    assert policy["default-src"] == policy["form-action"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in str(policy)


def test_export_is_nobodys_to_keep_either(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.coordinator).get(reverse("meetings:export", args=[cast.digestive.slug, "csv"]))
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(cast: Cast) -> None:
    cast.mei.set_password(PASSWORD)
    cast.mei.save()
    given = {"login": cast.mei.email, "password": PASSWORD}
    session = Client().post(reverse("account_login"), given).cookies["sessionid"]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")


def test_production_is_the_default_and_speaks_https_only(tmp_path: Path) -> None:
    """With nothing set but what must be set."""
    variables = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    variables |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "TELEMACHUS_ENV_FILE": str(tmp_path / "none"),
        "SECRET_KEY": "0123456789" * 6,
        "ALLOWED_HOSTS": "testserver",
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": "sqlite://:memory:",
    }
    said = subprocess.run(
        [sys.executable, "-c", PRODUCTION], cwd=ROOT, env=variables, capture_output=True, text=True, check=True
    )
    assert said.stdout.splitlines() == ["200|max-age=31536000|301|https://testserver/healthz/", "False|False|True|True"]
