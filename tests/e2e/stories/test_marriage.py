"""Two people marry: one files for both, the other agrees with an account of their own."""

import pytest
import time_machine

from dossiers.models import Dossier
from tests.e2e.stories.eform import answer_form
from tests.e2e.stories.moments import at
from tests.e2e.stories.person import Person, Seat
from tests.factories import dossiers as make
from tests.factories.answers_civil import MAN_NUMBER, MARRIAGE, WOMAN_NUMBER
from tests.factories.dossiers import Desk, make_desk
from tests.factories.people import make_user
from tests.factories.states import settle_fees

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CODE = "1.000894"


def file_marriage(bride: Person, desk: Desk) -> Dossier:
    """From the page of the procedure to the code of the dossier."""
    bride.open(f"/procedures/{CODE}/")
    bride.press("Bắt đầu nộp")
    bride.page.check("[name=case][value=trong_nuoc]")
    bride.press("Tiếp tục")
    if bride.page.locator("select[name=agency]").count():
        bride.fill({"agency": desk.agency.code})
    bride.press("Bắt đầu")
    bride.press("Bắt đầu trả lời")
    answer_form(bride, CODE, MARRIAGE)
    bride.sees("Lý Thị Bông", "Y Blăm Niê", "16.000 đ")
    bride.press("Nộp hồ sơ")
    dossier = Dossier.objects.get()
    bride.sees("Đã nộp hồ sơ", str(dossier.code))
    bride.sees("Tiếp theo là gì", "Chờ Y Blăm Niê đồng ý")
    bride.press("Mở hồ sơ này")
    bride.sees("Bạn không phải làm gì lúc này")
    return dossier


def resolve(desk: Desk, dossier: Dossier) -> Dossier:
    started = make.start(desk, Dossier.objects.get(pk=dossier.pk))
    return make.acting.perform(
        dossier.pk,
        make.resolve_command("giay_ket_hon"),
        actor=desk.approver.actor,
        version=make.to_approval(desk, started).version,
    )


def test_both_agree_and_are_married(seat: Seat, clock: time_machine.Traveller) -> None:
    desk = make_desk(CODE)
    woman = make_user("bong", full_name="Lý Thị Bông", national_id=WOMAN_NUMBER)
    man = make_user("blam", full_name="Y Blăm Niê", national_id=MAN_NUMBER)
    dossier = file_marriage(seat(woman), desk)

    officer = seat(desk.reception.user)
    officer.open(f"/onestop/dossiers/{dossier.pk}/")
    officer.sees("Chưa đủ chủ hồ sơ đồng ý", "Y Blăm Niê: chưa đồng ý")
    officer.press("Tiếp nhận")
    officer.sees("Chưa đồng ý: Y Blăm Niê.")

    groom = seat(None)
    groom.sign_in("blam")
    groom.open("/dossiers/")
    groom.press("Đăng ký kết hôn")
    groom.sees("Xác nhận bạn đồng ý nộp hồ sơ này")
    groom.press("Xem và xác nhận")
    groom.sees("Bạn đồng ý nộp hồ sơ này?", str(dossier.code), "Chủ hồ sơ: Lý Thị Bông, Y Blăm Niê.")
    groom.press("Tôi đồng ý")
    groom.sees("Đã ghi nhận sự đồng ý của bạn.", "Bạn không phải làm gì lúc này")

    officer = seat(desk.reception.user)
    officer.open(f"/onestop/dossiers/{dossier.pk}/")
    officer.press("Tiếp nhận")
    officer.sees("Đã tiếp nhận hồ sơ.")

    clock.move_to(at(2, 15))
    settle_fees(resolve(desk, dossier), desk)
    bride = seat(woman)
    bride.open(f"/dossiers/{dossier.pk}/")
    bride.sees("Nhận kết quả", "Giấy chứng nhận kết hôn")
    officer = seat(desk.reception.user)
    officer.open(f"/onestop/dossiers/{dossier.pk}/")
    officer.press("Trả kết quả")
    officer.fill({"identity_checked": "true"})
    officer.press("Trả kết quả")
    officer.sees("Đã trả kết quả.")
    for user in (woman, man):
        spouse = seat(user)
        spouse.open(f"/dossiers/{dossier.pk}/")
        spouse.sees("Đã trả kết quả", "Giấy chứng nhận kết hôn, mỗi bên một bản", "Không còn việc gì")
