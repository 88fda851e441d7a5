"""What is owed for a dossier; attempts, receipts and the ledger belong to payments."""

from django.db import models
from django.db.models import Q

from dossiers.choices import FeeMode, FeeStatus
from dossiers.models.dossier import Dossier
from portal.core import ids


class Fee(models.Model):
    """An assessed fee in đồng (`amount` null = not known yet), frozen with the lines that explain it.

    `treasury_number`: the treasury's own receipt, where the money was paid there and never came to the desk.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="fees")
    mode = models.CharField(max_length=8, choices=FeeMode.choices)
    amount = models.PositiveBigIntegerField(null=True)
    lines = models.JSONField(default=list)
    status = models.CharField(max_length=8, choices=FeeStatus.choices, default=FeeStatus.OPEN)
    assessed_at = models.DateTimeField()
    requested_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    refund_due = models.PositiveBigIntegerField(default=0)
    treasury_number = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(treasury_number="") | Q(status=FeeStatus.SETTLED),
                name="fee_treasury_only_settled",
            ),
            models.CheckConstraint(
                condition=~Q(status=FeeStatus.SETTLED) | Q(amount__isnull=False, settled_at__isnull=False),
                name="fee_settled_has_amount",
            ),
            models.CheckConstraint(
                condition=Q(refund_due=0) | Q(status=FeeStatus.SETTLED), name="fee_refund_only_settled"
            ),
        ]
