"""The steps inside the office: they fit the promised time, and somebody decides."""

from collections.abc import Iterator
from math import ceil

from django.utils.translation import gettext as _

from procedures.choices import LimitUnit, StepKind
from procedures.content import Content
from procedures.judging.findings import Finding, hint, stop
from procedures.parts import TimeLimit

HOURS_A_DAY, DAYS_A_MONTH = 8, 21
_ONCE = (StepKind.RECEIVE, StepKind.RETURN)


def judge_steps(content: Content) -> Iterator[Finding]:
    """Working hours against the shortest and the longest limit; the kinds of steps."""
    if not content.steps:
        if not content.partial:
            yield hint("steps", _("Chưa có bước xử lý bên trong."), _("Thêm các bước, mỗi bước có số giờ."))
        return
    yield from _judge_hours(content)
    kinds = [step.kind for step in content.steps]
    if content.results and StepKind.APPROVE.value not in kinds and not content.partial:
        yield stop("steps", _("Có kết quả nhưng không có bước ký duyệt."), _("Thêm bước “Ký duyệt”."))
    for kind in _ONCE:
        if kinds.count(kind.value) > 1:
            message = _("Có hơn một bước “%(step)s”.") % {"step": kind.label}
            yield hint("steps", message, _("Giữ một bước, gộp các bước còn lại."))


def _judge_hours(content: Content) -> Iterator[Finding]:
    hours = sum(step.hours for step in content.steps)
    allowed = sorted(_hours(limit) for limit in content.limits)
    if not allowed:
        return
    facts = {"hours": hours, "least": allowed[0], "most": allowed[-1]}
    if hours > allowed[-1]:
        message = _("Các bước cần %(hours)d giờ, nhưng thời hạn chỉ có %(most)d giờ làm việc.") % facts
        yield stop("steps", message, _("Giảm số giờ của các bước, hoặc sửa thời hạn."))
    elif hours > allowed[0]:
        message = _("Các bước cần %(hours)d giờ, thời hạn ngắn nhất chỉ có %(least)d giờ làm việc.") % facts
        yield hint("steps", message, _("Xem lại số giờ của các bước."))


def _hours(limit: TimeLimit) -> int:
    """Working hours in the limit, at most."""
    days = {
        LimitUnit.WORKING_DAY.value: limit.value,
        LimitUnit.CALENDAR_DAY.value: ceil(limit.value * 5 / 7),
        LimitUnit.MONTH.value: limit.value * DAYS_A_MONTH,
        LimitUnit.SAME_DAY.value: 1,
    }
    return limit.value if limit.unit == LimitUnit.HOUR else days[limit.unit] * HOURS_A_DAY
