"""Which `{names}` an admin may use in which text, with an example of each. Pure but for the registry of events."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from portal.notifications.channels.sms.texts import pick_words
from portal.notifications.events import notice_events

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

EDITABLE: Final = ("email", "inapp", "sms")
"""Zalo's texts are approved by Zalo; only their parameters leave from here."""
_OPEN_CHANNELS: Final = frozenset({"email", "inapp", "subject"})

LABELS: Final[Mapping[str, "StrOrPromise"]] = {
    "recipient_name": _("họ tên người nhận"),
    "procedure_name": _("tên thủ tục"),
    "code": _("mã hồ sơ"),
    "agency_name": _("tên cơ quan"),
    "agency_address": _("địa chỉ cơ quan"),
    "agency_phone": _("điện thoại cơ quan"),
    "status_label": _("trạng thái hồ sơ"),
    "submitted_at": _("lúc nộp"),
    "check_by": _("hạn kiểm tra"),
    "received_at": _("lúc tiếp nhận"),
    "due_at": _("ngày hẹn trả"),
    "new_due_at": _("ngày hẹn mới"),
    "answer_by": _("hạn trả lời"),
    "reason": _("lý do cán bộ ghi"),
    "items": _("các mục còn thiếu"),
    "amount": _("số tiền"),
    "way": _("cách trả lại tiền"),
    "result_where": _("nơi nhận kết quả"),
    "track_url": _("đường dẫn tra cứu"),
    "dossier_url": _("đường dẫn hồ sơ"),
    "payment_url": _("đường dẫn nộp phí"),
    "inbox_url": _("đường dẫn hộp thông báo"),
    "settings_url": _("đường dẫn cách nhận thông báo"),
    "support_phone": _("số tổng đài"),
    "days": _("số ngày"),
    "day": _("ngày"),
    "at": _("thời điểm"),
    "address": _("địa chỉ mạng"),
}


def list_allowed(event: str, channel: str) -> Mapping[str, str]:
    """Names allowed in this event's text of one channel, each with its value in the sample.

    An SMS carries nothing that somebody typed freely: it may hold a link or an ID number.
    """
    sample = notice_events.get(event).sample
    values = {name: str(value).splitlines()[0] for name, value in sample.items() if value not in (None, "")}
    if channel in _OPEN_CHANNELS:
        return values
    return {name: str(value) for name, value in pick_words(values).items() if name != "address"}
