"""Bringing in a bank's file: taken once, read as somebody set it, each credit written once.

Reading happens before the transaction. An import locks the account's row, so that two people with overlapping
files write each credit once; what the lines mean is decided afterwards (`payments.services.matching`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.utils.translation import gettext as _

from payments.choices import LineStatus
from payments.models import BankStatement, GatewayAccount, StatementLine, StatementMapping
from payments.statements import reads
from payments.statements.days import Order
from payments.statements.files import read_file
from payments.statements.mapping import Columns, find_header, guess_columns, judge_columns, reuse_columns
from payments.statements.reading import Credit, Reading, list_refused, name_credits, read_rows
from payments.statements.rows import Rows
from portal.accounts.actor import Actor
from portal.audit import services as audit
from portal.core import clock, ids
from portal.core.errors import Conflict, Forbidden, RuleViolation
from portal.core.locking import durable, lock_rows
from portal.core.text import clean_line

LONGEST_NAME = 255
BATCH = 1000
KEPT_FOR = timedelta(days=7)
"""How long a file waits for its columns; then its rows, which hold names, are forgotten."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody set on the mapping screen: a meaning for each column, the first row, the order of days.

    `row_version` of the mapping that was seen, 0 where there was none.
    """

    meanings: Sequence[str]
    first_row: int
    order: Order = Order.DAY_FIRST
    row_version: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """`new` lines were written, `known` stood here already."""

    statement: BankStatement
    new: int
    known: int


def upload(account_id: UUID | str, *, file_name: str, content: bytes, actor: Actor) -> BankStatement:
    """Take a file and keep its rows until its columns are set; the same bytes again give the first statement.

    Raises NotFound, Forbidden, RuleViolation under `file`. Locks the account.
    """
    account = reads.access_account(actor, account_id)
    _require_writer(actor)
    sha256 = hashlib.sha256(content).digest()
    known = BankStatement.objects.filter(account=account, sha256=sha256).first()
    if known is not None and (known.imported_at or known.content is not None):
        return known
    rows = read_file(content)
    with durable():
        _lock_account(account)
        statement = BankStatement.objects.filter(account=account, sha256=sha256).first()
        if statement is None:
            statement = BankStatement(account=account, sha256=sha256, file_name="", uploaded_at=clock.now())
        elif statement.imported_at:
            return statement
        statement.file_name = clean_line(file_name)[-LONGEST_NAME:] or "sao-ke"
        statement.uploaded_at, statement.uploaded_by_id = clock.now(), cast("int", actor.membership_id)
        statement.content = {
            "rows": [list(row) for row in rows.cells],
            "faults": {str(number): why for number, why in rows.faults.items()},
        }
        statement.save()
    return statement


def open_rows(statement: BankStatement) -> Rows:
    """The rows of a file whose columns are not set yet. Raises Conflict once they are gone."""
    content = cast("dict[str, Any] | None", statement.content)
    if content is None:
        raise Conflict(
            "statement_imported", _("Tệp này đã nhập rồi, hoặc đã quá 7 ngày. Hãy mở lại trang sao kê.")
        )
    return Rows(content["rows"], {int(number): why for number, why in content["faults"].items()})


def propose_columns(rows: Rows, mapping: StatementMapping | None) -> tuple[Columns, bool]:
    """How the file would be read, and whether that is as remembered."""
    remembered = reuse_columns(rows, mapping.columns, mapping.rules) if mapping else None
    return (remembered, True) if remembered else (guess_columns(rows), False)


def read_as(rows: Rows, chosen: Chosen) -> tuple[Columns, Reading]:
    """The file as it would be read; `Reading.faults` say what is wrong with the choice. Never raises."""
    places, faults = judge_columns(chosen.meanings)
    columns = Columns(places, max(1, chosen.first_row), chosen.order)
    if faults:
        return columns, Reading(faults=tuple(faults))
    return columns, read_rows(rows, columns, today=clock.today())


def import_statement(statement_id: UUID, chosen: Chosen, *, actor: Actor) -> Imported:
    """Write every credit that is not here yet, remember the columns, forget the rows of the file.

    Locks account, statement. Raises NotFound, Forbidden, RuleViolation `columns`, Conflict when somebody imported
    it or set the columns of this account meanwhile. A repeat is refused.
    """
    statement = reads.access_statement(actor, statement_id)
    _require_writer(actor)
    rows = open_rows(statement)
    columns, reading = read_as(rows, chosen)
    faults = list(reading.faults) or (
        [] if reading.credits or reading.debits else [_("Không đọc được dòng nào.")]
    )
    if faults:
        raise RuleViolation("columns", " ".join(faults), errors={"columns": faults})
    named = name_credits(reading.credits)
    with durable():
        _lock_account(statement.account)
        _refuse_imported(statement)
        _remember(statement.account, columns, find_header(rows, columns.first_row), chosen.row_version, actor)
        fresh = _without_known(statement.account, named)
        _write_lines(statement, fresh)
        _close(statement, reading, known=len(reading.credits) - len(fresh), actor=actor)
        audit.record(
            user_id=actor.user_id,
            action="payments.import_statement",
            subject=f"bank_statement:{statement.pk}",
            detail={"new": len(fresh), "known": statement.known_lines, "refused": len(reading.refused)},
        )
    return Imported(statement, len(fresh), statement.known_lines)


def forget_due(limit: int = 100) -> int:
    """Rows of files that nobody imported within a week are forgotten. Harmless at once and again."""
    old = BankStatement.objects.filter(imported_at=None, uploaded_at__lt=clock.now() - KEPT_FOR)
    return BankStatement.objects.filter(pk__in=old.values("pk")[:limit]).delete()[0]


def _require_writer(actor: Actor) -> None:
    if actor.is_read_only or actor.membership_id is None:
        raise Forbidden


def _lock_account(account: GatewayAccount) -> None:
    lock_rows(GatewayAccount.objects.filter(pk=account.pk).only("pk"))


def _refuse_imported(statement: BankStatement) -> None:
    rows = lock_rows(BankStatement.objects.filter(pk=statement.pk).defer("content"))
    if not rows or rows[0].imported_at is not None:
        raise Conflict(
            "statement_imported", _("Tệp này vừa được người khác nhập. Không có dòng nào bị ghi hai lần.")
        )


def _remember(account: GatewayAccount, columns: Columns, header: str, row_version: int, actor: Actor) -> None:
    known = reads.find_mapping(account)
    if (known.row_version if known else 0) != row_version:
        raise Conflict(
            "conflict", _("Cách đọc tệp của tài khoản này vừa được người khác đổi. Hãy xem lại bảng dưới.")
        )
    mapping = known or StatementMapping(account=account, row_version=0)
    places = {str(meaning): place for meaning, place in columns.places.items()}
    rules = {"header": header, "order": str(columns.order)}
    if known and (known.columns, known.rules) == (places, rules):
        return
    mapping.columns, mapping.rules = places, rules
    mapping.row_version += 1
    mapping.changed_at, mapping.changed_by_id = clock.now(), cast("int", actor.membership_id)
    mapping.save()


def _without_known(account: GatewayAccount, named: Mapping[bytes, Credit]) -> dict[bytes, Credit]:
    """Credits that no file brought yet. Under the account's lock nobody else adds any."""
    prints = list(named)
    known: set[bytes] = set()
    for begin in range(0, len(prints), BATCH):
        rows = StatementLine.objects.filter(account=account, fingerprint__in=prints[begin : begin + BATCH])
        known.update(bytes(one) for one in rows.values_list("fingerprint", flat=True))
    return {one: credit for one, credit in named.items() if one not in known}


def _write_lines(statement: BankStatement, fresh: Mapping[bytes, Credit]) -> None:
    StatementLine.objects.bulk_create(
        (
            StatementLine(
                id=ids.uuid7(),
                account_id=statement.account_id,
                statement=statement,
                position=credit.row,
                booked_on=credit.booked_on,
                amount=credit.amount,
                memo=credit.memo,
                number=credit.number,
                fingerprint=one,
                status=LineStatus.WAITING,
            )
            for one, credit in fresh.items()
        ),
        batch_size=BATCH,
    )


def _close(statement: BankStatement, reading: Reading, *, known: int, actor: Actor) -> None:
    statement.content = None
    statement.imported_at, statement.imported_by_id = clock.now(), actor.membership_id
    statement.known_lines, statement.debits = known, reading.debits
    statement.refused = list_refused(reading)
    statement.save(
        update_fields=["content", "imported_at", "imported_by", "known_lines", "debits", "refused"]
    )
