"""The five answers about a dossier: what must I do now, what is missing, where is it, when, who has it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from dossiers.choices import END_STATUSES, FeeStatus, Status
from dossiers.models import ConfirmationRequest, Dossier, Fee, SupplementRequest
from dossiers.ownreads import Holder
from dossiers.screens.sentences import expect_result, is_late
from portal.core.clock import to_local
from portal.core.money import format_vnd
from portal.core.templatetags.formats import phone, vn_date, vn_deadline
from procedures.choices import SupplementClock
from procedures.content import Content

LAST_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Fact:
    """A row for components/facts.html."""

    term: str
    value: str
    small: str = ""
    icon: str = ""
    href: str = ""
    link: str = ""
    urgent: bool = False
    full: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything the five answers are made from, read once by the view."""

    dossier: Dossier
    content: Content
    now: datetime
    holder: Holder | None = None
    supplement: SupplementRequest | None = None
    confirmation: ConfirmationRequest | None = None
    fees: Sequence[Fee] = ()
    must_consent: bool = False
    awaited: Sequence[str] = ()
    """Names of the other owners who have not agreed yet."""
    corrections: int = 0

    @property
    def open_fee(self) -> Fee | None:
        """A fee that can be paid now; before acceptance fees of the end are not asked for yet."""
        for fee in self.fees:
            asked = fee.requested_at is not None or self.dossier.status == Status.RESOLVED
            if fee.status == FeeStatus.OPEN and asked:
                return fee
        return None


def build_five_answers(situation: Situation) -> tuple[Fact, ...]:
    """The action first, amber when there is something to do."""
    return (
        _what_to_do(situation),
        _what_is_missing(situation),
        _where(situation),
        _who(situation),
        _when(situation),
    )


def _what_to_do(it: Situation) -> Fact:
    """The one action, or that there is none."""
    for find in (_answer_supplement, _pay, _check_draft, _consent, _fetch, _exchange):
        fact = find(it)
        if fact is not None:
            return fact
    term = _("Tôi phải làm gì ngay")
    if it.dossier.status in END_STATUSES:
        return Fact(term, _("Không còn việc gì"), _ended_words(it), "check", full=True)
    small = _("Có thay đổi là chúng tôi báo ngay.")
    return Fact(term, _("Bạn không phải làm gì lúc này"), small, "check", full=True)


def _ended_words(it: Situation) -> str:
    if it.dossier.status == Status.RETURNED:
        return _("Kết quả đã trao cho bạn.")
    if it.dossier.status == Status.WITHDRAWN:
        return _("Hồ sơ đã rút. Muốn làm lại thì nộp hồ sơ mới.")
    return _("Lý do ở phần diễn biến. Bạn có thể nộp hồ sơ mới.")


def _urgent(value: str, small: str, href: str, link: str) -> Fact:
    return Fact(_("Tôi phải làm gì ngay"), value, small, "pen", href, link, urgent=True)


def _answer_supplement(it: Situation) -> Fact | None:
    if it.supplement is None:
        return None
    value = _("Bổ sung %(count)d mục trước %(day)s") % {
        "count": len(it.supplement.items),
        "day": vn_date(it.dossier.answer_by),
    }
    small = _say_days_left(it) + _("Sau ngày này hồ sơ dừng lại, bạn phải nộp hồ sơ mới.")
    return _urgent(value, small, "#missing", _("Bổ sung ngay"))


def _say_days_left(it: Situation) -> str:
    """In the last week of a wait: how long is left."""
    until = it.dossier.answer_by
    if until is None or until - it.now > LAST_WEEK:
        return ""
    days = max(0, (to_local(until).date() - to_local(it.now).date()).days)
    return (_("Chỉ còn %(days)d ngày.") % {"days": days} if days else _("Hôm nay là ngày cuối.")) + " "


def _pay(it: Situation) -> Fact | None:
    fee = it.open_fee
    if fee is None:
        return None
    words = {"amount": format_vnd(fee.amount), "day": vn_date(it.dossier.answer_by)}
    dated = it.dossier.answer_by is not None
    value = _("Nộp %(amount)s trước %(day)s") % words if dated else _("Nộp %(amount)s") % words
    small = _say_days_left(it) + _("Hồ sơ được giải quyết tiếp sau khi nhận được tiền.")
    if it.dossier.status == Status.RESOLVED:
        small = _("Kết quả đã có. Nộp xong thì nhận kết quả.")
    return _urgent(value, small, "#fees", _("Xem khoản phải nộp"))


def _check_draft(it: Situation) -> Fact | None:
    if it.confirmation is None:
        return None
    value = _("Xem bản nháp kết quả trước %(moment)s") % {"moment": vn_deadline(it.confirmation.until)}
    href = reverse("dossiers:confirmation", args=[it.dossier.pk])
    return _urgent(value, _("Không trả lời thì coi như bạn đồng ý."), href, _("Xem và trả lời"))


