"""Who may see and do what with delegations."""

from telemachus.people.models import Delegation, DelegationQuerySet, Person


def visible_delegations(user: Person) -> DelegationQuerySet:
    """Those that the person gave."""
    return Delegation.objects.current().filter(person=user).select_related("delegate")


def can_end(user: Person, delegation: Delegation) -> bool:
    return delegation.person_id == user.pk and delegation.until is None
