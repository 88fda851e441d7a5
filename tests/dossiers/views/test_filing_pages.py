"""A page of the e-form: saved as typed, errors with links, files kept or refused one by one."""

from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from dossiers.models import Attachment, Draft
from tests.dossiers.views.steps import (
    begin,
    begin_birth,
    fill_birth,
    page_data,
    picture,
    read,
    send,
    sheet_of,
    sign_in,
)
from tests.factories.answers import ANSWERS
from tests.factories.dossiers import BIRTH, HOUSEHOLD_BUSINESS, PNG, Desk
from tests.factories.people import PASSWORD, make_user

pytestmark = pytest.mark.django_db
CHILD = {
    "child_name": "Lê Trần Bảo An",
    "child_birth_date": "1/13/2026",
    "birth_place-province": "92",
    "birth_place-commune": "31120",
}


def answers() -> dict[str, object]:
    found: dict[str, object] = Draft.objects.get().answers
    return found


def test_every_address_of_a_draft_is_there_for_its_owner_only(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    people = (sign_in(make_user()), sign_in(desk.reception.user), sign_in(desk.case_officer.user))
    for path in (
        "filing/",
        "filing/requester/",
        "filing/check/",
        "case/",
        "discard/",
        "done/",
        "supplement/",
    ):
        assert citizen.get(f"/dossiers/{dossier_id}/{path}").status_code in (200, 302, 404)
        for stranger in people:
            assert stranger.get(f"/dossiers/{dossier_id}/{path}").status_code == 404, path
            assert stranger.post(f"/dossiers/{dossier_id}/{path}").status_code in (404, 405), path
        visitor = Client().get(f"/dossiers/{dossier_id}/{path}")
        assert visitor["Location"].startswith("/accounts/login/"), path


@pytest.mark.parametrize("key", ["nothing", "check1", "case"])
def test_an_unknown_page_is_not_found(desk: Desk, citizen: Client, key: str) -> None:
    dossier_id = begin_birth(citizen, desk)
    assert citizen.get(f"/dossiers/{dossier_id}/filing/{key}/").status_code == 404
    assert citizen.post(f"/dossiers/{dossier_id}/filing/{key}/", {"a": "b"}).status_code == 404


def test_a_page_that_is_not_needed_leads_back_to_the_tasks(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    assert (
        citizen.get(f"/dossiers/{dossier_id}/filing/mother/")["Location"] == f"/dossiers/{dossier_id}/filing/"
    )


def test_errors_are_listed_with_links_and_everything_typed_is_kept(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    answer = citizen.post(f"/dossiers/{dossier_id}/filing/child/", CHILD)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Lỗi:" in page
    assert 'href="#id_child_birth_date"' in page
    assert 'value="1/13/2026"' in page
    assert answers()["child_name"] == "Lê Trần Bảo An"
    again = read(other_device(desk), f"/dossiers/{dossier_id}/filing/child/")
    assert 'value="1/13/2026"' in again
    assert "Còn" in read(citizen, f"/dossiers/{dossier_id}/filing/")


def other_device(desk: Desk) -> Client:
    """Another device of the same person."""
    return sign_in(desk.citizen)


def test_saving_for_later_asks_nothing(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    answer = citizen.post(f"/dossiers/{dossier_id}/filing/child/", {**CHILD, "later": "1"})
    assert answer["Location"] == f"/dossiers/{dossier_id}/filing/"
    tasks = read(citizen, f"/dossiers/{dossier_id}/filing/")
    assert "Đang làm" in tasks
    assert "Chưa mở" in tasks


def test_a_finished_page_leads_to_the_next_one(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    data = page_data(sheet_of(dossier_id).form.get_page("requester"), ANSWERS[BIRTH])
    answer = citizen.post(f"/dossiers/{dossier_id}/filing/requester/", data)
    assert answer["Location"] == f"/dossiers/{dossier_id}/filing/child/"


def test_a_change_from_the_overview_leads_back_to_it(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    fill_birth(citizen, dossier_id)
    data = page_data(sheet_of(dossier_id).form.get_page("requester"), ANSWERS[BIRTH])
    answer = citizen.post(f"/dossiers/{dossier_id}/filing/requester/?from=check", data)
    assert answer["Location"] == f"/dossiers/{dossier_id}/filing/check/"


def test_answers_of_the_account_are_offered_with_their_source(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    page = read(citizen, f"/dossiers/{dossier_id}/filing/requester/")
    assert 'value="Trần Văn Sông"' in page
    assert "Lấy từ tài khoản, danh tính đã xác minh" in page
    assert "Lấy từ tài khoản của bạn" in page


def test_answers_of_the_last_dossier_are_offered_with_its_code(desk: Desk, citizen: Client) -> None:
    first = begin_birth(citizen, desk)
    fill_birth(citizen, first)
    send(citizen, first)
    page = read(citizen, f"/dossiers/{begin_birth(citizen, desk)}/filing/requester/")
    assert "Số 2, đường Hòa Bình" in page
    assert "bạn đã nộp" in page


def test_rows_come_and_go_with_plain_buttons(desk: Desk, citizen: Client) -> None:
    dossier_id = begin(citizen, HOUSEHOLD_BUSINESS, desk, "ca_nhan")
    path = f"/dossiers/{dossier_id}/filing/lines/"
    row = {"business_lines-rows": "1", "business_lines-0-line_name": "Bán lẻ", "capital": "năm triệu"}
    answer = citizen.post(path, {**row, "group-business_lines-add": "1"})
    assert answer["Location"] == f"{path}#id_group-business_lines-end"
    page = read(citizen, path)
    assert 'name="business_lines-1-line_name"' in page
    assert 'value="Bán lẻ"' in page
    assert 'value="năm triệu"' in page
    citizen.post(path, {**row, "business_lines-rows": "2", "group-business_lines-remove-0": "1"})
    page = read(citizen, path)
    assert 'value="Bán lẻ"' not in page
    assert 'name="business_lines-1-line_name"' not in page


def test_the_communes_of_a_province_come_without_a_script(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    path = f"/dossiers/{dossier_id}/filing/child/"
    answer = citizen.post(path, {"birth_place-province": "92", "address-birth_place-province": "1"})
    assert answer["Location"] == f"{path}#id_birth_place-commune"
    assert '<option value="31120"' in read(citizen, path)


def test_an_answer_that_opens_questions_asks_them_before_going_on(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    path = f"/dossiers/{dossier_id}/filing/copies_and_oath/"
    answer = citizen.post(path, {"wants_copies": "true", "oath": "true"})
    assert answer.status_code == 200
    assert "mở thêm câu hỏi" in answer.content.decode()
    data = {"wants_copies": "true", "copies": "2", "oath": "true", "shown": ["copies"]}
    assert citizen.post(path, data).status_code == 302


def _jpeg() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (40, 40), "red").save(buffer, "JPEG")
    return buffer.getvalue()


def test_each_file_is_kept_or_refused_by_itself(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    path = f"/dossiers/{dossier_id}/filing/papers/"
    files = [
        picture("tot.png"),
        picture("gia.jpg"),
        picture("to.png", PNG + b"0" * (10 * 2**20)),
        picture("a.exe"),
    ]
    answer = citizen.post(path, {"file-giay_chung_sinh": files})
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("tot.png", "Đã nhận", "gia.jpg", "không đúng với đuôi tệp", "to.png", "quá 10 MB", "a.exe"):
        assert words in page, words
    assert [row.file.name for row in Attachment.objects.all()] == ["tot.png"]
    assert "tot.png" in read(citizen, path)


def test_a_file_is_sent_and_taken_off_without_losing_what_is_typed(desk: Desk, citizen: Client) -> None:
    dossier_id = begin(citizen, HOUSEHOLD_BUSINESS, desk, "ca_nhan")
    path = f"/dossiers/{dossier_id}/filing/papers/"
    upload = {
        "file-can_cuoc_chu_ho": picture("cc.jpg", _jpeg()),
        "files_by": "chu_ho",
        "file-upload-can_cuoc_chu_ho": "1",
    }
    assert citizen.post(path, upload)["Location"] == f"{path}#id_file-can_cuoc_chu_ho"
    kept = Attachment.objects.get()
    answer = citizen.post(path, {f"file-remove-{kept.pk}": "1", "files_by": "uy_quyen"})
    assert answer["Location"] == f"{path}#id_file-can_cuoc_chu_ho"
    assert not Attachment.objects.filter(removed_at=None).exists()
    assert answers()["files_by"] == "uy_quyen"


@pytest.mark.parametrize("name", ["x", "01a20566-1374-7003-85a5-3213d8b745bf"])
def test_taking_off_a_file_that_is_not_there_is_harmless(desk: Desk, citizen: Client, name: str) -> None:
    dossier_id = begin_birth(citizen, desk)
    fill_birth(citizen, dossier_id)
    path = f"/dossiers/{dossier_id}/filing/papers/"
    assert citizen.post(path, {f"file-remove-{name}": "1"}).status_code == 302
    assert Attachment.objects.filter(removed_at=None).count() == 1


def test_a_file_for_a_paper_of_another_case_is_not_taken(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    path = f"/dossiers/{dossier_id}/filing/papers/"
    answer = citizen.post(path, {"file-bien_ban_bo_roi": picture()})
    assert answer.status_code == 422
    assert "không thuộc trường hợp" in answer.content.decode()
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({f"f{n}": "1" for n in range(6000)}, 413),
        ({"child_name": "a" * (6 * 2**20)}, 413),
        ({"child_name": "A" * 300_000}, 422),
        ({"child_name": "An\x00"}, 422),
        ({"child_name": ["An", "Bình"], "child_gender": "x" * 500, "birth_place-province": "'"}, 422),
        ({"business_lines-rows": "99999999999"}, 422),
    ],
)
def test_no_input_breaks_the_page(desk: Desk, citizen: Client, data: dict[str, object], status: int) -> None:
    dossier_id = begin_birth(citizen, desk)
    answer = citizen.post(f"/dossiers/{dossier_id}/filing/child/", data)
    assert answer.status_code == status
    assert "<h1>" in answer.content.decode()


def test_a_request_of_more_than_sixty_megabytes_is_refused_with_a_page(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    answer = citizen.post(
        f"/dossiers/{dossier_id}/filing/papers/",
        {"file-giay_chung_sinh": picture("to.png", b"0" * 1024)},
        CONTENT_LENGTH=str(61 * 2**20),
    )
    assert answer.status_code == 413


def test_the_case_changes_and_the_answers_stay(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    citizen.post(f"/dossiers/{dossier_id}/filing/child/", {**CHILD, "later": "1"})
    path = f"/dossiers/{dossier_id}/case/"
    assert citizen.post(path, {"case": "tre_bi_bo_roi", "agency": desk.agency.code}).status_code == 302
    sheet = sheet_of(dossier_id)
    assert sheet.case == "tre_bi_bo_roi"
    assert sheet.answers["child_name"] == "Lê Trần Bảo An"
    assert citizen.post(path, {"case": "?", "agency": ""}).status_code == 422


def test_a_draft_is_thrown_away_after_asking(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    assert "Xóa bản nháp này?" in read(citizen, f"/dossiers/{dossier_id}/discard/")
    assert citizen.post(f"/dossiers/{dossier_id}/discard/")["Location"] == "/dossiers/"
    assert citizen.post(f"/dossiers/{dossier_id}/discard/").status_code == 404
    assert not Draft.objects.exists()


def test_what_was_typed_comes_back_after_the_session_ended(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    path = f"/dossiers/{dossier_id}/filing/papers/"
    path_of_child = f"/dossiers/{dossier_id}/filing/child/"
    del citizen.cookies["sessionid"]
    citizen.post("/accounts/login/", {"login": desk.citizen.username, "password": PASSWORD})
    del citizen.cookies["sessionid"]
    answer = citizen.post(path_of_child, CHILD)
    assert answer["Location"].startswith("/accounts/login/")
    assert "child_name" not in answers()
    citizen.post("/accounts/login/", {"login": desk.citizen.username, "password": PASSWORD})
    page = citizen.get("/accounts/kept/", follow=True)
    assert page.redirect_chain[-1][0] == path_of_child
    assert 'value="1/13/2026"' in page.content.decode()
    assert answers()["child_name"] == "Lê Trần Bảo An"
    del citizen.cookies["sessionid"]
    citizen.post(path, {"file-giay_chung_sinh": picture(), "shown": ["file_giay_chung_sinh"]})
    citizen.post("/accounts/login/", {"login": desk.citizen.username, "password": PASSWORD})
    assert "Hãy chọn lại tệp" in citizen.get("/accounts/kept/", follow=True).content.decode()


def test_a_page_saved_after_the_filing_shows_what_was_typed(desk: Desk, citizen: Client) -> None:
    dossier_id = begin_birth(citizen, desk)
    fill_birth(citizen, dossier_id)
    send(citizen, dossier_id)
    answer = citizen.post(f"/dossiers/{dossier_id}/filing/child/", {"child_name": "Lê Bình"})
    assert answer.status_code == 409
    assert "Lê Bình" in answer.content.decode()
    assert citizen.get(f"/dossiers/{dossier_id}/filing/child/")["Location"] == f"/dossiers/{dossier_id}/"
    assert citizen.get(f"/dossiers/{dossier_id}/filing/")["Location"] == f"/dossiers/{dossier_id}/"
