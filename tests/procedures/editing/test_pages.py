"""The pages of those who keep the catalogue: list, overview, sections, undo, two at once."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core import clock
from procedures import services
from procedures.editing.layout import LAYOUT
from procedures.editing.sections import BY_KEY, SECTIONS, section_of
from procedures.models import DraftRevision, ProcedureDraft
from procedures.services.closing import close_procedure
from tests.contracts.formread import read_forms
from tests.factories.catalogue import make_catalogue_admin, make_document, publish
from tests.factories.people import Officer

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15
CODE = "1.909100"


@pytest.fixture
def admin() -> Officer:
    return make_catalogue_admin()


@pytest.fixture
def lawyer(admin: Officer) -> Client:
    return open_browser(admin)


def open_browser(person: Officer) -> Client:
    client = Client()
    client.force_login(person.user)
    client.get("/accounts/profile/")
    return client


@pytest.fixture
def _published() -> None:
    publish(make_document(code=CODE))


def read(answer: Any) -> str:
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def fill(lawyer: Client, section: str, code: str = CODE) -> dict[str, list[str]]:
    """What the section's page would send back unchanged."""
    address = f"/catalogue/{code}/edit/{section}/"
    forms = read_forms(read(lawyer.get(address)), address)
    return next(form.fields for form in forms if "base" in form.fields)


def send(lawyer: Client, section: str, fields: dict[str, list[str]], **typed: Any) -> Any:
    body = {**fields, **{name.replace("__", "."): value for name, value in typed.items()}}
    return lawyer.post(f"/catalogue/{CODE}/edit/{section}/", body)


def follow(lawyer: Client, answer: Any) -> str:
    assert answer.status_code == 302, answer.content.decode()[:400]
    return read(lawyer.get(answer["Location"]))


def draft() -> ProcedureDraft:
    return ProcedureDraft.objects.get(code=CODE)


def test_every_part_of_the_document_has_a_section() -> None:
    document = make_document()
    assert {section_of(name) for name in document} <= set(BY_KEY)
    assert section_of("requirements[2].mode") == "papers"
    assert section_of("agencies.competent.vi") == "audience"
    assert section_of("schema") == "names"
    parts = [part for section in SECTIONS for part in section.parts]
    assert len(parts) == len(set(parts))


@pytest.mark.usefixtures("_published")
def test_saving_begins_a_draft_and_says_what_changed(lawyer: Client, admin: Officer) -> None:
    answer = send(lawyer, "names", fill(lawyer, "names"), **{"summary.vi": "Giấy để thử, bản mới."})
    assert "Đã lưu." in follow(lawyer, answer)
    saved = draft()
    assert saved.content["summary"] == {"vi": "Giấy để thử, bản mới."}
    assert (saved.author_id, saved.row_version) == (admin.user.pk, 2)
    begun, changed = DraftRevision.objects.filter(code=CODE).order_by("number")
    assert begun.summary == "Bắt đầu từ bản 1"  # so that the first change can be undone too
    assert "bản mới" in changed.summary
    page = read(lawyer.get(f"/catalogue/{CODE}/"))
    assert "Có bản nháp" in page
    assert admin.user.full_name in page


@pytest.mark.usefixtures("_published")
def test_what_was_not_changed_is_not_saved(lawyer: Client) -> None:
    for section in LAYOUT:
        assert "Chưa có gì thay đổi." in follow(lawyer, send(lawyer, section, fill(lawyer, section)))
    assert not ProcedureDraft.objects.exists()


@pytest.mark.usefixtures("_published")
def test_an_incomplete_section_is_saved_and_says_what_is_missing(lawyer: Client) -> None:
    answer = send(lawyer, "names", fill(lawyer, "names"), **{"everyday_name.vi": "", "field.vi": ""})
    page = follow(lawyer, answer)
    assert "Đã lưu. Còn 2 chỗ cần bổ sung" in page
    assert page.count("Hãy ghi chỗ này.") == 2
    assert "everyday_name" not in draft().content


