"""Fixing the amount of a fee that was unknown when the dossier was filed. Needs the locked dossier.

Land tax is set by the tax office, some charges by a resolution of the province: the officer writes the amount
from that paper, and from then on the fee is asked for and paid like any other.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from dossiers.acts import require
from dossiers.choices import FeeStatus
from dossiers.guards.base import open_fees, refuse
from dossiers.models import Fee
from dossiers.work import Work
from portal.core.text import clean_line

MOST = 10**12
"""Đồng; beyond it somebody mistyped."""


def assess_fee(work: Work, fee_id: UUID, amounts: Sequence[int], basis: str) -> Fee:
    """Write what each unknown line comes to, in đồng and in order; `basis` names the paper that says so.

    A fee that comes to nothing is owed no more. Raises RuleViolation; a repeat is refused.
    """
    require(work, "assess_fee")
    fee = open_fees(work).filter(pk=fee_id, amount__isnull=True).first()
    if fee is None:
        raise refuse("fee", _("Khoản này đã có mức thu hoặc không còn phải nộp."))
    if not basis.strip():
        raise refuse("basis", _("Hãy ghi căn cứ: số, ngày của thông báo hoặc nghị quyết."))
    fee.lines = _fill(fee.lines, amounts, clean_line(basis))
    fee.amount = sum(line["amount"] for line in fee.lines)
    if not fee.amount:
        fee.status = FeeStatus.VOID
    fee.save(update_fields=["lines", "amount", "status"])
    work.record("assess_fee", {"fee": str(fee.pk), "amount": fee.amount, "basis": clean_line(basis)})
    return fee


def list_unknown(fee: Fee) -> list[dict[str, Any]]:
    """The lines of a fee whose amount nobody has written yet."""
    return [line for line in fee.lines if line.get("amount") is None]


def _fill(lines: Sequence[dict[str, Any]], amounts: Sequence[int], basis: str) -> list[dict[str, Any]]:
    unknown = sum(line.get("amount") is None for line in lines)
    if len(amounts) != unknown:
        raise refuse("amounts", _("Hãy ghi mức thu cho từng dòng chưa xác định."))
    if not all(0 <= amount <= MOST for amount in amounts):
        raise refuse("amounts", _("Mức thu là số đồng từ 0 đến 1.000 tỷ."))
    rest = iter(amounts)
    return [
        {**_without_english(line), "amount": next(rest), "explanation": basis}
        if line.get("amount") is None
        else dict(line)
        for line in lines
    ]


def _without_english(line: dict[str, Any]) -> dict[str, Any]:
    """What was said in English of an unknown amount holds no more."""
    return {name: value for name, value in line.items() if name != "explanation_en"}
