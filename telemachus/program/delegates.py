"""Whom a person can name to arrange times."""

from django.utils import timezone
from django.utils.translation import gettext as _

from telemachus.lib.errors import Refused
from telemachus.lib.rooms import answers
from telemachus.people.models import Person
from telemachus.program.access import Kind, colleagues_of, programs_as
from telemachus.program.models import Role

# Whoever runs the program, or is kept off its pairs, does not come to their times by arranging them.
NO_DELEGATES = (Kind.DIRECTOR, Kind.COORDINATOR, Kind.CHIEF)


def delegate_for(user: Person, email: str) -> Person:
    """The colleague with this address. Raises Refused where nobody has it, or who has it cannot arrange times."""
    found = colleagues_of(user).filter(email__iexact=email).first()
    if found is None:
        raise Refused(_("Nobody of your division has this address here. The director can add the person."))
    if any(found.pk in partners(user) for partners in answers("partners")):
        raise Refused(_("%(name)s is in a pair with you. Name somebody who is not.") % {"name": found})
    if _holds_office(user, found):
        raise Refused(
            _("%(name)s is director, coordinator or chief here and does not arrange others’ times.") % {"name": found}
        )
    return found


def _holds_office(user: Person, other: Person) -> bool:
    shared = Role.objects.filter(program__in=programs_as(user), person=other, kind__in=NO_DELEGATES)
    return shared.on(timezone.localdate()).exists()
