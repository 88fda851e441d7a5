"""What people are told about their account through the outbox."""

from django.db import transaction
from django.utils import translation

from portal.accounts.models import User
from portal.core import clock
from portal.core.templatetags.formats import vn_datetime
from portal.notifications.events import NoticeEvent, notice_events
from portal.notifications.services import Notice, record_notices

LOCKED = "account.locked"

notice_events.register(
    LOCKED,
    NoticeEvent(
        sample={"recipient_name": "Nguyễn Thị Mây", "at": "09:58, 02/12/2026", "address": "203.0.113.7"},
        urgent=True,
        group="account",
    ),
)


def tell_locked(user: User, address: str) -> None:
    """Tell the holder that wrong passwords locked the account; only inserts, so it takes no time."""
    moment = clock.now()
    with translation.override(user.language):
        at = vn_datetime(moment)
    notice = Notice(
        event=LOCKED,
        event_key=f"account-locked:{user.pk}:{moment:%Y%m%dT%H%M%S}",
        recipient_key=f"user:{user.pk}",
        email=user.email or None,
        user_id=user.pk,
        language=user.language,
        context={
            "recipient_name": user.full_name,
            "at": at,
            "address": address,
        },
    )
    with transaction.atomic():
        record_notices([notice])
