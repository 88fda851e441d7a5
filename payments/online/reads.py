"""Reads of attempts to pay, and of the fee behind a link."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from dossiers.choices import Status
from dossiers.rights import visible_to
from payments.models import Payment
from payments.selectors import get_fee
from portal.accounts.actor import Actor
from portal.core.errors import NotFound

if TYPE_CHECKING:
    from dossiers.models import Dossier, Fee


def find_latest(fee_id: UUID) -> Payment | None:
    """The newest attempt to pay a fee. One query."""
    return Payment.objects.filter(fee=fee_id).order_by("-created_at", "-pk").first()


def list_of_fee(fee_id: UUID) -> list[Payment]:
    """Attempts to pay a fee, newest first. One query."""
    return list(Payment.objects.filter(fee=fee_id).order_by("-created_at", "-pk"))


def list_of_dossier(dossier: Dossier) -> list[Payment]:
    """Attempts to pay any fee of a dossier, newest first. One query."""
    return list(Payment.objects.filter(dossier=dossier).order_by("-created_at", "-pk"))


def find_by_reference(gateway: str, merchant: str, reference: str) -> Payment | None:
    """The attempt that a gateway names, if it was made under that contract."""
    found = Payment.objects.filter(gateway=gateway, reference=reference, account__merchant=merchant)
    return found.select_related("account").first()


def get_dossier_id(payment_id: UUID) -> UUID:
    """The dossier an attempt belongs to. Raises NotFound."""
    found = Payment.objects.filter(pk=payment_id).values_list("dossier_id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def can_see(actor: Actor, payment: Payment) -> bool:
    """May this person see the dossier of the attempt?"""
    return visible_to(actor).filter(pk=payment.dossier_id).exists()


def open_linked(fee_id: UUID) -> Fee:
    """A fee that somebody has a link for, with its dossier, procedure and agency. Raises NotFound for drafts.

    The link is the right; who uses it sees nothing else of the dossier.
    """
    filed = visible_to(Actor.system()).exclude(status=Status.DRAFT)
    dossier = filed.select_related("procedure", "agency").filter(fees=fee_id).first()
    if dossier is None:
        raise NotFound
    fee = get_fee(dossier, fee_id)
    fee.dossier = dossier
    return fee
