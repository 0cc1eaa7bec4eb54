"""The person behind a request, and the way back after an act."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from telemachus.people.models import Person

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Let only signed-in people through. After signing in again one lands on a page, never on a bare act."""
    return _checked(view, lambda request: "/")


def form_page(view: View) -> View:
    """`signed_in` for a page with a form: GET shows it, POST takes it, and one lands on it again."""
    return require_http_methods(["GET", "HEAD", "POST"])(_checked(view, lambda request: request.get_full_path()))


def _checked(view: View, page_of_post: Callable[[HttpRequest], str]) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        posted = request.method == "POST"
        return redirect_to_login(way_back(request, page_of_post(request)) if posted else request.get_full_path())

    return checked


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was posted, were it nothing."""
    return request.POST if request.method == "POST" else None


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
    back = way_back(request, "")
    return redirect(back) if back else redirect(otherwise, *args)
