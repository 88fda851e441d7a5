"""Biên bản kiểm đếm on paper."""

from collections import Counter
from dataclasses import replace
from datetime import datetime

import pytest

from payments.choices import Method
from payments.till import reads as tills
from payments.till.sheet import SheetData, print_sheet, render_sheet
from portal.core.clock import VN_TZ
from tests.payments.owed import Desk
from tests.payments.test_receipt_print import text_of
from tests.payments.till.drawers import count, take

SAMPLE = SheetData(
    code="",
    place="An Bình",
    agency_name="Ủy ban nhân dân xã An Bình",
    parent_agency_name="",
    issued_at=datetime(2026, 11, 23, 16, 45, tzinfo=VN_TZ),
    opened_at=datetime(2026, 11, 23, 7, 31, tzinfo=VN_TZ),
    cashier_name="Lê Thu Trang",
    counter_name="Trần Thị Trưởng",
    numbers=(("H42.36/2026", "0000012", "0000040", 21),),
    sums=Counter({("cash", "phi"): 900_000, ("cash", "le_phi"): 120_000, ("card", "phi"): 50_000}),
    opening=200_000,
    cash=1_020_000,
    other=-15_000,
    expected=1_205_000,
    counted=1_200_000,
    notes={500_000: 2, 200_000: 1},
    difference="Thiếu 5.000 đ",
    card_difference="",
    remark="Trả nhầm tiền lẻ",
    handed_in=1_000_000,
    handed_in_number="NT-07",
    rest=200_000,
)


def test_the_sheet_says_what_was_taken_counted_and_handed_in() -> None:
    text = text_of(render_sheet(SAMPLE))

    for part in (
        "BIÊN BẢN KIỂM ĐẾM TIỀN MẶT",
        "Người thu tiền: Lê Thu Trang",
        "Người kiểm đếm: Trần Thị Trưởng",
        "Ký hiệu H42.36/2026: 21 biên lai, từ số 0000012 đến số 0000040.",
        "Tiền mặt 900.000 đ 120.000 đ 1.020.000 đ",
        "Thẻ tại quầy 50.000 đ 0 đ 50.000 đ",
        "500.000 2 1.000.000 đ",
        "Theo sổ phải có 1.205.000 đ",
        "Chênh lệch tiền mặt: Thiếu 5.000 đ",
        "Lý do: Trả nhầm tiền lẻ",
        "Đã nộp ngân hàng, kho bạc: 1.000.000 đ",
        "Giữ lại cho phiên sau: 200.000 đ",
    ):
        assert part in text, part


def test_what_there_is_not_is_left_out() -> None:
    text = text_of(render_sheet(replace(SAMPLE, notes={}, numbers=(), counter_name="Lê Thu Trang", other=0)))

    assert "Trong phiên không có biên lai nào." in text
    for part in ("Người kiểm đếm", "Số tờ", "Chi hoàn trả"):
        assert part not in text


@pytest.mark.django_db
def test_a_closed_session_prints_the_same_bytes_each_time(desk: Desk) -> None:
    session = take(desk, 2)
    take(desk, method=Method.CARD, slip="7")
    count(session, 30_000, actor=desk.cashier.actor, card=15_000)
    found = tills.access_session(desk.cashier.actor, session.pk)

    pdf = print_sheet(found)

    assert pdf == print_sheet(found)
    assert "3 biên lai, từ số 0000001 đến số 0000003" in text_of(pdf)
