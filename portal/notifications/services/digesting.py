"""One e-mail a day for those who asked for it, instead of one for each notice."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from portal.core import clock
from portal.core.locking import durable, lock_rows
from portal.core.templatetags.formats import vn_day
from portal.notifications.choices import DeliveryStatus, Hold
from portal.notifications.digests import build_event_key, find_last_round
from portal.notifications.events import NoticeEvent, notice_events
from portal.notifications.models import Delivery, Message
from portal.notifications.notice import Notice
from portal.notifications.rendering import render_notice
from portal.notifications.services.recording import record_notices

DIGEST: Final = "account.digest"
PEOPLE: Final = 200

notice_events.register(
    DIGEST,
    NoticeEvent(
        sample={
            "recipient_name": "Nguyễn Thị Hạnh",
            "day": "23/11/2026",
            "items": "Hồ sơ H13.36.01-261123-0014 đã được tiếp nhận\nHồ sơ của bạn đã được tiếp nhận.",
            "inbox_url": "https://dichvucong.example.vn/accounts/notices/",
            "settings_url": "https://dichvucong.example.vn/accounts/notices/settings/",
        },
        channels=("email",),
        group="account",
    ),
)


def send_digests_due() -> int:
    """Record the e-mail of the day of everybody whose waiting notices are older than the last 18:00.

    Exactly one a person and day, with two beats and after hours without any: who comes second waits for the
    rows of the first, and then finds them gone or the day's e-mail there. Returns how many were recorded.
    """
    due = _held().filter(message__created_at__lt=find_last_round(clock.now()))
    people = due.order_by("message__user_id").values_list("message__user_id", flat=True).distinct()
    return sum(_send_one(user_id) for user_id in people[:PEOPLE] if user_id)


def _held() -> QuerySet[Delivery]:
    return Delivery.objects.filter(status=DeliveryStatus.PENDING, hold=Hold.DIGEST, channel="email")


def _send_one(user_id: UUID) -> bool:
    """Locks the person's waiting deliveries. What comes later than the day's e-mail waits for the next day's."""
    with durable():
        waiting = lock_rows(_held().filter(message__user_id=user_id))
        now = clock.now()
        key = build_event_key(user_id, now)
        if not waiting or Message.objects.filter(event_key=key).exists():
            return False
        ids = [delivery.message_id for delivery in waiting]
        record_notices(
            [_build_notice(list(Message.objects.filter(pk__in=ids).order_by("created_at")), key, now)]
        )
        Delivery.objects.filter(pk__in=[delivery.pk for delivery in waiting]).update(
            status=DeliveryStatus.DELIVERED, delivered_at=now
        )
    return True


def _build_notice(messages: Sequence[Message], key: str, now: datetime) -> Notice:
    """To the newest address, in the newest language."""
    last = messages[-1]
    with translation.override(last.language):
        day = vn_day(now)
    return Notice(
        event=DIGEST,
        event_key=key,
        recipient_key=last.recipient_key,
        email=last.address.get("email") or None,
        user_id=last.user_id,
        language=last.language,
        context={
            "recipient_name": last.context.get("recipient_name"),
            "day": day,
            "items": "\n\n".join(_build_item(message) for message in messages),
            "inbox_url": urljoin(settings.PUBLIC_URL, reverse("notifications:inbox")),
            "settings_url": urljoin(settings.PUBLIC_URL, reverse("notifications:settings")),
        },
    )


def _build_item(message: Message) -> str:
    text = render_notice(message.event, "inapp", message.context, message.language)
    return f"{text.subject}\n{text.body}"
