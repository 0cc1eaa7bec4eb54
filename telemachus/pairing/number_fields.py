"""A field for a whole number whose limits are said before and after it is typed."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy


class WholeNumber(forms.IntegerField):
    """From `least` to `most`: both stand in the help text and, whatever was wrong, in the error."""

    def __init__(self, *, least: int, most: int, help_text: Any = "", **kwargs: Any) -> None:
        limits = format_lazy(gettext_lazy("From {least} to {most}."), least=least, most=most)
        super().__init__(
            min_value=least,
            max_value=most,
            help_text=format_lazy("{help} {limits}", help=help_text, limits=limits) if help_text else limits,
            **kwargs,
        )
        said = format_lazy(gettext_lazy("Please give a whole number from {least} to {most}."), least=least, most=most)
        self.error_messages.update(dict.fromkeys(("required", "invalid", "min_value", "max_value"), said))
