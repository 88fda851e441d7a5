"""Something is missing: brought to the counter on paper, or sent online; the limit counts anew from then on."""

import pytest
import time_machine

from dossiers.models import Dossier
from tests.dossiers.test_giving_back import on_paper
from tests.e2e.stories.moments import at
from tests.e2e.stories.person import Person, Seat
from tests.factories import dossiers as make
from tests.factories import states
from tests.factories.dossiers import Desk, make_desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BLURRED = "Bản vẽ mờ, không đọc được mặt cắt móng."
BASIS = "Luật Xây dựng 2014, Điều 102"


def ask(officer: Person, dossier: Dossier) -> str:
    """The case officer asks for better drawings; the words of Mẫu 02."""
    officer.open(f"/onestop/dossiers/{dossier.pk}/")
    officer.sees("11/03/2026")
    officer.press("Yêu cầu bổ sung")
    officer.fill(
        {"ask_paper_ban_ve_thiet_ke": "true", "paper_ban_ve_thiet_ke": BLURRED, "legal_basis": BASIS}
    )
    officer.press("Yêu cầu bổ sung")
    officer.sees("Đã gửi yêu cầu bổ sung.", "Chờ bổ sung giấy tờ", BLURRED)
    officer.misses("11/03/2026")
    officer.press("Bản in")
    return officer.download("Phiếu yêu cầu bổ sung")


def see_new_date(desk: Desk, seat: Seat, dossier: Dossier) -> None:
    """The case officer goes on, with seven whole days again."""
    officer = seat(desk.case_officer.user)
    officer.open("/onestop/?view=mine")
    officer.sees(str(dossier.code), "18/03", "Đang giải quyết")
    officer.open(f"/onestop/dossiers/{dossier.pk}/")
    officer.sees("18/03/2026")


def test_a_better_drawing_is_brought_to_the_counter(seat: Seat, clock: time_machine.Traveller) -> None:
    desk = make_desk()
    dossier = make.start(desk, make.accept(desk, on_paper(desk)))
    clock.move_to(at(4))
    form = ask(seat(desk.case_officer.user), dossier)
    for words in (str(dossier.code), "Bản vẽ thiết kế xây dựng", BLURRED, BASIS, "Đỗ Thị Lý"):
        assert words in form

    clock.move_to(at(9))
    officer = seat(desk.reception.user)
    officer.open(f"/onestop/?q={dossier.code}")
    officer.sees("Chờ bổ sung giấy tờ", BLURRED)
    officer.press("Nhận bổ sung tại quầy")
    officer.sees("Đã yêu cầu", BLURRED)
    officer.fill({"paper-ban_ve_thiet_ke": "true", "paper-ban_ve_thiet_ke-originals": "2"})
    officer.press("Ghi nhận bổ sung")
    officer.sees("Đã nhận bổ sung.", "Đang giải quyết")
    see_new_date(desk, seat, dossier)


def test_a_better_drawing_is_sent_online(seat: Seat, clock: time_machine.Traveller) -> None:
    desk = make_desk()
    dossier = states.processing(desk)
    clock.move_to(at(4))
    ask(seat(desk.case_officer.user), dossier)

    clock.move_to(at(9))
    citizen = seat(desk.citizen)
    citizen.open("/dossiers/")
    citizen.sees("Chờ bổ sung giấy tờ")
    citizen.press("Cấp giấy phép xây dựng")
    citizen.sees("Bổ sung 1 mục trước", BLURRED, "Đỗ Thị Lý", BASIS)
    assert BLURRED in citizen.download("Phiếu yêu cầu bổ sung")
    citizen.choose_file("ban_ve_thiet_ke", "ban-ve-ro.png")
    citizen.press("Xem lại và gửi bổ sung")
    citizen.sees("Xem lại trước khi gửi bổ sung", BLURRED, "Đã làm", "ban-ve-ro.png")
    citizen.press("Gửi bổ sung")
    citizen.sees("Đã gửi bổ sung.", "Hẹn trả thứ Tư, 18/03/2026", "Bạn không phải làm gì lúc này")
    see_new_date(desk, seat, dossier)
    officer = seat(desk.case_officer.user)
    officer.open(f"/onestop/dossiers/{dossier.pk}/")
    officer.sees("ban-ve-ro.png")
