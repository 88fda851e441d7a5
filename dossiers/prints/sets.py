"""Sets of forms, each in force from a day on: how the forms are numbered, and what the desk is called in them.

Circular 01/2018/TT-VPCP (annex, Mẫu 01-06) and Circular 03/2025/TT-VPCP (annex I, Mẫu 01-07), in force from
15/9/2025: it adds the notice of stopping as Mẫu 05, so the control slip becomes 06 and the register 07, and
renames Mẫu 04.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

RECEIPT, SUPPLEMENT_REQUEST, DECLINE, APOLOGY, STOP_NOTICE, CONTROL_SLIP, REGISTER = (
    "receipt", "supplement_request", "decline", "apology", "stop_notice", "control_slip", "register",
)  # fmt: skip


@dataclass(frozen=True)
class TemplateSet:
    """`name` is its folder in templates/print; `numbers` by form, `titles` where one differs from the other set's."""

    name: str
    since: date
    circular: str
    desk: str
    numbers: Mapping[str, str]
    apology_title: str

    def describe(self, form: str) -> str:
        """ "Mẫu số 04, Thông tư …"; empty for a form that the circular does not know."""
        number = self.numbers.get(form)
        return f"Mẫu số {number}, {self.circular}" if number else ""


TT03 = TemplateSet(
    "TT03-2025",
    date(2025, 9, 15),
    "Thông tư số 03/2025/TT-VPCP",
    "Bộ phận Một cửa",
    {
        RECEIPT: "01",
        SUPPLEMENT_REQUEST: "02",
        DECLINE: "03",
        APOLOGY: "04",
        STOP_NOTICE: "05",
        CONTROL_SLIP: "06",
        REGISTER: "07",
    },
    "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
)
TT01 = TemplateSet(
    "TT01-2018",
    date(2018, 11, 23),
    "Thông tư số 01/2018/TT-VPCP",
    "Bộ phận Tiếp nhận và Trả kết quả",
    {
        RECEIPT: "01",
        SUPPLEMENT_REQUEST: "02",
        DECLINE: "03",
        APOLOGY: "04",
        CONTROL_SLIP: "05",
        REGISTER: "06",
    },
    "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
)
SETS = (TT03, TT01)


def choose_set(day: date) -> TemplateSet:
    """The set in force on the day of the act; the oldest one before that."""
    return next((found for found in SETS if day >= found.since), SETS[-1])
