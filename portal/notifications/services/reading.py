"""A person marks notices of the own inbox as read. A repeat is harmless: the first time stays."""

from uuid import UUID

from portal.core import clock
from portal.notifications.models import Message
from portal.notifications.selectors import access_notice


def mark_read(user_id: UUID, message_id: UUID) -> None:
    """Mark one notice as read. Raises NotFound when it is not in this person's inbox."""
    message = access_notice(user_id, message_id)
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=clock.now())


def mark_all_read(user_id: UUID) -> int:
    """Mark the whole inbox as read; return how many were new."""
    return Message.objects.filter(user_id=user_id, read_at=None).update(read_at=clock.now())
