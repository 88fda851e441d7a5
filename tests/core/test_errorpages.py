"""What people and programs get when something is refused or breaks."""

import json
import logging
from typing import Any

import pytest
from django.db import close_old_connections
from django.test import Client, RequestFactory
from pytest_django import Settings

from portal.core import errorpages
from portal.core.errors import PortalError
from portal.core.problem import flatten_errors

CASES = [
    ("not-found", 404, "not_found"),
    ("forbidden", 403, "forbidden"),
    ("conflict", 409, "conflict"),
    ("rule", 422, "invalid"),
    ("rate", 429, "rate_limited"),
    ("lock", 503, "lock_timeout"),
    ("external", 502, "external_service"),
    ("seal", 500, "seal_broken"),
    ("http404", 404, "not_found"),
    ("denied", 403, "forbidden"),
    ("away", 503, "unavailable"),
    ("closed", 503, "unavailable"),
    ("commit", 503, "unavailable"),
    ("foreign", 500, "server_error"),
    ("bug", 500, "server_error"),
]
API_CASES = [
    ("drf-anonymous", 401, "not_authenticated"),
    ("drf-denied", 403, "forbidden"),
    ("drf-csrf", 403, "csrf_failed"),
    ("drf-throttled", 429, "rate_limited"),
    ("drf-validation", 422, "invalid"),
]


@pytest.mark.parametrize(("kind", "status", "code"), CASES)
def test_a_page_says_what_happened_and_no_secret(web: Client, kind: str, status: int, code: str) -> None:
    response = web.get(f"/fail/{kind}/")
    page = response.content.decode()

    assert response.status_code == status
    assert response["Content-Type"].startswith("text/html")
    assert "<h1>" in page
    assert response["X-Request-ID"] in page
    for secret in ("secret", "hunter2", "Traceback", "ZeroDivisionError", "tests/core"):
        assert secret not in page
    assert response.has_header("Retry-After") is (status in {429, 503})


@pytest.mark.parametrize(("kind", "status", "code"), CASES)
@pytest.mark.parametrize("address", ["/echo/", "/api/v1/echo"])
def test_errors_of_other_middleware_get_the_same_answers(
    web: Client, settings: Settings, address: str, kind: str, status: int, code: str
) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.core.weburls.RaisingMiddleware"]
    response = web.get(address, headers={"X-Raise": kind})

    assert response.status_code == status
    assert "secret" not in response.content.decode()
    assert ("problem+json" in response["Content-Type"]) is address.startswith("/api/")


@pytest.mark.parametrize("prefix", ["/api/v1/fail/", "/api/v1/plain-fail/"])
@pytest.mark.parametrize(("kind", "status", "code"), CASES)
def test_the_api_answers_a_problem_with_a_stable_code(
    web: Client, prefix: str, kind: str, status: int, code: str
) -> None:
    response = web.get(prefix + kind)
    problem = response.json()

    assert response.status_code == status == problem["status"]
    assert response["Content-Type"] == "application/problem+json"
    assert problem["code"] == code
    assert problem["request_id"] == response["X-Request-ID"]
    assert {"type", "title", "detail"} <= problem.keys()
    assert not [word for word in ("secret", "hunter2") if word in response.content.decode()]
    assert response.has_header("Retry-After") is (status in {429, 503})


@pytest.mark.parametrize(("kind", "status", "code"), API_CASES)
def test_errors_of_the_framework_become_problems_too(web: Client, kind: str, status: int, code: str) -> None:
    response = web.get(f"/api/v1/fail/{kind}")

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.has_header("WWW-Authenticate") is (status == 401)


def test_a_problem_carries_the_fields_and_what_the_error_knows(web: Client) -> None:
    assert web.get("/api/v1/fail/rule").json()["errors"] == {"name": ["Thiếu họ tên."]}
    assert web.get("/api/v1/fail/conflict").json()["changed_by"] == "Hà"
    assert web.get("/api/v1/fail/rate").json()["retry_after"] == 17
    assert web.get("/api/v1/fail/drf-throttled")["Retry-After"] == "4"
    assert web.get("/api/v1/fail/drf-validation").json()["errors"] == {"items.1.reason": ["Thiếu lý do."]}
    assert web.get("/api/v1/fail/rate")["Retry-After"] == "17"


