"""What the bank says came in: statements, their lines, and how a bank's file is read."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from payments.choices import LineStatus
from portal.core import ids
from portal.core.sealed import SealedJSON, SealedText


class StatementMapping(models.Model):
    """How the files of one bank account are read, as somebody set it once.

    `columns`: {"booked_on": 0, "amount": 3, "memo": 5, "number": 1, …} counted from 0; `rules`: first row,
    separator, encoding, format of days, separators of amounts.
    """

    account = models.OneToOneField(
        "payments.GatewayAccount", on_delete=models.CASCADE, related_name="mapping"
    )
    columns = models.JSONField()
    rules = models.JSONField(default=dict)
    row_version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("accounts.Membership", on_delete=models.PROTECT, related_name="+")


class BankStatement(models.Model):
    """One uploaded file. The same bytes are taken once.

    `content` holds its rows until somebody has said what its columns mean: {"rows": [[text, …], …]}. They hold names
    and are forgotten with the import, which writes a line for each credit. `refused` are lines that could not be
    read: [{"row": 12, "reason": "…"}], without what stood in them.
    """

    seal_binding: ClassVar[tuple[str, ...]] = ("pk",)

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    account = models.ForeignKey(
        "payments.GatewayAccount", on_delete=models.PROTECT, related_name="statements"
    )
    file_name = models.CharField(max_length=255)
    sha256 = models.BinaryField(max_length=32)
    content = SealedJSON(null=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey("accounts.Membership", on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(null=True)
    imported_by = models.ForeignKey(
        "accounts.Membership", on_delete=models.PROTECT, related_name="+", null=True
    )
    known_lines = models.PositiveIntegerField(default=0)
    debits = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "sha256"], name="bank_statement_once"),
            models.CheckConstraint(
                condition=Q(imported_at__isnull=True) | Q(content__isnull=True),
                name="bank_statement_forgets_rows",
            ),
        ]


class StatementLine(models.Model):
    """One credit of a statement. `fingerprint` tells a line that another file brought already.

    `position` is its row in the file, from 1. The memo is what a payer typed: sealed. `kept` đồng of it
    were taken for no fee and are owed back. `transaction` is its first booking; the ledger's entries that name the
    line are all of them.
    """

    seal_binding: ClassVar[tuple[str, ...]] = ("pk",)

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    account = models.ForeignKey("payments.GatewayAccount", on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    booked_on = models.DateField()
    amount = models.PositiveBigIntegerField()
    kept = models.PositiveBigIntegerField(default=0)
    memo = SealedText()
    number = models.CharField(max_length=60, blank=True)
    fingerprint = models.BinaryField(max_length=32)
    status = models.CharField(max_length=8, choices=LineStatus.choices)
    fee = models.ForeignKey("dossiers.Fee", on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=400, blank=True)
    decided_by = models.ForeignKey(
        "accounts.Membership", on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)
    transaction = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "fingerprint"], name="statement_line_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="statement_line_positive"),
            models.CheckConstraint(
                condition=Q(kept__lte=models.F("amount")), name="statement_line_kept_part"
            ),
            models.CheckConstraint(
                condition=Q(status__in=LineStatus.values), name="statement_line_status_known"
            ),
        ]
        indexes = [
            models.Index(fields=["account", "booked_on"], name="statement_line_list"),
            models.Index(
                fields=["account", "booked_on"], name="statement_line_queue", condition=Q(status="queued")
            ),
            models.Index(fields=["id"], name="statement_line_waiting", condition=Q(status="waiting")),
            models.Index(fields=["fee"], name="statement_line_held", condition=Q(status="partial")),
        ]
