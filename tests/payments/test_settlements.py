"""Settlement files: every way a line can be read or refused, and every way two books can disagree."""

from collections.abc import Mapping

import pytest

from payments.differences.settlements import (
    Found,
    OurPayment,
    SettledLine,
    compare,
    compare_refunds,
    read_settlement,
)
from portal.core.errors import RuleViolation

VNPAY = "Loại giao dịch,Số giao dịch,Mã tham chiếu,Mã website,Số tiền,Ngân hàng,Thời gian,Trạng thái\n"


def read(text: str) -> tuple[list[tuple[str, int, bool, bool]], list[int]]:
    found = read_settlement(text.encode())
    lines = [(line.reference, line.amount, line.is_paid, line.is_refund) for line in found.lines]
    return lines, [place for place, _text in found.refused]


@pytest.mark.parametrize(
    ("text", "lines", "refused"),
    [
        (f"{VNPAY}pay,1422,MC1,SM01,15000,NCB,20261123101900,00\n", [("MC1", 15_000, True, False)], []),
        (f"{VNPAY}refund,1423,MC1,SM01,5000,NCB,20261123101900,00\n", [("MC1", 5_000, True, True)], []),
        (f"{VNPAY}refund,1,MC1,S,5000,N,x,00\nrefund,2,MC1,S,5000,N,x,00\n",
         [("MC1", 5_000, True, True), ("MC1", 5_000, True, True)], []),
        ("vnp_TxnRef;vnp_Amount\nMC1;1500000\n", [("MC1", 15_000, True, False)], []),
        ("vnp_TxnRef;vnp_Amount\nMC1;1500050\n", [], [2]),
        ("\ufeffreference\tamount\tstatus\nMC1\t15.000 đ\t24\n", [("MC1", 15_000, False, False)], []),
        ('ma tham chieu,so tien\n"MC1","15,000"\n', [("MC1", 15_000, True, False)], []),
        ("reference,amount\r\n\r\nMC1,15000\r\n\r\n", [("MC1", 15_000, True, False)], []),
        ("reference,amount\nMC1,15000\nMC1,15000\n", [("MC1", 15_000, True, False)], [3]),
        ("reference,amount\n,15000\nMC2,x\nMC3,-5\nMC4,0\nMC5,1.5\nMC6\n", [], [2, 3, 4, 5, 6, 7]),
        (f"reference,amount\n{'A' * 101},15000\nB,{'9' * 400}\nC,1٣\n", [], [2, 3, 4]),
        ("reference,amount\n=cmd(),15000\n", [("=cmd()", 15_000, True, False)], []),
    ],
)  # fmt: skip
def test_lines(text: str, lines: list[tuple[str, int, bool, bool]], refused: list[int]) -> None:
    assert read(text) == (lines, refused)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n ",
        b"reference,other\nA,1\n",
        b"%PDF-1.7\n",
        b"\xff\xfe\x00a",
        b"reference,amount\nA\x00,1\n",
        b"PK\x03\x04zip",
        b"x" * (10 * 1024 * 1024 + 1),
        b'reference,amount\n"' + b"A" * 200_000 + b'",1\n',
    ],
)
def test_what_is_no_such_file_is_refused_whole(content: bytes) -> None:
    with pytest.raises(RuleViolation) as refused:
        read_settlement(content)
    assert list(refused.value.errors) == ["file"]


def test_the_total_is_paid_minus_given_back() -> None:
    text = f"{VNPAY}pay,1,A,S,15000,N,x,00\npay,2,B,S,9000,N,x,02\nrefund,3,A,S,5000,N,x,00\n"
    assert read_settlement(text.encode()).total == 10_000


def ours(**changes: int | bool | str) -> Mapping[str, OurPayment]:
    row = {"reference": "A", "amount": 15_000, "is_paid": True, "is_of_day": True, "refunded": 0, **changes}
    return {"A": OurPayment(**row)}  # type: ignore[arg-type]


def theirs(amount: int = 15_000, *, is_paid: bool = True, is_refund: bool = False) -> list[SettledLine]:
    return [SettledLine(2, "A", amount, is_paid, is_refund)]


@pytest.mark.parametrize(
    ("lines", "mine", "found"),
    [
        (theirs(), ours(), []),
        (theirs(), {}, [Found("missing_here", "A", None, 15_000)]),
        (theirs(is_paid=False), {}, []),
        ([], ours(), [Found("missing_there", "A", 15_000, None)]),
        ([], ours(is_of_day=False), []),
        ([], ours(is_paid=False), []),
        (theirs(14_000), ours(), [Found("amount", "A", 15_000, 14_000)]),
        (theirs(), ours(is_paid=False), [Found("status", "A", 0, 15_000)]),
        (theirs(is_paid=False), ours(), [Found("status", "A", 15_000, 0)]),
        (theirs(is_paid=False), ours(is_paid=False), []),
        (theirs(), ours(is_of_day=False), []),
    ],
)
def test_every_disagreement(
    lines: list[SettledLine], mine: Mapping[str, OurPayment], found: list[Found]
) -> None:
    assert list(compare(lines, mine)) == found


@pytest.mark.parametrize(
    ("lines", "mine", "found"),
    [
        (theirs(5_000, is_refund=True), ours(refunded=5_000), []),
        (theirs(5_000, is_refund=True), ours(refunded=9_000), []),
        (theirs(5_000, is_refund=True), ours(), [Found("amount", "refund:A", 0, 5_000)]),
        (theirs(5_000, is_refund=True), {}, [Found("amount", "refund:A", None, 5_000)]),
        (theirs(5_000, is_refund=True, is_paid=False), ours(), []),
    ],
)
def test_more_refunds_there_than_here(
    lines: list[SettledLine], mine: Mapping[str, OurPayment], found: list[Found]
) -> None:
    assert list(compare_refunds(lines, mine)) == found