def test_the_message_of_a_refusal_is_on_its_page(web: Client) -> None:
    assert "Chị Hà đã sửa lúc 10:21." in web.get("/fail/conflict/").content.decode()
    assert "Thiếu họ tên." in web.get("/fail/rule/").content.decode()


@pytest.mark.parametrize(("address", "status"), [("/nowhere/", 404), ("/api/v1/nowhere", 404)])
def test_an_unknown_address_has_its_page(web: Client, address: str, status: int) -> None:
    response = web.get(address)
    assert response.status_code == status
    assert ("problem+json" in response["Content-Type"]) is address.startswith("/api/")


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_a_wrong_method_is_explained_and_says_what_is_allowed(web: Client, method: str) -> None:
    page = getattr(web, method)("/only-post/")
    problem = getattr(web, "post" if method == "get" else method)("/api/v1/fail/rule")

    assert (page.status_code, page["Allow"], b"<h1>" in page.content) == (405, "POST", True)
    assert (problem.status_code, problem.json()["code"]) == (405, "method_not_allowed")
    assert "GET" in problem["Allow"]


def test_a_form_from_elsewhere_is_refused_with_a_way_out(web: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/guarded/", {"a": "1"})

    assert response.status_code == 403
    assert "Trang này mở đã lâu" in response.content.decode()
    assert "cookie" in response.content.decode()


def test_a_broken_template_still_leaves_a_plain_page(web: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> None:
        raise RuntimeError(f"no {name}")

    monkeypatch.setattr(errorpages, "get_template", refuse)
    response = web.get("/fail/not-found/")

    assert response.status_code == 404
    assert "Không tìm thấy" in response.content.decode()
    assert "RuntimeError" not in response.content.decode()
    assert 'lang="vi"' in response.content.decode()


def test_a_status_without_its_own_template_uses_the_common_one(web: Client, settings: Settings) -> None:
    response = errorpages.build_error_response(RequestFactory().get("/x/"), build_unsupported())
    assert response.status_code == 415
    assert "Máy chủ không đọc được kiểu nội dung này" in response.content.decode()


def test_faults_of_ours_are_logged_and_refusals_are_not(
    web: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="portal.core.errorpages"):
        web.get("/fail/rule/")
        assert not [entry for entry in caplog.records if entry.name == "portal.core.errorpages"]
        web.get("/fail/seal/")
        web.get("/fail/away/")
    logged = [entry.getMessage() for entry in caplog.records if entry.name == "portal.core.errorpages"]
    assert logged == ["seal_broken on /fail/seal/", "unavailable on /fail/away/"]


@pytest.mark.django_db(transaction=True)
def test_a_database_that_dies_under_a_view_is_a_503_and_the_next_request_works(web: Client) -> None:
    response = web.get("/killed/")

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert web.get("/readyz").json()["database"] == "away"
    close_old_connections()  # what a real server does before each request, and the test client does not
    assert web.get("/readyz").json()["database"] == "ok"


@pytest.mark.parametrize(
    ("detail", "flat"),
    [
        ({"a": ["x"]}, {"a": ["x"]}),
        (["x", "y"], {"non_field_errors": ["x", "y"]}),
        ({"a": {"b": [{"c": ["x"]}, {}]}}, {"a.b.0.c": ["x"]}),
        ([{"a": ["x"]}], {"0.a": ["x"]}),
        ("x", {"non_field_errors": ["x"]}),
        ({"a": []}, {}),
    ],
)
def test_nested_messages_become_paths(detail: Any, flat: dict[str, list[str]]) -> None:
    assert flatten_errors(detail) == flat


def build_unsupported() -> PortalError:
    error = PortalError("unsupported", "Không đọc được.")
    error.http_status = 415
    return error


def test_problems_are_readable_json(web: Client) -> None:
    assert "Chị Hà" in web.get("/api/v1/fail/conflict").content.decode()
    json.loads(web.get("/api/v1/fail/conflict").content)
