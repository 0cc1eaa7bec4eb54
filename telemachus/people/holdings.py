"""What this room keeps about a person."""

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils.translation import gettext as _

from telemachus.lib.holding import Holding
from telemachus.people.models import Delegation, FormerAddress, Person


def holdings(person: Person) -> list[Holding]:
    """Name, numbers and mail; how the person signs in; who arranges times."""
    addresses = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    former = FormerAddress.objects.filter(person=person).values_list("email", flat=True)
    delegations = Delegation.objects.filter(Q(person=person) | Q(delegate=person)).select_related("person", "delegate")
    return [
        Holding(
            what=_("Your name, employee number, email address and time zone"),
            models=("people.Person",),
            who_sees=_("Director and coordinator of your programs; your name, also the other member of your pair"),
            until=_("90 days after you leave"),
            rows=[person.listed_name, person.external_id or "", person.email or "", person.zone],
        ),
        Holding(
            what=_("How you sign in: addresses proved by a mailed code; a password only as a hash"),
            models=("account.EmailAddress", "account.EmailConfirmation"),
            who_sees=_("You"),
            until=_("90 days after you leave"),
            rows=list(addresses),
        ),
        Holding(
            what=_("An email address that your account had before"),
            models=("people.FormerAddress",),
            who_sees=_("Nobody; a mail tells whoever reads it that the address was changed, and by whom"),
            until=_("30 days after the change"),
            rows=list(former),
        ),
        Holding(
            what=_("Who arranges times for you, and for whom you do"),
            models=("people.Delegation",),
            who_sees=_("The two of you"),
            until=_("one year after it ends"),
            rows=[f"{row.person}: {row.delegate}, {row.since} – {row.until or ''}" for row in delegations],
        ),
    ]
