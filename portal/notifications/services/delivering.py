"""Send what is due: claim a batch, send with no transaction open, store the outcome."""

import logging
import time
from contextlib import ExitStack
from dataclasses import dataclass, field

from django.db import InterfaceError, OperationalError, connection

from portal.core.errors import ExternalServiceError
from portal.notifications.channels import Outgoing, Send, channels
from portal.notifications.models import Delivery
from portal.notifications.rendering import render_notice
from portal.notifications.services import claiming

logger = logging.getLogger(__name__)

STORE_TRIES = 5
STORE_WAIT_S = 1.0


@dataclass
class Round:
    """One call of ``deliver_due``: its end (monotonic seconds), its senders and its tally."""

    until: float
    delivered: int = 0
    failed: int = 0
    senders: dict[str, Send] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.until


def deliver_due(*, budget_s: float = 20.0) -> Round:
    """Send what is due, in batches of 20, for about ``budget_s`` seconds at most.

    Safe to run any number of times at once: each delivery is leased by one worker. Sends at
    least once; a repeat after a crash in the send window carries the same reference.
    """
    now_round = Round(until=time.monotonic() + budget_s)
    claiming.reclaim_expired()
    with ExitStack() as stack:
        while not now_round.is_over:
            batch = claiming.claim_batch()
            if not batch.deliveries:
                break
            _deliver_batch(batch, now_round, stack)
    return now_round


def _deliver_batch(batch: claiming.Batch, now_round: Round, stack: ExitStack) -> None:
    try:
        for delivery in batch.deliveries:
            if now_round.is_over:
                break
            if claiming.begin(delivery):
                _deliver(delivery, now_round, stack)
    finally:
        claiming.release(batch.lease)


def _deliver(delivery: Delivery, now_round: Round, stack: ExitStack) -> None:
    try:
        outgoing = _build_outgoing(delivery)
        _sender(delivery.channel, now_round, stack)(outgoing)
    except ExternalServiceError as error:
        _store_failure(delivery, error.code, now_round, permanent=error.permanent)
    except Exception:
        # The edge of the task: one message that cannot be rendered or sent must not stop the rest.
        logger.exception("Delivery %s could not be made", delivery.reference)
        _store_failure(delivery, "fault", now_round, permanent=False)
    else:
        _store_delivered(delivery, now_round)


def _build_outgoing(delivery: Delivery) -> Outgoing:
    message = delivery.message
    text = render_notice(message.event, delivery.channel, message.context, message.language)
    return Outgoing(
        reference=delivery.reference, address=message.address, subject=text.subject, body=text.body
    )


def _sender(key: str, now_round: Round, stack: ExitStack) -> Send:
    if key not in now_round.senders:
        connect = channels.get(key).connect
        if connect is None:
            raise LookupError(f"Channel {key} has no sender")
        now_round.senders[key] = stack.enter_context(connect())
    return now_round.senders[key]


def _store_failure(delivery: Delivery, code: str, now_round: Round, *, permanent: bool) -> None:
    now_round.failed += claiming.store_failure(delivery, code, permanent=permanent)


def _store_delivered(delivery: Delivery, now_round: Round) -> None:
    """Store with patience: the text has left, and a database that restarts must not make it leave twice."""
    for left in reversed(range(STORE_TRIES)):
        try:
            now_round.delivered += claiming.store_delivered(delivery)
        except (OperationalError, InterfaceError):
            if not left:
                raise
            connection.close()
            time.sleep(STORE_WAIT_S)
        else:
            return
