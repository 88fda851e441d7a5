"""Whose money a gateway takes, each attempt to pay, and all that a gateway told us."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from payments.choices import LONGEST_NAME, PaymentOutcome, PaymentStatus
from portal.core import ids
from portal.core.sealed import SealedJSON


class GatewayAccount(models.Model):
    """An agency's contract with a gateway or a bank; agencies below use it unless they have their own.

    `details` may be shown (merchant code, bank, account number); `secrets` are for signatures alone.
    """

    seal_binding: ClassVar[tuple[str, ...]] = ("pk",)

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    gateway = models.CharField(max_length=20)
    merchant = models.CharField(max_length=60)
    details = models.JSONField(default=dict)
    secrets = SealedJSON(null=True)
    is_active = models.BooleanField(default=True)
    row_version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "gateway"], condition=Q(is_active=True), name="gateway_account_one_active"
            ),
            models.UniqueConstraint(
                fields=["gateway", "merchant"],
                condition=Q(is_active=True),
                name="gateway_account_merchant_once",
            ),
        ]
        indexes = [models.Index(fields=["gateway", "merchant"], name="gateway_account_merchant")]


class Payment(models.Model):
    """One attempt to pay one fee through a gateway. `reference` is how the gateway knows it, for ever.

    `gateway_created_at` is the day and time that the gateway was told (it is asked by both). Money that arrives for
    a fee that is no longer open is kept as `surplus` and given back.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    fee = models.ForeignKey("dossiers.Fee", on_delete=models.PROTECT, related_name="payments")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="payments")
    account = models.ForeignKey(GatewayAccount, on_delete=models.PROTECT, related_name="payments")
    gateway = models.CharField(max_length=20)
    reference = models.CharField(max_length=60)
    amount = models.PositiveBigIntegerField()
    status = models.CharField(max_length=8, choices=PaymentStatus.choices, default=PaymentStatus.CREATED)
    outcome = models.CharField(max_length=8, choices=PaymentOutcome.choices, blank=True)
    payer_user_id = models.UUIDField(null=True)
    payer_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    client_ip = models.GenericIPAddressField(null=True)
    language = models.CharField(max_length=8, default="vi")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    asked_count = models.PositiveIntegerField(default=0)
    next_ask_at = models.DateTimeField(null=True)
    gateway_number = models.CharField(max_length=40, blank=True)
    bank_code = models.CharField(max_length=20, blank=True)
    answer_code = models.CharField(max_length=20, blank=True)
    paid_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    transaction = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gateway", "reference"], name="payment_reference_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount_positive"),
            models.CheckConstraint(condition=Q(status__in=PaymentStatus.values), name="payment_status_known"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="payment_expires_later"),
            models.CheckConstraint(
                condition=Q(status=PaymentStatus.PAID, transaction__isnull=False, paid_at__isnull=False)
                & Q(outcome__in=PaymentOutcome.values)
                | ~Q(status=PaymentStatus.PAID) & Q(transaction__isnull=True, outcome=""),
                name="payment_paid_is_booked",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_ask_at", "id"], name="payment_to_ask", condition=Q(next_ask_at__isnull=False)
            ),
            models.Index(fields=["fee", "-created_at"], name="payment_of_fee"),
        ]


class GatewayEvent(models.Model):
    """One thing a gateway told us, or answered; kept as it came, without its signature. Append-only.

    `kind`: ipn, return, query, refund; `verdict`: what we answered or made of it.
    """

    seal_binding: ClassVar[tuple[str, ...]] = ("pk",)

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    gateway = models.CharField(max_length=20)
    kind = models.CharField(max_length=10)
    at = models.DateTimeField()
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="events", null=True)
    reference = models.CharField(max_length=100, blank=True)
    verdict = models.CharField(max_length=30)
    content = SealedJSON(null=True)

    app_role_privileges: ClassVar = ("SELECT", "INSERT")

    class Meta:
        indexes = [models.Index(fields=["payment", "at"], name="gateway_event_of_payment")]
