"""From the start page to the confirmation, without a script."""

import pytest
from django.test import Client

from dossiers.choices import Status
from dossiers.models import Dossier
from tests.dossiers.views.steps import begin, fill, picture, read, send
from tests.factories.answers import ANSWERS
from tests.factories.dossiers import BIRTH, HOUSEHOLD_BUSINESS, MARITAL, PERMIT, Desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "case", "files", "status"),
    [
        (BIRTH, "co_giay_chung_sinh", ["giay_chung_sinh"], Status.SUBMITTED),
        (MARITAL, "muc_dich_khac", [], Status.AWAITING_PAYMENT),
        (HOUSEHOLD_BUSINESS, "ca_nhan", [], Status.SUBMITTED),
        (PERMIT, "nha_o", ["giay_to_dat", "ban_ve_thiet_ke"], Status.SUBMITTED),
    ],
)
def test_a_citizen_files_from_start_to_confirmation(
    desk: Desk, citizen: Client, code: str, case: str, files: list[str], status: Status
) -> None:
    dossier_id = begin(citizen, code, desk, case)
    assert "Chưa làm" in read(citizen, f"/dossiers/{dossier_id}/filing/")
    fill(citizen, dossier_id, ANSWERS[code], {key: picture(f"{key}.png") for key in files})
    assert "Sẵn sàng" in read(citizen, f"/dossiers/{dossier_id}/filing/")
    assert "Nộp hồ sơ" in read(citizen, f"/dossiers/{dossier_id}/filing/check/")
    answer = send(citizen, dossier_id)
    assert answer["Location"] == f"/dossiers/{dossier_id}/done/"
    dossier = Dossier.objects.get(pk=dossier_id)
    assert dossier.status == status
    for path in (answer["Location"], f"/dossiers/{dossier_id}/", "/dossiers/"):
        assert str(dossier.code) in read(citizen, path)


def test_the_confirmation_says_what_comes_next(desk: Desk, citizen: Client) -> None:
    dossier_id = begin(citizen, PERMIT, desk, "nha_o")
    fill(citizen, dossier_id, ANSWERS[PERMIT], {key: picture() for key in ("giay_to_dat", "ban_ve_thiet_ke")})
    send(citizen, dossier_id)
    page = read(citizen, f"/dossiers/{dossier_id}/done/")
    for words in (
        "Mã tra cứu",
        "Cán bộ kiểm tra hồ sơ",
        "Chậm nhất",
        "7 ngày làm việc",
        "Dự kiến",
        'class="qr"',
    ):
        assert words in page, words


def test_the_confirmation_of_a_draft_is_its_task_list(desk: Desk, citizen: Client) -> None:
    dossier_id = begin(citizen, BIRTH, desk, "co_giay_chung_sinh")
    assert citizen.get(f"/dossiers/{dossier_id}/done/")["Location"] == f"/dossiers/{dossier_id}/filing/"


def test_a_fee_before_acceptance_is_the_next_step_of_the_confirmation(desk: Desk, citizen: Client) -> None:
    dossier_id = begin(citizen, MARITAL, desk, "muc_dich_khac")
    fill(citizen, dossier_id, ANSWERS[MARITAL])
    overview = read(citizen, f"/dossiers/{dossier_id}/filing/check/")
    assert "15.000 đ" in overview
    assert "mức thu minh họa" in overview
    send(citizen, dossier_id)
    assert "Còn một việc: nộp 15.000 đ" in read(citizen, f"/dossiers/{dossier_id}/done/")
