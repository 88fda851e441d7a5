"""The overview and the red button: complete or not, pressed once or often, in one tab or two."""

import pytest
from django.test import Client

from dossiers.models import Dossier, DossierEvent, Filing
from tests.dossiers.views.steps import begin_birth, fill_birth, read, send, sheet_of
from tests.factories.dossiers import Desk

pytestmark = pytest.mark.django_db


def test_what_is_missing_is_listed_with_links(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    path = f"/dossiers/{dossier_id}/filing/check/"
    page = read(citizen, path)
    assert f'href="/dossiers/{dossier_id}/filing/child/?from=check&amp;check=1#id_child_name"' in page
    assert "file-giay_chung_sinh" in page
    assert ">Nộp hồ sơ<" not in page
    answer = send(citizen, dossier_id)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert Dossier.objects.get(pk=dossier_id).code is None


def test_a_link_from_the_overview_shows_the_error_at_its_place(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    assert "has-error" in read(citizen, f"/dossiers/{dossier_id}/filing/child/?from=check&check=1")
    assert "has-error" not in read(citizen, f"/dossiers/{dossier_id}/filing/child/")


def test_every_answer_has_its_way_back(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    fill_birth(citizen, dossier_id)
    page = read(citizen, f"/dossiers/{dossier_id}/filing/check/")
    for words in (
        "Lê Trần Bảo An",
        "Bệnh viện Phụ sản Sông Mây",
        "giay-chung-sinh.png",
        "Cơ quan tự tra cứu",
    ):
        assert words in page, words
    assert f"/dossiers/{dossier_id}/filing/child/?from=check#id_child_name" in page
    assert f"/dossiers/{dossier_id}/filing/papers/?from=check#id_file-giay_chung_sinh" in page
    assert "Dự kiến có kết quả" in page
    assert "cán bộ kiểm tra chậm nhất" in page


def test_pressing_twice_makes_one_dossier(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    fill_birth(citizen, dossier_id)
    version = sheet_of(dossier_id).draft.row_version
    path = f"/dossiers/{dossier_id}/filing/check/"
    answers = [citizen.post(path, {"row_version": version}) for _press in range(3)]
    assert {answer["Location"] for answer in answers} == {f"/dossiers/{dossier_id}/done/"}
    assert Filing.objects.count() == Dossier.objects.count() == 1
    assert DossierEvent.objects.count() == 1
    assert citizen.get(path)["Location"] == f"/dossiers/{dossier_id}/"


@pytest.mark.parametrize("version", ["1", "", "x", "-1", "9" * 50])
def test_an_old_overview_is_shown_again_before_it_is_sent(desk: Desk, citizen: Client, version: str) -> None:
    dossier_id = begin_birth(citizen, desk)
    fill_birth(citizen, dossier_id)
    answer = citizen.post(f"/dossiers/{dossier_id}/filing/check/", {"row_version": version})
    assert answer.status_code == 409
    assert "Bản nháp vừa thay đổi" in answer.content.decode()
    assert Dossier.objects.get(pk=dossier_id).code is None
    assert send(citizen, dossier_id)["Location"] == f"/dossiers/{dossier_id}/done/"
