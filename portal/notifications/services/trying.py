"""An admin sends a text that is not saved yet to the own address, to see it arrive."""

from typing import Final
from uuid import UUID, uuid4

from portal.core.locking import durable
from portal.notifications.channels import channels
from portal.notifications.events import NoticeEvent, notice_events
from portal.notifications.notice import Notice
from portal.notifications.rendering import fill_written, render_shipped
from portal.notifications.services.recording import record_notices
from portal.notifications.textrules import Draft
from portal.notifications.whitelist import EDITABLE

SAMPLE: Final = {"subject": "Hồ sơ của bạn đã được tiếp nhận", "body": "Hồ sơ của bạn đã được tiếp nhận."}

for _channel in EDITABLE:
    _event = NoticeEvent(sample=SAMPLE, channels=(_channel,), urgent=True, group="account")
    notice_events.register(f"account.trial_{_channel}", _event)


def send_trial(draft: Draft, *, user_id: UUID, email: str | None, phone: str | None) -> bool:
    """Record the draft, filled with the event's sample, for its author alone; False where no channel reaches them."""
    sample = notice_events.get(draft.event).sample
    text = fill_written(draft.event, draft.channel, draft.subject, draft.body, sample)
    subject = text.subject or render_shipped(draft.event, draft.channel, sample, draft.language).subject
    notice = Notice(
        event=f"account.trial_{draft.channel}",
        event_key=f"trial:{uuid4()}",
        recipient_key=f"user:{user_id}",
        context={"subject": subject, "body": text.body},
        email=email,
        phone=phone,
        user_id=user_id,
        language=draft.language,
    )
    if draft.channel not in channels or not channels.get(draft.channel).reaches(notice):
        return False
    with durable():
        record_notices([notice])
    return True
