"""The person's browser comes back from the gateway: shown, never believed."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import structlog

from payments.choices import PaymentStatus
from payments.gateways.base import BadSignature
from payments.gateways.registry import gateways
from payments.models import Payment
from payments.online import attempts
from payments.online import reads as attempt_reads
from payments.online.attempts import Source
from payments.services import events
from payments.services.confirming import keep_forged, read_message
from portal.core import clock
from portal.core.errors import NotFound
from portal.core.locking import durable, lock_rows

logger = structlog.get_logger(__name__)


def note_return(gateway_key: str, query: str, *, client_ip: str = "") -> Payment | None:
    """Which attempt somebody came back from; None where the address was changed or is of no attempt of ours.

    Moves no money and settles nothing: the attempt waits for the gateway's server message, and the gateway is asked
    soon. A replay changes nothing more. Locks the attempt. Raises NotFound for a gateway that does not exist.
    """
    if gateway_key not in gateways:
        raise NotFound
    try:
        message = read_message(gateway_key, query)
    except BadSignature as refusal:
        logger.warning("payment_return_forged", gateway=gateway_key, why=str(refusal))
        keep_forged(gateway_key, Source.RETURN, query, client_ip)
        return None
    found = attempt_reads.find_by_reference(gateway_key, message.contract.merchant, message.reference)
    if found is None or found.returned_at is not None:
        return found
    return _note(found.pk, message.content)


def _note(payment_id: UUID, content: Mapping[str, str]) -> Payment:
    with durable():
        [payment] = lock_rows(Payment.objects.filter(pk=payment_id))
        if payment.returned_at is None:
            now = clock.now()
            payment.returned_at = now
            if payment.status == PaymentStatus.CREATED:
                payment.status = PaymentStatus.PENDING
            if payment.status != PaymentStatus.PAID:
                soon = now + attempts.AFTER_RETURN
                payment.next_ask_at = min(payment.next_ask_at or soon, soon)
            payment.save(update_fields=["returned_at", "status", "next_ask_at"])
            events.keep(
                payment.gateway,
                Source.RETURN,
                verdict=payment.status,
                content=content,
                payment_id=payment.pk,
                reference=payment.reference,
            )
    return payment
