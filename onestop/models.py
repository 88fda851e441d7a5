"""The registers of certifications: a line per original, numbered without gaps, never taken out."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from onestop.choices import CertificationKind
from portal.core import ids
from portal.core.counters import Book
from portal.core.sealed import SealedText
from portal.core.training import mark_number


class CertificationEntry(models.Model):
    """One original in the book of its agency, kind and year, however many copies were certified of it.

    The book is that of the agency's code at the time. What was wrong is struck (`cancelled_at`), never removed
    and never changed; its number is not given again. Names are frozen as stamped, `fee` is this line's part in
    đồng of what was taken. Source: Decree 23/2015/NĐ-CP, books of certification.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    agency_code = models.CharField(max_length=35)
    kind = models.CharField(max_length=12, choices=CertificationKind.choices)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()

    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="certifications")
    result = models.OneToOneField("dossiers.ResultItem", on_delete=models.PROTECT, related_name="book_entry")
    receipt = models.ForeignKey("payments.Receipt", on_delete=models.PROTECT, related_name="+", null=True)

    paper = SealedText()
    pages = models.PositiveIntegerField(null=True)
    copies = models.PositiveSmallIntegerField()
    fee = models.PositiveBigIntegerField()

    signer = models.ForeignKey("accounts.Membership", on_delete=models.PROTECT, related_name="+")
    signer_name = models.CharField(max_length=200)
    signer_title = models.CharField(max_length=120, blank=True)
    signs_for = models.CharField(max_length=5, blank=True)
    certified_at = models.DateTimeField()
    certified_by = models.ForeignKey("accounts.Membership", on_delete=models.PROTECT, related_name="+")

    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(
        "accounts.Membership", on_delete=models.PROTECT, related_name="+", null=True
    )
    cancel_reason = models.CharField(max_length=400, blank=True)

    app_role_privileges: ClassVar = ("SELECT", "INSERT")
    app_role_updatable: ClassVar = ("cancelled_at", "cancelled_by_id", "cancel_reason")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency_code", "kind", "year", "number"], name="certification_number_once"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="certification_number_from_one"),
            models.CheckConstraint(condition=Q(copies__gt=0), name="certification_has_copies"),
            models.CheckConstraint(
                condition=Q(kind__in=CertificationKind.values), name="certification_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True, cancel_reason="")
                | (Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancel_reason="")),
                name="certification_struck_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "kind", "year", "-number"], name="certification_book"),
            models.Index(fields=["agency", "-certified_at"], name="certification_day"),
        ]

    @property
    def book(self) -> Book:
        """The gapless register it stands in."""
        return Book(self.agency_code, f"certification_{self.kind}", self.year)

    @property
    def book_sign(self) -> str:
        """As stamped behind "quyển số"."""
        return mark_number(f"01/{self.year}-{CertificationKind(self.kind).sign}")
