"""How a refund looks to an officer: its age, its history, and what has to be done next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from payments.choices import PaymentOutcome, RefundCause, RefundStatus, RefundWay
from payments.refunds.reads import KIND, fingerprint, subject_of
from payments.refunds.rights import may_decide, may_pay_out, may_propose
from payments.refunds.rules import WAITING, Act, list_acts
from portal.audit import selectors as audit
from portal.core.money import format_vnd

if TYPE_CHECKING:
    from payments.models import Refund
    from portal.accounts.actor import Actor

KINDS = {
    RefundStatus.SUGGESTED: "warn",
    RefundStatus.PROPOSED: "warn",
    RefundStatus.APPROVED: "info",
    RefundStatus.UNSURE: "warn",
    RefundStatus.DONE: "done",
    RefundStatus.FAILED: "late",
}
_MINE = {
    Act.PROPOSE: may_propose,
    Act.APPROVE: may_decide,
    Act.REJECT: may_decide,
    Act.PAY_OUT: may_pay_out,
    Act.RETRY: may_decide,
    Act.TURN: may_decide,
}


@dataclass(frozen=True, slots=True)
class RefundCard:
    """One refund for one reader. `acts`: what this officer may do now; `seen`: goes into every form."""

    refund: Refund
    age: str
    state: str
    kind: str
    next_step: str
    acts: frozenset[str]
    seen: str

    @property
    def cause(self) -> str:
        return str(RefundCause(self.refund.cause).label) if self.refund.cause in RefundCause.values else ""

    @property
    def way(self) -> str:
        return str(RefundWay(self.refund.way).label) if self.refund.way in RefundWay.values else ""

    @property
    def is_own_proposal(self) -> bool:
        """Whoever proposed reads that somebody else decides."""
        return self.refund.status == RefundStatus.PROPOSED and not self.acts


def build_cards(refunds: Iterable[Refund], actor: Actor, now: datetime) -> list[RefundCard]:
    """`refunds` as `refund_reads` gives them. One query: whose proposals still wait."""
    found = list(refunds)
    waiting = [subject_of(row.pk) for row in found if row.status == RefundStatus.PROPOSED]
    proposals = audit.list_open_proposals(kinds=[KIND], subjects=waiting) if waiting else []
    alive = {proposal.subject for proposal in proposals}
    return [_build(row, actor, now, has_lapsed=_has_lapsed(row, alive)) for row in found]


def build_card(refund: Refund, actor: Actor, now: datetime) -> RefundCard:
    """One refund as `refund_reads` gives it."""
    return build_cards([refund], actor, now)[0]


def _has_lapsed(refund: Refund, alive: set[str]) -> bool:
    return refund.status == RefundStatus.PROPOSED and subject_of(refund.pk) not in alive


def _build(refund: Refund, actor: Actor, now: datetime, *, has_lapsed: bool) -> RefundCard:
    acts = {
        act
        for act in list_acts(refund.status, refund.way)
        if act in _MINE and _MINE[act](actor, refund.agency_id)
    }
    if has_lapsed or is_proposer(refund, actor):
        acts -= {Act.APPROVE, Act.REJECT}
    if refund.status == RefundStatus.PROPOSED and not has_lapsed:
        acts -= {Act.PROPOSE}
    return RefundCard(
        refund=refund,
        age=say_age(now - refund.created_at) if refund.status in WAITING else "",
        state=refund.get_status_display(),
        kind=KINDS.get(RefundStatus(refund.status), ""),
        next_step=_("Đề xuất đã quá hạn. Hãy đề xuất lại.") if has_lapsed else say_next(refund),
        acts=frozenset(str(act) for act in acts),
        seen=fingerprint(refund),
    )


def is_proposer(refund: Refund, actor: Actor) -> bool:
    """Did this person propose it, under whatever membership?"""
    return refund.proposed_by is not None and refund.proposed_by.user_id == actor.user_id


def say_age(age: timedelta) -> str:
    """In days, from one on; today's are new."""
    if age.days < 1:
        return _("hôm nay")
    return ngettext("%(days)d ngày", "%(days)d ngày", age.days) % {"days": age.days}


def say_next(refund: Refund) -> str:
    """What has to be done next, and by whom."""
    if refund.status == RefundStatus.APPROVED:
        return str(_NEXT_BY_WAY.get(RefundWay(refund.way), ""))
    return str(_NEXT.get(RefundStatus(refund.status), ""))


_NEXT = {
    RefundStatus.SUGGESTED: gettext_lazy("Cán bộ tiếp nhận hoặc thụ lý xem và đề xuất."),
    RefundStatus.PROPOSED: gettext_lazy("Trưởng bộ phận hoặc lãnh đạo duyệt."),
    RefundStatus.UNSURE: gettext_lazy("Cổng chưa trả lời rõ. Hệ thống sẽ hỏi lại, bạn không phải làm gì."),
    RefundStatus.FAILED: gettext_lazy("Cổng không chuyển được. Gửi lại, hoặc trả bằng cách khác."),
}
_NEXT_BY_WAY = {
    RefundWay.CASH: gettext_lazy("Mời người nộp đến quầy, trả tiền mặt rồi ghi lại."),
    RefundWay.TRANSFER: gettext_lazy("Chuyển khoản cho người nộp rồi ghi số giao dịch."),
    RefundWay.GATEWAY: gettext_lazy("Hệ thống đang gửi sang cổng thanh toán."),
}


def list_facts(refund: Refund) -> list[dict[str, str]]:
    """Rows of the refund's page: what it is about, and who did what."""
    brought = refund.payment or refund.receipt or refund.line or refund.collection
    rows = [
        (_("Mã hồ sơ"), refund.dossier.code or ""),
        (_("Thủ tục"), refund.dossier.procedure.name),
        (_("Tiền đã thu"), format_vnd(brought.amount if brought else None)),
        (_("Thu bằng"), _say_source(refund)),
        (_("Lý do"), refund.reason or _cause_label(refund)),
        (_("Cách trả"), RefundWay(refund.way).label if refund.way in RefundWay.values else ""),
        (_("Người đề xuất"), _name(refund.proposed_by)),
        (_("Người quyết định"), _name(refund.decided_by)),
        (_("Số giao dịch hoàn trả"), refund.gateway_number),
        (_("Mã gửi cổng thanh toán"), refund.reference if refund.way == RefundWay.GATEWAY else ""),
        (_("Trả lời của cổng"), refund.answer_code),
    ]
    return [{"label": label, "value": str(value)} for label, value in rows if value]


def _cause_label(refund: Refund) -> str:
    return str(RefundCause(refund.cause).label) if refund.cause in RefundCause.values else ""


def _say_source(refund: Refund) -> str:
    if refund.receipt is not None:
        number = _("biên lai số %(number)s") % {"number": refund.receipt.number_text}
        return f"{refund.receipt.get_method_display()}, {number}"
    if refund.payment is not None and refund.payment.outcome == PaymentOutcome.SURPLUS:
        return _("Trực tuyến, tiền đến thừa")
    if refund.collection is not None:
        return _("Bưu điện thu hộ (bưu gửi %(parcel)s), tiền đến thừa") % {"parcel": refund.collection.parcel}
    return _("Chuyển khoản, tiền đến thừa")


def _name(membership: object) -> str:
    user = getattr(membership, "user", None)
    return user.full_name if user else ""
