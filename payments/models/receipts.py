"""Money that was taken. Rows are added and never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from payments.choices import LONGEST_NAME, Method
from portal.core import ids
from portal.core.counters import Book


class Receipt(models.Model):
    """Biên lai: one per paid fee, numbered without gaps in the yearly book of the agency that took the money.

    The book is that of the agency's code at the time, so an agency that is given another code begins another
    book. Names and lines are frozen as printed. `slip`: the number on the card terminal's slip. Without
    `issued_by` the portal itself issued it. Source of the yearly numbering and of what a receipt says:
    Decree 123/2020/NĐ-CP on invoices and documents, the part on receipts for charges and fees.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    agency_code = models.CharField(max_length=35)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    fee = models.OneToOneField("dossiers.Fee", on_delete=models.PROTECT, related_name="receipt")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="receipts")
    transaction = models.UUIDField(unique=True)
    amount = models.PositiveBigIntegerField()
    lines = models.JSONField()
    method = models.CharField(max_length=8, choices=Method.choices)
    payment = models.OneToOneField(
        "payments.Payment", on_delete=models.PROTECT, related_name="receipt", null=True
    )
    session = models.ForeignKey(
        "payments.CashSession", on_delete=models.PROTECT, related_name="receipts", null=True
    )
    slip = models.CharField(max_length=40, blank=True)
    payer_name = models.CharField(max_length=LONGEST_NAME)
    agency_name = models.CharField(max_length=200)
    parent_agency_name = models.CharField(max_length=200, blank=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        "accounts.Membership", on_delete=models.PROTECT, related_name="+", null=True
    )
    issued_by_name = models.CharField(max_length=200)

    app_role_privileges: ClassVar = ("SELECT", "INSERT")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_code", "year", "number"], name="receipt_number_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="receipt_number_from_one"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="receipt_amount_positive"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="receipt_method_known"),
        ]

    @property
    def book(self) -> Book:
        """The gapless register it stands in."""
        return Book(self.agency_code, "receipt", self.year)

    @property
    def number_text(self) -> str:
        """As printed: seven digits."""
        return f"{self.number:07d}"

    @property
    def sign(self) -> str:
        """Which book the number belongs to, as printed beside it."""
        return self.book.sign
