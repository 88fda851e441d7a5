"""Money on its way back."""

from django.db import models
from django.db.models import Q

from payments.choices import RefundStatus
from portal.core import ids


class Refund(models.Model):
    """Whole or part of what one payment or one receipt brought, back to who paid it; decided by two people.

    `reference` is the same at every attempt, so the gateway tells a repeat. `cause`: surplus, withdrawn,
    mistake. All refunds that were not rejected sum to no more than what came in (held under the dossier's lock).
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    fee = models.ForeignKey("dossiers.Fee", on_delete=models.PROTECT, related_name="refunds")
    payment = models.ForeignKey(
        "payments.Payment", on_delete=models.PROTECT, related_name="refunds", null=True
    )
    receipt = models.ForeignKey(
        "payments.Receipt", on_delete=models.PROTECT, related_name="refunds", null=True
    )
    line = models.ForeignKey(
        "payments.StatementLine", on_delete=models.PROTECT, related_name="refunds", null=True
    )
    collection = models.ForeignKey(
        "payments.PostCollection", on_delete=models.PROTECT, related_name="refunds", null=True
    )
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveBigIntegerField()
    cause = models.CharField(max_length=12)
    reason = models.CharField(max_length=400, blank=True)
    way = models.CharField(max_length=8)
    status = models.CharField(max_length=9, choices=RefundStatus.choices)
    reference = models.CharField(max_length=40, unique=True)
    proposal_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        "accounts.Membership", on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_by = models.ForeignKey(
        "accounts.Membership", on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    answer_code = models.CharField(max_length=20, blank=True)
    gateway_number = models.CharField(max_length=40, blank=True)
    paid_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_amount_positive"),
            models.CheckConstraint(condition=Q(status__in=RefundStatus.values), name="refund_status_known"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("proposed_by")),
                name="refund_two_people",
            ),
            models.CheckConstraint(
                condition=Q(status=RefundStatus.DONE, paid_at__isnull=False)
                | ~Q(status=RefundStatus.DONE) & Q(paid_at__isnull=True),
                name="refund_done_when_paid",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"], name="refund_to_send", condition=Q(next_try_at__isnull=False)
            ),
            models.Index(fields=["agency", "status", "-created_at"], name="refund_list"),
        ]
