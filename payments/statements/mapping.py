"""What the columns of a bank's file mean: guessed from the words of its header, judged as somebody set them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from payments.statements.days import Order, guess_order
from payments.statements.rows import Rows
from portal.core.text import fold

_LOOKED_AT = 40
_FEWEST = 2


class Meaning(StrEnum):
    """What a column may be. `amount` is in and out in one column, by its sign or by `side`."""

    BOOKED_ON = "booked_on"
    CREDIT = "credit"
    DEBIT = "debit"
    AMOUNT = "amount"
    SIDE = "side"
    MEMO = "memo"
    NUMBER = "number"


WORDS: Mapping[Meaning, tuple[str, ...]] = {
    Meaning.BOOKED_ON: (
        "ngay giao dich", "ngay gd", "ngay hach toan", "transaction date", "posting date", "ngay hieu luc", "tnx date",
        "value date", "thoi gian", "booking date", "ngay", "date",
    ),
    Meaning.CREDIT: (
        "so tien ghi co", "phat sinh co", "ps co", "ghi co", "tien vao", "credit amount", "credit", "so tien nhan",
        "co",
    ),
    Meaning.DEBIT: (
        "so tien ghi no", "phat sinh no", "ps no", "ghi no", "tien ra", "debit amount", "debit", "so tien chuyen", "no",
    ),
    Meaning.AMOUNT: ("so tien giao dich", "so tien gd", "so tien", "amount", "gia tri giao dich", "phat sinh"),
    Meaning.SIDE: ("co/no", "no/co", "c/d", "d/c", "dr/cr", "cr/dr", "loai giao dich", "loai gd", "dau"),
    Meaning.MEMO: (
        "noi dung chuyen khoan", "noi dung giao dich", "noi dung", "dien giai", "transaction remarks", "description",
        "mo ta", "remark", "chi tiet", "details", "narrative",
    ),
    Meaning.NUMBER: (
        "so tham chieu", "ma tham chieu", "so but toan", "ma giao dich", "so giao dich", "transaction id", "so gd",
        "reference", "so chung tu", "so ct", "ref no", "ref", "doc no",
    ),
}  # fmt: skip
"""Folded words of headers, the surest first. A word of up to three letters must be the whole cell."""
_NOT = re.compile(r"\b(so du|balance|stt|tai khoan|account|doi ung|phi gd)\b")
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Columns:
    """Meaning -> column from 0; `first_row` of the transactions, from 1; in which order days are written."""

    places: Mapping[Meaning, int]
    first_row: int
    order: Order = Order.DAY_FIRST

    def place(self, meaning: Meaning) -> int | None:
        return self.places.get(meaning)


def guess_columns(rows: Rows) -> Columns:
    """From the row that has most words of a header; without one nothing is guessed. Never raises."""
    best: dict[Meaning, int] = {}
    header = 0
    for number, row in enumerate(rows.cells[:_LOOKED_AT], start=1):
        found = _read_header(row)
        if len(found) > len(best):
            best, header = found, number
    if len(best) < _FEWEST:
        return Columns({}, 1)
    return Columns(best, header + 1, guess_order(_list_days(rows, best, header)))


def find_header(rows: Rows, first_row: int) -> str:
    """The folded words above the transactions: tells whether another file of this bank is built alike."""
    above = rows.cells[first_row - 2] if 1 < first_row <= len(rows.cells) + 1 else ()
    return "|".join(fold(cell) for cell in above)


def reuse_columns(rows: Rows, columns: Mapping[str, int], rules: Mapping[str, Any]) -> Columns | None:
    """The remembered meaning for a file with the same header, wherever it stands; None for another build."""
    header = str(rules.get("header", ""))
    for number, row in enumerate(rows.cells[:_LOOKED_AT], start=1):
        if header and "|".join(fold(cell) for cell in row) == header:
            return Columns(read_places(columns), number + 1, Order(rules.get("order", Order.DAY_FIRST)))
    return None


def read_places(columns: Mapping[str, int]) -> dict[Meaning, int]:
    return {Meaning(name): place for name, place in columns.items() if name in set(Meaning)}


def judge_columns(chosen: Sequence[str]) -> tuple[dict[Meaning, int], list[str]]:
    """What was chosen for each column, and sentences that say what is wrong. "" is a column left aside."""
    places: dict[Meaning, int] = {}
    faults: list[str] = []
    for place, name in enumerate(chosen):
        if name not in set(Meaning):
            continue
        meaning = Meaning(name)
        if meaning in places:
            faults.append(
                _("Hai cột cùng là “%(name)s”. Mỗi loại chỉ chọn một cột.") % {"name": label_of(meaning)}
            )
        places.setdefault(meaning, place)
    return places, faults + _list_lacking(places)


def _list_lacking(places: Mapping[Meaning, int]) -> list[str]:
    faults = []
    if Meaning.BOOKED_ON not in places:
        faults.append(_("Hãy chọn cột ngày giao dịch."))
    if Meaning.MEMO not in places:
        faults.append(_("Hãy chọn cột nội dung chuyển khoản."))
    if Meaning.CREDIT in places and Meaning.AMOUNT in places:
        faults.append(_("Chọn cột tiền vào, hoặc cột số tiền chung. Không chọn cả hai."))
    if Meaning.CREDIT not in places and Meaning.AMOUNT not in places:
        faults.append(_("Hãy chọn cột tiền vào (ghi có), hoặc cột số tiền chung."))
    if Meaning.SIDE in places and Meaning.AMOUNT not in places:
        faults.append(_("Cột Có/Nợ chỉ dùng cùng cột số tiền chung."))
    return faults


def label_of(meaning: Meaning) -> str:
    """As people read it beside a column."""
    return {
        Meaning.BOOKED_ON: _("Ngày"),
        Meaning.CREDIT: _("Tiền vào (có)"),
        Meaning.DEBIT: _("Tiền ra (nợ)"),
        Meaning.AMOUNT: _("Số tiền chung"),
        Meaning.SIDE: _("Có hay Nợ"),
        Meaning.MEMO: _("Nội dung"),
        Meaning.NUMBER: _("Số tham chiếu"),
    }[meaning]


def _read_header(row: Sequence[str]) -> dict[Meaning, int]:
    """Each meaning its best column; a column has one meaning. `amount` gives way to separate columns."""
    rated = sorted(
        (rank, place, meaning)
        for place, cell in enumerate(row)
        for meaning in Meaning
        if (rank := _rate(fold(cell), meaning)) is not None
    )
    found: dict[Meaning, int] = {}
    for _rank, place, meaning in rated:
        if meaning not in found and place not in found.values():
            found[meaning] = place
    if Meaning.CREDIT in found:
        for spare in (Meaning.AMOUNT, Meaning.SIDE):
            found.pop(spare, None)
    else:
        found.pop(Meaning.DEBIT, None)
    return found


def _rate(cell: str, meaning: Meaning) -> int | None:
    """How sure the word is, from 0; None where the cell says something else."""
    plain = re.sub(r"\s+", " ", re.sub(r"[^a-z/ ]+", " ", cell)).strip()
    if not plain or _NOT.search(plain):
        return None
    for rank, word in enumerate(WORDS[meaning]):
        if plain == word:
            return rank
        if len(word) > _SHORT and re.search(rf"\b{re.escape(word)}\b", plain):
            return 2 * len(WORDS[meaning]) + rank
    return None


def _list_days(rows: Rows, found: Mapping[Meaning, int], header: int) -> list[str]:
    place = found.get(Meaning.BOOKED_ON)
    if place is None:
        return []
    below = (row[place] for row in rows.cells[header:] if len(row) > place)
    return [cell for cell in below if any(c.isdigit() for c in cell)]
