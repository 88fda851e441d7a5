"""Biên lai thu tiền phí, lệ phí on paper: A5, from what the receipt froze."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from dossiers.prints.pieces import show_day_in_words, show_time_and_day
from dossiers.prints.render import render
from dossiers.prints.text import print_line
from payments.choices import Method
from payments.lines import FeeLine, read_lines
from payments.models import Receipt
from payments.words import amount_in_words
from portal.core.jsontypes import Json
from portal.core.money import format_vnd
from procedures.choices import FeeKind


@dataclass(frozen=True)
class FeeReceiptData:
    """What stands on the receipt, as plain values. `issued_at` is aware, amounts are đồng."""

    number: str
    sign: str
    agency_name: str
    parent_agency_name: str
    payer_name: str
    dossier_code: str
    procedure_name: str
    method_text: str
    lines: tuple[FeeLine, ...]
    amount: int
    collector_name: str
    issued_at: datetime


def print_receipt(receipt: Receipt) -> bytes:
    """The receipt as PDF/A. `receipt` comes with dossier and procedure (payments.selectors)."""
    return render_fee_receipt(
        FeeReceiptData(
            number=receipt.number_text,
            sign=receipt.sign,
            agency_name=receipt.agency_name,
            parent_agency_name=receipt.parent_agency_name,
            payer_name=receipt.payer_name,
            dossier_code=receipt.dossier.code or "",
            procedure_name=receipt.dossier.procedure.name,
            method_text=str(Method(receipt.method).label),
            lines=read_lines(receipt.lines),
            amount=receipt.amount,
            collector_name=receipt.issued_by_name,
            issued_at=receipt.issued_at,
        )
    )


def render_fee_receipt(form: FeeReceiptData) -> bytes:
    """Biên lai, A5; phí and lệ phí are added up apart."""
    names = "number sign agency_name parent_agency_name payer_name dossier_code procedure_name"
    texts = {name: print_line(getattr(form, name)) for name in f"{names} method_text collector_name".split()}
    return render(
        "fee_receipt",
        {
            **texts,
            "code": texts["number"],
            "groups": _groups(form.lines),
            "total": format_vnd(form.amount),
            "words": amount_in_words(form.amount),
            "paid": show_time_and_day(form.issued_at),
            "day": show_day_in_words(form.issued_at).capitalize(),
        },
        on=form.issued_at,
    )


def _groups(lines: Iterable[FeeLine]) -> list[Json]:
    """Lines of one kind together, phí first, each kind with its sum; what came to nothing is left out."""
    taken = [line for line in lines if line.amount]
    return [_group(kind, found) for kind in FeeKind if (found := [x for x in taken if x.kind == kind])]


def _group(kind: FeeKind, lines: Sequence[FeeLine]) -> Json:
    return {
        "name": str(kind.label),
        "sum": format_vnd(sum(line.amount or 0 for line in lines)),
        "lines": [
            {
                "label": print_line(line.label),
                "explanation": print_line(line.explanation),
                "amount": format_vnd(line.amount),
            }
            for line in lines
        ],
    }
