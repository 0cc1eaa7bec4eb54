"""A mail server that takes its time, as some do."""

import time
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend as InMemory

SECONDS = 1.0


class EmailBackend(InMemory):
    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        time.sleep(SECONDS)
        return int(super().send_messages(messages))
