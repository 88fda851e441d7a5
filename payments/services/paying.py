"""An attempt to pay a fee online: begun, committed, and only then does the person leave for the gateway."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from dossiers.choices import END_STATUSES, FeeStatus, Status
from dossiers.precheck import illegal_transition, role_lacking
from dossiers.rights import require_sight
from dossiers.work import write_dossier
from payments import selectors
from payments.choices import LONGEST_NAME, PaymentStatus
from payments.gateways.base import Contract, PaymentRequest
from payments.gateways.registry import gateways
from payments.models import Payment
from payments.online import attempts
from payments.online import reads as attempt_reads
from payments.online.ways import allows_online
from payments.services.accounts import find_contract, open_contract
from portal.accounts.actor import Actor
from portal.core import ids, throttle
from portal.core.errors import Conflict, RuleViolation
from portal.core.locking import lock_rows
from portal.core.text import clean_line

if TYPE_CHECKING:
    from dossiers.models import Fee
    from dossiers.work import Work

PER_PERSON = throttle.Limit("payment-start", hits=20, window_s=600)
PER_LINK = throttle.Limit("payment-link", hits=20, window_s=600)


@dataclass(frozen=True, slots=True)
class Payer:
    """Who is about to pay: a signed-in person (`actor`), or somebody with a link (None).

    `name` goes on the receipt; empty: who filed. `client_ip` is what the gateway is told, `language` vi or en.
    """

    actor: Actor | None = None
    name: str = ""
    client_ip: str | None = None
    language: str = "vi"


def start_payment(fee_id: UUID, *, payer: Payer, gateway: str, replaces: UUID | None = None) -> Payment:
    """Begin an attempt to pay a whole fee at a gateway, committed; `build_departure` says where to go then.

    An attempt that still lives and that nobody came back from is continued: two clicks or two tabs are one attempt.
    `replaces` is the living attempt that the person saw and wants to leave behind. Locks dossier, then fee.

    Raises RateLimited, NotFound, Forbidden (the desk takes money in its own way), Conflict `illegal_transition` (the
    dossier has ended), RuleViolation (`fee_not_open`, `not_online`, `payer_name_too_long`), Conflict
    `payment_unconfirmed` or `payment_elsewhere` (another attempt lives and was not seen). A repeat is harmless.
    """
    _count(fee_id, payer)
    name = _clean_name(payer.name)
    dossier_id, actor = _find_dossier_id(fee_id, payer), payer.actor or Actor.system()
    with write_dossier(dossier_id, actor=actor) as work:
        require_sight(work)
        fee = _lock_open_fee(work, fee_id)
        contract = _find_contract(work, gateway)
        living = _find_living(fee, work.now)
        if living is not None and living.pk != replaces:
            return _continue(living, payer, name, gateway=gateway, amount=fee.amount or 0)
        return _create(work, fee, contract, payer, name)


def build_departure(payment: Payment) -> str:
    """The gateway's address for this attempt; the same each time. `payment` is stored. Two queries."""
    contract = open_contract(payment.account)
    request = PaymentRequest(
        reference=payment.reference,
        amount=payment.amount,
        purpose=f"Nop phi le phi ho so {payment.dossier.code}",
        return_url=urljoin(settings.PUBLIC_URL, reverse("payments:return", args=[payment.gateway])),
        client_ip=payment.client_ip or "127.0.0.1",
        created_at=payment.created_at,
        expires_at=attempts.find_closing(payment.expires_at),
        language=payment.language,
    )
    return gateways.get(payment.gateway).build_payment_url(contract, request)


def _count(fee_id: UUID, payer: Payer) -> None:
    if payer.actor is not None:
        throttle.hit(PER_PERSON, f"user:{payer.actor.user_id}")
    else:
        throttle.hit(PER_LINK, f"fee:{fee_id}")


def _clean_name(typed: str) -> str:
    name = clean_line(typed)
    if len(name) > LONGEST_NAME:
        message = _("Tên người nộp dài quá %(count)d chữ.") % {"count": LONGEST_NAME}
        raise RuleViolation("payer_name_too_long", message, errors={"payer_name": [message]})
    return name


def _find_dossier_id(fee_id: UUID, payer: Payer) -> UUID:
    if payer.actor is None:
        return attempt_reads.open_linked(fee_id).dossier_id
    dossier_id = selectors.access_fee_dossier_id(payer.actor, fee_id)
    if payer.actor.is_officer:
        raise role_lacking()
    return dossier_id


def _lock_open_fee(work: Work, fee_id: UUID) -> Fee:
    dossier = work.dossier
    if dossier.status in END_STATUSES or dossier.status == Status.DRAFT:
        raise illegal_transition(dossier)
    rows = lock_rows(dossier.fees.filter(pk=fee_id))
    if not rows or rows[0].status != FeeStatus.OPEN or not rows[0].amount:
        message = _("Khoản này đã nộp rồi, đã được miễn, hoặc chưa xác định mức thu.")
        raise RuleViolation("fee_not_open", message, errors={"fee": [message]})
    return rows[0]


def _find_contract(work: Work, gateway: str) -> Contract:
    agency = work.dossier.agency
    has_page = gateway in gateways and gateways.get(gateway).has_page
    is_offered = has_page and allows_online(work.dossier)
    contract = find_contract(agency, gateway) if agency and is_offered else None
    if contract is None:
        message = _(
            "Khoản này chưa nộp trực tuyến được bằng cách đã chọn. Hãy chọn cách khác hoặc nộp tại quầy."
        )
        raise RuleViolation("not_online", message, errors={"gateway": [message]})
    return contract


def _find_living(fee: Fee, now: datetime) -> Payment | None:
    """The newest attempt, while it can still be paid or is being confirmed."""
    newest = attempt_reads.find_latest(fee.pk)
    if newest is None or newest.status not in attempts.OPEN:
        return None
    is_pending = newest.status == PaymentStatus.PENDING
    ends = newest.expires_at if is_pending else attempts.find_closing(newest.expires_at)
    return newest if now < ends else None


def _continue(living: Payment, payer: Payer, name: str, *, gateway: str, amount: int) -> Payment:
    """Back to the gateway with the same order: it can be paid once, whoever pays."""
    if living.status == PaymentStatus.PENDING:
        message = _("Lần nộp trước đang được xác nhận. Hãy chờ vài phút rồi tải lại trang, đừng nộp hai lần.")
        raise Conflict("payment_unconfirmed", message, payment=str(living.pk))
    if living.gateway != gateway or living.amount != amount:
        message = _("Khoản này đang được nộp ở nơi khác. Hãy xem lần nộp đó trước khi bắt đầu lần mới.")
        raise Conflict("payment_elsewhere", message, payment=str(living.pk))
    living.payer_name = name
    living.payer_user_id = payer.actor.user_id if payer.actor else None
    living.save(update_fields=["payer_name", "payer_user_id"])
    return living


def _create(work: Work, fee: Fee, contract: Contract, payer: Payer, name: str) -> Payment:
    """Whole seconds: the gateway is told the moment in seconds and asked by it."""
    number, now = ids.uuid7(), work.now.replace(microsecond=0)
    return Payment.objects.create(
        id=number,
        fee=fee,
        dossier=work.dossier,
        account_id=contract.account_id,
        gateway=contract.gateway,
        reference=number.hex,
        amount=fee.amount or 0,
        payer_user_id=payer.actor.user_id if payer.actor else None,
        payer_name=name,
        client_ip=payer.client_ip or None,
        language=payer.language,
        created_at=now,
        expires_at=now + attempts.LIVES_FOR,
        next_ask_at=now + attempts.ASKED_EVERY,
    )
