"""The pages between a draft and its force: what they say, what they refuse, what they keep, what they cost."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core import clock
from procedures import services
from procedures.editing.publish.differing import find_difference, suggest_note
from procedures.models import Procedure, ProcedureDraft
from procedures.selectors import current_version
from tests.factories.catalogue import Document, make_catalogue_admin, make_document, publish
from tests.factories.people import Officer, make_officer

pytestmark = pytest.mark.django_db
CODE = "1.900600"
MOST_QUERIES = 15


@pytest.fixture
def author() -> Officer:
    return make_catalogue_admin("Phạm Thị Luật")


@pytest.fixture
def approver() -> Officer:
    return make_catalogue_admin("Đỗ Văn Duyệt")


def _document(summary: str = "Giấy để thử.", **changes: object) -> Document:
    return make_document(code=CODE, summary={"vi": summary}, **changes)


def _client(officer: Officer) -> Client:
    client = Client(headers={"X-Acting": str(officer.membership.pk)})
    client.force_login(officer.user)
    return client


def _open(client: Client, path: str, status: int = 200) -> str:
    response = client.get(f"/catalogue/{CODE}/{path}")
    assert response.status_code == status
    return response.content.decode()


def _send(client: Client, path: str, status: int, **data: object) -> str:
    response = client.post(f"/catalogue/{CODE}/{path}", data)
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


def _propose(author: Officer, document: Document, days: int = 0) -> ProcedureDraft:
    draft = services.save_draft(author.actor, CODE, content=document, summary="Viết lại tóm tắt")
    day = clock.today() + timedelta(days=days)
    return services.propose_draft(
        author.actor, CODE, row_version=draft.row_version, effective_from=day, note="Tóm tắt dễ hiểu hơn."
    )


def test_the_check_names_what_must_be_mended_and_where(author: Officer) -> None:
    services.save_draft(author.actor, CODE, content={**_document(), "limits": []})
    page = _open(_client(author), "check/")
    assert "1 chỗ phải sửa trước khi trình" in page
    assert "Chưa có thời hạn cho: mọi trường hợp." in page
    assert f'href="/catalogue/{CODE}/edit/limits/?at=limits#limits"' in page
    assert "Trình người thứ hai" not in page


def test_the_check_offers_the_form_with_a_note_drawn_from_the_differences(author: Officer) -> None:
    publish(_document())
    services.save_draft(author.actor, CODE, content=_document("Giấy mới."))
    page = _open(_client(author), "check/")
    assert "Không còn chỗ nào phải sửa" in page
    assert "Tóm tắt: Giấy để thử. → Giấy mới." in page
    assert f"{clock.today():%d/%m/%Y}" in page


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({}, "Công bố lại, nội dung không đổi."),
        ({"level": 3}, "Mức độ dịch vụ: mức độ 4: Làm trọn trên mạng, cả nộp phí và nhận kết quả → mức độ 3: "
                       "Nộp qua mạng, nhận kết quả tại quầy hoặc qua bưu chính."),
        ({"aliases": ["a"], "sets": 2, "quick": True, "same_day": False, "summary": {"vi": "Khác."}},
         "Sửa đổi. Tên và lĩnh vực: 1 chỗ; giấy tờ: 1 chỗ; quy trình: 2 chỗ; tìm kiếm và liên quan: 1 chỗ."),
    ],
)  # fmt: skip
def test_the_suggested_note_says_what_changes(changes: Document, note: str) -> None:
    publish(_document())
    difference = find_difference(CODE, {**_document(), **changes}, clock.today())
    assert suggest_note(difference) == note


def test_the_note_of_a_new_procedure() -> None:
    assert suggest_note(find_difference(CODE, _document(), clock.today())) == "Công bố thủ tục mới."


@pytest.mark.parametrize(
    ("day", "note", "said"),
    [
        ("", "Đổi.", "Ghi ngày bắt đầu áp dụng."),
        ("hôm nào đó", "Đổi.", "Chưa đọc được “hôm nào đó”."),
        ("31/2/2030", "Đổi.", "Tháng 2 năm 2030 chỉ có 28 ngày."),
        ("1/1/2020", "Đổi.", "Ngày áp dụng không được ở trong quá khứ."),
        ("1/1/2090", "", "Ghi những gì thay đổi, để người dân đọc."),
        ("1/1/2090", "x" * 2001, "Ghi ngắn lại, nhiều nhất 2000 chữ cái."),
    ],
)
def test_what_is_wrong_with_a_proposal_is_told_and_kept(
    author: Officer, day: str, note: str, said: str
) -> None:
    draft = services.save_draft(author.actor, CODE, content=_document())
    page = _send(_client(author), "check/", 422, effective_from=day, note=note, row_version=draft.row_version)
    assert said in page
    assert f'value="{day}"' in page or not day
    assert note in page
    assert "<title>Lỗi:" in page


def test_a_draft_that_changed_meanwhile_is_not_proposed_and_the_words_are_kept(
    author: Officer, approver: Officer
) -> None:
    services.save_draft(author.actor, CODE, content=_document())
    services.save_draft(
        approver.actor, CODE, content=_document("Khác."), row_version=1, summary="Sửa tóm tắt"
    )
    page = _send(
        _client(author), "check/", 409, effective_from="1/1/2090", note="Lời của tôi.", row_version=1
    )
    for said in ("Lời của tôi.", "1/1/2090", "Sửa tóm tắt", "Đỗ Văn Duyệt"):
        assert said in page


def test_from_the_check_to_the_publication(author: Officer, approver: Officer) -> None:
    publish(_document())
    draft = services.save_draft(author.actor, CODE, content=_document("Giấy mới."))
    _send(
        _client(author),
        "check/",
        302,
        effective_from=f"{clock.today():%d/%m/%Y}",
        note="Giấy khác.",
        row_version=1,
    )
    assert "Chờ người quản trị thứ hai" in _open(_client(author), "review/")
    page = _open(_client(approver), "review/")
    for said in ("Phạm Thị Luật", "Giấy khác.", "<del>để thử</del>", "<ins>mới</ins>", "So với bản 1"):
        assert said in page, said
    draft.refresh_from_db()
    _send(_client(approver), "review/publish/", 302, row_version=draft.row_version)
    assert "Giấy khác." in _open(_client(approver), "versions/")
    assert "Phạm Thị Luật soạn, Đỗ Văn Duyệt công bố" in _open(_client(approver), "versions/")
    assert "Không có bản nào chờ bạn" in _open_review_of_a_new_draft(author)


def _open_review_of_a_new_draft(author: Officer) -> str:
    services.start_draft(author.actor, CODE)
    return _open(_client(author), "review/")


def test_the_author_cannot_publish_by_address_either(author: Officer) -> None:
    draft = _propose(author, _document())
    _send(_client(author), "review/publish/", 403, row_version=draft.row_version)


def test_sending_back_keeps_the_reason_for_the_author(author: Officer, approver: Officer) -> None:
    draft = _propose(author, _document())
    page = _send(_client(approver), "review/return/", 422, row_version=draft.row_version, reason="ngắn")
    assert "Ghi lý do từ 10 đến 2000 chữ cái" in page
    assert ">ngắn</textarea>" in page
    _send(
        _client(approver), "review/return/", 302, row_version=draft.row_version, reason="Thiếu căn cứ lệ phí."
    )
    page = _open(_client(author), "check/")
    assert "Thiếu căn cứ lệ phí." in page
    assert "Đỗ Văn Duyệt trả lại" in page


def test_the_slower_of_two_decisions_is_told_and_keeps_its_words(author: Officer, approver: Officer) -> None:
    draft, third = _propose(author, _document()), make_catalogue_admin("Lê Thị Ba")
    _send(_client(third), "review/publish/", 302, row_version=draft.row_version)
    page = _send(
        _client(approver), "review/return/", 409, row_version=draft.row_version, reason="Thiếu căn cứ lệ phí."
    )
    for said in ("Thiếu căn cứ lệ phí.", "Công bố", "Lê Thị Ba"):
        assert said in page
    _send(_client(approver), "review/publish/", 409, row_version=draft.row_version)


def test_what_people_wrote_is_escaped(author: Officer, approver: Officer) -> None:
    publish(_document())
    draft = services.save_draft(author.actor, CODE, content=_document("<img src=x>"), summary="<b>x</b>")
    services.propose_draft(
        author.actor, CODE, row_version=draft.row_version, effective_from=clock.today(), note="<script>"
    )
    for path in ("check/", "review/", "versions/"):
        page = _open(_client(approver), path).split("</head>")[1]
        assert not re.search(r"<img src=x>|<script>|<b>x</b>", page)


def test_a_scheduled_version_warns_everywhere_and_is_cancelled(author: Officer, approver: Officer) -> None:
    publish(_document())
    later = clock.today() + timedelta(days=10)
    draft = _propose(author, _document("Sau này."), days=10)
    services.publish_draft(approver.actor, CODE, row_version=draft.row_version)
    assert "Chờ ngày áp dụng" in _open(_client(author), "versions/")
    draft = _propose(author, _document("Sửa gấp."))
    assert f"Đến {later:%d/%m/%Y}, bản 2 đã công bố sẽ thay bản này." in _open(_client(approver), "review/")
    assert "Bản 2 đã công bố" in _check_of_an_open_draft(author, draft)
    services.discard_draft(author.actor, CODE, row_version=ProcedureDraft.objects.get(code=CODE).row_version)
    _send(_client(author), "versions/2/cancel/", 302, reason="Nghị định hoãn.")
    draft = ProcedureDraft.objects.get(code=CODE)
    assert "Hủy bản 2, tiếp tục áp dụng bản 1. Nghị định hoãn." in _open(_client(approver), "review/")
    _send(_client(approver), "review/publish/", 302, row_version=draft.row_version)
    assert current_version(CODE, later).number == 3
    assert "Đã hủy trước ngày áp dụng" in _open(_client(author), "versions/")


def _check_of_an_open_draft(author: Officer, draft: ProcedureDraft) -> str:
    services.save_draft(author.actor, CODE, content=draft.content, row_version=draft.row_version)
    return _open(_client(author), "check/")


def test_a_version_that_is_not_scheduled_says_so(author: Officer) -> None:
    publish(_document())
    assert "Bản này không còn chờ ngày áp dụng." in _send(
        _client(author), "versions/1/cancel/", 422, reason="Nhầm thôi."
    )


def test_a_version_is_restored_over_a_draft_that_was_seen(author: Officer) -> None:
    publish(_document())
    publish(_document("Sai."))
    page = _open(_client(author), "versions/1/restore/")
    assert "Khôi phục bản 1?" in page
    services.save_draft(author.actor, CODE, content=_document("Đang viết."))
    _send(_client(author), "versions/1/restore/", 409, row_version=0)
    assert "Bản nháp hiện có được thay" in _open(_client(author), "versions/1/restore/")
    _send(_client(author), "versions/1/restore/", 302, row_version=1)
    assert ProcedureDraft.objects.get(code=CODE).content["summary"]["vi"] == "Giấy để thử."


def test_two_versions_are_compared_and_one_is_seen_as_a_citizen_sees_it(author: Officer) -> None:
    publish(_document())
    publish(_document("Giấy mới hẳn."))
    page = _open(_client(author), "versions/compare/?from=1&to=2")
    assert "Bản 1 so với bản 2" in page
    assert "1 chỗ khác nhau." in page
    page = _open(_client(author), "versions/1/")
    assert "Giấy để thử." in page
    assert "chỉ để xem" in page
    assert "/dossiers/new/" not in page
    for path in ("versions/9/", "versions/compare/?from=1&to=x", "versions/9/restore/", "versions/9/cancel/"):
        _open(_client(author), path, 404)


def test_closing_says_who_still_leads_there_and_names_the_successor(author: Officer) -> None:
    publish(_document())
    publish(make_document(code="1.900601", next_codes=[CODE]))
    page = _open(_client(author), "close/")
    assert "1 thủ tục khác giới thiệu thủ tục này: 1.900601." in page
    for wrong, said in (
        (CODE, "Thủ tục thay thế phải là thủ tục khác"),
        ("1.999999", "Không có thủ tục mang mã"),
    ):
        page = _send(_client(author), "close/", 422, successor=wrong)
        assert said in page
        assert f'value="{wrong}"' in page
    _send(_client(author), "close/", 302, successor="1.900601")
    assert Procedure.objects.get(code=CODE).is_closed
    assert "Ghi lý do mở lại" in _send(_client(author), "reopen/", 422, reason="")
    _send(_client(author), "reopen/", 302, reason="Đọc nhầm.")
    assert not Procedure.objects.get(code=CODE).is_closed
    assert "Mở lại" in _open(_client(author), "versions/")


def test_what_was_never_published_is_not_closed(author: Officer) -> None:
    services.save_draft(author.actor, CODE, content=_document())
    _open(_client(author), "close/", 404)


PAGES = (
    "check/", "review/", "versions/", "versions/compare/?from=1&to=2", "versions/1/", "versions/1/restore/",
    "versions/2/cancel/", "close/",
)  # fmt: skip


def test_only_catalogue_admins_come_in(author: Officer) -> None:
    publish(_document())
    publish(_document("Khác."))
    for path in PAGES:
        _open(_client(make_officer()), path, 403)


def test_pages_need_few_queries_and_more_history_costs_no_more(author: Officer, approver: Officer) -> None:
    for number in range(3):
        publish(_document(f"Bản {number}."))
    _propose(author, _document("Mới."))
    client = _client(approver)
    costs = {}
    for path in PAGES:
        _open(client, path)
        with CaptureQueriesContext(connection) as queries:
            _open(client, path)
        costs[path] = len(queries)
    assert {path: cost for path, cost in costs.items() if cost > MOST_QUERIES} == {}
    for number in range(4):
        publish(_document(f"Thêm {number}."))
    with CaptureQueriesContext(connection) as queries:
        _open(client, "versions/")
    assert len(queries) == costs["versions/"]
