"""The page on which a site admin merges agencies: what was typed, and what will happen, in sentences."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from dossiers.handover import Load
from portal.accounts.mergers import Merger, plan_merger
from portal.core import clock
from portal.core.errors import RuleViolation

_DATE_SHAPES = ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d")
_MOST_SOURCES = 50


@dataclass(frozen=True)
class Typed:
    """The fields as they were typed."""

    sources: str
    into: str
    on: str

    @property
    def codes(self) -> list[str]:
        return [code for code in re.split(r"[\s,;]+", self.sources) if code]

    def as_fields(self) -> dict[str, str]:
        return {"sources": self.sources, "into": self.into, "on": self.on}


def read_typed(data: Mapping[str, str]) -> Typed:
    """The day is today where none was typed."""
    day = data.get("on", "").strip() or f"{clock.today():%d/%m/%Y}"
    return Typed(data.get("sources", "").strip(), data.get("into", "").strip(), day)


def read_merger(typed: Typed) -> Merger:
    """Raises RuleViolation with a sentence on `sources`, `into` or `on`."""
    if len(typed.codes) > _MOST_SOURCES:
        message = _("Mỗi lần chỉ sáp nhập được %(most)d cơ quan. Hãy bỏ bớt mã.") % {"most": _MOST_SOURCES}
        raise RuleViolation("merger_of_too_many", message, errors={"sources": [message]})
    if not typed.into:
        message = _("Hãy chọn cơ quan nhận.")
        raise RuleViolation("merger_into_none", message, errors={"into": [message]})
    return plan_merger(typed.codes, into=typed.into, on=_read_day(typed.on))


def _read_day(text: str) -> date:
    for shape in _DATE_SHAPES:
        try:
            return datetime.strptime(text, shape).replace(tzinfo=clock.VN_TZ).date()
        except ValueError:
            continue
    message = _("Ngày phải viết như 31/12/2026.")
    raise RuleViolation("day_unreadable", message, errors={"on": [message]})


def tell_consequences(merger: Merger, loads: list[Load]) -> list[str]:
    """What will happen to each agency."""
    return [sentence for load in loads for sentence in _tell(merger, load)]


def tell_kept(merger: Merger) -> list[str]:
    """What stays as it is."""
    return [
        _("Mã hồ sơ, giấy tiếp nhận, mã tra cứu và mã QR đã in vẫn dùng được."),
        _("Ngày hẹn trả kết quả không đổi."),
        _("Mã của cơ quan cũ dẫn đến %(name)s.") % {"name": merger.target.name},
        _("Hồ sơ nhận từ nay mang mã %(code)s.") % {"code": merger.target.code},
    ]


def _tell(merger: Merger, load: Load) -> Iterator[str]:
    names = {"old": load.agency.name, "new": merger.target.name}
    last_day = merger.last_day_of(load.agency)
    yield _("%(old)s (%(code)s) làm việc đến hết ngày %(day)s.") % (
        names | {"code": load.agency.code, "day": f"{last_day:%d/%m/%Y}"}
    )
    if not merger.is_due:
        yield _("Đến ngày %(day)s hệ thống tự chuyển mọi việc dưới đây.") % {"day": f"{merger.on:%d/%m/%Y}"}
    yield _("%(people)d người làm tiếp tại %(new)s với vai trò như cũ.") % (names | {"people": load.people})
    yield _("%(open)d hồ sơ đang giải quyết và %(drafts)d bản nháp chuyển sang danh sách của %(new)s.") % (
        names | {"open": load.open, "drafts": load.drafts}
    )
    if load.open:
        yield _("Người nộp các hồ sơ đang giải quyết được báo. Lịch sử mỗi hồ sơ thêm một dòng.")
    if load.ended:
        yield _("%(ended)d hồ sơ đã kết thúc chuyển theo để lưu.") % {"ended": load.ended}
    for unit in load.units:
        yield _("%(unit)s sẽ trực thuộc %(new)s.") % (names | {"unit": unit})
