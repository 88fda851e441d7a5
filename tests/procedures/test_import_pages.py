"""The pages of loads: look first, then apply; every refusal says what to do; what is hostile is shown escaped."""

import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from procedures.models import CatalogueImport, Procedure, ProcedureDraft
from procedures.services import loads
from tests.factories.catalogue import make_catalogue_admin, make_document, publish
from tests.procedures.national_records import make_record, to_line

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def browser(client: Client) -> Client:
    client.force_login(make_catalogue_admin().user)
    return client


def _bring(browser: Client, *records: object, name: str = "r.jsonl") -> str:
    raw = b"".join(map(to_line, records))
    response = browser.post("/catalogue/imports/", {"file": SimpleUploadedFile(name, raw)})
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def _read(browser: Client, path: str) -> str:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = browser.get(path)
    assert response.status_code == 200, path
    assert len(queries) <= MOST_QUERIES, path
    return response.content.decode()


def test_a_file_is_looked_at_then_applied(browser: Client) -> None:
    kept = publish(make_document()).procedure
    new = make_record(channels=[])
    path = _bring(browser, new, make_record(code=kept.code), {"code": "x"})
    page = _read(browser, path)
    assert "1 thủ tục tỉnh đã tự biên soạn" in page
    assert "Áp dụng thì 1 thủ tục được công bố ngay" in page
    assert "Không ghi phí, lệ phí" in page
    assert new["code"] not in _read(browser, f"{path}?outcome=skipped")
    assert "Mã thủ tục có dạng" in _read(browser, f"{path}?outcome=skipped")
    assert new["code"] in _read(browser, f"{path}?q={new['code']}")
    assert not Procedure.objects.filter(code=new["code"]).exists()
    assert "Thủ tục mới" in _read(browser, f"{path}1/")
    assert "So với bản đang áp dụng" in _read(browser, f"{path}2/")
    browser.post(f"{path}2/", {"choice": "ignore"})
    browser.post(f"{path}apply/")
    loads.continue_loads()
    assert "Đã áp dụng" in _read(browser, path)
    assert Procedure.objects.filter(code=new["code"]).exists()
    assert not ProcedureDraft.objects.exists()
    assert "r.jsonl" in _read(browser, "/catalogue/imports/")


def test_a_changed_record_shows_its_difference(browser: Client) -> None:
    record = make_record()
    path = _bring(browser, record)
    browser.post(f"{path}apply/")
    loads.continue_loads()
    path = _bring(browser, {**record, "result": ["Giấy hồng"]})
    page = _read(browser, f"{path}1/")
    assert "Giấy hồng" in page
    assert "Giấy chạy thử" in page


def test_discarding_publishes_nothing(browser: Client) -> None:
    path = _bring(browser, make_record())
    assert browser.post(f"{path}discard/")["Location"] == "/catalogue/imports/"
    assert "Đã bỏ lần nhập này" in _read(browser, path)
    assert browser.post(f"{path}apply/").status_code == 302
    assert not Procedure.objects.exists()


def test_one_choice_for_all_and_a_bad_one_says_so(browser: Client) -> None:
    kept = publish(make_document()).procedure
    path = _bring(browser, make_record(code=kept.code))
    browser.post(f"{path}choose/", {"choice": "ignore"})
    assert CatalogueImport.objects.get().records.get().choice == "ignore"
    browser.post(f"{path}choose/", {"choice": "x"})
    assert "Hãy chọn một trong hai cách." in _read(browser, path)


@pytest.mark.parametrize("data", [{}, {"file": ""}, {"file": SimpleUploadedFile("a", b"")}])
def test_no_file_says_what_to_do(browser: Client, data: dict[str, Any]) -> None:
    response = browser.post("/catalogue/imports/", data)
    assert response.status_code == 422
    assert "chọn" in response.content.decode()


def test_hostile_words_are_shown_escaped(browser: Client) -> None:
    raw = BytesIO()
    document = {**make_document(code="1.830001"), "summary": {"vi": "<script>alert(1)</script>"}}
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("1.830001.json", json.dumps(document))
        archive.writestr("<script>alert(2)</script>.json", b"{")
    upload = SimpleUploadedFile("<script>alert(3)</script>.zip", raw.getvalue())
    path = browser.post("/catalogue/imports/", {"file": upload})["Location"]
    for page in (path, f"{path}1/", f"{path}2/", "/catalogue/imports/"):
        assert "<script>alert(" not in _read(browser, page)
    assert "người quản trị thứ hai mới được áp dụng" in _read(browser, path)
    assert browser.post(f"{path}apply/").status_code == 403


@pytest.mark.parametrize(
    "tail", ["?after=x", "?after=9999999999999", "?before=0", "?outcome=x", "?q=%00", "999/"]
)
def test_odd_addresses_are_no_fault(browser: Client, tail: str) -> None:
    path = _bring(browser, make_record())
    assert browser.get(f"{path}{tail}").status_code in {200, 400, 404, 422}


def test_pages_of_many_records_go_forth_and_back(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("procedures.editing.loads.reads.PAGE", 2)
    path = _bring(browser, *(make_record() for _n in range(5)))
    assert "after=2" in _read(browser, path)
    assert "before=3" in _read(browser, f"{path}?after=2")
    assert "after=2" in _read(browser, f"{path}?before=3")


def test_the_catalogue_is_taken_out_by_choice(browser: Client) -> None:
    document = make_document()
    publish(document)
    assert "(1)" in _read(browser, "/catalogue/export/")
    for query, names in (
        ("which=own", [f"{document['code']}.json"]),
        ("which=all", [f"{document['code']}.json"]),
        ("which=field&field=thu-nghiem", [f"{document['code']}.json"]),
        ("which=field&field=khac", []),
    ):
        response = browser.get(f"/catalogue/export/catalogue.zip?{query}")
        raw = b"".join(response.streaming_content)  # type: ignore[attr-defined]
        assert zipfile.ZipFile(BytesIO(raw)).namelist() == names
    assert browser.get("/catalogue/export/catalogue.zip?which=x").status_code == 422
