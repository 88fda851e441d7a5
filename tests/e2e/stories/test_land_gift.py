"""An old couple give land to their daughter and her husband; a proxy fetches the new certificate."""

from dataclasses import replace

import pytest
import time_machine

from dossiers.models import Dossier
from portal.accounts.choices import AgencyKind, Role
from tests.e2e.stories.eform import answer_form
from tests.e2e.stories.moments import at
from tests.e2e.stories.person import Person, Seat
from tests.factories.answers_land import GIFT
from tests.factories.dossiers import Desk, make_desk
from tests.factories.people import make_agency, make_officer, make_user
from tests.factories.states import settle_fees

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAPERS = ("giay_chung_nhan", "hop_dong", "thoa_thuan_chung", "ban_ve_tach_thua", "manh_trich_do")
PAPER = "số 88 ngày 06/03/2026, UBND xã Bến Mây chứng thực"


def make_land_office() -> Desk:
    """The land office of the province, the only place that performs the procedure."""
    desk = make_desk(GIFT.code)
    office = make_agency("H13.08.01", name="Văn phòng Đăng ký đất đai", kind=AgencyKind.DEPARTMENT)
    return replace(
        desk,
        agency=office,
        reception=make_officer(Role.RECEPTION, agency=office, full_name="Tô Thị Địa"),
        case_officer=make_officer(Role.CASE_OFFICER, agency=office, full_name="Ông Minh Thửa"),
        approver=make_officer(Role.APPROVER, agency=office, full_name="Giang Văn Chính"),
        citizen=make_user(full_name="Lê Thị Út", national_id="092188007777"),
    )


def file_gift(daughter: Person) -> Dossier:
    daughter.open(f"/dossiers/new/{GIFT.code}/?case={GIFT.case}")
    daughter.sees("Văn phòng Đăng ký đất đai")
    daughter.press("Bắt đầu")
    daughter.press("Bắt đầu trả lời")
    answer_form(daughter, GIFT.code, GIFT.answers, PAPERS)
    daughter.sees("Lê Văn Bảy", "Nguyễn Thị Tám", "Võ Văn Rể", "428.000 đ")
    daughter.press("Nộp hồ sơ")
    dossier = Dossier.objects.get()
    daughter.sees("Đã nộp hồ sơ", str(dossier.code))
    return dossier


def work_on(seat: Seat, desk: Desk, address: str) -> None:
    """Accepted, looked at, handed to who signs, signed."""
    officer = seat(desk.reception.user)
    officer.open(address)
    officer.sees("Lê Văn Bảy", "Nguyễn Thị Tám", "giay_chung_nhan.png", "hop_dong.png")
    officer.press("Tiếp nhận")
    officer.sees("Đã tiếp nhận hồ sơ.", "06/03/2026")
    handler = seat(desk.case_officer.user)
    handler.open(address)
    handler.press("Bắt đầu giải quyết")
    handler.press("Bắt đầu giải quyết")
    handler.press("Chuyển bước")
    handler.fill({"step": "ky_duyet"})
    handler.press("Chuyển bước")
    handler.sees("Đã chuyển hồ sơ.")
    approver = seat(desk.approver.user)
    approver.open(address)
    approver.press("Ghi kết quả")
    approver.fill({"outcome": "granted", "result_giay_chung_nhan": "true", "signed_number": "CT 07654321"})
    approver.press("Ghi kết quả")
    approver.sees("Đã ghi kết quả và báo cho người dân.", "Giang Văn Chính")


def test_filed_worked_on_signed_and_fetched_by_a_proxy(seat: Seat, clock: time_machine.Traveller) -> None:
    desk = make_land_office()
    dossier = file_gift(seat(desk.citizen))
    address = f"/onestop/dossiers/{dossier.pk}/"
    clock.move_to(at(2, 10))
    work_on(seat, desk, address)
    settle_fees(Dossier.objects.get(pk=dossier.pk), desk)

    clock.move_to(at(6))
    officer = seat(desk.reception.user)
    officer.open(address)
    officer.press("Trả kết quả")
    officer.fill({"identity_checked": "true", "proxy": "Võ Thị Con"})
    officer.press("Trả kết quả")
    officer.sees("Người nhận thay phải có giấy ủy quyền.")
    officer.fill({"authorisation": PAPER})
    officer.press("Trả kết quả")
    officer.sees("Đã trả kết quả.", "Võ Thị Con", PAPER)
    daughter = seat(desk.citizen)
    daughter.open(f"/dossiers/{dossier.pk}/")
    daughter.sees("Đã trả kết quả", "đã trao 06/03/2026", "Giấy chứng nhận mới", "Không còn việc gì")
