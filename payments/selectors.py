"""Reads of fees and receipts. Who may see a dossier may see what was paid for it, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from dossiers.choices import FeeStatus
from dossiers.proposals import has_open_waiver
from dossiers.rights import visible_to
from payments.models import Receipt, Refund
from portal.accounts.actor import Actor
from portal.core.errors import NotFound

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dossiers.models import Dossier, Fee


def list_fees(dossier: Dossier) -> list[Fee]:
    """Fees still in force as their card shows them. One query."""
    return list(_with_all(dossier).exclude(status=FeeStatus.VOID).order_by("assessed_at", "pk"))


def _with_all(dossier: Dossier) -> QuerySet[Fee]:
    """Each with its receipt, whether a waiver waits (`waiver_waits`), and its refunds (`money_back`)."""
    refunds = Refund.objects.filter(fee=OuterRef("pk")).order_by("created_at")
    told = JSONObject(amount="amount", cause="cause", way="way", status="status", paid_at="paid_at")
    return dossier.fees.select_related("receipt").annotate(
        waiver_waits=has_open_waiver(), money_back=ArraySubquery(refunds.values_list(told))
    )


def get_fee(dossier: Dossier, fee_id: UUID) -> Fee:
    """A fee of this dossier, void ones too, as its card shows it. Raises NotFound."""
    fee = _with_all(dossier).filter(pk=fee_id).first()
    if fee is None:
        raise NotFound
    return fee


def access_fee_dossier_id(actor: Actor, fee_id: UUID) -> UUID:
    """The dossier that a fee belongs to. Raises NotFound unless the actor may see it."""
    found = visible_to(actor).filter(fees=fee_id).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound
    return found


def find_receipt(dossier: Dossier, fee_id: UUID) -> Receipt | None:
    """The receipt of one fee of a dossier."""
    return Receipt.objects.filter(dossier=dossier, fee=fee_id).first()


def list_receipts(dossier: Dossier) -> list[Receipt]:
    """What was taken for a dossier, oldest first. One query."""
    return list(Receipt.objects.filter(dossier=dossier).order_by("issued_at", "pk"))


def access_receipt(actor: Actor, receipt_id: UUID) -> Receipt:
    """A receipt with dossier and procedure. Raises NotFound unless the actor may see the dossier."""
    receipt = (
        Receipt.objects.select_related("dossier__procedure")
        .filter(pk=receipt_id, dossier__in=visible_to(actor).values("pk"))
        .first()
    )
    if receipt is None:
        raise NotFound
    return receipt
