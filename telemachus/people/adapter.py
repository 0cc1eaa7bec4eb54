"""The door: people are added by their division, nobody signs up; and its mails leave beside the answer."""

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core import context as current
from django.contrib import messages
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from telemachus.people.models import Person

log = logging.getLogger(__name__)

# A mail takes as long as the mail server likes: whoever waited for it could tell a known address from an unknown one.
_post = ThreadPoolExecutor(max_workers=2, thread_name_prefix="sign-in-mail")


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:settings")

    def pre_login(self, request: HttpRequest, user: Person, *, email: str | None, **given: Any) -> HttpResponse | None:
        """A code that was mailed to an address opens nothing once the account has another one."""
        if email and email.lower() != (user.email or "").lower():
            clear_login(request)
            messages.error(request, _("This code no longer holds. Please ask for another."))
            return redirect("account_request_login_code")
        answer: HttpResponse | None = super().pre_login(request, user, email=email, **given)
        return answer

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        request = current.request
        words = {"request": request, "email": email, "current_site": get_current_site(request), **context}
        _post.submit(_send, self.render_mail(template_prefix, email, words))


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except Exception as error:
        # The name only: a message could quote the address. The person asks for another code.
        log.error("a mail of the sign-in did not leave: %s", type(error).__name__)
