"""Reads of the inbox and of what could not be sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.core.errors import NotFound
from portal.notifications.canaries import Overdue, list_overdue
from portal.notifications.choices import DeliveryStatus
from portal.notifications.fates import NoticeFate, list_of_subject
from portal.notifications.flags import Flag, list_flags
from portal.notifications.models import Delivery, Message
from portal.notifications.rendering import render_notice

__all__ = [
    "Flag",
    "InboxItem",
    "InboxPage",
    "NoticeFate",
    "Overdue",
    "access_notice",
    "count_unread",
    "list_failed",
    "list_flags",
    "list_inbox",
    "list_of_subject",
    "list_overdue",
]

PAGE = 20
MOST_COUNTED = 100


@dataclass(frozen=True)
class InboxItem:
    """One notice as its owner reads it. link: the dossier itself, else its tracking page."""

    id: UUID
    title: str
    text: str
    link: str
    created_at: datetime
    is_read: bool


@dataclass(frozen=True)
class InboxPage:
    items: tuple[InboxItem, ...]
    next_before: UUID | None


def list_inbox(user_id: UUID, *, before: UUID | None = None, limit: int = PAGE) -> InboxPage:
    """List a person's notices, newest first, older than the notice ``before``; NotFound on a foreign one."""
    inbox = _inbox(user_id)
    if before is not None:
        last = access_notice(user_id, before)
        inbox = inbox.filter(
            Q(created_at__lt=last.created_at) | Q(created_at=last.created_at, id__lt=last.pk)
        )
    rows = list(inbox.order_by("-created_at", "-id")[: limit + 1])
    shown = rows[:limit]
    return InboxPage(
        items=tuple(_build_item(message) for message in shown),
        next_before=shown[-1].pk if len(rows) > limit else None,
    )


def count_unread(user_id: UUID) -> int:
    """Count a person's unread notices, up to 100 (a badge shows "99+")."""
    return _inbox(user_id).filter(read_at=None)[:MOST_COUNTED].count()


def access_notice(user_id: UUID, message_id: UUID) -> Message:
    """Return a notice of this person's inbox; raises NotFound for any other."""
    message = _inbox(user_id).filter(pk=message_id).first()
    if message is None:
        raise NotFound
    return message


def list_told(event_keys: Iterable[str]) -> frozenset[str]:
    """Those of these events that somebody was told of already. One query."""
    rows = Message.objects.filter(event_key__in=list(event_keys))
    return frozenset(rows.values_list("event_key", flat=True).distinct())


def list_failed(limit: int = 200) -> list[Delivery]:
    """List what could not be sent, newest first, with its message."""
    failed = Delivery.objects.filter(status=DeliveryStatus.FAILED).select_related("message")
    return list(failed.order_by("-pk")[:limit])


def _inbox(user_id: UUID) -> QuerySet[Message]:
    in_app = Delivery.objects.filter(message=OuterRef("pk"), channel="inapp")
    return Message.objects.filter(Exists(in_app), user_id=user_id)


def _build_item(message: Message) -> InboxItem:
    text = render_notice(message.event, "inapp", message.context, message.language)
    return InboxItem(
        id=message.pk,
        title=text.subject,
        text=text.body,
        link=str(message.context.get("dossier_url") or message.context.get("track_url", "")),
        created_at=message.created_at,
        is_read=message.read_at is not None,
    )
