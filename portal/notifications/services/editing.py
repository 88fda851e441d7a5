"""Admins write texts over the shipped ones. Versions are added, never changed."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.audit import services as audit
from portal.core import clock
from portal.core.errors import Conflict, NotFound, RuleViolation
from portal.core.jsontypes import JsonObject
from portal.core.locking import durable
from portal.core.text import clean_line, clean_text
from portal.notifications import overrides
from portal.notifications.events import notice_events
from portal.notifications.models import NoticeTemplate
from portal.notifications.textrules import Draft, find_faults
from portal.notifications.whitelist import EDITABLE


def write_text(draft: Draft, *, agency_id: int | None, seen: int, author_id: UUID) -> NoticeTemplate:
    """Add the next version of a text; it counts at once here, within seconds elsewhere.

    `seen`: the newest number its author had before the eyes (0: none). Raises NotFound for an unknown event or
    channel, RuleViolation with sentences per field, Conflict `text_changed` when somebody saved meanwhile.
    """
    if draft.event not in notice_events or draft.channel not in EDITABLE:
        raise NotFound
    clean = Draft(
        draft.event, draft.channel, draft.language, clean_line(draft.subject), clean_text(draft.body).strip()
    )
    faults = find_faults(clean)
    if faults:
        raise RuleViolation("notice_text", _("Chưa lưu được. Hãy sửa chỗ được chỉ ra."), errors=faults)
    return _add(clean, agency_id=agency_id, seen=seen, author_id=author_id, action="notice.text")


def restore_text(template_id: int, *, seen: int, author_id: UUID) -> NoticeTemplate:
    """Put an older version into force again, as a new one. Raises as `write_text`."""
    old = NoticeTemplate.objects.filter(pk=template_id).first()
    if old is None:
        raise NotFound
    draft = Draft(old.event, old.channel, old.language, old.subject, old.body)
    faults = find_faults(draft)
    if faults:
        raise RuleViolation(
            "notice_text", _("Bản cũ này không còn dùng được. Hãy sửa rồi lưu."), errors=faults
        )
    return _add(draft, agency_id=old.agency_id, seen=seen, author_id=author_id, action="notice.text_restored")


def switch_off_text(
    event: str, channel: str, language: str, *, agency_id: int | None, author_id: UUID
) -> int:
    """Go back to the shipped text (an agency: to the province's); the versions stay and can be restored."""
    rows = NoticeTemplate.objects.filter(
        event=event, channel=channel, language=language, agency_id=agency_id, is_active=True
    )
    with durable():
        count = rows.update(is_active=False)
        if count:
            detail: JsonObject = {"channel": channel, "language": language, "agency": agency_id}
            audit.record(
                user_id=author_id, action="notice.text_off", subject=f"notice:{event}", detail=detail
            )
            transaction.on_commit(overrides.forget)
    return count


def _add(draft: Draft, *, agency_id: int | None, seen: int, author_id: UUID, action: str) -> NoticeTemplate:
    same = NoticeTemplate.objects.filter(
        event=draft.event, channel=draft.channel, language=draft.language, agency_id=agency_id
    )
    row = NoticeTemplate(
        event=draft.event,
        channel=draft.channel,
        language=draft.language,
        agency_id=agency_id,
        number=seen + 1,
        subject=draft.subject if draft.channel != "sms" else "",
        body=draft.body,
        author_id=author_id,
        at=clock.now(),
    )
    try:
        with durable():
            newest = same.order_by("-number").values_list("number", flat=True).first() or 0
            if newest != seen:
                raise _changed()
            row.save(force_insert=True)
            detail: JsonObject = {
                "channel": draft.channel,
                "language": draft.language,
                "agency": agency_id,
                "number": row.number,
            }
            audit.record(user_id=author_id, action=action, subject=f"notice:{draft.event}", detail=detail)
            transaction.on_commit(overrides.forget)
    except IntegrityError as error:
        raise _changed() from error
    return row


def _changed() -> Conflict:
    return Conflict("text_changed", _("Người khác vừa lưu văn bản này. Hãy xem bản mới rồi sửa lại."))
