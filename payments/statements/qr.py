"""A bank transfer for one fee: the QR code, and the same in words for who types it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import segno
from django.utils.safestring import SafeString

from payments.gateways.vietqr.banks import name_bank
from payments.gateways.vietqr.codes import LONGEST_MEMO, Transfer, build_code
from portal.core.errors import RuleViolation
from portal.core.text import fold

if TYPE_CHECKING:
    from dossiers.models import Fee
    from payments.gateways.base import Contract

_MARKS = re.compile(r"[^0-9A-Z]+")


@dataclass(frozen=True, slots=True)
class TransferQr:
    """What the payer needs. `amount` in đồng; `code` is the text of the QR, `svg` its picture without style."""

    svg: SafeString
    code: str
    bank: str
    account: str
    holder: str
    amount: int
    memo: str


def build_transfer(fee: Fee, contract: Contract) -> TransferQr | None:
    """The transfer that pays this fee to the account of the contract (gateway `vietqr`).

    `fee` comes with its dossier. None where no transfer can be told apart: the dossier has no code yet or one that no
    memo holds, the amount is not known, or the contract names no account that banks know.
    """
    details = contract.details
    bank, account = str(details.get("bank", "")), str(details.get("account", ""))
    memo = build_memo(fee.dossier.code or "")
    if not memo or not fee.amount:
        return None
    try:
        code = build_code(Transfer(bank, account, fee.amount, memo))
    except RuleViolation:
        return None
    return TransferQr(
        svg=draw(code),
        code=code,
        bank=name_bank(bank),
        account=account,
        holder=str(details.get("holder", "")),
        amount=fee.amount,
        memo=memo,
    )


def build_memo(code: str) -> str:
    """The code of a dossier in ASCII; without its marks where it is too long for a transfer; "" where that is too."""
    plain = fold(code).upper()
    if not plain.isascii():
        return ""
    short = plain if len(plain) <= LONGEST_MEMO else _MARKS.sub("", plain)
    return short if len(short) <= LONGEST_MEMO else ""


def draw(code: str) -> SafeString:
    """The QR code as an SVG for a page, with its quiet zone of four modules; no inline style, no size."""
    picture = segno.make_qr(code, error="m").svg_inline(
        border=4, omitsize=True, svgclass="qr", lineclass=None
    )
    return SafeString(picture)
