"""The books: one row per leg of a transaction. Rows are added and never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from payments.choices import Account, BookingKind


class LedgerEntry(models.Model):
    """One leg of a transaction in đồng, debit positive (payments.accounts).

    A deferred constraint trigger refuses a commit in which the entries of a transaction do not sum to zero.
    """

    transaction = models.UUIDField()
    kind = models.CharField(max_length=24, choices=BookingKind.choices)
    account = models.CharField(max_length=24, choices=Account.choices)
    amount = models.BigIntegerField()
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+", null=True)
    fee = models.ForeignKey("dossiers.Fee", on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()
    membership = models.ForeignKey(
        "accounts.Membership", on_delete=models.PROTECT, related_name="+", null=True
    )
    payment = models.ForeignKey("payments.Payment", on_delete=models.PROTECT, related_name="+", null=True)
    refund = models.ForeignKey("payments.Refund", on_delete=models.PROTECT, related_name="+", null=True)
    session = models.ForeignKey("payments.CashSession", on_delete=models.PROTECT, related_name="+", null=True)
    line = models.ForeignKey("payments.StatementLine", on_delete=models.PROTECT, related_name="+", null=True)
    note = models.CharField(max_length=400, blank=True)

    app_role_privileges: ClassVar = ("SELECT", "INSERT")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="ledger_amount_not_zero"),
            models.CheckConstraint(condition=Q(account__in=Account.values), name="ledger_account_known"),
            models.CheckConstraint(condition=Q(kind__in=BookingKind.values), name="ledger_kind_known"),
        ]
        indexes = [
            models.Index(fields=["transaction"], name="ledger_transaction"),
            models.Index(fields=["agency", "account", "at"], name="ledger_balance"),
            models.Index(fields=["fee"], name="ledger_fee", condition=Q(fee__isnull=False)),
            models.Index(fields=["session"], name="ledger_session", condition=Q(session__isnull=False)),
        ]
