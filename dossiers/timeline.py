"""A dossier's history as people read it: one sentence a line, a reason for every stop.

The public page (code and secret) names no person; the owner also reads which officer acted (Circular
01/2018/TT-VPCP Art. 16).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.models import DossierEvent
from dossiers.notices import item_line
from portal.core.jsontypes import Json
from portal.core.money import format_vnd
from portal.core.templatetags.formats import vn_deadline
from procedures.content import Content

TITLES = {
    "submit": gettext_lazy("Đã nộp qua mạng"),
    "receive": gettext_lazy("Đã nhận hồ sơ giấy"),
    "accept": gettext_lazy("Đã tiếp nhận"),
    "propose_decline": gettext_lazy("Đề xuất từ chối tiếp nhận"),
    "decline": gettext_lazy("Từ chối tiếp nhận"),
    "redirect": gettext_lazy("Chuyển đến cơ quan có thẩm quyền"),
    "request_supplement": gettext_lazy("Yêu cầu bổ sung giấy tờ"),
    "supplement": gettext_lazy("Đã bổ sung"),
    "start": gettext_lazy("Bắt đầu giải quyết"),
    "transfer": gettext_lazy("Chuyển bước"),
    "request_payment": gettext_lazy("Yêu cầu nộp phí, lệ phí"),
    "pay_fee": gettext_lazy("Đã nộp phí, lệ phí"),
    "ask_confirmation": gettext_lazy("Mời xem bản nháp kết quả"),
    "answer_confirmation": gettext_lazy("Đã trả lời về bản nháp"),
    "consent": gettext_lazy("Chủ hồ sơ đã đồng ý"),
    "expiry_warning": gettext_lazy("Sắp hết thời gian chờ"),
    "expire": gettext_lazy("Hết thời gian chờ"),
    "request_withdrawal": gettext_lazy("Đề nghị rút hồ sơ"),
    "withdraw": gettext_lazy("Đã rút hồ sơ"),
    "stop": gettext_lazy("Dừng giải quyết"),
    "reschedule": gettext_lazy("Xin lỗi và hẹn lại ngày trả"),
    "resolve": gettext_lazy("Đã có kết quả"),
    "propose_recall": gettext_lazy("Đề xuất thu hồi kết quả"),
    "recall": gettext_lazy("Thu hồi kết quả để xem lại"),
    "return_result": gettext_lazy("Đã trả kết quả"),
    "reissue_secret": gettext_lazy("Cấp lại giấy tiếp nhận"),
    "settle": gettext_lazy("Tiếp tục giải quyết"),
}
_INSIDE = frozenset({"transfer", "settle", "propose_decline", "propose_recall", "reissue_secret"})
_STOPS = frozenset({"decline", "request_supplement", "request_payment", "expire", "withdraw", "stop"})
_OWN_WORDS = frozenset({"withdraw", "request_withdrawal"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline. `state` is done or stop, for the mark beside it; `detail` may have lines."""

    seq: int
    kind: str
    title: str
    at: datetime
    detail: str
    who: str
    state: str


def build_timeline(events: Iterable[DossierEvent], content: Content, *, audience: str) -> list[Line]:
    """Lines for `audience`: "public" (no person, no reason typed by a citizen), "owner" or "staff" (all)."""
    shown = [e for e in events if audience == "staff" or e.kind not in _INSIDE]
    return [_line(event, content, audience) for event in shown]


def _line(event: DossierEvent, content: Content, audience: str) -> Line:
    payload: Mapping[str, Json] = event.payload or {}
    detail = (
        "" if audience == "public" and event.kind in _OWN_WORDS else _detail(event.kind, payload, content)
    )
    return Line(
        seq=event.seq,
        kind=event.kind,
        title=str(TITLES.get(event.kind, event.kind)),
        at=event.at,
        detail=detail,
        who=event.actor_name if audience != "public" else "",
        state="stop" if event.kind in _STOPS else "done",
    )


def _detail(kind: str, payload: Mapping[str, Json], content: Content) -> str:
    parts: list[str] = []
    reason = payload.get("reason")
    if isinstance(reason, str) and reason:
        parts.append(reason)
    items = payload.get("items")
    if isinstance(items, list):
        parts += [item_line(item, content) for item in items if isinstance(item, dict)]
    amount = payload.get("amount")
    if isinstance(amount, int):
        parts.append(format_vnd(amount))
    note = payload.get("note")
    if isinstance(note, str) and note:
        parts.append(note)
    parts += _dates(kind, payload)
    return "\n".join(parts)


def _dates(kind: str, payload: Mapping[str, Json]) -> list[str]:
    due, moved = payload.get("due_at"), payload.get("to")
    if kind == "accept" and isinstance(due, str):
        return [_("Hẹn trả: %(due)s") % {"due": vn_deadline(datetime.fromisoformat(due))}]
    if kind == "reschedule" and isinstance(moved, str):
        return [_("Hẹn lại: %(due)s") % {"due": vn_deadline(datetime.fromisoformat(moved))}]
    return []
