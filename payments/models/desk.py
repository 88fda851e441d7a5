"""The till of one cashier."""

from django.db import models
from django.db.models import F, Q

from payments.choices import LONGEST_NAME
from portal.core import ids


class CashSession(models.Model):
    """From the first money a cashier takes to the count at close. Amounts in đồng.

    `expected` is what the drawer should hold (`opening` + cash in - cash out), frozen at close; `counted` what it
    held, by `notes` ({"500000": 3, …}); `handed_in` what was brought to bank, treasury or the chief cashier; what
    is left is the `opening` of the next session. Cards stand apart: `card_expected` by the receipts, `card_counted`
    by the terminal. `closed_by` is the cashier, or the head who counted for an absent one.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey("accounts.Membership", on_delete=models.PROTECT, related_name="+")
    cashier_name = models.CharField(max_length=LONGEST_NAME)
    opened_at = models.DateTimeField()
    opening = models.PositiveBigIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    expected = models.BigIntegerField(null=True)
    counted = models.PositiveBigIntegerField(null=True)
    notes = models.JSONField(default=dict)
    card_expected = models.PositiveBigIntegerField(null=True)
    card_counted = models.PositiveBigIntegerField(null=True)
    closed_by = models.ForeignKey(
        "accounts.Membership", on_delete=models.PROTECT, related_name="+", null=True
    )
    handed_in = models.PositiveBigIntegerField(default=0)
    handed_in_number = models.CharField(max_length=64, blank=True)
    remark = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(closed_at__isnull=True), name="cash_session_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, expected__isnull=True, counted__isnull=True)
                & Q(card_expected__isnull=True, card_counted__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, expected__isnull=False, counted__isnull=False)
                & Q(card_expected__isnull=False, card_counted__isnull=False, closed_by__isnull=False),
                name="cash_session_counted_at_close",
            ),
            models.CheckConstraint(
                condition=Q(handed_in=0) | Q(handed_in__lte=F("counted")),
                name="cash_session_hands_in_what_it_has",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-opened_at"], name="cash_session_list")]
