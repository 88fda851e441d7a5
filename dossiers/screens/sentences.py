"""Where a dossier stands, in sentences: the headline, what comes next, the colour beside it.

The same words for the owner, for the public tracking page and for the confirmation of a filing.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from dossiers.choices import END_STATUSES, Status
from dossiers.estimates import estimate_due
from dossiers.models import Dossier
from portal.core.templatetags.formats import vn_date, vn_deadline

TAG_KINDS: dict[str, str] = {
    Status.SUBMITTED: "info",
    Status.ACCEPTED: "info",
    Status.PROCESSING: "info",
    Status.AWAITING_SUPPLEMENT: "warn",
    Status.AWAITING_PAYMENT: "warn",
    Status.RESOLVED: "done",
    Status.RETURNED: "done",
}
"""Kind of the tag beside a status; ends without a result are quiet."""


def is_late(dossier: Dossier, now: datetime) -> bool:
    """Is the promised day over and the result not there?"""
    if dossier.status in END_STATUSES or dossier.status == Status.RESOLVED:
        return False
    checking = dossier.status == Status.SUBMITTED and dossier.check_by is not None and dossier.check_by < now
    return checking or (dossier.due_at is not None and dossier.due_at < now)


def build_headline(dossier: Dossier, now: datetime) -> str:
    """The state in one line: "Đang giải quyết, đúng hạn"."""
    label = str(Status(dossier.status).label)
    if dossier.status not in {Status.ACCEPTED, Status.PROCESSING} or dossier.due_at is None:
        return label
    if is_late(dossier, now):
        return _("%(label)s, đã quá ngày hẹn") % {"label": label}
    if dossier.rescheduled_from is not None:
        return _("%(label)s, đã hẹn lại ngày trả") % {"label": label}
    return _("%(label)s, đúng hạn") % {"label": label}


def build_lede(dossier: Dossier) -> str:
    """What it means for the person, in one or two sentences; names nobody."""
    status, until = dossier.status, vn_date(dossier.answer_by)
    if status == Status.SUBMITTED:
        return _say_checking(dossier)
    if status in {Status.ACCEPTED, Status.PROCESSING}:
        return _say_due(dossier)
    plain = {
        Status.AWAITING_SUPPLEMENT: _("Cần bổ sung trước %(until)s. Sau ngày đó hồ sơ dừng lại."),
        Status.AWAITING_PAYMENT: _("Cần nộp phí, lệ phí trước %(until)s. Sau ngày đó hồ sơ dừng lại."),
        Status.RESOLVED: _("Kết quả đã có. Mời bạn đến nơi nhận hồ sơ để lấy kết quả."),
        Status.RETURNED: _("Kết quả đã được trao. Hồ sơ đã xong."),
        Status.DECLINED: _("Cơ quan không tiếp nhận hồ sơ này. Lý do ở phần diễn biến."),
        Status.WITHDRAWN: _("Hồ sơ đã được rút và không giải quyết nữa."),
        Status.STOPPED: _("Cơ quan đã dừng giải quyết. Lý do ở phần diễn biến."),
    }
    if until or not dossier.is_awaiting:
        return plain.get(Status(status), "") % {"until": until}
    return _("Hồ sơ đang chờ bạn nộp phí, lệ phí rồi nhận kết quả.")


def _say_checking(dossier: Dossier) -> str:
    nothing = _("Bạn không phải làm gì lúc này.")
    if dossier.check_by is None:
        return _("Cán bộ đang kiểm tra hồ sơ.") + " " + nothing
    checked = _("Cán bộ kiểm tra chậm nhất %(moment)s.") % {"moment": vn_deadline(dossier.check_by)}
    return f"{checked} {nothing}"


def _say_due(dossier: Dossier) -> str:
    nothing = _("Bạn không phải làm gì lúc này.")
    if dossier.due_at is None:
        return _("Thời hạn đang tạm dừng.") if dossier.due_frozen_at else nothing
    return _("Hẹn trả kết quả %(day)s.") % {"day": vn_date(dossier.due_at)} + " " + nothing


def expect_result(dossier: Dossier) -> str:
    """The promised day, or the expected one named as such; "" where nobody can say. At most one query."""
    if dossier.status in END_STATUSES or dossier.status == Status.RESOLVED:
        return ""
    if dossier.due_at is not None:
        return _("Hẹn trả %(day)s") % {"day": vn_date(dossier.due_at)}
    expected = estimate_due(dossier) if dossier.status == Status.SUBMITTED else None
    return _("Dự kiến %(day)s") % {"day": vn_date(expected)} if expected else ""
