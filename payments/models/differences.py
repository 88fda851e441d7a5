"""Where our books and somebody else's disagree, until a person has ended it."""

from django.db import models
from django.db.models import Q

from payments.choices import DifferenceKind
from portal.core import ids


class SettlementFile(models.Model):
    """A gateway's list of one day's transactions, compared once."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    account = models.ForeignKey("payments.GatewayAccount", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    file_name = models.CharField(max_length=255)
    sha256 = models.BinaryField(max_length=32)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(
        "accounts.Membership", on_delete=models.PROTECT, related_name="+", null=True
    )
    lines = models.PositiveIntegerField()
    total = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "sha256"], name="settlement_file_once"),
        ]


class Difference(models.Model):
    """One disagreement: `ours` and `theirs` in đồng where known. It ends by itself or by somebody's remark."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    kind = models.CharField(max_length=14, choices=DifferenceKind.choices)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=20)
    reference = models.CharField(max_length=100)
    payment = models.ForeignKey("payments.Payment", on_delete=models.PROTECT, related_name="+", null=True)
    session = models.ForeignKey("payments.CashSession", on_delete=models.PROTECT, related_name="+", null=True)
    ours = models.BigIntegerField(null=True)
    theirs = models.BigIntegerField(null=True)
    day = models.DateField()
    found_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.Membership", on_delete=models.PROTECT, related_name="+", null=True)
    remark = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source", "reference"],
                condition=Q(ended_at__isnull=True),
                name="difference_once_while_open",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "found_at"], name="difference_open", condition=Q(ended_at__isnull=True)
            )
        ]
