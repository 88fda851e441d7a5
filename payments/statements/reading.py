"""The credits of a file, read as its columns were set; what cannot be read is named by its row."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from django.utils.translation import gettext as _

from payments.statements.amounts import Unreadable, read_amount, read_side
from payments.statements.days import Order, read_day
from payments.statements.mapping import Columns, Meaning
from payments.statements.rows import Rows
from portal.core.text import fold

LONGEST_MEMO, LONGEST_NUMBER = 500, 60
OLDEST = timedelta(days=3 * 366)
_FOOTERS = ("tong", "so du", "cong phat sinh", "total", "balance", "nguoi lap", "ke toan")
_FEWEST_COUNTED = 3


@dataclass(frozen=True, slots=True)
class Credit:
    """Money that came in: the file's row (from 1), the bank's day, đồng, what the payer wrote, the bank's number."""

    row: int
    booked_on: date
    amount: int
    memo: str
    number: str


@dataclass(frozen=True, slots=True)
class Reading:
    """`debits` were left out; `refused`: (row, why) of rows that could not be read; `faults`: of the whole choice."""

    credits: tuple[Credit, ...] = ()
    debits: int = 0
    refused: tuple[tuple[int, str], ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return sum(credit.amount for credit in self.credits)


def read_rows(rows: Rows, columns: Columns, *, today: date) -> Reading:
    """Every row from the first one on. Never raises; days after `today` and older than three years are refused."""
    found: list[Credit] = []
    refused: list[tuple[int, str]] = []
    debits = 0
    reader = _Reader(columns, today)
    for number in range(columns.first_row, len(rows.cells) + 1):
        cells = rows.cells[number - 1]
        if number in rows.faults:
            refused.append((number, rows.faults[number]))
            continue
        if not cells or reader.is_footer(cells):
            continue
        try:
            credit = reader.read(number, cells)
        except Unreadable as error:
            refused.append((number, str(error)))
            continue
        if credit is None:
            debits += 1
        else:
            found.append(credit)
    return Reading(tuple(found), debits, tuple(refused), tuple(_list_faults(found, columns)))


class _Reader:
    def __init__(self, columns: Columns, today: date) -> None:
        self._columns = columns
        self._today = today

    def read(self, row: int, cells: Sequence[str]) -> Credit | None:
        """The credit of a row, None for a debit. Raises Unreadable."""
        amount = self._read_amount(cells)
        if amount <= 0:
            if amount == 0:
                raise Unreadable(_("Không có số tiền."))
            return None
        return Credit(
            row=row,
            booked_on=self._read_day(self._cell(cells, Meaning.BOOKED_ON), self._columns.order),
            amount=amount,
            memo=self._cell(cells, Meaning.MEMO)[:LONGEST_MEMO],
            number=self._read_number(cells),
        )

    def is_footer(self, cells: Sequence[str]) -> bool:
        """A sum below the transactions: it has no day, and says what it is."""
        if self._cell(cells, Meaning.BOOKED_ON):
            words = fold(self._cell(cells, Meaning.BOOKED_ON))
            return any(words.startswith(word) for word in _FOOTERS)
        words = fold(" ".join(cells))
        return any(word in words for word in _FOOTERS) or not self._has_money(cells)

    def _has_money(self, cells: Sequence[str]) -> bool:
        return any(self._cell(cells, name) for name in (Meaning.CREDIT, Meaning.DEBIT, Meaning.AMOUNT))

    def _cell(self, cells: Sequence[str], meaning: Meaning) -> str:
        place = self._columns.place(meaning)
        return cells[place] if place is not None and place < len(cells) else ""

    def _read_amount(self, cells: Sequence[str]) -> int:
        if self._columns.place(Meaning.CREDIT) is not None:
            credit = read_amount(self._cell(cells, Meaning.CREDIT))
            debit = read_amount(self._cell(cells, Meaning.DEBIT))
            if credit and debit:
                raise Unreadable(_("Dòng này vừa có tiền vào vừa có tiền ra."))
            return credit or -abs(debit)
        amount = read_amount(self._cell(cells, Meaning.AMOUNT))
        if self._columns.place(Meaning.SIDE) is not None:
            return read_side(self._cell(cells, Meaning.SIDE)) * abs(amount)
        return amount

    def _read_day(self, text: str, order: Order) -> date:
        day = read_day(text, order)
        if day > self._today:
            raise Unreadable(_("Ngày ở tương lai. Hãy xem lại thứ tự ngày, tháng."))
        if day < self._today - OLDEST:
            raise Unreadable(_("Ngày đã quá ba năm. Hãy xem lại cột ngày."))
        return day

    def _read_number(self, cells: Sequence[str]) -> str:
        number = self._cell(cells, Meaning.NUMBER)
        if len(number) > LONGEST_NUMBER:
            raise Unreadable(_("Số tham chiếu dài quá 60 ký tự, có lẽ đây là cột khác."))
        return number.upper()


def _list_faults(found: Sequence[Credit], columns: Columns) -> Iterable[str]:
    """A column that only counts the rows is no reference: in the next file the same credit has another number."""
    if columns.place(Meaning.NUMBER) is None or len(found) < _FEWEST_COUNTED:
        return
    numbers = [credit.number for credit in found]
    if all(number.isdecimal() for number in numbers):
        steps = {int(number) - credit.row for number, credit in zip(numbers, found, strict=True)}
        if len(steps) == 1 and len(numbers[0]) < LONGEST_NUMBER // 10:
            yield _("Cột số tham chiếu chỉ là số thứ tự. Hãy chọn cột khác, hoặc bỏ qua cột này.")


def fingerprint(credit: Credit, repeat: int) -> bytes:
    """What tells a credit from every other of its account, in whichever file it comes: 32 bytes.

    With the bank's number that number decides, together with day, amount and words. Without one, `repeat` counts
    equal credits of one day, so that two equal transfers stay two and a file that repeats them brings none.
    """
    words = "".join(c for c in fold(credit.memo) if c.isalnum())
    count = 0 if credit.number else repeat
    parts = (credit.booked_on.isoformat(), str(credit.amount), credit.number, words, str(count))
    return sha256("\x1f".join(parts).encode()).digest()


def name_credits(credits_: Iterable[Credit]) -> dict[bytes, Credit]:
    """The credits of one file by fingerprint, in order; one that stands twice under one number is one."""
    seen: Counter[bytes] = Counter()
    named: dict[bytes, Credit] = {}
    for credit in credits_:
        plain = fingerprint(credit, 0)
        named.setdefault(fingerprint(credit, seen[plain]), credit)
        seen[plain] += 1
    return named


def list_refused(reading: Reading, most: int = 200) -> list[Mapping[str, int | str]]:
    """As it is kept with the statement: rows and reasons, nothing of what stood there."""
    return [{"row": row, "reason": reason} for row, reason in reading.refused[:most]]
