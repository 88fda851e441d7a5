"""A permit is refused after appraisal: a result in writing, with its reason."""

import pytest
import time_machine

from tests.e2e.stories.moments import at
from tests.e2e.stories.person import Seat
from tests.factories import states
from tests.factories.dossiers import make_desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASON = "Thửa đất nằm trong hành lang bảo vệ đê, không được xây dựng nhà ở."


def test_the_reason_is_read_online_and_the_letter_fetched(seat: Seat, clock: time_machine.Traveller) -> None:
    desk = make_desk()
    dossier = states.at_approval(desk)
    clock.move_to(at(5))
    approver = seat(desk.approver.user)
    approver.open(f"/onestop/dossiers/{dossier.pk}/")
    approver.press("Ghi kết quả")
    approver.fill({"outcome": "refused", "signed_number": "21/UBND-KT"})
    approver.press("Ghi kết quả")
    approver.sees("Hãy ghi lý do")
    approver.fill({"reason": REASON})
    approver.press("Ghi kết quả")
    approver.sees("Đã ghi kết quả và báo cho người dân.", "Từ chối giải quyết", REASON)

    citizen = seat(desk.citizen)
    citizen.open(f"/dossiers/{dossier.pk}/")
    citizen.sees("Đã có kết quả", "Từ chối giải quyết", REASON, "Vũ Quang Ký", "21/UBND-KT")
    citizen.misses("Giấy phép xây dựng và bản vẽ đóng dấu", "75.000 đ")
    citizen.open("/accounts/notices/")
    citizen.sees(REASON)

    officer = seat(desk.reception.user)
    officer.open(f"/onestop/dossiers/{dossier.pk}/")
    officer.press("Trả kết quả")
    officer.fill({"identity_checked": "true"})
    officer.press("Trả kết quả")
    officer.sees("Đã trả kết quả.", REASON)
