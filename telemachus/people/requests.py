"""The person behind a request, and the way back after an act."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from telemachus.people.models import Person

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Let only signed-in people through. After signing in again one lands on a page, never on a bare act."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return redirect_to_login(request.get_full_path() if request.method != "POST" else way_back(request, "/"))

    return checked


def person_of(request: HttpRequest) -> Person:
    """Call it behind `signed_in` only."""
    return cast(Person, request.user)


def require(allowed: bool) -> None:
    """Visible but not allowed is 403; what is not visible was missing before this line."""
    if not allowed:
        raise PermissionDenied


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The page of ours from which the act was posted (`back`), or else the one given."""
    back = request.POST.get("back", "")
    own = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return back if own else otherwise


def back_to(request: HttpRequest, otherwise: str, *args: Any) -> HttpResponseRedirect:
    """Redirect to `way_back`; `otherwise` is a path, or a URL's name with its arguments."""
    return redirect(way_back(request, "") or otherwise, *(() if way_back(request, "") else args))
