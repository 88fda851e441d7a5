"""A gateway's own message: heard in the documented order, answered always, kept whatever it says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import structlog
from django.db import DatabaseError

from payments.gateways.base import BadSignature, Reply, ServerMessage, parse_query
from payments.gateways.registry import gateways
from payments.models import Payment
from payments.online import reads as attempt_reads
from payments.online.attempts import Applied, Source
from payments.services import events
from payments.services.accounts import find_by_merchant
from payments.services.verdicts import apply_verdict
from portal.core import throttle
from portal.core.errors import NotFound, RateLimited

FORGED = throttle.Limit("payment-forged", hits=60, window_s=60)
"""Messages with a false signature from one address that are still written down."""

_REPLY_OF: Mapping[Applied, Reply] = {Applied.UNCHANGED: Reply.ALREADY_CONFIRMED}
logger = structlog.get_logger(__name__)


def take_server_message(gateway_key: str, query: str, *, client_ip: str = "") -> dict[str, str]:
    """The gateway's own message (VNPAY: IPN); returns the words it reads as JSON, always with status 200.

    Looked at in the documented order: signature, reference, amount, status. A repeat changes nothing and is told so.
    Any fault, the database away among them, answers "error" with nothing half-written, so that the gateway sends
    again. `query` is the raw query string. Raises NotFound for a gateway that does not exist; nothing else.
    Source: VNPAY 2.1.0, "IPN URL".
    """
    if gateway_key not in gateways:
        raise NotFound
    try:
        reply = _judge(gateway_key, query, client_ip)
    except Exception:  # the edge to the gateway: whatever broke, it must send again
        logger.exception("payment_message_failed", gateway=gateway_key)
        reply = Reply.ERROR
    return gateways.get(gateway_key).build_reply(reply)


def read_message(gateway_key: str, query: str) -> ServerMessage:
    """A message with a true signature of a merchant that is ours, by the browser or by itself. Raises BadSignature."""
    gateway = gateways.get(gateway_key)
    return gateway.read_server_message(parse_query(query), partial(find_by_merchant, gateway_key))


def keep_forged(gateway_key: str, source: Source, query: str, client_ip: str) -> None:
    """Write down a message that nobody signed; what one address floods us with is answered and forgotten."""
    try:
        throttle.hit(FORGED, client_ip)
    except RateLimited:
        return
    events.keep(gateway_key, source, verdict=Reply.BAD_SIGNATURE, content={"query": query})


def _judge(gateway_key: str, query: str, client_ip: str) -> Reply:
    try:
        message = read_message(gateway_key, query)
    except BadSignature as refusal:
        logger.warning("payment_message_forged", gateway=gateway_key, why=str(refusal))
        keep_forged(gateway_key, Source.IPN, query, client_ip)
        return Reply.BAD_SIGNATURE
    payment = attempt_reads.find_by_reference(gateway_key, message.contract.merchant, message.reference)
    if payment is None:
        return _refuse(gateway_key, message, Reply.UNKNOWN_REFERENCE)
    is_wrong = message.verdict.amount != payment.amount
    if is_wrong and not message.verdict.is_paid:
        return _refuse(gateway_key, message, Reply.WRONG_AMOUNT, payment)
    try:
        applied = apply_verdict(payment.pk, message.verdict, Source.IPN, message.content)
    except Exception:
        _note_fault(gateway_key, message, payment)
        raise
    return Reply.WRONG_AMOUNT if is_wrong else _REPLY_OF.get(applied, Reply.CONFIRMED)


def _refuse(gateway_key: str, message: ServerMessage, reply: Reply, payment: Payment | None = None) -> Reply:
    events.keep(
        gateway_key,
        Source.IPN,
        verdict=reply,
        content=message.content,
        payment_id=payment.pk if payment else None,
        reference=message.reference,
    )
    return reply


def _note_fault(gateway_key: str, message: ServerMessage, payment: Payment) -> None:
    """The message is kept even where it could not be taken, unless the database itself is away."""
    try:
        _refuse(gateway_key, message, Reply.ERROR, payment)
    except DatabaseError:
        logger.warning("payment_message_not_kept", payment=str(payment.pk))
