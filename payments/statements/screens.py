"""What the pages of bank statements show, put together from reads and pure reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from payments.choices import LineStatus
from payments.gateways.vietqr.banks import name_bank
from payments.models import BankStatement, StatementLine
from payments.services import assigning
from payments.services.statements import Chosen, open_rows, propose_columns, read_as
from payments.statements import reads
from payments.statements.days import Order
from payments.statements.deciding import Decision, Outcome
from payments.statements.mapping import Columns, Meaning, label_of
from payments.statements.reading import Credit, Reading
from payments.statements.rows import MOST_BYTES, Rows
from portal.accounts.actor import Actor
from portal.core.errors import NotFound, RuleViolation
from portal.core.money import format_vnd

if TYPE_CHECKING:
    from payments.models import GatewayAccount

__all__ = ["MOST_BYTES"]

LONGEST_NUMBER = 9
SHOWN_ABOVE, SHOWN_BELOW, PREVIEWED, MOST_REFUSED = 2, 8, 10, 10
TAGS = {
    LineStatus.MATCHED: "done",
    LineStatus.PARTIAL: "warn",
    LineStatus.SURPLUS: "warn",
    LineStatus.QUEUED: "late",
    LineStatus.WAITING: "info",
    LineStatus.IGNORED: "",
}


@dataclass(frozen=True, slots=True)
class ColumnsScreen:
    """The mapping screen. `rows` are (number, cells) of the head of the file, `options` of each select."""

    statement: BankStatement
    chosen: Chosen
    columns: Columns
    reading: Reading
    heads: Sequence[tuple[str, str, str]]
    rows: Sequence[tuple[int, Sequence[str]]]
    options: Sequence[tuple[str, str]]
    orders: Sequence[tuple[str, str]]
    is_posted: bool
    is_remembered: bool
    differs: bool

    @property
    def faults(self) -> Sequence[str]:
        return self.reading.faults

    @property
    def previewed(self) -> Sequence[Credit]:
        return self.reading.credits[:PREVIEWED]

    @property
    def refused(self) -> Sequence[tuple[int, str]]:
        return self.reading.refused[:MOST_REFUSED]

    @property
    def can_import(self) -> bool:
        return not self.faults and bool(self.reading.credits or self.reading.debits)


def build_columns(
    statement: BankStatement, posted: QueryDict | None, *, sees_newest: bool = False
) -> ColumnsScreen:
    """The screen as it was posted, else as remembered or guessed. Three queries. Raises Conflict without rows."""
    rows = open_rows(statement)
    mapping = reads.find_mapping(statement.account)
    version = mapping.row_version if mapping else 0
    proposed, is_remembered = propose_columns(rows, mapping)
    is_posted = posted is not None and "column_0" in posted
    chosen = _choose(proposed, rows.width, version)
    if posted is not None and is_posted:
        chosen = _read_chosen(posted, rows.width, version if sees_newest else None)
    columns, reading = read_as(rows, chosen)
    return ColumnsScreen(
        statement=statement,
        chosen=chosen,
        columns=columns,
        reading=reading,
        heads=[(f"column_{n}", _letter(n), chosen.meanings[n]) for n in range(rows.width)],
        rows=_head_of(rows, columns.first_row),
        options=[("", _("Bỏ qua")), *((meaning.value, label_of(meaning)) for meaning in Meaning)],
        orders=[(Order.DAY_FIRST.value, _("ngày/tháng/năm")), (Order.MONTH_FIRST.value, _("tháng/ngày/năm"))],
        is_posted=is_posted,
        is_remembered=is_remembered and not is_posted,
        differs=mapping is not None and not is_remembered and not is_posted,
    )


def _choose(proposed: Columns, width: int, version: int) -> Chosen:
    meanings = [""] * width
    for meaning, place in proposed.places.items():
        if place < width:
            meanings[place] = meaning.value
    return Chosen(meanings, proposed.first_row, proposed.order, version)


def _read_chosen(posted: QueryDict, width: int, version: int | None) -> Chosen:
    """What a form says; what no form of ours would say is taken for nothing."""
    order = posted.get("order", "")
    return Chosen(
        meanings=[posted.get(f"column_{n}", "") for n in range(width)],
        first_row=max(1, min(_read_number(posted.get("first_row", "")), 10**6)),
        order=Order(order) if order in set(Order) else Order.DAY_FIRST,
        row_version=_read_number(posted.get("row_version", "")) if version is None else version,
    )


def _read_number(text: str) -> int:
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= LONGEST_NUMBER else 0


def _letter(place: int) -> str:
    """A, B … Z, AA: as spreadsheets name their columns."""
    head, rest = divmod(place, len(ascii_uppercase))
    return (ascii_uppercase[head - 1] if head else "") + ascii_uppercase[rest]


def _head_of(rows: Rows, first_row: int) -> list[tuple[int, Sequence[str]]]:
    """The header and the first transactions, each as wide as the table."""
    begin = max(1, min(first_row, len(rows.cells)) - SHOWN_ABOVE)
    shown = rows.cells[begin - 1 : begin + SHOWN_ABOVE + SHOWN_BELOW - 1]
    return [
        (number, [*cells, *[""] * (rows.width - len(cells))])
        for number, cells in enumerate(shown, start=begin)
    ]


def build_home(actor: Actor) -> dict[str, Any]:
    """Three queries."""
    counts = reads.count_lines(actor)
    return {
        "accounts": [(str(row.pk), name_account(row)) for row in reads.list_accounts(actor)],
        "statements": reads.list_statements(actor),
        "queue": counts.get(LineStatus.QUEUED),
        "held": counts.get(LineStatus.PARTIAL),
        "most_bytes": MOST_BYTES,
    }


def name_account(account: GatewayAccount) -> str:
    """Bank and number, as people tell their accounts apart."""
    details = account.details
    words = f"{name_bank(str(details.get('bank', '')))} {details.get('account', '')}"
    return words if account.is_active else _("%(name)s (đã tắt)") % {"name": words}


def build_lines(actor: Actor, asked: QueryDict) -> dict[str, Any]:
    """One page of lines of a status. Two queries."""
    status = asked.get("status", "")
    status = status if status in reads.VIEWS else LineStatus.QUEUED
    counts = reads.count_lines(actor)
    found, after = reads.list_lines(actor, status, after=_read_key(asked.get("after", "")))
    return {
        "status": str(status),
        "rows": [(row, reads.say_age(row.booked_on), reads.is_old(row.booked_on)) for row in found],
        "is_waiting": status in (LineStatus.QUEUED, LineStatus.PARTIAL),
        "next_href": f"?{urlencode({'status': status, 'after': after})}" if after else "",
        "chips": [
            {
                "label": str(LineStatus(view).label),
                "href": f"{reverse('payments:statement_lines')}?status={view}",
                "count": counts[view].count if view in counts else 0,
                "is_current": view == status,
            }
            for view in reads.VIEWS
        ],
    }


def build_line(actor: Actor, line: StatementLine, typed: QueryDict) -> tuple[dict[str, Any], dict[str, str]]:
    """The page of one line, and what is wrong with the code that was asked for."""
    code, faults, aim = typed.get("code", ""), {}, None
    can_decide = line.status in (LineStatus.QUEUED, LineStatus.IGNORED) and not actor.is_read_only
    if can_decide and "code" in typed and not typed.get("reason"):
        try:
            aim = assigning.preview(line, code)
        except RuleViolation as error:
            faults = {name: texts[0] for name, texts in error.errors.items()}
    context = {
        "line": line,
        "account_name": name_account(line.account),
        "age": reads.say_age(line.booked_on),
        "tag": TAGS[LineStatus(line.status)],
        "code": code,
        "reason": typed.get("reason", ""),
        "aim": aim,
        "outcome": say_decision(aim.decision) if aim else "",
        "can_decide": can_decide,
        "can_ignore": can_decide and line.status == LineStatus.QUEUED,
        "can_give_back": line.status == LineStatus.PARTIAL and not actor.is_read_only,
        "suggestions": reads.suggest_dossiers(actor, line) if can_decide and aim is None else [],
    }
    return context, faults


def say_decision(decision: Decision) -> str:
    """What assigning will do, in a sentence or two."""
    if decision.outcome is Outcome.GIVE_BACK:
        return _("Hồ sơ này không còn khoản nào phải nộp. Cả số tiền được đề nghị hoàn trả.")
    if decision.outcome is Outcome.HOLD:
        lacking = format_vnd(decision.fees[0].lacking)
        words = _("Hồ sơ còn phải nộp %(lacking)s nên chưa đủ. Tiền được giữ lại chờ phần còn thiếu.")
        return words % {"lacking": lacking}
    if decision.rest:
        rest = format_vnd(decision.rest)
        return _("Đủ tiền: hồ sơ được ghi đã nộp. Còn thừa %(rest)s, được đề nghị hoàn trả.") % {"rest": rest}
    return _("Vừa đủ tiền: hồ sơ được ghi đã nộp và có biên lai.")


def say_outcome(line: StatementLine) -> str:
    """What became of a line that was just decided."""
    return {
        LineStatus.MATCHED: _("Đã ghi tiền vào hồ sơ. Biên lai đã có."),
        LineStatus.PARTIAL: _("Đã giữ tiền cho hồ sơ, còn chờ phần thiếu."),
        LineStatus.SURPLUS: _("Đã đề nghị hoàn trả. Hai người duyệt ở trang Hoàn trả."),
        LineStatus.IGNORED: _("Đã bỏ khoản này ra khỏi danh sách chờ."),
    }.get(LineStatus(line.status), _("Đã ghi nhận."))


def list_outcomes(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """How many lines of a file became what, with a link to them."""
    return [
        {
            "label": str(status.label),
            "count": counts[status],
            "kind": TAGS[status],
            "href": f"{reverse('payments:statement_lines')}?status={status}" if status in reads.VIEWS else "",
        }
        for status in LineStatus
        if counts.get(status)
    ]


def read_id(text: str) -> UUID:
    """Raises NotFound for what is no id."""
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error


def _read_key(text: str) -> str:
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        return ""
