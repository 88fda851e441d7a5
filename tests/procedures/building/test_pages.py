"""The builder's pages: each step is one operation, nothing typed is lost, two editors keep both texts."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core.errors import Conflict, Forbidden, RuleViolation
from procedures import services
from procedures.models import DraftRevision, FormBlock, ProcedureDraft
from tests.factories.catalogue import make_catalogue_admin, publish
from tests.factories.people import Officer
from tests.procedures.building.samples import make_form_document, row

pytestmark = pytest.mark.django_db
MOST_QUERIES = 9
Document = dict[str, Any]


@pytest.fixture
def document() -> Document:
    found = make_form_document()
    publish(found)
    return found


@pytest.fixture
def lawyer() -> Officer:
    return make_catalogue_admin()


@pytest.fixture
def desk(client: Client, lawyer: Officer) -> Client:
    client.force_login(lawyer.user)
    return client


def where(document: Document, page: str = "") -> str:
    return f"/catalogue/{document['code']}/form/{page}"


def post(client: Client, document: Document, op: str, at: str = "", version: int = 0, **typed: Any) -> Any:
    return client.post(where(document), {"op": op, "at": at, "row_version": version, **typed})


def stored(document: Document) -> ProcedureDraft:
    return ProcedureDraft.objects.get(code=document["code"])


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Chọn một trang hoặc một câu hỏi"),
        ("?at=field:landlord", "Tên chủ nhà"),
        ("?at=page:home", "Tên trang người dân đọc"),
        ("?at=field:members.school", "Thêm câu vào nhóm"),
        ("?at=check:0", "Phải đủ 18 tuổi."),
        ("?at=party:1", "Thành viên hộ"),
        ("?at=field:gone", "Sửa mẫu"),
        ("?at='<script>", "Sửa mẫu"),
        ("?new=question&at=field:born", "Câu hỏi mới sau “Ngày sinh”"),
        ("?new=column&at=field:members", "Câu hỏi mới trong nhóm “Thành viên”"),
        ("?new=page", "Trang mới"),
        ("?new=check", "Lời báo lỗi mới"),
        ("?new=party", "Người mới trong hồ sơ"),
        ("?new=insert&at=page:home", "Chèn khối"),
        ("?new=keep&at=page:home", "Lưu thành khối"),
        ("preview/", "Đang xem thử"),
        ("preview/?page=home", "Hộ gia đình"),
    ],
)
def test_every_page_opens_with_few_queries(desk: Client, document: Document, query: str, words: str) -> None:
    desk.get(where(document))
    with CaptureQueriesContext(connection) as queries:
        answer = desk.get(where(document, query))
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert "<script>'" not in answer.content.decode()
    assert len(queries) <= MOST_QUERIES


def test_a_step_begins_the_draft_keeps_its_name_and_goes_on_at_the_part(
    desk: Client, document: Document
) -> None:
    answer = post(desk, document, "duplicate", "field:born")
    assert answer.headers["Location"].endswith("?at=field%3Angay_sinh#o-field-ngay_sinh")
    draft = stored(document)
    assert (
        DraftRevision.objects.get(code=document["code"], number=draft.state).summary == "Nhân đôi “Ngày sinh”"
    )
    answer = post(desk, document, "move_up", "page:person", draft.row_version)
    assert (answer.status_code, stored(document).row_version) == (302, draft.row_version)
    desk.post(f"/catalogue/{document['code']}/undo/", {"row_version": draft.row_version, "section": "form"})
    assert stored(document).content["form"] == document["form"]


def test_what_is_refused_keeps_what_was_typed(desk: Client, document: Document) -> None:
    typed = {
        "label": "Vì sao?",
        "type": "choice",
        "hint": "Ghi ngắn",
        "if-count": "1",
        **row(0, "born", "less", "mai"),
    }
    answer = post(desk, document, "add_question", "field:born", **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    for text in ("Vì sao?", "Ghi ngắn", "mỗi dòng một lựa chọn", 'href="#b-options"'):
        assert text in page
    assert not ProcedureDraft.objects.exists()


def test_rows_are_drawn_anew_without_a_script(desk: Client, document: Document) -> None:
    typed = {"label": "Vì sao?", "type": "text", "if-count": "1", "refresh": "rows", **row(0, "renting")}
    answer = post(desk, document, "add_question", "field:renting", **typed)
    assert answer.status_code == 200
    assert 'name="if-0-op"' in answer.content.decode()
    again = desk.post(where(document, "condition/"), {"op": "add_question", "at": "field:renting", **typed})
    assert "Có thuê" in again.content.decode()
    assert not ProcedureDraft.objects.exists()


def test_two_editors_keep_both_texts(desk: Client, document: Document) -> None:
    hers: dict[str, Any] = {"label": "Sinh ngày nào?", "type": "date", "if-count": "0"}
    assert post(desk, document, "save_question", "field:born", **hers).status_code == 302
    mine: dict[str, Any] = {**hers, "label": "Bạn sinh khi nào?"}
    answer = post(desk, document, "save_question", "field:born", **mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Sinh ngày nào?" in page
    assert 'value="Bạn sinh khi nào?"' in page
    assert "Sửa câu hỏi “Sinh ngày nào?”" in page
    version = stored(document).row_version
    assert f'name="row_version" value="{version}"' in page
    assert post(desk, document, "save_question", "field:born", version, **mine).status_code == 302


def test_what_i_typed_about_a_part_that_went_becomes_a_new_one(desk: Client, document: Document) -> None:
    post(desk, document, "remove", "field:landlord")
    typed: dict[str, Any] = {"label": "Chủ nhà?", "type": "text", "if-count": "0"}
    answer = post(desk, document, "save_question", "field:landlord", **typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Chủ nhà?"' in page
    assert 'name="op" value="add_question"' in page


def test_before_something_goes_those_who_use_it_are_named(desk: Client, document: Document) -> None:
    answer = post(desk, document, "remove", "field:renting")
    assert answer.status_code == 422
    assert "Trang “Hộ gia đình” chỉ hỏi theo câu này." in answer.content.decode()
    assert post(desk, document, "remove", "field:renting", clear="1").status_code == 302
    assert "visible_if" not in stored(document).content["form"]["pages"][1]
    version = stored(document).row_version
    answer = post(desk, document, "remove", "field:copies", version)
    assert (answer.status_code, "Hãy sửa phần Phí, lệ phí trước" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999", "1.5"])
def test_an_odd_row_version_is_a_conflict(desk: Client, document: Document, version: str) -> None:
    answer = desk.post(where(document), {"op": "duplicate", "at": "field:born", "row_version": version})
    assert answer.status_code == 409
    assert not ProcedureDraft.objects.exists()


def test_the_telephone_shows_what_is_being_typed(desk: Client, document: Document) -> None:
    typed = {
        "op": "save_question",
        "at": "field:born",
        "label": "Sinh năm nào?",
        "type": "date",
        "if-count": "0",
    }
    assert "Sinh năm nào?" in desk.post(where(document, "pane/"), typed).content.decode()
    assert desk.post(where(document, "pane/"), {**typed, "label": ""}).status_code == 204
    assert desk.post(where(document, "pane/"), {}).status_code == 204
    assert not ProcedureDraft.objects.exists()


def test_the_form_is_tried_page_by_page_and_nothing_is_stored(desk: Client, document: Document) -> None:
    first = {
        "page": "person",
        "case": "moi",
        "full_name": "Nguyễn Thị Mây",
        "renting": "khong",
        "born": "1/2/1990",
    }
    refused = desk.post(where(document, "preview/"), {**first, "born": "1/2/2020"})
    assert refused.status_code == 422
    assert "Phải đủ 18 tuổi." in refused.content.decode()
    second = desk.post(where(document, "preview/"), first)
    assert "<h1>Hộ gia đình</h1>" in second.content.decode()
    carried = json.dumps({"full_name": "Nguyễn Thị Mây", "renting": "khong", "born": "1990-02-01"})
    rows = {"members-rows": "1", "members-0-name": "Lê Văn Con", "copies": "2"}
    last = desk.post(where(document, "preview/"), {"page": "home", "case": "moi", "answers": carried, **rows})
    page = last.content.decode()
    for text in ("Hết mẫu", "Lê Văn Con", "Chủ hồ sơ", "Thành viên hộ"):
        assert text in page
    back = desk.post(
        where(document, "preview/"), {"page": "home", "case": "moi", "answers": carried, "back": "1"}
    )
    assert "Nguyễn Thị Mây" in back.content.decode()
    assert not ProcedureDraft.objects.exists()


@pytest.mark.parametrize(
    "answers",
    ["[", "[]", "null", '{"a":' * 9000, "x" * 500_000, '{"members": "x"}', '{"full_name": {"a": [1]}}'],
    ids=range(7),
)
def test_tampered_answers_are_no_answers(desk: Client, document: Document, answers: str) -> None:
    sent = {"page": "home", "answers": answers, "members-rows": "1", "members-0-name": "An"}
    assert desk.post(where(document, "preview/"), sent).status_code in {200, 422}


def test_a_block_is_kept_here_and_inserted_there(desk: Client, document: Document) -> None:
    kept: dict[str, Any] = {"name": "Chủ nhà", "spots": ["field:renting", "field:landlord"]}
    assert post(desk, document, "keep_block", **kept).status_code == 302
    assert post(desk, document, "keep_block", **kept).status_code == 422
    assert post(desk, document, "keep_block", name="Không có câu").status_code == 422
    block = FormBlock.objects.get()
    assert [field["key"] for field in block.fields] == ["renting", "landlord"]
    assert post(desk, document, "insert_block", "page:home", block="nope").status_code == 422
    assert post(desk, document, "insert_block", "page:home", block=block.key).status_code == 302
    fields = stored(document).content["form"]["pages"][1]["fields"][-2:]
    assert [field["key"] for field in fields] == ["ban_thue_nha", "ten_chu_nha"]
    assert fields[1]["visible_if"]["all"][0]["field"] == "ban_thue_nha"
    assert (
        post(
            desk,
            document,
            "insert_block",
            "field:members.name",
            stored(document).row_version,
            block=block.key,
        ).status_code
        == 302
    )


def test_blocks_are_renamed_and_deleted_where_all_are_seen(desk: Client) -> None:
    services.load_shipped_blocks()
    block = FormBlock.objects.get(key="contact")
    assert "Cách liên hệ" in desk.get("/catalogue/blocks/").content.decode()
    named = {"key": "contact", "row_version": "1", "name": "Liên lạc", "hint": "Mọi mẫu"}
    assert desk.post("/catalogue/blocks/", named).status_code == 302
    assert desk.post("/catalogue/blocks/", {**named, "name": "Của tôi"}).status_code == 409
    answer = desk.post("/catalogue/blocks/", {**named, "row_version": "2", "name": "Lời cam đoan"})
    assert (answer.status_code, "Đã có khối mang tên này" in answer.content.decode()) == (422, True)
    assert services.load_shipped_blocks() == 0
    block.refresh_from_db()
    assert block.name == {"vi": "Liên lạc"}
    assert (
        desk.post("/catalogue/blocks/", {"key": "contact", "row_version": "2", "delete": "1"}).status_code
        == 302
    )
    assert (
        desk.post("/catalogue/blocks/", {"key": "contact", "row_version": "2", "delete": "1"}).status_code
        == 404
    )


def test_shipped_blocks_fit_any_form_and_a_repeat_changes_nothing(
    lawyer: Officer, desk: Client, document: Document
) -> None:
    assert services.load_shipped_blocks() == FormBlock.objects.count() > 10
    assert services.load_shipped_blocks() == 0
    version = 0
    for block in FormBlock.objects.all():
        answer = post(desk, document, "insert_block", "page:home", version, block=block.key)
        assert answer.status_code == 302, block.key
        version = stored(document).row_version


def test_services_refuse_strangers_and_bad_blocks(lawyer: Officer) -> None:
    from tests.factories.people import make_actor, make_user

    with pytest.raises(Forbidden):
        services.add_block(make_actor(make_user()), name="A", hint="", fields=[])
    with pytest.raises(RuleViolation):
        services.add_block(lawyer.actor, name="A", hint="", fields=[{"key": "x"}])
    with pytest.raises(RuleViolation):
        services.rename_block(lawyer.actor, "x", name=" ", hint="", row_version=1)
    services.load_shipped_blocks()
    with pytest.raises(Conflict) as conflict:
        services.rename_block(lawyer.actor, "contact", name="Mới", hint="", row_version=7)
    assert conflict.value.extra["theirs"]["name"] == {"vi": "Cách liên hệ"}


def test_a_broken_form_is_shown_in_words_and_harms_nothing(
    desk: Client, lawyer: Officer, document: Document
) -> None:
    document["form"]["pages"][0]["fields"][3]["visible_if"]["all"][0]["field"] = "gone"
    services.start_draft(lawyer.actor, document["code"])
    services.save_draft(lawyer.actor, document["code"], content=document, row_version=1)
    page = desk.get(where(document)).content.decode()
    assert "Mẫu này chưa đọc được" in page
    assert "Câu “Tên chủ nhà”" in page
    assert post(desk, document, "duplicate", "field:born", 2).status_code == 422
    assert desk.get(where(document, "preview/")).status_code == 422
