"""A fee that is paid before acceptance: the dossier waits, the desk takes cash, accepts and gives a receipt."""

import re

import pytest

from tests.e2e.stories.person import Seat
from tests.factories.dossiers import file_dossier, make_desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RECEIPT = "Biên lai số 0000001"


def test_money_first_then_acceptance(seat: Seat) -> None:
    desk = make_desk()
    dossier = file_dossier(desk)
    citizen = seat(desk.citizen)
    citizen.open(f"/dossiers/{dossier.pk}/")
    citizen.sees("Chờ nộp phí, lệ phí", "Nộp 15.000 đ trước", "Nộp tại quầy", "Hãy mang theo mã hồ sơ.")

    officer = seat(desk.reception.user)
    officer.open(f"/onestop/?q={dossier.code}")
    officer.sees("Chờ nộp phí, lệ phí", "15.000 đ")
    assert not officer.can_press(re.compile("^Tiếp nhận"))
    officer.press("Thu 15.000 đ")
    officer.sees("Thu 15.000 đ", "Lệ phí cấp giấy xác nhận tình trạng hôn nhân")
    officer.press("Đã thu 15.000 đ")
    officer.sees(f"Đã thu 15.000 đ. {RECEIPT}.", "Đã nộp, chờ tiếp nhận")
    officer.press("Tiếp nhận")
    officer.sees("Đã tiếp nhận hồ sơ.")
    receipt = officer.download(RECEIPT)
    assert "15.000" in receipt

    citizen = seat(desk.citizen)
    citizen.open(f"/dossiers/{dossier.pk}/")
    citizen.sees("Đã tiếp nhận", "Hẹn trả thứ Năm, 05/03/2026", "Đã nộp", "Người thu: Lê Thu Trang")
    assert citizen.download(RECEIPT) == receipt
