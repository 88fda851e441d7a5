"""A dossier's history as people read it: one sentence a line, a reason for every stop.

The public page (code and secret) names no person; the owner also reads which officer acted (Circular
01/2018/TT-VPCP Art. 16).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.eventwords import describe_event
from dossiers.models import DossierEvent
from portal.accounts.choices import ActorKind
from procedures.content import Content

TITLES = {
    "submit": gettext_lazy("Đã nộp qua mạng"),
    "receive": gettext_lazy("Đã nhận hồ sơ giấy"),
    "accept": gettext_lazy("Đã tiếp nhận"),
    "propose_decline": gettext_lazy("Đề xuất từ chối tiếp nhận"),
    "propose_supplement": gettext_lazy("Đề xuất yêu cầu bổ sung thêm"),
    "approve_supplement": gettext_lazy("Đồng ý cho yêu cầu bổ sung thêm"),
    "reject_proposal": gettext_lazy("Không duyệt đề xuất"),
    "decline": gettext_lazy("Từ chối tiếp nhận"),
    "redirect": gettext_lazy("Chuyển đến cơ quan có thẩm quyền"),
    "take_over": gettext_lazy("Cơ quan kế thừa nhận hồ sơ"),
    "request_supplement": gettext_lazy("Yêu cầu bổ sung giấy tờ"),
    "supplement": gettext_lazy("Đã bổ sung"),
    "start": gettext_lazy("Bắt đầu giải quyết"),
    "transfer": gettext_lazy("Chuyển bước"),
    "assess_fee": gettext_lazy("Đã xác định mức thu"),
    "request_payment": gettext_lazy("Yêu cầu nộp phí, lệ phí"),
    "pay_fee": gettext_lazy("Đã nộp phí, lệ phí"),
    "keep_surplus": gettext_lazy("Nhận tiền nộp thừa, sẽ hoàn trả"),
    "hold_part": gettext_lazy("Đã nhận một phần tiền, còn thiếu"),
    "propose_waiver": gettext_lazy("Đề xuất miễn phí, lệ phí"),
    "waive_fee": gettext_lazy("Được miễn phí, lệ phí"),
    "reject_waiver": gettext_lazy("Không duyệt miễn phí, lệ phí"),
    "propose_refund": gettext_lazy("Đề xuất hoàn trả phí, lệ phí"),
    "approve_refund": gettext_lazy("Quyết định hoàn trả phí, lệ phí"),
    "reject_refund": gettext_lazy("Không duyệt hoàn trả phí, lệ phí"),
    "pay_refund": gettext_lazy("Đã hoàn trả phí, lệ phí"),
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
    "return_papers": gettext_lazy("Đã trả lại giấy tờ"),
    "correct_result": gettext_lazy("Đã sửa kết quả, có bản thay thế"),
    "reissue_secret": gettext_lazy("Cấp lại giấy tiếp nhận"),
    "cancel_certification": gettext_lazy("Gạch bỏ số chứng thực"),
    "settle": gettext_lazy("Tiếp tục giải quyết"),
}
_INSIDE = frozenset(
    {
        "transfer",
        "settle",
        "propose_decline",
        "propose_recall",
        "propose_supplement",
        "approve_supplement",
        "reject_proposal",
        "propose_waiver",
        "reject_waiver",
        "propose_refund",
        "reject_refund",
        "reissue_secret",
    }
)
"""Between officers; the citizen reads what comes of it."""
_STOPS = frozenset({"decline", "request_supplement", "request_payment", "expire", "withdraw", "stop"})


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


def name_actor(event: DossierEvent) -> str:
    """Who acted: a person's name, or the system for what happens by itself."""
    return event.actor_name or (_("Hệ thống") if event.actor_kind == ActorKind.SYSTEM else "")


def _line(event: DossierEvent, content: Content, audience: str) -> Line:
    return Line(
        seq=event.seq,
        kind=event.kind,
        title=str(TITLES.get(event.kind, event.kind)),
        at=event.at,
        detail=describe_event(event.kind, event.payload or {}, content, audience),
        who=name_actor(event) if audience != "public" else "",
        state="stop" if event.kind in _STOPS else "done",
    )
