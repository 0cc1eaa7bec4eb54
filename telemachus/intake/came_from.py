"""Back leads to where one came from: a form of the way is opened from Today, the board, a recruit's page or Import."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from telemachus.people.requests import way_back

PAGES = frozenset({"web:today", "intake:board", "intake:recruit", "program:imports"})


def came_from(request: HttpRequest, otherwise: str, *args: Any) -> str:
    """The page from which the form was opened, which the form then keeps; `otherwise` is a URL's name."""
    return _ours(request.POST.get("came_from", "")) or _ours(_referred(request)) or reverse(otherwise, args=args)


def return_to(request: HttpRequest, otherwise: str, *args: Any) -> HttpResponseRedirect:
    """After the act: to the page with the button (`back`), or to where the form was opened."""
    return redirect(way_back(request, came_from(request, otherwise, *args)))


def _referred(request: HttpRequest) -> str:
    referrer = urlsplit(request.headers.get("Referer", ""))
    return referrer._replace(scheme="", netloc="").geturl() if referrer.netloc == request.get_host() else ""


def _ours(address: str) -> str:
    """The address where it is one of these pages, put together anew: what else stood in it does not pass."""
    parts = urlsplit(address)
    try:
        if parts.netloc or resolve(parts.path).view_name not in PAGES:
            return ""
    except Resolver404:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
