"""The sentences that explain a due moment: each rule that was used, with its law."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dossiers.deadlines.limits import Limit
from portal.accounts.workcalendar import WorkCalendar


def received(moment: datetime) -> str:
    return _("Nhận hồ sơ lúc %(moment)s.") % {"moment": show_moment(moment)}


def receipt_moved(moment: datetime, begin: datetime) -> str:
    if moment.date() == begin.date():
        text = _("Nhận ngoài giờ làm việc, thời hạn tính từ %(time)s cùng ngày.")
        return text % {"time": show_time(begin)}
    return _("Nhận ngoài giờ làm việc, tính là nhận lúc %(moment)s.") % {"moment": show_moment(begin)}


def reception_only() -> str:
    return _("Buổi này chỉ nhận hồ sơ, không tính vào giờ làm việc.")


def starts_again(moment: datetime) -> str:
    return _("Nhận đủ hồ sơ bổ sung lúc %(moment)s.") % {"moment": show_moment(moment)}


def restart_rule() -> str:
    return _("Thời hạn tính lại từ đầu khi nhận đủ hồ sơ (Nghị định 61/2018/NĐ-CP, Điều 19).")


def receipt_day_excluded() -> str:
    return _("Ngày nhận không tính vào thời hạn (Bộ luật Dân sự 2015, Điều 147).")


def working_days(limit: Limit) -> str:
    return _("Thời hạn là %(count)s ngày làm việc.") % {"count": show_number(limit)}


def part_of_day(seconds: int) -> str:
    return _("Phần lẻ của ngày được tính là %(time)s.") % {"time": show_working_time(seconds)}


def calendar_days(limit: Limit) -> str:
    return _("Thời hạn là %(count)s ngày, tính cả ngày nghỉ.") % {"count": show_number(limit)}


def months(limit: Limit, last: date) -> str:
    text = _("Thời hạn là %(count)s tháng, đến ngày %(last)s (Bộ luật Dân sự 2015, Điều 148).")
    return text % {"count": show_number(limit), "last": f"{last:%d/%m/%Y}"}


def month_too_short(day: int, last: date) -> str:
    text = _("Tháng %(month)s không có ngày %(day)s nên lấy ngày cuối tháng.")
    return text % {"month": f"{last:%m/%Y}", "day": day}


def working_hours(limit: Limit) -> str:
    return _("Thời hạn là %(count)s giờ, chỉ tính trong giờ làm việc.") % {"count": show_number(limit)}


def same_day() -> str:
    return _("Thủ tục này trả kết quả trong ngày.")


def same_day_too_late() -> str:
    return _("Nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo (Nghị định 61/2018/NĐ-CP, Điều 18).")


def same_day_closed() -> str:
    return _("Ngày nhận không phải ngày làm việc nên trả vào ngày làm việc tiếp theo.")


def ends_at_closing() -> str:
    return _("Thời hạn kết thúc khi hết giờ làm việc của ngày cuối.")


def paused(start: datetime, end: datetime) -> str:
    return _("Tạm dừng từ %(start)s đến %(end)s.") % {"start": show_short(start), "end": show_short(end)}


def moved_by_seconds(seconds: int) -> str:
    if not seconds:
        return _("Lúc tạm dừng không có giờ làm việc nên hạn giữ nguyên.")
    return _("Vì vậy hạn lùi đúng %(time)s.") % {"time": show_working_time(seconds)}


def moved_by_days(days: int) -> str:
    if not days:
        return _("Tạm dừng trong cùng một ngày nên hạn giữ nguyên.")
    return _("Vì vậy hạn lùi %(count)s ngày.") % {"count": days}


def still_paused(start: datetime) -> str:
    return _("Đang tạm dừng từ %(start)s nên chưa có hạn trả.") % {"start": show_short(start)}


def time_left(seconds: int) -> str:
    if not seconds:
        return _("Thời hạn đã hết trước khi tạm dừng.")
    return _("Thời gian còn lại là %(time)s.") % {"time": show_working_time(seconds)}


def days_left(days: int) -> str:
    return _("Thời gian còn lại là %(count)s ngày.") % {"count": days}


def rolled(last: date, due: date) -> list[str]:
    if last == due:
        return [ends_at_closing()]
    text = _("Ngày cuối %(last)s là ngày nghỉ.") % {"last": show_day(last)}
    rule = _("Thời hạn kết thúc vào ngày làm việc tiếp theo (Bộ luật Dân sự 2015, Điều 148).")
    return [text, rule]


def days_off(begin: date, end: date, calendar: WorkCalendar) -> list[str]:
    """Holidays stepped over and swapped days counted, after `begin` up to `end`."""
    lines = []
    for first, last in _runs(begin, end, calendar):
        if first == last:
            lines.append(_("Ngày nghỉ %(day)s không tính.") % {"day": show_day(first)})
        else:
            span = {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
            lines.append(_("Kỳ nghỉ từ %(first)s đến %(last)s không tính.") % span)
    swapped = sorted(day for day in calendar.working_days if begin < day <= end)
    text = _("Ngày làm bù %(day)s được tính là ngày làm việc.")
    return [*lines, *(text % {"day": show_day(day)} for day in swapped)]


def promise(due: datetime) -> str:
    return _("Hẹn trả kết quả lúc %(moment)s.") % {"moment": show_moment(due)}


def show_moment(moment: datetime) -> str:
    """17 giờ 00, thứ Tư, 02/12/2026."""
    return f"{show_time(moment)}, {show_day(moment.date())}"


def show_short(moment: datetime) -> str:
    return f"{show_time(moment)}, {moment:%d/%m/%Y}"


def show_time(moment: datetime) -> str:
    if moment.second:
        return _("%(hour)s giờ %(minute)s phút %(second)s giây") % {
            "hour": f"{moment:%H}",
            "minute": f"{moment:%M}",
            "second": f"{moment:%S}",
        }
    return _("%(hour)s giờ %(minute)s") % {"hour": f"{moment:%H}", "minute": f"{moment:%M}"}


def show_day(day: date) -> str:
    return f"{show_weekday(day)}, {day:%d/%m/%Y}"


def show_number(limit: Limit) -> str:
    """7,5 as it is written in Vietnamese; whole numbers without a tail."""
    number = limit.amount
    return str(number.numerator) if number.denominator == 1 else f"{float(number):g}".replace(".", ",")


def show_working_time(seconds: int) -> str:
    """5 giờ 30 phút làm việc."""
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    units = ((hours, _("%(n)s giờ")), (minutes, _("%(n)s phút")), (seconds, _("%(n)s giây")))
    parts = [text % {"n": number} for number, text in units if number]
    return _("%(time)s làm việc") % {"time": " ".join(parts)}


def show_weekday(day: date) -> str:
    """thứ Hai … Chủ nhật."""
    names = (
        pgettext("weekday", "thứ Hai"),
        pgettext("weekday", "thứ Ba"),
        pgettext("weekday", "thứ Tư"),
        pgettext("weekday", "thứ Năm"),
        pgettext("weekday", "thứ Sáu"),
        pgettext("weekday", "thứ Bảy"),
        pgettext("weekday", "Chủ nhật"),
    )
    return names[day.weekday()]


def _runs(begin: date, end: date, calendar: WorkCalendar) -> Iterator[tuple[date, date]]:
    """Holidays on ordinary office days, neighbours joined into runs."""
    first = last = None
    day = begin
    while (day := day + timedelta(days=1)) <= end:
        if day not in calendar.holidays or not calendar.sessions.get(day.weekday()):
            continue
        if first is None or last is None:
            first = last = day
        elif day - last == timedelta(days=1):
            last = day
        else:
            yield first, last
            first = last = day
    if first is not None and last is not None:
        yield first, last