@pytest.mark.usefixtures("_published")
def test_a_row_is_added_named_and_undone(lawyer: Client) -> None:
    added = send(lawyer, "papers", fill(lawyer, "papers"), press="add:requirements")
    assert added["Location"].endswith("?at=requirements-1-name#requirements-1-name")
    assert "Giấy tờ chưa có tên" in follow(lawyer, added)
    fields = fill(lawyer, "papers")
    follow(lawyer, send(lawyer, "papers", fields, **{"requirements[1].name.vi": "Ảnh 4 × 6"}))
    assert draft().content["requirements"][1] == {
        "mode": "submit", "name": {"vi": "Ảnh 4 × 6"}, "key": "anh_4_6",
    }  # fmt: skip
    undo = {"row_version": draft().row_version, "section": "papers"}
    assert "Đã hoàn tác" in follow(lawyer, lawyer.post(f"/catalogue/{CODE}/undo/", undo))
    assert draft().content["requirements"][1] == {"mode": "submit"}
    redo = {"row_version": draft().row_version}
    assert "Đã làm lại" in follow(lawyer, lawyer.post(f"/catalogue/{CODE}/redo/", redo))
    stale = follow(lawyer, lawyer.post(f"/catalogue/{CODE}/undo/", {"row_version": "1"}))
    assert "Bản nháp đã được thay đổi" in stale


@pytest.mark.usefixtures("_published")
def test_two_at_once_see_both_texts_and_choose(lawyer: Client, admin: Officer) -> None:
    services.start_draft(admin.actor, CODE)
    mine = fill(lawyer, "names")
    other = make_catalogue_admin("Đỗ Văn Duyệt")
    theirs = open_browser(other)
    send(theirs, "names", fill(theirs, "names"), **{"summary.vi": "Tóm tắt kia.", "field.vi": "Lĩnh vực kia"})
    answer = send(lawyer, "names", mine, **{"summary.vi": "Tóm tắt tôi.", "everyday_name.vi": "Tên tôi"})
    assert answer.status_code == 409
    page = answer.content.decode()
    for words in (
        "Đỗ Văn Duyệt",
        "Lĩnh vực kia",
        "Tên tôi",
        "Chỉ bạn sửa chỗ này.",
        "Chỉ người kia sửa chỗ này.",
    ):
        assert words in page, words
    assert draft().content["summary"] == {"vi": "Tóm tắt kia."}
    form = next(form.fields for form in read_forms(page, "/") if "theirs" in form.fields)
    unchosen = lawyer.post(f"/catalogue/{CODE}/edit/names/", form)
    assert unchosen.status_code == 409
    assert "Hãy chọn một trong hai bản." in unchosen.content.decode()
    asked = next(name for name in ("choice-0", "choice-1", "choice-2") if name not in form or not form[name])
    saved = lawyer.post(f"/catalogue/{CODE}/edit/names/", {**form, asked: ["mine"]})
    assert "Đã lưu." in follow(lawyer, saved)
    content = draft().content
    assert [content[name]["vi"] for name in ("summary", "everyday_name", "field")] == [
        "Tóm tắt tôi.", "Tên tôi", "Lĩnh vực kia",
    ]  # fmt: skip


@pytest.mark.usefixtures("_published")
def test_a_third_text_in_between_is_shown_again(lawyer: Client, admin: Officer) -> None:
    services.start_draft(admin.actor, CODE)
    mine, theirs = fill(lawyer, "names"), open_browser(make_catalogue_admin("Người kia"))
    send(theirs, "names", fill(theirs, "names"), **{"summary.vi": "Hai."})
    answer = send(lawyer, "names", mine, **{"summary.vi": "Một."})
    form = next(form.fields for form in read_forms(answer.content.decode(), "/") if "theirs" in form.fields)
    send(theirs, "names", fill(theirs, "names"), **{"summary.vi": "Ba."})
    again = lawyer.post(f"/catalogue/{CODE}/edit/names/", {**form, "choice-0": ["mine"]})
    assert again.status_code == 409
    assert "Ba." in again.content.decode()
    assert draft().content["summary"] == {"vi": "Ba."}


@pytest.mark.usefixtures("_published")
def test_a_save_after_the_draft_went_keeps_what_was_typed(lawyer: Client, admin: Officer) -> None:
    services.start_draft(admin.actor, CODE)
    fields = fill(lawyer, "names")
    services.discard_draft(admin.actor, CODE, row_version=1)
    answer = send(lawyer, "names", fields, **{"summary.vi": "Gõ rồi."})
    assert answer.status_code == 409
    assert "Gõ rồi." in answer.content.decode()


@pytest.mark.usefixtures("_published")
def test_a_page_that_says_nothing_we_know_is_refused(lawyer: Client) -> None:
    assert lawyer.post(f"/catalogue/{CODE}/edit/names/", {}).status_code == 409
    assert lawyer.get(f"/catalogue/{CODE}/edit/nothing/").status_code == 404
    assert lawyer.get("/catalogue/9.999999/").status_code == 404
    assert lawyer.get("/catalogue/chu/").status_code == 404


