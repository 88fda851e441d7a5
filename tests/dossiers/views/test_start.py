"""The start page: everything before sign-in, the gate of the service level, one draft per choice."""

import pytest
from django.test import Client
from django.urls import reverse

from dossiers.models import Dossier, Draft
from procedures import services as catalogue
from tests.dossiers.views.steps import BIRTH_CASE, begin_birth, fill_birth, read, sign_in
from tests.factories.catalogue import make_catalogue_admin
from tests.factories.dossiers import BIRTH, COPIES, MARITAL, PASSPORT, Desk
from tests.factories.people import PASSWORD, make_agency, make_user

pytestmark = pytest.mark.django_db
START = f"/dossiers/new/{BIRTH}/"


def test_a_visitor_reads_who_what_how_long_and_how_much(desk: Desk, client: Client) -> None:
    page = read(client, f"{START}?case={BIRTH_CASE}")
    for words in (
        "Ai được làm",
        "Giấy chứng sinh",
        "Trong ngày",
        "Phí, lệ phí",
        desk.agency.name,
        "cần đăng nhập",
    ):
        assert words in page, words
    assert page.count("<h1>") == 1


def test_the_case_is_chosen_first_where_there_are_cases(desk: Desk, client: Client) -> None:
    page = read(client, START)
    assert "Có giấy chứng sinh" in page
    assert 'method="post"' not in page.split("<main")[1].split("</main>")[0]
    assert "Có giấy chứng sinh" in read(client, f"{START}?case=<script>")


@pytest.mark.parametrize(("code", "words"), [(PASSPORT, "rồi đến nơi giải quyết"), (COPIES, "In mẫu")])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_low_level_says_why_and_what_to_do_instead(
    desk: Desk, citizen: Client, code: str, words: str, method: str
) -> None:
    answer = getattr(citizen, method)(f"/dossiers/new/{code}/", {"agency": desk.agency.code})
    assert answer.status_code == 403
    assert "chưa nhận hồ sơ qua mạng" in answer.content.decode()
    assert words in answer.content.decode()
    assert not Dossier.objects.exists()


def test_a_closed_procedure_leads_to_its_successor(desk: Desk, citizen: Client) -> None:
    catalogue.close_procedure(make_catalogue_admin().actor, BIRTH, successor=MARITAL)
    page = read(citizen, START, 422)
    assert "không còn thực hiện" in page
    assert f'href="/dossiers/new/{MARITAL}/"' in page
    assert citizen.post(START, {"case": BIRTH_CASE, "agency": desk.agency.code}).status_code == 422


def test_sending_a_draft_of_a_closed_procedure_names_the_successor(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    fill_birth(citizen, dossier_id)
    catalogue.close_procedure(make_catalogue_admin().actor, BIRTH, successor=MARITAL)
    version = Draft.objects.get().row_version
    answer = citizen.post(f"/dossiers/{dossier_id}/filing/check/", {"row_version": version})
    assert answer.status_code == 422
    assert "Mời bạn dùng thủ tục" in answer.content.decode()


def test_an_unknown_procedure_is_not_found(desk: Desk, client: Client) -> None:
    assert client.get("/dossiers/new/9.999999/").status_code == 404


@pytest.mark.parametrize(
    "choice",
    [{}, {"case": BIRTH_CASE}, {"case": "x"}, {"case": BIRTH_CASE, "agency": "H00"}, {"agency": "\u0301"}],
)
def test_a_wrong_choice_is_told_and_begins_nothing(
    desk: Desk, citizen: Client, choice: dict[str, str]
) -> None:
    answer = citizen.post(START, choice)
    assert answer.status_code == 422
    assert "chỗ cần sửa" in answer.content.decode()
    assert "<title>Lỗi:" in answer.content.decode()
    assert not Dossier.objects.exists()


def test_an_agency_that_does_not_perform_the_procedure_is_refused(desk: Desk, citizen: Client) -> None:
    other = {"case": BIRTH_CASE, "agency": "H99.KHONG"}
    assert citizen.post(START, other).status_code == 422


def test_a_second_click_finds_the_untouched_draft(desk: Desk, citizen: Client) -> None:
    first, second = begin_birth(citizen, desk), begin_birth(citizen, desk)
    assert first == second
    citizen.post(f"/dossiers/{first}/filing/child/", {"child_name": "An", "later": "1"})
    assert begin_birth(citizen, desk) != first
    assert "Bạn có bản nháp đang làm dở" in read(citizen, START)


def test_drafts_of_others_are_not_offered(desk: Desk, citizen: Client) -> None:
    begin_birth(citizen, desk)
    assert "bản nháp đang làm dở" not in read(sign_in(make_user()), START)
    assert "bản nháp đang làm dở" not in read(Client(), START)


def test_a_visitors_choice_waits_for_sign_in(desk: Desk, client: Client) -> None:
    make_agency(name="Ủy ban nhân dân xã An Bình")
    answer = client.post(START, {"case": BIRTH_CASE, "agency": desk.agency.code})
    assert answer["Location"].startswith("/accounts/login/?next=")
    client.post("/accounts/login/", {"login": desk.citizen.username, "password": PASSWORD})
    page = client.get("/accounts/kept/", follow=True).content.decode()
    assert "Có giấy chứng sinh" in page
    assert f'<option value="{desk.agency.code}" selected>' in page


def test_an_officer_at_work_is_asked_to_act_for_themselves(desk: Desk) -> None:
    answer = sign_in(desk.reception.user).post(START, {"case": BIRTH_CASE, "agency": desk.agency.code})
    assert answer.status_code == 403
    assert reverse("accounts:switch") in answer.content.decode()
    assert not Dossier.objects.exists()
