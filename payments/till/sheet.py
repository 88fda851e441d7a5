"""Biên bản kiểm đếm tiền mặt on paper: A4, from what the close froze and what the session's receipts say."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dossiers.printing.source import name_place
from dossiers.prints.pieces import head, lines, show_time_and_day
from dossiers.prints.render import render
from payments.choices import Method
from payments.lines import read_lines
from payments.models import CashSession
from payments.till.counting import DENOMINATIONS
from payments.till.reads import list_lines
from payments.till.view import Drawer, build_drawer
from payments.words import amount_in_words
from portal.core.jsontypes import Json
from portal.core.money import format_vnd, group_thousands
from procedures.choices import FeeKind


@dataclass(frozen=True)
class SheetData:
    """What stands on the sheet, as plain values. Amounts in đồng; moments aware.

    `numbers`: sign, first, last and how many receipts of each book. `sums`: method, kind of fee -> đồng.
    """

    code: str
    place: str
    agency_name: str
    parent_agency_name: str
    issued_at: datetime
    opened_at: datetime
    cashier_name: str
    counter_name: str
    numbers: tuple[tuple[str, str, str, int], ...]
    sums: Mapping[tuple[str, str], int]
    opening: int
    cash: int
    other: int
    expected: int
    counted: int
    notes: Mapping[int, int]
    difference: str
    card_difference: str
    remark: str
    handed_in: int
    handed_in_number: str
    rest: int


def print_sheet(session: CashSession) -> bytes:
    """The close sheet as PDF/A. `session` is closed and comes with agency and who closed it (payments.till.reads)."""
    return render_sheet(build_sheet(session, build_drawer(session)))


def build_sheet(session: CashSession, drawer: Drawer) -> SheetData:
    """From a closed session. One query more than the drawer's."""
    agency, expected = session.agency, session.expected or 0
    closer = session.closed_by.user.full_name if session.closed_by else session.cashier_name
    return SheetData(
        code="",
        place=name_place(agency.name),
        agency_name=agency.name,
        parent_agency_name=agency.parent.name if agency.parent else "",
        issued_at=session.closed_at or session.opened_at,
        opened_at=session.opened_at,
        cashier_name=session.cashier_name,
        counter_name=closer,
        numbers=tuple((n.sign, f"{n.first:07d}", f"{n.last:07d}", n.issued) for n in drawer.numbers),
        sums=sum_by_kind(list_lines(session)),
        opening=session.opening,
        cash=drawer.taken.cash,
        other=expected - session.opening - drawer.taken.cash,
        expected=expected,
        counted=session.counted or 0,
        notes=dict(drawer.notes),
        difference=drawer.difference,
        card_difference=drawer.card_difference,
        remark=session.remark,
        handed_in=session.handed_in,
        handed_in_number=session.handed_in_number,
        rest=drawer.rest,
    )


def sum_by_kind(receipts: Iterable[tuple[str, list[dict[str, Json]]]]) -> Counter[tuple[str, str]]:
    """(method, kind of fee) -> đồng, over the lines of receipts."""
    sums: Counter[tuple[str, str]] = Counter()
    for method, kept in receipts:
        for line in read_lines(kept):
            sums[method, line.kind] += line.amount or 0
    return sums


def render_sheet(form: SheetData) -> bytes:
    """Biên bản kiểm đếm, A4, for two signatures."""
    return render(
        "till_sheet",
        {
            **head(form),
            **lines(form, "cashier_name counter_name difference card_difference remark handed_in_number"),
            "opened": show_time_and_day(form.opened_at),
            "closed": show_time_and_day(form.issued_at),
            "numbers": [
                {"sign": sign, "first": first, "last": last, "count": str(count)}
                for sign, first, last, count in form.numbers
            ],
            "methods": [_method_row(form, method) for method in (Method.CASH, Method.CARD)],
            "drawer": _drawer_rows(form),
            "notes": _note_rows(form),
            "counted": format_vnd(form.counted),
            "words": amount_in_words(form.counted),
            "handed_in": format_vnd(form.handed_in) if form.handed_in else "",
            "rest": format_vnd(form.rest),
        },
        on=form.issued_at,
    )


def _method_row(form: SheetData, method: Method) -> Json:
    parts = [form.sums.get((method, kind), 0) for kind in (FeeKind.PHI, FeeKind.LE_PHI)]
    return {
        "name": str(method.label),
        "phi": format_vnd(parts[0]),
        "le_phi": format_vnd(parts[1]),
        "sum": format_vnd(sum(parts)),
    }


def _drawer_rows(form: SheetData) -> list[Json]:
    rows = [(_("Đầu phiên có"), form.opening), (_("Thu tiền mặt"), form.cash)]
    if form.other:
        rows.append((_("Chi hoàn trả và khoản khác"), form.other))
    rows += [(_("Theo sổ phải có"), form.expected), (_("Đếm được"), form.counted)]
    return [{"name": name, "amount": format_vnd(amount)} for name, amount in rows]


def _note_rows(form: SheetData) -> list[Json]:
    """Nothing where only a total was typed."""
    if not form.notes:
        return []
    rows: list[Json] = [
        {
            "value": group_thousands(value),
            "count": str(form.notes.get(value, 0)),
            "sum": format_vnd(value * form.notes.get(value, 0)),
        }
        for value in DENOMINATIONS
    ]
    return rows
