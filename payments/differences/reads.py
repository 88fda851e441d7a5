"""Reads of differences: of the agency whose money it is, oldest first."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from payments.choices import DifferenceKind
from payments.models import Difference, GatewayAccount, Payment, SettlementFile
from payments.refunds.rights import READERS
from portal.accounts.actor import Actor
from portal.core.errors import NotFound

PAGE = 50
LEDGER = "ledger"
"""Source of differences between our own books."""


def access_difference(actor: Actor, difference_id: UUID) -> Difference:
    """Raises NotFound unless it is of the actor's agency."""
    row = _visible(actor).filter(pk=difference_id).first()
    if row is None:
        raise NotFound
    return row


def list_differences(
    actor: Actor, view: str, *, kind: str = "", before: str = ""
) -> tuple[list[Difference], str]:
    """One page: open ones oldest first, ended ones newest first; and the key of the next page, if any."""
    is_open = view != "ended"
    rows = _visible(actor).filter(ended_at__isnull=is_open)
    if kind in DifferenceKind.values:
        rows = rows.filter(kind=kind)
    if before:
        rows = rows.filter(pk__gt=before) if is_open else rows.filter(pk__lt=before)
    found = list(rows.order_by("pk" if is_open else "-pk")[: PAGE + 1])
    return found[:PAGE], str(found[PAGE - 1].pk) if len(found) > PAGE else ""


def list_mendable(limit: int = 1000) -> list[Difference]:
    """Open differences about a payment that a later message may have mended, with that payment. Two queries."""
    kinds = (
        DifferenceKind.MISSING_HERE, DifferenceKind.STATUS, DifferenceKind.AMOUNT, DifferenceKind.UNANSWERED,
    )  # fmt: skip
    rows = Difference.objects.filter(ended_at=None, kind__in=kinds).exclude(source=LEDGER)
    rows = rows.select_related("payment")
    found = list(rows.order_by("pk")[:limit])
    unnamed = [row.reference for row in found if row.payment is None]
    payments = Payment.objects.filter(reference__in=unnamed) if unnamed else ()
    by_name = {(payment.gateway, payment.reference): payment for payment in payments}
    for row in found:
        row.payment = row.payment or by_name.get((row.source, row.reference))
    return found


def _visible(actor: Actor) -> QuerySet[Difference]:
    rows = Difference.objects.select_related("agency", "payment__dossier", "session", "ended_by__user")
    if not actor.has_role(*READERS) or actor.scope_agency_id is None:
        return rows.none()
    return rows.filter(agency_id=actor.scope_agency_id)


def access_account(actor: Actor, account_id: UUID) -> GatewayAccount:
    """A contract whose settlement files this officer compares. Raises NotFound."""
    row = list_accounts(actor).filter(pk=account_id).first()
    if row is None:
        raise NotFound
    return row


def list_accounts(actor: Actor) -> QuerySet[GatewayAccount]:
    """Contracts of the actor's agency, without what signs; the system sees all."""
    rows = GatewayAccount.objects.select_related("agency").defer("secrets").order_by("gateway", "merchant")
    if actor.is_system:
        return rows
    if not actor.has_role(*READERS) or actor.scope_agency_id is None:
        return rows.none()
    return rows.filter(agency_id=actor.scope_agency_id)


def list_files(actor: Actor, limit: int = 20) -> list[SettlementFile]:
    """The latest compared files of the actor's agency. One query."""
    rows = SettlementFile.objects.select_related("account").filter(
        account__in=list_accounts(actor).values("pk")
    )
    return list(rows.order_by("-imported_at", "-pk")[:limit])


def list_open_references(source: str) -> list[str]:
    """What stands open by this source. One query."""
    rows = Difference.objects.filter(source=source, ended_at=None)
    return list(rows.values_list("reference", flat=True).order_by("pk"))
