"""A request for what is missing, answered on the page: item by item, then reviewed and sent."""

import pytest
from django.test import Client

from dossiers import commands as c
from dossiers import selectors
from dossiers.choices import Status
from dossiers.models import Attachment, Dossier, Draft, Filing
from dossiers.services import acting
from tests.dossiers.views.steps import page_data, picture, read, sheet_of, sign_in
from tests.factories.answers import BIRTH
from tests.factories.dossiers import BIRTH as BIRTH_CODE
from tests.factories.dossiers import Desk, Request, accept, file_birth, file_dossier, make_upload
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
PAPER = c.SupplementItem("Ảnh mờ, không đọc được chữ ký.", requirement="giay_chung_sinh")
ANSWER = c.SupplementItem("Ghi đủ họ tên như trên căn cước.", field="mother_name")


@pytest.fixture
def asked(desk: Desk) -> Dossier:
    dossier = accept(desk, file_birth(desk))
    command = c.RequestSupplement((PAPER, ANSWER))
    return acting.perform(dossier.pk, command, actor=desk.reception.actor, version=dossier.version)


def overview(dossier: Dossier) -> str:
    return f"/dossiers/{dossier.pk}/filing/check/"


def send(client: Client, dossier: Dossier) -> object:
    draft = Draft.objects.get(dossier=dossier)
    dossier = Dossier.objects.get(pk=dossier.pk)
    return client.post(overview(dossier), {"row_version": draft.row_version, "supplement": dossier.version})


def test_the_page_says_item_by_item_what_is_missing_and_why(citizen: Client, asked: Dossier) -> None:
    page = read(citizen, f"/dossiers/{asked.pk}/")
    for words in ("Bổ sung 2 mục trước", PAPER.reason, ANSWER.reason, "Sửa câu trả lời", "Đã nộp lần trước"):
        assert words in page, words


def test_a_whole_round(desk: Desk, citizen: Client, asked: Dossier) -> None:
    path = f"/dossiers/{asked.pk}/supplement/"
    old = Attachment.objects.get(dossier=asked)
    assert citizen.post(path, {f"file-remove-{old.pk}": "1"}).status_code == 302
    answer = citizen.post(path, {"file-giay_chung_sinh": picture("ro-net.png"), "edit": "mother_name"})
    assert answer["Location"] == f"/dossiers/{asked.pk}/filing/mother/"
    data = page_data(
        sheet_of(asked.pk).form.get_page("mother"), {**BIRTH, "mother_name": "Trần Thị Sông Hương"}
    )
    assert citizen.post(answer["Location"], data)["Location"] == overview(asked)
    assert read(citizen, overview(asked)).count("Đã làm") == 2
    assert selectors.get_filing(asked).answers["mother_name"] == "Trần Thị Sông"  # type: ignore[union-attr]
    send(citizen, asked)
    filing = selectors.get_filing(asked)
    assert filing is not None
    assert filing.revision == 2
    assert filing.answers["mother_name"] == "Trần Thị Sông Hương"
    assert [entry["name"] for entry in filing.manifest] == ["ro-net.png"]
    assert Dossier.objects.get(pk=asked.pk).status == Status.ACCEPTED
    page = read(citizen, f"/dossiers/{asked.pk}/")
    assert "ro-net.png" in page
    assert "Bạn không phải làm gì lúc này" in page


def test_sending_twice_files_once(citizen: Client, asked: Dossier) -> None:
    citizen.post(f"/dossiers/{asked.pk}/supplement/", {"file-giay_chung_sinh": picture(), "review": "1"})
    draft = Draft.objects.get(dossier=asked)
    data = {"row_version": draft.row_version, "supplement": Dossier.objects.get(pk=asked.pk).version}
    answers = [citizen.post(overview(asked), data) for _press in range(2)]
    assert {answer["Location"] for answer in answers} == {f"/dossiers/{asked.pk}/"}
    assert Filing.objects.filter(dossier=asked).count() == 2


def test_a_draft_changed_in_another_tab_is_shown_again(citizen: Client, asked: Dossier) -> None:
    citizen.post(f"/dossiers/{asked.pk}/supplement/", {"review": "1"})
    data = {"row_version": "0", "supplement": Dossier.objects.get(pk=asked.pk).version}
    answer = citizen.post(overview(asked), data)
    assert answer.status_code == 409
    assert "Nội dung vừa thay đổi" in answer.content.decode()
    assert Filing.objects.filter(dossier=asked).count() == 1


def test_what_was_not_answered_is_said_before_sending(citizen: Client, asked: Dossier) -> None:
    answer = citizen.post(f"/dossiers/{asked.pk}/supplement/", {"review": "1"}, follow=True)
    assert "Còn 2 mục cơ quan yêu cầu mà bạn chưa làm" in answer.content.decode()


def test_a_refused_file_says_why_on_the_page(citizen: Client, asked: Dossier) -> None:
    files = [picture("tot.png"), picture("a.docx")]
    answer = citizen.post(f"/dossiers/{asked.pk}/supplement/", {"file-giay_chung_sinh": files, "review": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Lỗi:" in page
    assert "Không nhận loại tệp của “a.docx”" in page
    assert "tot.png" in page


@pytest.mark.parametrize("key", ["child_name", "nothing", "", "giay_chung_sinh"])
def test_only_questions_asked_about_are_opened(citizen: Client, asked: Dossier, key: str) -> None:
    assert citizen.post(f"/dossiers/{asked.pk}/supplement/", {"edit": key}).status_code == 404


def test_without_an_open_request_there_is_nothing_to_answer(desk: Desk, citizen: Client) -> None:
    dossier = file_birth(desk)
    path = f"/dossiers/{dossier.pk}/supplement/"
    assert citizen.post(path, {"file-giay_chung_sinh": picture()})["Location"] == f"/dossiers/{dossier.pk}/"
    assert Attachment.objects.count() == 1


def test_strangers_find_nothing(desk: Desk, asked: Dossier) -> None:
    for user in (make_user(), desk.reception.user):
        client = sign_in(user)
        for path in ("supplement/", "filing/", "filing/mother/", "filing/check/"):
            assert client.get(f"/dossiers/{asked.pk}/{path}").status_code == 404
            assert client.post(f"/dossiers/{asked.pk}/{path}", {"review": "1"}).status_code in (404, 405)


def test_a_verified_owner_answers_for_a_dossier_received_at_the_desk(desk: Desk) -> None:
    owner = make_user(full_name="Trần Thị Sông", national_id="092190001234")
    paper = c.PaperLine("giay_chung_sinh", 1)
    dossier = file_dossier(desk, Request(BIRTH_CODE, "co_giay_chung_sinh", channel="desk", papers=(paper,)))
    command = c.RequestSupplement((PAPER,))
    dossier = acting.perform(dossier.pk, command, actor=desk.reception.actor, version=dossier.version)
    client = sign_in(owner)
    assert PAPER.reason in read(client, f"/dossiers/{dossier.pk}/")
    answer = client.post(
        f"/dossiers/{dossier.pk}/supplement/", {"file-giay_chung_sinh": picture(), "review": "1"}
    )
    assert answer["Location"] == overview(dossier)
    send(client, dossier)
    assert Dossier.objects.get(pk=dossier.pk).status == Status.SUBMITTED


def test_uploads_for_other_papers_are_left_alone(desk: Desk, citizen: Client, asked: Dossier) -> None:
    make_upload(desk.citizen_actor)
    citizen.post(f"/dossiers/{asked.pk}/supplement/", {"file-van_ban_uy_quyen": picture()})
    assert Attachment.objects.filter(dossier=asked).count() == 1
