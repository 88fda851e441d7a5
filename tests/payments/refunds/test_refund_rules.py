"""The table of a refund's way, and how much may go back."""

from itertools import product

import pytest

from payments.choices import RefundStatus, RefundWay
from payments.refunds.rules import Act, Room, find_target, list_acts, measure_room

EXPECTED = {
    ("suggested", "*"): {"propose": "proposed"},
    ("proposed", "*"): {"propose": "proposed", "approve": "approved", "reject": "rejected"},
    ("rejected", "*"): {},
    ("approved", "gateway"): {"succeed": "done", "doubt": "unsure", "fail": "failed"},
    ("approved", "cash"): {"pay_out": "done", "turn": "approved"},
    ("approved", "transfer"): {"pay_out": "done", "turn": "approved"},
    ("unsure", "gateway"): {"succeed": "done", "doubt": "unsure", "fail": "failed"},
    ("unsure", "cash"): {},
    ("unsure", "transfer"): {},
    ("failed", "gateway"): {"retry": "approved", "turn": "approved"},
    ("failed", "cash"): {"turn": "approved"},
    ("failed", "transfer"): {"turn": "approved"},
    ("done", "*"): {},
}


@pytest.mark.parametrize(("status", "way"), list(product(RefundStatus.values, RefundWay.values)))
def test_the_table_allows_exactly_this(status: str, way: str) -> None:
    expected = EXPECTED.get((status, "*"), EXPECTED.get((status, way)))

    found = {str(act): str(find_target(act, status, way)) for act in list_acts(status, way)}

    assert found == expected
    for act in set(Act) - {Act(name) for name in found}:
        assert find_target(act, status, way) is None


@pytest.mark.parametrize(
    ("brought", "refunds", "left"),
    [
        (15_000, [], 15_000),
        (15_000, [("done", 5_000)], 10_000),
        (15_000, [("suggested", 5_000), ("proposed", 5_000), ("approved", 5_000)], 0),
        (15_000, [("rejected", 15_000)], 15_000),
        (15_000, [("failed", 1), ("unsure", 1)], 14_998),
        (15_000, [("done", 20_000)], 0),
    ],
)
def test_what_was_rejected_takes_no_room(brought: int, refunds: list[tuple[str, int]], left: int) -> None:
    assert measure_room(brought, refunds).left == left


def test_nothing_is_left_of_nothing() -> None:
    assert Room(0, 0).left == 0