def _consent(it: Situation) -> Fact | None:
    if not it.must_consent:
        return None
    href = reverse("dossiers:consent", args=[it.dossier.pk])
    small = _("Hồ sơ cần mọi chủ hồ sơ đồng ý.")
    return _urgent(_("Xác nhận bạn đồng ý nộp hồ sơ này"), small, href, _("Xem và xác nhận"))


def _fetch(it: Situation) -> Fact | None:
    if it.dossier.status != Status.RESOLVED:
        return None
    place = it.dossier.agency.name if it.dossier.agency else ""
    small = _("Bản giấy nhận tại %(place)s. Mang giấy tờ tùy thân và giấy tiếp nhận.") % {"place": place}
    return _urgent(_("Nhận kết quả"), small, "#result", _("Xem kết quả"))


def _exchange(it: Situation) -> Fact | None:
    """A corrected document that lies at the counter."""
    if not it.corrections:
        return None
    place = it.dossier.agency.name if it.dossier.agency else ""
    small = _("Mang bản cũ và giấy tờ tùy thân đến %(place)s.") % {"place": place}
    return _urgent(_("Đổi kết quả có sai sót lấy bản thay thế"), small, "#result", _("Xem kết quả"))


def _what_is_missing(it: Situation) -> Fact:
    term = _("Còn thiếu gì")
    if it.supplement is not None:
        value = _("%(count)d mục") % {"count": len(it.supplement.items)}
        return Fact(term, value, icon="paper", href="#missing", link=_("xem từng mục"))
    if it.open_fee is not None:
        return Fact(term, _("Phí, lệ phí"), format_vnd(it.open_fee.amount), "paper")
    if it.awaited:
        return Fact(term, _("Sự đồng ý của %(names)s") % {"names": ", ".join(it.awaited)}, icon="paper")
    return Fact(term, _("Không thiếu gì"), icon="paper")


def _where(it: Situation) -> Fact:
    steps = {step.key: str(step.name) for step in it.content.steps}
    agency = it.dossier.agency.name if it.dossier.agency else ""
    if it.holder is not None:
        small = steps.get(it.holder.step_key, "")
        return Fact(_("Đang ở đâu"), it.holder.agency_name, small, "pin")
    return Fact(_("Đang ở đâu"), agency, str(Status(it.dossier.status).label), "pin")


def _who(it: Situation) -> Fact:
    term, agency = _("Ai đang giữ"), it.dossier.agency
    number = phone(it.holder.agency_phone if it.holder else agency.phone if agency else "")
    if it.dossier.status in END_STATUSES:
        return Fact(term, _("Không ai, hồ sơ đã kết thúc"), number, "person")
    if it.supplement is not None or it.open_fee is not None:
        return Fact(term, _("Chờ bạn"), number, "person")
    if it.holder is not None and it.holder.name:
        return Fact(term, it.holder.name, number, "person")
    return Fact(term, _("Bộ phận Một cửa"), number, "person")


def _when(it: Situation) -> Fact:
    term, dossier = _("Bao giờ xong"), it.dossier
    if dossier.resolved_at is not None:
        return Fact(term, _("Đã có kết quả"), vn_date(dossier.resolved_at), "clock")
    if dossier.ended_at is not None:
        return Fact(term, _("Đã kết thúc"), vn_date(dossier.ended_at), "clock")
    if is_late(dossier, it.now):
        small = _("Cơ quan phải xin lỗi và hẹn lại bằng văn bản.")
        return Fact(term, _("Đã quá hạn, vẫn đang làm"), small, "clock")
    expected = expect_result(dossier)
    if expected:
        return Fact(term, expected, _small_when(it), "clock")
    return Fact(term, _limit_after(it), _clock_words(it), "clock")


def _small_when(it: Situation) -> str:
    if it.dossier.rescheduled_from is not None:
        return _("Hẹn lại, trước đây là %(day)s") % {"day": vn_date(it.dossier.rescheduled_from)}
    if it.dossier.due_at is None:
        return _("Ngày hẹn chính thức có khi hồ sơ được tiếp nhận.")
    return ""


def _limit_after(it: Situation) -> str:
    limit = it.content.limit_for(it.dossier.case_key or None, it.dossier.channel)
    if limit is None:
        return _("Pháp luật không quy định thời hạn")
    return _("%(limit)s, tính từ khi bạn làm xong") % {"limit": limit}


def _clock_words(it: Situation) -> str:
    if it.dossier.status != Status.AWAITING_SUPPLEMENT or it.dossier.received_at is None:
        return ""
    if it.content.supplement.policy == SupplementClock.RESET:
        return _("Thời hạn tính lại từ đầu")
    return _("Thời hạn đang tạm dừng, sau đó tính tiếp")
