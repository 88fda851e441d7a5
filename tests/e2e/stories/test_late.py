"""A result will be late: an apology in time with a new date, and the red mark when that date passes too."""

import pytest
import time_machine

from tests.e2e.stories.moments import at
from tests.e2e.stories.person import Seat
from tests.factories import states
from tests.factories.dossiers import make_desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASON = "Chờ ý kiến của cơ quan phòng cháy."
OLD, NEW = "17:00, thứ Tư, 11/03/2026", "17:00, thứ Hai, 16/03/2026"


def test_an_apology_and_then_lateness(seat: Seat, clock: time_machine.Traveller) -> None:
    desk = make_desk()
    dossier = states.processing(desk)
    clock.move_to(at(10))
    officer = seat(desk.case_officer.user)
    officer.open(f"/onestop/dossiers/{dossier.pk}/")
    officer.sees("Không kịp thì hôm nay phải xin lỗi và hẹn lại ngày trả (Mẫu 04).")
    officer.press("Xin lỗi, hẹn lại ngày")
    officer.sees("Chỉ hẹn lại được một lần.", "Phải báo chậm nhất thứ Ba, 10/03/2026.")
    officer.fill({"due_on": "16/3/26", "reason": REASON})
    officer.press("Xin lỗi, hẹn lại ngày")
    officer.sees("Đã hẹn lại ngày trả.", "16/03/2026")

    citizen = seat(desk.citizen)
    citizen.open(f"/dossiers/{dossier.pk}/")
    citizen.sees(
        "Cơ quan xin lỗi bạn vì trả kết quả muộn", REASON, f"Ngày hẹn cũ: {OLD}", f"Ngày hẹn mới: {NEW}"
    )
    citizen.sees("Hẹn lại, trước đây là thứ Tư, 11/03/2026", "Đỗ Thị Lý")
    letter = citizen.download("Văn bản xin lỗi")
    for words in (str(dossier.code), REASON, "16/03/2026"):
        assert words in letter
    citizen.open("/accounts/notices/")
    citizen.sees(
        f"Hồ sơ {dossier.code}: xin lỗi và hẹn lại ngày trả kết quả",
        f"Cơ quan xin lỗi bạn vì không trả được kết quả đúng ngày đã hẹn. Ngày hẹn mới: {NEW}. Lý do: {REASON}",
    )

    clock.move_to(at(12))
    officer = seat(desk.reception.user)
    officer.open("/onestop/?view=late")
    officer.misses(str(dossier.code))
    clock.move_to(at(18))
    officer = seat(desk.reception.user)
    officer.open("/onestop/?view=late")
    officer.sees(str(dossier.code), "Quá hạn 2 ngày")
    citizen = seat(desk.citizen)
    citizen.open(f"/dossiers/{dossier.pk}/")
    citizen.sees("Cơ quan xin lỗi bạn", "Đã quá hạn, vẫn đang làm")
