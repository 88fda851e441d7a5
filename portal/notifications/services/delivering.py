"""Send what is due: claim a batch, send with no transaction open, store the outcome."""

import logging
import time
from contextlib import ExitStack
from dataclasses import dataclass, field

from django.db import Error, connection

from portal.core.errors import ExternalServiceError
from portal.core.locking import is_away
from portal.notifications.channels import Outgoing, Send, channels
from portal.notifications.channels.base import NotTaken, PerhapsTaken
from portal.notifications.choices import FlagReason
from portal.notifications.models import Delivery
from portal.notifications.reasons import is_bad_address
from portal.notifications.rendering import render_notice
from portal.notifications.services import claiming, settling
from portal.notifications.services.flagging import clear_flags, flag_delivery
from portal.notifications.services.settling import Outcome
from portal.notifications.services.waking import wake

logger = logging.getLogger(__name__)

STORE_TRIES = 5
STORE_WAIT_S = 1.0
# Leases are held on before they are this old: the longest conversation still fits into the rest of them.
HOLD_ON_AFTER_S = 2.0
NOT_ON_ZALO = "not_on_zalo"


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


@dataclass
class Work:
    """One batch in hand: what was taken and is not stored yet, and until when its lease is trusted unasked."""

    batch: claiming.Batch
    taken: list[Outcome] = field(default_factory=list)
    mailed: list[Delivery] = field(default_factory=list)
    held_at: float = field(default_factory=time.monotonic)


def deliver_due(*, budget_s: float = 20.0) -> Round:
    """Send what is due, in batches of 20, for about ``budget_s`` seconds at most.

    Safe to run any number of times at once: each delivery is leased by one worker. Sends at
    least once; a repeat after a crash in the send window carries the same reference.
    """
    now_round = Round(until=time.monotonic() + budget_s)
    claiming.reclaim_expired()
    is_first = True
    with ExitStack() as stack:
        while not now_round.is_over:
            batch = claiming.claim_batch()
            if not batch.found:
                break
            if is_first and batch.found == claiming.BATCH:
                wake()  # there is more than one batch: another free worker may help
            is_first = False
            _deliver_batch(Work(batch), now_round, stack)
    return now_round


def _deliver_batch(work: Work, now_round: Round, stack: ExitStack) -> None:
    """What is left when the time is over, or when something breaks, goes back as it was."""
    waiting = list(work.batch.deliveries)
    try:
        while waiting and not now_round.is_over:
            delivery = waiting.pop(0)
            if _is_still_ours(delivery, work, now_round):
                _deliver(delivery, work, now_round, stack)
    finally:
        _store_taken(work, now_round)
        clear_flags(
            work.mailed, reasons=(FlagReason.REFUSED,)
        )  # a server that takes mail again has mended it
        if waiting:
            claiming.release(work.batch.lease, waiting, work.batch.bound)


def _is_still_ours(delivery: Delivery, work: Work, now_round: Round) -> bool:
    """A suspect begins alone, when all before it is stored; for the others the lease is held on."""
    if delivery.begun_at is None:
        _store_taken(work, now_round)
        return claiming.begin(delivery)
    if time.monotonic() - work.held_at < HOLD_ON_AFTER_S:
        return True
    _store_taken(work, now_round)
    held = claiming.renew(work.batch.lease)
    work.held_at = time.monotonic()
    return delivery.pk in held


def _deliver(delivery: Delivery, work: Work, now_round: Round, stack: ExitStack) -> None:
    try:
        outgoing = _build_outgoing(delivery, is_bound=delivery.pk in work.batch.bound)
        taken = _sender(delivery.channel, now_round, stack)(outgoing)
    except ExternalServiceError as error:
        _store_failure(delivery, error, now_round)
    except Exception:
        # The edge of the task: one message that cannot be rendered or sent must not stop the rest.
        logger.exception("Delivery %s could not be made", delivery.reference)
        _store_failure(delivery, NotTaken("fault"), now_round)
    else:
        work.taken.append((delivery, taken))
        if not channels.get(delivery.channel).knows_repeats or delivery.lost_leases:
            _store_taken(work, now_round)


def _build_outgoing(delivery: Delivery, *, is_bound: bool) -> Outgoing:
    message, channel = delivery.message, channels.get(delivery.channel)
    words = channel.pick_words(message.context)
    subject = body = ""
    if channel.has_text:
        text = render_notice(message.event, delivery.channel, words, message.language)
        subject, body = text.subject, text.body
    return Outgoing(
        reference=delivery.reference,
        address=message.address,
        subject=subject,
        body=body,
        event=message.event,
        context=words,
        language=message.language,
        provider=delivery.provider,
        is_bound=is_bound,
        note_provider=lambda provider: _note_provider(delivery, provider),
    )


def _note_provider(delivery: Delivery, provider: str) -> None:
    if not claiming.note_provider(delivery, provider):
        raise NotTaken("lease_lost")


def _sender(key: str, now_round: Round, stack: ExitStack) -> Send:
    if key not in now_round.senders:
        connect = channels.get(key).connect
        if connect is None:
            raise LookupError(f"Channel {key} has no sender")
        now_round.senders[key] = stack.enter_context(connect())
    return now_round.senders[key]


def _store_failure(delivery: Delivery, error: ExternalServiceError, now_round: Round) -> None:
    is_taken_perhaps = isinstance(error, PerhapsTaken)
    stored = settling.store_failure(
        delivery, error.code, permanent=error.permanent, is_taken_perhaps=is_taken_perhaps
    )
    now_round.failed += stored
    if stored and error.permanent and is_bad_address(error.code) and error.code != NOT_ON_ZALO:
        flag_delivery(delivery, _read_reason(delivery, error.code), error.code)


def _read_reason(delivery: Delivery, code: str) -> str:
    is_number = channels.get(delivery.channel).is_phone and code != "refused"
    return FlagReason.NO_SUCH_NUMBER if is_number else FlagReason.REFUSED


def _store_taken(work: Work, now_round: Round) -> None:
    """Store with patience: the texts have left, and a database that restarts must not make them leave twice."""
    outcomes, work.taken = work.taken, []
    if not outcomes:
        return
    for left in reversed(range(STORE_TRIES)):
        try:
            stored = settling.store_delivered(outcomes)
        except Error as error:
            if not left or not is_away(error):
                raise
            connection.close()
            time.sleep(STORE_WAIT_S)
        else:
            now_round.delivered += len(stored)
            done = [delivery for delivery, _taken in outcomes if delivery.pk in stored]
            work.mailed += [delivery for delivery in done if delivery.channel == "email"]
            return
