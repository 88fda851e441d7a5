"""A gateway's list of one day's transactions, read from CSV. Pure: bytes in, lines and refusals out.

The first line names the columns. Names are read without accents and signs, in Vietnamese, in English or as the
gateway calls the field; the separator is a comma, a semicolon or a tab. Gateways agree their file with each merchant,
so no layout is fixed here.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.core.errors import RuleViolation
from portal.core.text import fold

MOST_BYTES = 10 * 1024 * 1024
MOST_LINES = 100_000
LONGEST_REFERENCE = 100
MOST_AMOUNT = 10**12
_AMOUNT = re.compile(r"[0-9]{1,16}|[0-9]{1,3}(?:[., \u00a0][0-9]{3}){1,5}")
_HUNDREDTHS = "vnpamount"

PAID = frozenset({"00", "0", "paid", "success", "thanh cong", "da thanh toan", "approved", ""})
REFUNDS = frozenset({"refund", "hoan tra", "hoan tien", "02", "03"})

_NAMES: Mapping[str, tuple[str, ...]] = {
    "reference": (
        "vnptxnref",
        "txnref",
        "reference",
        "orderid",
        "ma don hang",
        "ma tham chieu",
        "ma giao dich",
    ),
    "amount": ("amount", "vnpamount", "so tien", "so tien giao dich"),
    "status": ("status", "transactionstatus", "vnptransactionstatus", "trang thai", "ket qua"),
    "number": ("transactionno", "vnptransactionno", "number", "so giao dich", "ma giao dich cong"),
    "kind": ("type", "kind", "transactiontype", "vnptransactiontype", "loai", "loai giao dich"),
}
_NEEDED = ("reference", "amount")


@dataclass(frozen=True, slots=True)
class SettledLine:
    """One transaction as the gateway settled it. `amount` in đồng; `is_refund`: money that went back."""

    place: int
    reference: str
    amount: int
    is_paid: bool
    is_refund: bool = False
    number: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """A file as read. `refused`: (line of the file from 1, what is wrong with it)."""

    lines: tuple[SettledLine, ...]
    refused: tuple[tuple[int, str], ...] = ()
    sha256: bytes = field(default=b"", repr=False)

    @property
    def total(self) -> int:
        """Paid minus given back, in đồng."""
        return sum(-line.amount if line.is_refund else line.amount for line in self.lines if line.is_paid)


def read_settlement(content: bytes) -> Settlement:
    """Read a file. A line that cannot be read is reported by its number, the others count.

    Raises RuleViolation `settlement_unreadable` where no line can be read at all: empty, too big, not text, columns
    missing.
    """
    rows = csv.reader(io.StringIO(_decode(content), newline=""), delimiter=_find_separator(content))
    found: list[SettledLine] = []
    refused: list[tuple[int, str]] = []
    columns: Mapping[str, int] = {}
    in_hundredths = False
    try:
        for place, row in enumerate(rows, start=1):
            if not any(cell.strip() for cell in row):
                continue
            if not columns:
                columns = _find_columns(row)
                in_hundredths = _plain(row[columns["amount"]]) == _HUNDREDTHS
                continue
            if len(found) + len(refused) >= MOST_LINES:
                raise _unreadable(_("Tệp dài quá 100.000 dòng. Hãy tách thành từng ngày."))
            line = _read_line(place, row, columns, in_hundredths=in_hundredths)
            if isinstance(line, str):
                refused.append((place, line))
            else:
                found.append(line)
    except csv.Error as error:
        raise _unreadable(_("Tệp này không đọc được như bảng CSV.")) from error
    if not columns:
        raise _unreadable(_("Tệp này không có dòng nào."))
    lines, doubled = _drop_repeats(found)
    return Settlement(lines, tuple(sorted([*refused, *doubled])), hashlib.sha256(content).digest())


def _decode(content: bytes) -> str:
    if not content.strip():
        raise _unreadable(_("Tệp này trống."))
    if len(content) > MOST_BYTES:
        raise _unreadable(_("Tệp lớn quá 10 MB. Hãy tách thành từng ngày."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(_("Tệp này không phải CSV dạng UTF-8. Hãy tải lại từ cổng thanh toán.")) from error
    if "\x00" in text:
        raise _unreadable(_("Tệp này không phải CSV dạng UTF-8. Hãy tải lại từ cổng thanh toán."))
    return text


def _find_separator(content: bytes) -> str:
    first = content.lstrip().splitlines()[0].decode("utf-8", "replace")
    return max(",;\t", key=first.count)


def _find_columns(row: Iterable[str]) -> dict[str, int]:
    """Which column holds what. Raises RuleViolation when one that is needed is missing."""
    names = {_plain(name): place for place, name in reversed(list(enumerate(row)))}
    columns = {
        key: places[0]
        for key, known in _NAMES.items()
        if (places := [names[_plain(name)] for name in known if _plain(name) in names])
    }
    if missing := [key for key in _NEEDED if key not in columns]:
        wanted = ", ".join({"reference": _("mã tham chiếu"), "amount": _("số tiền")}[key] for key in missing)
        message = _("Dòng đầu phải có tên các cột. Thiếu cột: %(columns)s.")
        raise _unreadable(message % {"columns": wanted})
    return columns


def _plain(name: str) -> str:
    return "".join(letter for letter in fold(name) if letter.isalnum())


def _read_line(
    place: int, row: list[str], columns: Mapping[str, int], *, in_hundredths: bool
) -> SettledLine | str:
    """The line, or what is wrong with it."""
    cells = {key: row[at].strip() if at < len(row) else "" for key, at in columns.items()}
    reference = cells["reference"]
    amount = _read_amount(cells["amount"], in_hundredths=in_hundredths)
    if not reference or len(reference) > LONGEST_REFERENCE:
        return _("Thiếu mã tham chiếu, hoặc mã dài quá 100 chữ.")
    if amount is None:
        return _("Số tiền “%(text)s” không đọc được.") % {"text": cells["amount"][:40]}
    return SettledLine(
        place=place,
        reference=reference,
        amount=amount,
        is_paid=fold(cells.get("status", "")).strip() in PAID,
        is_refund=fold(cells.get("kind", "")).strip() in REFUNDS,
        number=cells.get("number", "")[:40],
    )


def _read_amount(text: str, *, in_hundredths: bool) -> int | None:
    """Đồng: 15000, 15.000, 15,000, "15 000 đ"; vnp_Amount counts hundredths. Other fractions and signs are refused."""
    plain = text.lower().removesuffix("vnđ").removesuffix("vnd").removesuffix("đ").strip()
    if not _AMOUNT.fullmatch(plain):
        return None
    amount = int("".join(letter for letter in plain if letter.isdigit()))
    if in_hundredths:
        amount, rest = divmod(amount, 100)
        if rest:
            return None
    return amount if 0 < amount <= MOST_AMOUNT else None


def _drop_repeats(lines: Iterable[SettledLine]) -> tuple[tuple[SettledLine, ...], list[tuple[int, str]]]:
    """The first of each payment, and of each refund of an amount, counts; a second one is reported."""
    kept: dict[tuple[str, bool, str], SettledLine] = {}
    refused = []
    for line in lines:
        key = (line.reference, line.is_refund, line.number if line.is_refund else "")
        if key in kept:
            refused.append((line.place, _("Trùng với dòng %(place)d.") % {"place": kept[key].place}))
        else:
            kept[key] = line
    return tuple(kept.values()), refused


def _unreadable(message: str) -> RuleViolation:
    return RuleViolation("settlement_unreadable", message, errors={"file": [message]})


@dataclass(frozen=True, slots=True)
class OurPayment:
    """What the comparison needs of a payment of ours. `amount` in đồng; `refunded`: paid back through the gateway."""

    reference: str
    amount: int
    is_paid: bool
    is_of_day: bool
    refunded: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """One disagreement of a comparison; `kind` of DifferenceKind."""

    kind: str
    reference: str
    ours: int | None
    theirs: int | None


def compare(lines: Iterable[SettledLine], ours: Mapping[str, OurPayment]) -> Iterator[Found]:
    """Every disagreement between a file and our payments of its day, by reference.

    `ours`: payments of the day and all that the file names, whatever their day (a payment at midnight may stand in
    the next file). A failed attempt that neither side counts as paid is no difference.
    """
    theirs = {line.reference: line for line in lines if not line.is_refund}
    for reference, line in theirs.items():
        mine = ours.get(reference)
        if mine is None:
            if line.is_paid:
                yield Found("missing_here", reference, None, line.amount)
        elif mine.is_paid != line.is_paid:
            yield Found("status", reference, _counted(mine), line.amount if line.is_paid else 0)
        elif mine.is_paid and mine.amount != line.amount:
            yield Found("amount", reference, mine.amount, line.amount)
    for reference, mine in ours.items():
        if mine.is_paid and mine.is_of_day and reference not in theirs:
            yield Found("missing_there", reference, mine.amount, None)


def _counted(mine: OurPayment) -> int:
    return mine.amount if mine.is_paid else 0


def compare_refunds(lines: Iterable[SettledLine], ours: Mapping[str, OurPayment]) -> Iterator[Found]:
    """Refunds of the file against what we sent back in all: more there than here is a difference."""
    given: dict[str, int] = {}
    for line in lines:
        if line.is_refund and line.is_paid:
            given[line.reference] = given.get(line.reference, 0) + line.amount
    for reference, amount in given.items():
        mine = ours.get(reference)
        if mine is None or mine.refunded < amount:
            yield Found("amount", f"refund:{reference}"[:100], mine.refunded if mine else None, amount)
