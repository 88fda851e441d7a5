"""What the people who run the portal see of the outbox: counts, what is stuck, why. Never an address in full."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext as _

from portal.core import clock
from portal.notifications.canaries import ARRIVES_WITHIN
from portal.notifications.channels import channels
from portal.notifications.choices import DeliveryStatus
from portal.notifications.fates import CHANNEL_WORDS, describe_fate, find_address, read_way
from portal.notifications.models import Canary, Delivery
from portal.notifications.reasons import describe_error
from portal.notifications.rendering import render_subject

PAGE: Final = 50
STUCK_AFTER: Final = timedelta(minutes=10)
_OPEN: Final = (DeliveryStatus.PENDING, DeliveryStatus.SENDING, DeliveryStatus.FAILED)


@dataclass(frozen=True, slots=True)
class ChannelState:
    """One channel now. `oldest_at`: since when its oldest open notice waits; `canary`: how its last trial went."""

    key: str
    label: str
    waiting: int = 0
    sending: int = 0
    held: int = 0
    failed: int = 0
    oldest_at: datetime | None = None
    canary: str = ""
    canary_kind: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why deliveries of one channel failed, and how many."""

    channel: str
    channel_label: str
    code: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """One delivery that failed or waits too long; `address` is masked."""

    id: int
    reference: str
    title: str
    event: str
    channel_label: str
    address: str
    fate: str
    kind: str
    attempts: int
    created_at: datetime
    is_failed: bool


def list_channels() -> tuple[ChannelState, ...]:
    """Every channel with what is open in it. Two queries, both over partial indexes of open rows."""
    rows = (
        Delivery.objects.filter(status__in=_OPEN)
        .values("channel")
        .annotate(
            waiting=Count("pk", filter=Q(status=DeliveryStatus.PENDING, hold="")),
            sending=Count("pk", filter=Q(status=DeliveryStatus.SENDING)),
            held=Count("pk", filter=Q(status=DeliveryStatus.PENDING) & ~Q(hold="")),
            failed=Count("pk", filter=Q(status=DeliveryStatus.FAILED)),
            oldest_at=Min("message__created_at", filter=~Q(status=DeliveryStatus.FAILED)),
        )
    )
    counted: dict[str, dict[str, Any]] = {
        row["channel"]: {name: value for name, value in row.items() if name != "channel"} for row in rows
    }
    trials = {trial.channel: trial for trial in _last_trials()}
    return tuple(
        ChannelState(
            key, str(CHANNEL_WORDS.get(key, key)), **counted.get(key, {}), **_describe_trial(trials.get(key))
        )
        for key in channels
    )


def list_reasons() -> tuple[Reason, ...]:
    """Why deliveries failed, the most frequent first. One query."""
    rows = Delivery.objects.filter(status=DeliveryStatus.FAILED).values("channel", "last_error")
    return tuple(
        Reason(
            row["channel"],
            str(CHANNEL_WORDS.get(row["channel"], row["channel"])),
            row["last_error"],
            describe_error(row["last_error"]) or _("không rõ"),
            row["count"],
        )
        for row in rows.annotate(count=Count("pk")).order_by("-count", "channel", "last_error")[:PAGE]
    )


def list_troubles(
    *, channel: str = "", code: str = "", before: int | None = None
) -> tuple[tuple[Trouble, ...], int | None]:
    """What failed or waits too long, newest first, and the id to go on from. One query."""
    rows = _troubled(clock.now())
    if channel:
        rows = rows.filter(channel=channel)
    if code:
        rows = rows.filter(last_error=code)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("message").order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    return tuple(_build(row) for row in shown), shown[-1].pk if len(found) > PAGE else None


def mask_address(address: str) -> str:
    """Enough to recognise it, not enough to write to it: "h…@example.vn", "…567"."""
    name, at, domain = address.partition("@")
    if at:
        return f"{name[:1]}…@{domain}"
    return f"…{address[-3:]}" if address else ""


def _troubled(now: datetime) -> QuerySet[Delivery]:
    """Failed, or pending well past its time, or tried and put back."""
    late = Q(not_before__lt=now - STUCK_AFTER) | ~Q(last_error="")
    return Delivery.objects.filter(
        Q(status=DeliveryStatus.FAILED) | (Q(status=DeliveryStatus.PENDING, hold="") & late)
    )


def _build(row: Delivery) -> Trouble:
    message = row.message
    kind, fate, _at = describe_fate(read_way(row), None)
    return Trouble(
        id=row.pk,
        reference=row.reference,
        title=render_subject(message.event, message.context, message.language),
        event=message.event,
        channel_label=str(CHANNEL_WORDS.get(row.channel, row.channel)),
        address=mask_address(find_address(message.address, row.channel)),
        fate=fate,
        kind=kind,
        attempts=row.attempts,
        created_at=message.created_at,
        is_failed=row.status == DeliveryStatus.FAILED,
    )


def _last_trials() -> Iterable[Canary]:
    return Canary.objects.order_by("channel", "-hour").distinct("channel")


def _describe_trial(trial: Canary | None) -> dict[str, Any]:
    if trial is None:
        return {"canary": _("Chưa thử"), "canary_kind": ""}
    if trial.error:
        return {
            "canary": _("Hỏng: %(reason)s") % {"reason": describe_error(trial.error)},
            "canary_kind": "late",
        }
    if trial.arrived_at is None:
        is_lost = trial.hour < clock.now() - ARRIVES_WITHIN
        words = _("Không đến nơi") if is_lost else _("Đang chờ đến")
        return {"canary": words, "canary_kind": "late" if is_lost else "warn"}
    return {"canary": _("Đến nơi"), "canary_kind": "done"}
