"""The outbox: Message (one notice to one person) and Delivery (its way through one channel)."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID, uuid5

from django.db import models
from django.db.models import F, Q

from portal.core.ids import uuid7
from portal.core.sealed import BlindIndexField, SealedJSON
from portal.notifications.choices import DeliveryStatus, FlagReason, Hold, ReceiptState

_MESSAGES = UUID("5a4f2d5e-0c58-4f0e-9d0c-6d6f74637561")


def build_message_id(event_key: str, recipient_key: str) -> UUID:
    """Return the id that this event and this recipient always get.

    Because the id follows from the keys, a repeated record conflicts with the first one and its
    deliveries still point at a row that exists: two plain inserts suffice, nothing is read back.
    """
    return uuid5(_MESSAGES, f"{event_key}\n{recipient_key}")


class Message(models.Model):
    """One notice to one person. Written once; only ``read_at`` changes."""

    seal_binding: ClassVar[tuple[str, ...]] = ("pk",)

    id = models.UUIDField(primary_key=True)
    event = models.CharField(max_length=80)
    event_key = models.CharField(max_length=160)
    recipient_key = models.CharField(max_length=160)
    # The id as a value: recording a notice must not take a lock on the user's row.
    user_id = models.UUIDField(null=True)
    address: "SealedJSON[Mapping[str, str], Mapping[str, str]]" = SealedJSON()
    context: "SealedJSON[Mapping[str, str | int], Mapping[str, str | int]]" = SealedJSON()
    language = models.CharField(max_length=8, default="vi")
    # What it is about, e.g. dossier:<id>: its page lists the notices and their fates.
    subject_key = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event_key", "recipient_key"], name="message_once_per_recipient"),
        ]
        indexes = [
            models.Index(
                F("user_id"),
                F("created_at").desc(),
                F("id").desc(),
                name="message_inbox",
                condition=Q(user_id__isnull=False),
            ),
            models.Index(fields=["user_id"], name="message_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["subject_key", "created_at"], name="message_of_subject"),
        ]


class Delivery(models.Model):
    """One message through one channel. ``lease`` names the worker's batch that may touch it."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    channel = models.CharField(max_length=20)
    status = models.CharField(max_length=10, choices=DeliveryStatus.choices)
    reference = models.CharField(max_length=60, unique=True)
    attempts = models.PositiveIntegerField(default=0)
    lost_leases = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    # Set right before the channel is called: after a crash it tells the culprit from its batch.
    begun_at = models.DateTimeField(null=True)
    first_tried_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    # A code such as smtp_550, never the server's words: those repeat the address.
    last_error = models.CharField(max_length=60, default="", blank=True)
    # Which provider took it, under which number of its own, in how many parts (SMS), and what it reported.
    provider = models.CharField(max_length=20, blank=True)
    provider_number = models.CharField(max_length=80, blank=True)
    parts = models.PositiveSmallIntegerField(null=True)
    receipt = models.CharField(max_length=8, choices=ReceiptState.choices, blank=True)
    receipt_at = models.DateTimeField(null=True)
    hold = models.CharField(max_length=8, choices=Hold.choices, blank=True)
    # Another channel of the same message that failed and that this one replaces.
    replaces = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="delivery_once_per_channel"),
            models.CheckConstraint(
                condition=Q(status__in=DeliveryStatus.values), name="delivery_status_known"
            ),
            models.CheckConstraint(
                condition=(
                    Q(status="sending", lease__isnull=False, leased_until__isnull=False)
                    | (
                        ~Q(status="sending")
                        & Q(lease__isnull=True, leased_until__isnull=True, begun_at__isnull=True)
                    )
                ),
                name="delivery_lease_while_sending",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status="delivered", delivered_at__isnull=False)
                    | (~Q(status="delivered") & Q(delivered_at__isnull=True))
                ),
                name="delivery_delivered_at",
            ),
        ]
        indexes = [
            models.Index(fields=["not_before", "id"], name="delivery_due", condition=Q(status="pending")),
            models.Index(fields=["leased_until"], name="delivery_leased", condition=Q(status="sending")),
            models.Index(fields=["id"], name="delivery_failed", condition=Q(status="failed")),
            models.Index(
                fields=["provider", "provider_number"],
                name="delivery_of_provider",
                condition=~Q(provider_number=""),
            ),
        ]


def build_reference(message_id: UUID, channel: str) -> str:
    """Return the name under which a gateway sees this delivery: the same at every attempt."""
    return f"{message_id.hex}.{channel}"


class NoticeTemplate(models.Model):
    """A text that admins wrote over the shipped one; the newest active number counts, an agency's own first.

    Versions are added, never changed, but for `is_active`. `agency_id` is a value: null for the whole province.
    """

    event = models.CharField(max_length=80)
    channel = models.CharField(max_length=20)
    language = models.CharField(max_length=8, default="vi")
    agency_id = models.BigIntegerField(null=True)
    number = models.PositiveIntegerField()
    subject = models.CharField(max_length=120, blank=True)
    body = models.TextField()
    is_active = models.BooleanField(default=True)
    author_id = models.UUIDField()
    at = models.DateTimeField()

    app_role_privileges: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")
    app_role_updatable: ClassVar[tuple[str, ...]] = ("is_active",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "channel", "language", "agency_id", "number"],
                name="notice_template_number_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="notice_template_from_one"),
        ]


class NoticePreference(models.Model):
    """How one account wants to be told. `off`: channels switched off; one e-mail a day with `digest`."""

    user_id = models.UUIDField(primary_key=True)
    off = models.JSONField(default=list)
    digest = models.BooleanField(default=False)
    changed_at = models.DateTimeField()


class AddressFlag(models.Model):
    """An e-mail address or telephone that did not take a notice, until somebody corrects it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.CharField(max_length=20)
    address_index = BlindIndexField()
    reason = models.CharField(max_length=10, choices=FlagReason.choices)
    code = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "address_index"],
                condition=Q(cleared_at__isnull=True),
                name="address_flag_once",
            ),
        ]


class Canary(models.Model):
    """The hourly trial of one channel, end to end: sent, and seen to arrive."""

    channel = models.CharField(max_length=20)
    hour = models.DateTimeField()
    reference = models.CharField(max_length=60, unique=True)
    sent_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name_plural = "canaries"
        constraints = [models.UniqueConstraint(fields=["channel", "hour"], name="canary_once_an_hour")]
