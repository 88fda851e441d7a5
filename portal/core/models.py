"""The three tables of core: Counter, Throttle, IdempotencyKey."""

from typing import ClassVar

from django.db import models

from portal.core.clock import now
from portal.core.sealed import SealedJSON


class Counter(models.Model):
    """The last number given out in one series."""

    series = models.CharField(max_length=200, primary_key=True)
    value = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(value__gt=0), name="core_counter_positive")]


class Throttle(models.Model):
    """How often one subject did one thing in the current window; the subject is hashed."""

    key = models.CharField(max_length=120, primary_key=True)
    window_start = models.DateTimeField(db_index=True)
    hits = models.IntegerField()
    blocked_until = models.DateTimeField(null=True)


class IdempotencyKey(models.Model):
    """A request already answered, and the answer to repeat. Kept 30 days."""

    user_key = models.CharField(max_length=120)
    key = models.CharField(max_length=200)
    body_sha256 = models.CharField(max_length=64)
    response = SealedJSON(null=True)
    created_at = models.DateTimeField(default=now, db_index=True)

    seal_binding: ClassVar[tuple[str, ...]] = ("user_key", "key")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user_key", "key"], name="core_idempotency_key_once_per_user")
        ]
