"""“I would like another mentor”, or mentee: a wish that goes to the director only, without a reason (R10)."""

from datetime import datetime
from uuid import uuid4

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from telemachus.audit.models import record
from telemachus.lib.errors import Conflict
from telemachus.pairing.events import PairingEvent
from telemachus.pairing.models.pairings import Pairing
from telemachus.people.models import Person


class ChangeWish(models.Model):
    """It stands until the pair has ended and the successor is introduced, 90 days at most; then it is erased.

    Each of the two may have one: that the other asked already must not show in an answer to the second.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="change_wishes")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="change_wishes")
    at = models.DateTimeField()
    # “Please call me.”
    call = models.BooleanField(default=False)
    # The prior mentor is encouraged to speak with the successor, unless the mentee would rather not.
    may_speak = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pairing", "by"], name="change_wish_once_each")]

    @classmethod
    def express(
        cls, pairing: Pairing, *, call: bool, may_speak: bool = True, by: Person, now: datetime
    ) -> "ChangeWish":
        """Raises Conflict where one stands or the pair has ended."""
        try:
            with transaction.atomic():
                pairing.hold()
                pairing.refuse_ended()
                wish = cls.objects.create(pairing=pairing, by=by, at=now, call=call, may_speak=may_speak)
                record(PairingEvent.CHANGE_WISHED, wish, by=by, now=now, program=pairing.program)
        except IntegrityError as error:
            raise Conflict(_("You have asked for this already; it waits to be settled.")) from error
        return wish

    def take_back(self, *, by: Person, now: datetime) -> None:
        """Whoever wished may think better of it, while the pair stands; nothing of it is kept."""
        with transaction.atomic():
            # The pair's row is the lock: whoever settles the wish now has ended the pair before, or finds it gone.
            self.pairing.hold()
            record(PairingEvent.CHANGE_TAKEN_BACK, self, by=by, now=now, program=self.pairing.program)
            gone, _tables = ChangeWish.objects.filter(pk=self.pk, pairing__state=Pairing.State.ACTIVE).delete()
            if not gone:
                raise Conflict(_("This has been settled already."))
