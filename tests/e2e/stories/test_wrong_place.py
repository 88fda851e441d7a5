"""Filed at the wrong commune: passed on to the right one under its old code, and lost sight of at the first."""

from dataclasses import replace

import pytest

from portal.accounts.choices import Role
from tests.e2e.stories.person import Seat
from tests.factories import states
from tests.factories.dossiers import make_desk
from tests.factories.people import make_agency, make_officer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASON = "Đất ở phường Cầu Sông, không thuộc xã Sông Mây."
RIGHT = "Ủy ban nhân dân phường Cầu Sông"


def test_the_right_commune_goes_on_with_it(seat: Seat) -> None:
    desk = make_desk()
    agency = make_agency(name=RIGHT)
    right = replace(desk, agency=agency, reception=make_officer(Role.RECEPTION, agency=agency))
    dossier = states.submitted(desk)
    code = str(dossier.code)

    officer = seat(desk.reception.user)
    officer.open("/onestop/?view=new")
    officer.sees(code)
    officer.press(code)
    officer.press("Chuyển cơ quan khác")
    officer.sees("Sau khi chuyển, cơ quan của bạn không thấy hồ sơ này nữa.")
    officer.fill({"agency": str(agency.pk), "reason": REASON})
    officer.press("Chuyển cơ quan khác")
    officer.sees("Đã chuyển hồ sơ.")
    for view in ("open", "new", "all"):
        officer.open(f"/onestop/?view={view}")
        officer.misses(code)

    citizen = seat(desk.citizen)
    citizen.open(f"/dossiers/{dossier.pk}/")
    citizen.sees(code, RIGHT, REASON, "Bạn không phải làm gì lúc này")
    citizen.open("/accounts/notices/")
    citizen.sees(f"Hồ sơ {code} được chuyển đến cơ quan có thẩm quyền", f"Cơ quan mới: {RIGHT}.")

    other = seat(right.reception.user)
    other.open("/onestop/?view=new")
    other.press(code)
    other.press("Lịch sử")
    other.sees(REASON)
    other.press("Tờ khai, giấy tờ")
    other.press("Tiếp nhận")
    other.sees("Đã tiếp nhận hồ sơ.")
    citizen = seat(desk.citizen)
    citizen.open(f"/dossiers/{dossier.pk}/")
    citizen.sees("Đã tiếp nhận", "Hẹn trả thứ Tư, 11/03/2026", code)
