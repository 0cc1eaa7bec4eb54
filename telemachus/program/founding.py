"""How a program begins on an empty installation: the program, and the director who does the rest on pages."""

from datetime import datetime
from zoneinfo import available_timezones

from django.core.validators import validate_email, validate_slug
from django.db import transaction
from django.utils.translation import gettext as _

from telemachus.lib.errors import Refused
from telemachus.people.models import Person
from telemachus.program.models import Program, Role
from telemachus.program.rulebook import RuleBookError


def found(*, slug: str, name: str, policy: str, zone: str, director: Person, now: datetime) -> Program:
    """The program with its director, from today. Raises Refused, ValidationError for a slug with odd characters."""
    validate_slug(slug)
    if Program.objects.filter(slug=slug).exists():
        raise Refused(_("There is a program “%(slug)s” already.") % {"slug": slug})
    if zone not in available_timezones():
        raise Refused(_("“%(zone)s” is no time zone. An example: America/Los_Angeles.") % {"zone": zone})
    try:
        with transaction.atomic():
            program = Program.objects.found(slug=slug, name=name, policy=policy, zone=zone, now=now)
            program.grant(director, Role.Kind.DIRECTOR, since=program.day(now), by=None, now=now)
    except RuleBookError as error:
        raise Refused(str(error)) from error
    return program


def find_or_add(mail: str, *, given_name: str, family_name: str, now: datetime) -> Person:
    """Whoever has this mail address, else somebody new."""
    validate_email(mail)
    known = Person.objects.filter(email__iexact=mail).first()
    return known or Person.objects.add(
        given_name=given_name, family_name=family_name, email=mail.lower(), by=None, now=now
    )