@pytest.mark.usefixtures("_published")
def test_the_total_answers_what_is_typed_and_saves_nothing(lawyer: Client) -> None:
    follow(lawyer, send(lawyer, "fees", fill(lawyer, "fees"), press="add:fees"))
    page = send(lawyer, "fees", fill(lawyer, "fees"), **{"fees[0].amount": "50.000", "preview": "1"})
    assert "50.000 đ" in read(page)
    assert "amount" not in draft().content["fees"][0]


@pytest.mark.usefixtures("_published")
def test_a_draft_begins_and_is_thrown_away_after_a_question(lawyer: Client) -> None:
    follow(lawyer, lawyer.post(f"/catalogue/{CODE}/start/"))
    assert "Bỏ bản nháp này?" in read(lawyer.get(f"/catalogue/{CODE}/discard/"))
    lawyer.post(f"/catalogue/{CODE}/discard/", {"row_version": draft().row_version})
    assert not ProcedureDraft.objects.exists()
    assert "Chưa có bản nháp" in read(lawyer.get(f"/catalogue/{CODE}/"))


def test_a_new_procedure_is_begun_and_refused(lawyer: Client) -> None:
    page = lawyer.post("/catalogue/new/", {"code": "abc", "name": "Giữ lại tên này"})
    assert page.status_code == 422
    assert "Giữ lại tên này" in page.content.decode()
    begun = lawyer.post("/catalogue/new/", {"code": "1.909200", "name": "Thủ tục mới"})
    assert "chỗ cần bổ sung" in follow(lawyer, begun)
    assert "Chưa công bố" in read(lawyer.get("/catalogue/1.909200/"))


def test_the_list_says_what_waits_for_whom(lawyer: Client, admin: Officer) -> None:
    other = make_catalogue_admin("Người kia")
    for number, (author, title) in enumerate(
        [(admin, "Của tôi"), (other, "Của người kia"), (other, "Đã trình")]
    ):
        services.start_new(author.actor, f"1.90930{number}", name=title)
    whole = publish(make_document(code="1.909310", name={"vi": "Trình rồi"})).procedure
    begun = services.start_draft(other.actor, whole.code)
    services.propose_draft(
        other.actor, whole.code, row_version=begun.row_version, effective_from=clock.today()
    )
    page = read(lawyer.get("/catalogue/"))
    places = [
        page.index(words) for words in ("Chờ bạn xem và công bố", "Trình rồi", "Bạn đang soạn", "Của tôi")
    ]
    assert places == sorted(places)
    assert page.index("Người khác đang soạn") < page.index("Của người kia")
    theirs = read(open_browser(other).get("/catalogue/"))
    assert "Đã trình, chờ người khác duyệt" in theirs
    assert "Chờ bạn xem và công bố" not in theirs


def test_the_list_is_searched_filtered_and_paged(lawyer: Client, admin: Officer) -> None:
    for number in range(33):
        publish(make_document(code=f"1.9094{number:02d}", name={"vi": f"Thủ tục số {number}"}))
    publish(make_document(code="1.909499", name={"vi": "Cấp phép nuôi chim yến"}, level=2))
    close_procedure(admin.actor, "1.909401")
    first = read(lawyer.get("/catalogue/"))
    assert first.count("<tr data-row>") == 30
    assert 'href="?after=1.909429"' in first
    second = read(lawyer.get("/catalogue/?after=1.909429"))
    assert second.count("<tr data-row>") == 4
    for query, codes in {
        "q=nuôi+chim+yến": ["1.909499"], "q=1.909432": ["1.909432"], "level=2": ["1.909499"],
        "status=closed": ["1.909401"], "source=national": [], "level=9&source=x&after=y&status=z": None,
    }.items():  # fmt: skip
        page = read(lawyer.get(f"/catalogue/?{query}"))
        if codes is None:
            assert page.count("<tr data-row>") == 30
        else:
            assert [code for code in ("1.909499", "1.909432", "1.909401") if f"/{code}/" in page] == codes, (
                query
            )
    assert "Không thấy thủ tục nào" in read(lawyer.get("/catalogue/?q=zzzz"))


@pytest.mark.usefixtures("_published")
@pytest.mark.parametrize(
    "address", ["", f"{CODE}/", f"{CODE}/discard/", *(f"{CODE}/edit/{key}/" for key in LAYOUT)]
)
def test_a_page_stays_within_fifteen_queries(lawyer: Client, admin: Officer, address: str) -> None:
    services.start_draft(admin.actor, CODE)
    lawyer.get(f"/catalogue/{address}")
    with CaptureQueriesContext(connection) as queries:
        assert lawyer.get(f"/catalogue/{address}").status_code == 200
    assert len(queries) <= MOST_QUERIES, "\n".join(query["sql"][:150] for query in queries)
