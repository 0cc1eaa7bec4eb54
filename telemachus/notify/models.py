"""What has been, or is to be, told to whom: ids and codes; the words are made when the mail leaves."""

from uuid import uuid4

from django.db import models

from telemachus.people.models import Person


class Dispatch(models.Model):
    """One mail to one person about one thing. Unique, so that nobody is told twice."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=60)
    recipient = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="dispatches")
    subject = models.UUIDField()
    # Tells repeated tellings of one thing apart: the event's number, or a date of the schedule.
    period = models.CharField(max_length=40)
    made = models.DateTimeField()
    claimed = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    # Set when it left, and also when at delivery it was no longer true or no longer the person's to see.
    done = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "recipient", "subject", "period"], name="dispatch_once"),
        ]
        indexes = [models.Index(fields=["made"], condition=models.Q(done=None), name="dispatch_open")]


class Tick(models.Model):
    """One run of one job of the schedule for one period: the unique pair makes it single among many workers."""

    kind = models.CharField(max_length=40)
    period = models.CharField(max_length=40)
    started = models.DateTimeField()
    done = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "period"], name="tick_once")]
