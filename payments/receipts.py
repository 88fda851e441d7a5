"""Biên lai thu tiền phí, lệ phí on paper: A5, from what the receipt froze."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.utils import translation

from dossiers.prints.pieces import show_day_in_words, show_time_and_day
from dossiers.prints.render import render
from dossiers.prints.text import print_line
from payments.checking import check_url, code_of
from payments.choices import Method
from payments.lines import FeeLine, read_lines
from payments.models import Receipt
from payments.words import amount_in_words
from portal.core.jsontypes import Json
from portal.core.money import format_vnd
from procedures.choices import FeeKind


@dataclass(frozen=True)
class FeeReceiptData:
    """What stands on the receipt, as plain values. `issued_at` is aware, amounts are đồng.

    `check_code` is typed at `check_url`'s page, which the QR code opens; `is_electronic`: the portal issued it itself,
    nobody signs.
    """

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
    check_code: str = ""
    check_url: str = ""
    is_electronic: bool = False


def print_receipt(receipt: Receipt) -> bytes:
    """The receipt as PDF/A. `receipt` comes with dossier and procedure (payments.selectors)."""
    code = code_of(receipt)
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
            lines=_read_vietnamese(receipt.lines),
            amount=receipt.amount,
            collector_name=receipt.issued_by_name,
            issued_at=receipt.issued_at,
            check_code=code,
            check_url=check_url(code),
            is_electronic=receipt.issued_by_id is None,
        )
    )


def _read_vietnamese(lines: Iterable[Mapping[str, Json]]) -> tuple[FeeLine, ...]:
    """Whoever prints it, the same words."""
    with translation.override("vi"):
        return read_lines(lines)


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
            "qr_text": form.check_url,
            "check_code": form.check_code,
            "check_address": _show_address(form.check_url),
            "is_electronic": form.is_electronic,
        },
        on=form.issued_at,
    )


def _show_address(url: str) -> str:
    """The page as somebody types it, without the code."""
    parts = urlsplit(url)
    return print_line(parts.netloc + parts.path.rstrip("/"))


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
