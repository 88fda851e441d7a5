"""Miễn, giảm: each can happen, is still in force, takes something off, and can be proved."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from portal.core.templatetags.formats import vn_day
from procedures.content import Content
from procedures.fees import FeeRule
from procedures.judging.findings import Finding, hint, stop
from procedures.judging.reach import Link, Reach, Verdict
from procedures.reliefs import Relief


def judge_reliefs(content: Content, on: date) -> Iterator[Finding]:
    """What the reader cannot refuse: it is written rightly, and helps nobody."""
    for n, relief in enumerate(content.reliefs):
        path = f"reliefs[{n}]"
        yield from _judge_days(relief, path, on)
        yield from _judge_charges(content, relief, path)
        yield from _judge_condition(content, relief, path, on)
        if relief.is_claimed and not relief.paper:
            yield hint(
                f"{path}.paper",
                _("“%(relief)s”: chưa có giấy tờ chứng minh, ai cũng tự nhận được.") % _name(relief),
                _("Chọn giấy tờ chứng minh, hoặc để nguyên nếu cơ quan tự tra cứu."),
            )


def _judge_days(relief: Relief, path: str, on: date) -> Iterator[Finding]:
    if relief.until is not None and relief.until < on:
        yield hint(
            f"{path}.until",
            _("“%(relief)s”: đã hết hạn từ sau ngày %(day)s.")
            % {**_name(relief), "day": vn_day(relief.until)},
            _("Bỏ mức này, hoặc ghi ngày mới nếu đã gia hạn."),
        )


def _judge_charges(content: Content, relief: Relief, path: str) -> Iterator[Finding]:
    """The charges it covers in its case and way of filing; of them at least one costs something."""
    rules = [
        rule
        for rule in content.fees
        if relief.covers(rule.key)
        and rule.case in (None, relief.case or rule.case)
        and rule.channel in (None, relief.channel or rule.channel)
    ]
    if not rules:
        yield stop(
            path,
            _("“%(relief)s”: không có khoản thu nào để miễn, giảm.") % _name(relief),
            _("Chọn lại khoản thu, trường hợp hoặc cách nộp; hoặc bỏ mức này."),
        )
    elif not any(map(_costs, rules)):
        yield hint(
            path,
            _("“%(relief)s”: các khoản này vốn không thu tiền.") % _name(relief),
            _("Bỏ mức này, hoặc sửa mức thu thường."),
        )


def _costs(rule: FeeRule) -> bool:
    return rule.amount != 0 or any(band.price for band in rule.bands)


def _judge_condition(content: Content, relief: Relief, path: str, on: date) -> Iterator[Finding]:
    if relief.condition is None or content.form is None:
        return
    reach = Reach(content.form, [case.key for case in content.cases], on)
    if reach.find((Link(relief.condition),), case=relief.case) is Verdict.NEVER:
        yield stop(
            f"{path}.if",
            _("“%(relief)s”: không câu trả lời nào được hưởng mức này.") % _name(relief),
            _("Sửa điều kiện, hoặc bỏ mức này."),
        )


def _name(relief: Relief) -> dict[str, str]:
    return {"relief": relief.label.vi}
