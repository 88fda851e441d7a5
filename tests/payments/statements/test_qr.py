"""The transfer on the citizen's fee page."""

import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.template.loader import render_to_string

from payments.gateways.base import Contract
from payments.gateways.vietqr.codes import read_code
from payments.statements.qr import TransferQr, build_memo, build_transfer
from portal.core import ids
from tests.payments.statements.banks import DETAILS

CODE = "H13.36.01-261123-0014"
CONTRACT = Contract(ids.uuid7(), 1, "vietqr", "970436-0011001234567", DETAILS)


def build(
    code: str | None = CODE, amount: int | None = 15_000, contract: Contract = CONTRACT
) -> TransferQr | None:
    fee = cast("Any", SimpleNamespace(amount=amount, dossier=SimpleNamespace(code=code)))
    return build_transfer(fee, contract)


def test_the_code_asks_for_this_amount_with_this_memo() -> None:
    transfer = build()

    assert transfer is not None
    asked = read_code(transfer.code)
    assert (asked.bank, asked.number, asked.amount, asked.memo) == ("970436", "0011001234567", 15_000, CODE)
    assert asked.is_dynamic
    assert (transfer.bank, transfer.holder) == ("Vietcombank", "UBND XA SONG MAY")


@pytest.mark.parametrize(
    ("code", "memo"),
    [
        (CODE, CODE),
        ("TH-H13.36.01-261123-0014", "TH-H13.36.01-261123-0014"),
        ("H13.36.01.02.03-261123-0014", "H13360102032611230014"),
        ("", ""),
        ("H13.36.01.02.03.04.05.06-261123-0014", ""),
    ],
)
def test_memos_fit_into_a_transfer(code: str, memo: str) -> None:
    assert build_memo(code) == memo


def test_without_what_a_transfer_needs_there_is_none() -> None:
    assert build(code=None) is None
    assert build(amount=None) is None
    assert build(amount=0) is None
    assert build(contract=replace(CONTRACT, details={})) is None
    assert build(contract=replace(CONTRACT, details={**DETAILS, "account": "0011 001"})) is None


def test_the_component_says_all_in_words_and_never_that_it_is_paid() -> None:
    html = render_to_string("payments/transfer_qr.html", {"transfer": build()})

    assert "style=" not in html
    assert "<svg" in html
    words = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    for part in ("Vietcombank", "0011001234567", "UBND XA SONG MAY", "15.000 đ", CODE, "Chưa nộp", "sao kê"):
        assert part in words
    assert "Đã nộp" not in words
