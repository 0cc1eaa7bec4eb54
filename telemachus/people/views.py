"""What a person sets for oneself: the clock's zone, the keyboard, and who arranges times."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from telemachus.people.access import can_end, visible_delegations
from telemachus.people.forms import OwnForm
from telemachus.people.requests import person_of, require, signed_in


@require_safe
@signed_in
def settings(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    own = {"zone": user.zone, "shortcuts_off": user.shortcuts_off}
    context = {"form": OwnForm(initial=own, person=user), "delegations": visible_delegations(user)}
    return render(request, "people/settings.html", context)


@require_POST
@signed_in
def change_own(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    form = OwnForm(request.POST, person=user)
    if not form.is_valid():
        context = {"form": form, "delegations": visible_delegations(user)}
        return render(request, "people/settings.html", context, status=422)
    user.change(by=user, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("people:settings")


@require_POST
@signed_in
def end_delegation(request: HttpRequest, pk: str) -> HttpResponse:
    user = person_of(request)
    delegation = get_object_or_404(visible_delegations(user), pk=pk)
    require(can_end(user, delegation))
    delegation.end(by=user, on=timezone.localdate(), now=timezone.now())
    messages.success(request, _("%(name)s no longer arranges your times.") % {"name": delegation.delegate})
    return redirect("people:settings")
