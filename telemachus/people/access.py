"""Who may see and do what with delegations."""

from django.db.models import QuerySet

from telemachus.people.models import Delegation, DelegationQuerySet, Person


def visible_delegations(user: Person) -> DelegationQuerySet:
    """Those that the person gave."""
    return Delegation.objects.current().filter(person=user).select_related("delegate")


def principals_of(user: Person) -> QuerySet[Person]:
    """For whom the person arranges times."""
    return Person.objects.filter(delegations__in=Delegation.objects.current().filter(delegate=user)).order_by(
        "sort_name"
    )


def can_end(user: Person, delegation: Delegation) -> bool:
    return delegation.person_id == user.pk and delegation.until is None
