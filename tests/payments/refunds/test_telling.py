"""What a payer reads of money on its way back, on the fee's page and on the dossier's."""

from datetime import UTC, datetime

import pytest

from payments.panel import build_panel
from payments.refunds.telling import Part, tell_refunds
from payments.services import refund_paying
from tests.payments.refunds.moneyback import Counter, approve, make_surplus, propose, seen

NIGHT = datetime(2026, 12, 3, 18, 30, tzinfo=UTC)
"""In Vietnam it is the fourth."""
GONE = "Đã hoàn lại 15.000 đ ngày 04/12/2026."
COMES = "Đang hoàn lại 15.000 đ. Tiền về thẻ hoặc tài khoản bạn đã dùng để nộp, thường sau vài ngày."
FETCH = "Đang hoàn lại 15.000 đ. Mời bạn đến quầy nhận tiền mặt, mang theo giấy tờ tùy thân."
SENT = "Đang hoàn lại 15.000 đ. Cơ quan chuyển khoản cho bạn. Mời bạn báo số tài khoản tại quầy."
TOO_MUCH = "Bạn đã nộp thừa 15.000 đ. Cơ quan đang xét để hoàn lại, bạn không phải làm gì."
DUE = "Được hoàn lại 15.000 đ."


def part(cause: str, status: str, way: str = "gateway", amount: int = 15_000) -> Part:
    return Part(amount, cause, way, status, NIGHT if status == "done" else None)


@pytest.mark.parametrize(
    ("parts", "due", "told"),
    [
        ([], 0, ()),
        ([], 15_000, (DUE,)),
        ([part("surplus", "suggested")], 0, (TOO_MUCH,)),
        ([part("double", "proposed")], 0, (TOO_MUCH,)),
        ([part("double", "rejected")], 0, ()),
        ([part("mistake", "proposed")], 0, ()),
        ([part("mistake", "approved")], 0, (COMES,)),
        ([part("mistake", "approved", "cash")], 0, (FETCH,)),
        ([part("mistake", "approved", "transfer")], 0, (SENT,)),
        ([part("mistake", "failed")], 0, (COMES,)),
        ([part("mistake", "done")], 0, (GONE,)),
        ([part("withdrawn", "suggested")], 15_000, (DUE,)),
        ([part("withdrawn", "unsure")], 15_000, (COMES,)),
        ([part("withdrawn", "done")], 15_000, (GONE,)),
        ([part("withdrawn", "rejected")], 15_000, ()),
        ([part("withdrawn", "done", amount=5_000)], 20_000, ("Đã hoàn lại 5.000 đ ngày 04/12/2026.", DUE)),
        ([part("surplus", "done", amount=5_000), part("mistake", "done", amount=10_000)], 0, (GONE,)),
        ([part("surplus", "suggested"), part("withdrawn", "approved")], 15_000, (COMES, TOO_MUCH)),
    ],
)
def test_what_is_told(parts: list[Part], due: int, told: tuple[str, ...]) -> None:
    assert tell_refunds(parts, due) == told


@pytest.mark.django_db
def test_the_payer_follows_the_money_back(counter: Counter) -> None:
    receipt = counter.take()
    owner = counter.desk.owner_actor

    def read() -> tuple[str, ...]:
        [card] = build_panel(receipt.dossier, owner).cards
        return card.refunds

    refund = propose(counter, receipt)
    assert read() == ()
    refund = approve(counter, refund)
    assert read() == (FETCH,)
    refund_paying.pay_out(refund.pk, actor=counter.desk.cashier.actor, seen=seen(refund))
    [words] = read()
    assert words.startswith("Đã hoàn lại 15.000 đ ngày ")


@pytest.mark.django_db
def test_who_paid_too_much_reads_that_it_is_known() -> None:
    surplus = make_surplus()
    [card] = build_panel(surplus.owed.dossier, surplus.counter.desk.owner_actor).cards
    assert card.refunds == (TOO_MUCH,)
