"""What every request passes on its way in and every answer on its way out."""

import unicodedata
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

FORM = "application/x-www-form-urlencoded"


def test_each_request_has_its_own_number_whatever_the_client_says(web: Client) -> None:
    one, two = (web.get("/echo/", headers={"X-Request-ID": "mine"})["X-Request-ID"] for _ in range(2))
    assert UUID(one) != UUID(two)


@pytest.mark.parametrize(
    "address", ["/echo/", "/fail/bug/", "/nowhere/", "/api/v1/fail/rule", "/echo/?a=%00"]
)
def test_every_answer_has_safe_headers_and_is_not_stored(web: Client, address: str) -> None:
    response = web.get(address)

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cache-Control"] == "no-store"


def test_a_view_may_let_its_page_be_stored(web: Client) -> None:
    assert web.get("/cached/")["Cache-Control"] == "public, max-age=60"


def test_what_is_typed_arrives_composed_and_otherwise_exact(web: Client) -> None:
    decomposed = unicodedata.normalize("NFD", "Nguyễn Thị Ơn")
    upload = SimpleUploadedFile(unicodedata.normalize("NFD", "Giấy chứng sinh.pdf"), b"x")
    response = web.post(
        f"/echo/?q={decomposed}", {"name": [decomposed, " ʼ<b>\r\n\t"], decomposed: "1", "file": upload}
    )

    assert response.json() == {
        "get": {"q": ["Nguyễn Thị Ơn"]},
        "post": {"name": ["Nguyễn Thị Ơn", " ʼ<b>\r\n\t"], "Nguyễn Thị Ơn": ["1"]},
        "files": ["Giấy chứng sinh.pdf"],
        "cookies": [],
    }


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("/echo/?q=a%00b", None),
        ("/echo/?%1f=1", None),
        ("/echo/?q=%ff", None),
        ("/echo/?q=%ed%a0%80", None),
        ("/echo/", "a=%00"),
        ("/echo/", "%0b=1"),
        ("/echo/", "a=%c3%28"),
        ("/api/v1/fail/rule?q=%00", None),
    ],
)
def test_what_cannot_be_text_is_refused_with_a_message(web: Client, address: str, body: str | None) -> None:
    response = web.get(address) if body is None else web.post(address, body, content_type=FORM)

    assert response.status_code == 422
    assert "Hãy" in response.content.decode()


def test_control_characters_in_a_multipart_form_are_refused(web: Client) -> None:
    assert web.post("/echo/", {"a": "\x00"}).status_code == 422
    assert web.post("/echo/", {"a": "1", "b\x1f": "1"}).status_code == 422


@pytest.mark.parametrize("address", ["/text/%00/", "/text/a%1bb/", "/%0b"])
def test_an_impossible_address_is_not_found(web: Client, address: str) -> None:
    assert web.get(address).status_code == 404


def test_a_cookie_with_control_characters_is_dropped(web: Client) -> None:
    response = web.get("/echo/", headers={"Cookie": 'sessionid="\\000abcdefgh"; good=1'})
    assert response.json()["cookies"] == ["good"]


@pytest.mark.parametrize(
    ("setting", "limit"),
    [("DATA_UPLOAD_MAX_NUMBER_FIELDS", 3), ("DATA_UPLOAD_MAX_MEMORY_SIZE", 10), ("MAX_REQUEST_BYTES", 10)],
)
@pytest.mark.parametrize("is_multipart", [True, False])
def test_too_much_is_refused_as_too_much(
    web: Client, settings: Settings, setting: str, limit: int, is_multipart: bool
) -> None:
    setattr(settings, setting, limit)
    if is_multipart:
        response = web.post("/echo/", {f"field{number}": "value" * 5 for number in range(9)})
    else:
        body = "&".join(f"field{number}={'value' * 5}" for number in range(9))
        response = web.post("/echo/", body, content_type=FORM)

    assert response.status_code == 413
    assert "<h1>" in response.content.decode()


def test_too_many_files_are_refused(web: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 1
    files = {name: SimpleUploadedFile(name, b"x") for name in ("a", "b")}
    assert web.post("/echo/", files).status_code == 413


def test_a_malformed_body_is_a_bad_request(web: Client) -> None:
    response = web.post("/echo/", b"garbage", content_type="multipart/form-data; boundary=\xff")
    assert response.status_code == 400
    assert "<h1>" in response.content.decode()
