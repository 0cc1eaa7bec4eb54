"""What every answer carries: headers, the person's own zone, and a sentence where the domain says no."""

import logging
from collections.abc import Callable
from traceback import format_tb
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from telemachus.lib.errors import Conflict, Refused
from telemachus.people.requests import way_back
from telemachus.program.access import programs_as

log = logging.getLogger(__name__)
Next = Callable[[HttpRequest], HttpResponse]


class Headers:
    """Pages are nobody's to keep: no-store for all but static files. The log line names the route, not the path."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=(), interest-cohort=()"
        )
        if response.status_code >= 500:
            route = request.resolver_match.view_name if request.resolver_match else "?"
            log.error("%s %s %s", request.method, route, response.status_code)
        return response


class OwnZone:
    """Times are shown in the person's own zone, else in that of the first program."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        zone = request.user.zone or next((program.zone for program in programs_as(request.user)), "")
        if not zone:
            return self.get_response(request)
        with timezone.override(ZoneInfo(zone)):
            return self.get_response(request)


class SentenceForRefusal:
    """A Conflict or Refused raised in a POST becomes a sentence on the page that the person came from."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Conflict | Refused):
            _log_place(error)
            return None
        if back := way_back(request, ""):
            messages.warning(request, str(error))
            return redirect(back)
        return render(request, "web/refused.html", {"sentence": str(error)}, status=409)


def _log_place(error: Exception) -> None:
    """Where it broke, without the error's own words: they could quote a row. Missing and forbidden are answers."""
    if not isinstance(error, Http404 | PermissionDenied | SuspiciousOperation | BadRequest):
        log.error("%s\n%s", type(error).__name__, "".join(format_tb(error.__traceback__)))
