"""Who uses the program: a person is the user; and whom a person lets arrange times."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, ClassVar
from uuid import uuid4
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from telemachus.audit.models import record, record_all
from telemachus.lib.change import compare_and_set
from telemachus.lib.errors import Refused
from telemachus.lib.names import fold
from telemachus.people.events import PersonEvent

# The code of the change of a person by which the mail address became another one.
READDRESSED = "email"
# So long an address that an office took away is kept: until its mail has left, whatever the mail server does.
DAYS_OF_FORMER_ADDRESS = 30


class PersonManager(BaseUserManager["Person"]):
    """Sign-in asks for the manager's `get_by_natural_key`; there is no way here to make a superuser."""

    def add(self, *, given_name: str, family_name: str, by: "Person | None", now: datetime, **fields: Any) -> "Person":
        """A new person who can sign in by mailed code. Raises Refused where the number or mail is taken."""
        person = self.model(given_name=given_name, family_name=family_name, **fields)
        person.file_name()
        person.set_unusable_password()
        try:
            with transaction.atomic():
                person.save()
                record(PersonEvent.ADDED, person, by=by, now=now)
        except IntegrityError as error:
            raise Refused(_("Somebody with this email address or employee number is here already.")) from error
        return person


class Person(AbstractBaseUser):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    # The personnel system's number; two people never share one, and it outlives a change of mail.
    external_id = models.CharField(max_length=40, unique=True, null=True, blank=True)
    scim_id = models.CharField(max_length=64, unique=True, null=True, blank=True)
    email = models.EmailField(unique=True, null=True, blank=True)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    preferred_name = models.CharField(max_length=100, blank=True)
    sort_name = models.CharField(max_length=220, editable=False, db_index=True)
    zone = models.CharField(max_length=60, blank=True)
    # Keys that act alone must be possible to switch off (WCAG 2.1.4).
    shortcuts_off = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(email=""), name="person_email_null_not_empty"),
            models.CheckConstraint(condition=~Q(external_id=""), name="person_number_null_not_empty"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.preferred_name or self.given_name} {self.family_name}".strip()

    @property
    def listed_name(self) -> str:
        return ", ".join(name for name in (self.family_name, self.preferred_name or self.given_name) if name)

    def file_name(self) -> None:
        """Set the key by which people are sorted and compared; call it where a name is set."""
        self.sort_name = f"{fold(self.family_name)}, {fold(self.preferred_name or self.given_name)}"

    def get_session_auth_hash(self) -> str:
        """Bound to the mail address too: whoever gets another one is signed out everywhere."""
        return self._bound_to_address(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return map(self._bound_to_address, super().get_session_auth_fallback_hash())

    def _bound_to_address(self, key: str) -> str:
        return sha256(f"{key}:{self.email or ''}".encode()).hexdigest()

    def change(self, *, by: "Person | None", now: datetime, **fields: Any) -> None:
        """Write new names, number or mail; another mail address goes through `leave_addresses`."""
        with transaction.atomic():
            held = Person.objects.select_for_update(no_key=True).get(pk=self.pk)
            moves = "email" in fields and fields["email"] != held.email
            if moves:
                leave_addresses([held], by=by, now=now)
            for name, value in fields.items():
                setattr(self, name, value)
            self.file_name()
            self.save(update_fields=[*fields, "sort_name"])
            record(PersonEvent.CHANGED, self, by=by, now=now, code=READDRESSED if moves else "")

    def name_delegate(self, delegate: "Person", *, since: date, now: datetime) -> "Delegation":
        """Let `delegate` set times for this person, and nothing else."""
        if delegate.pk == self.pk:
            raise Refused(_("You arrange your own times already: name somebody else."))
        try:
            with transaction.atomic():
                delegation = Delegation.objects.create(person=self, delegate=delegate, since=since)
                record(PersonEvent.DELEGATE_NAMED, delegation, by=self, now=now)
        except IntegrityError as error:
            raise Refused(_("%(name)s arranges times for you already.") % {"name": delegate}) from error
        return delegation


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def current(self) -> "DelegationQuerySet":
        return self.filter(until=None)


class Delegation(models.Model):
    """An assistant whom a person named: arranges times for that person and nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="delegations")
    delegate = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="arranges_for")
    since = models.DateField()
    until = models.DateField(null=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("delegate")), name="delegation_not_oneself"),
            models.UniqueConstraint(fields=["person", "delegate"], condition=Q(until=None), name="delegation_once"),
        ]

    def end(self, *, by: Person, on: date, now: datetime) -> None:
        """Take the delegation back; it holds no longer from this moment."""
        with transaction.atomic():
            compare_and_set(self, where={"until": None}, to={"until": on})
            record(PersonEvent.DELEGATE_ENDED, self, by=by, now=now)


class FormerAddress(models.Model):
    """A mail address that an office took from an account: what was done is told there, and then it is forgotten."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_addresses")
    email = models.EmailField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    left_at = models.DateTimeField()


def leave_addresses(people: Iterable[Person], *, by: Person | None, now: datetime) -> None:
    """Before other addresses are written: those of now no longer open the door, and each is told so by mail.

    Sessions and codes that are on their way end by themselves: both hold for one address only. Call it inside the
    transaction, with people as they stand in the database.
    """
    moving = list(people)
    EmailAddress.objects.filter(user__in=moving).delete()
    left = FormerAddress.objects.bulk_create(
        FormerAddress(person=person, email=person.email, by=by, left_at=now)
        for person in moving
        if person.email and person != by
    )
    record_all(PersonEvent.READDRESSED, left, by=by, now=now)


def forget_former_addresses(*, now: datetime) -> None:
    FormerAddress.objects.filter(left_at__lt=now - timedelta(days=DAYS_OF_FORMER_ADDRESS)).delete()


def zone_of(person: Person, fallback: str) -> ZoneInfo:
    """The zone in which this person reads the clock."""
    return ZoneInfo(person.zone or fallback)
