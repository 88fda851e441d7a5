"""Requests that are odd before any view sees them: codings, lengths, hosts, verbs, addresses, queries, CSRF."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import Client

from tests.contracts import naughty
from tests.contracts.attack import (
    API,
    Target,
    count_rows,
    find_fault,
    find_fault_of_page,
    is_vietnamese,
    undone,
)
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LISTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "/procedures/": ("visitor", ("q", "field", "level", "agency", "cursor")),
    f"{API}procedures": ("visitor", ("search", "field", "level", "agency", "cursor")),
    "/procedures/1.004873/": ("visitor", ("case",)),
    "/dossiers/new/1.004873/": ("visitor", ("case", "agency")),
    "/track/": ("visitor", ("code", "new")),
    "/accounts/login/": ("visitor", ("next",)),
    "/dossiers/": ("citizen", ("cursor",)),
    f"{API}dossiers": ("reception", ("q", "view", "cursor")),
    "/accounts/notices/": ("citizen", ("before",)),
    "/accounts/acting/": ("reception", ("next",)),
    "/onestop/": ("reception", ("q", "view", "procedure", "cursor")),
    "/onestop/intake/": ("reception", ("q", "procedure", "case")),
}
"""Who may open it, and what stands in its address."""
QUERIES = (
    "x" * 100_000,
    "a " * 5_000,
    "\u0301" * 3_000,
    "Đ" * 1_000 + "\U0001d15e" * 200,
    *naughty.ATTACKS[:8],
    *naughty.ODD[:7],
    "9" * 30,
    "-1",
    "eyJ:x:y",
    "á:b:c",
    "0" * 32,
    "//evil.example",
)


@contextmanager
def one_connection() -> Iterator[None]:
    """Requests through the real door end by closing the connection, which here holds the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def _one_connection() -> Iterator[None]:
    with one_connection():
        yield


def call_raw(method: str, address: str, body: bytes = b"", **environ: str) -> tuple[int, dict[str, str], str]:
    """One request through the door that gunicorn calls; `environ` is what gunicorn makes of the headers."""
    from portal.wsgi import application

    parts, answer = urlsplit(address), dict[str, Any]()

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        answer.update(status=int(status[:3]), headers=dict(headers))

    given = {
        "REQUEST_METHOD": method, "PATH_INFO": parts.path, "QUERY_STRING": parts.query, "SCRIPT_NAME": "",
        "SERVER_NAME": "testserver", "SERVER_PORT": "80", "HTTP_HOST": "testserver", "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(body), "wsgi.url_scheme": "http", "CONTENT_LENGTH": str(len(body)),
    }  # fmt: skip
    content = application({**given, **environ}, start)  # type: ignore[arg-type]
    text = b"".join(content).decode()
    content.close()
    return answer["status"], answer["headers"], text


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize(
    "kind",
    [
        "text/plain; charset=hex", "application/json; charset=undefined", "x; charset=punycode", "x; charset=idna",
        "application/x-www-form-urlencoded; charset=utf-16", "x; charset*=utf-16''x", "x; a*=undefined''%20",
        "x; charset=", "text/html; charset*0=he; charset*1=x", "multipart/form-data; boundary=x; charset=rot13",
    ],
)  # fmt: skip
def test_a_coding_other_than_utf8_is_refused_whatever_it_is(kind: str) -> None:
    for method, address in (("GET", "/procedures/?q=%C3%A1"), ("POST", "/track/"), ("POST", f"{API}track")):
        status, headers, text = call_raw(method, address, b"code=%C3%A1", CONTENT_TYPE=kind)

        assert (status, is_vietnamese(text)) == (400, True), address
        assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("kind", ["", "x" * 50_000, "x;" * 5_000, "application/json; charset=UTF-8", ";"])
def test_any_other_content_type_leaves_a_page_readable(kind: str) -> None:
    assert call_raw("GET", "/procedures/?q=%C3%A1", CONTENT_TYPE=kind)[0] == 200


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize(
    "environ",
    [
        {"CONTENT_LENGTH": "abc"}, {"CONTENT_LENGTH": "-1"}, {"CONTENT_LENGTH": "1e9"}, {"CONTENT_LENGTH": "9" * 30},
        {"PATH_INFO": "/\xff"}, {"PATH_INFO": "/x\x00"}, {"PATH_INFO": "/\xed\xa0\x80"}, {"QUERY_STRING": "\xff=%"},
        {"QUERY_STRING": "a=1&" * 6_000}, {"HTTP_HOST": ""}, {"HTTP_HOST": "\xff"}, {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": "testserver:80:90"}, {"HTTP_HOST": "[::1"}, {"HTTP_HOST": "testserver@evil.example"},
    ],
)  # fmt: skip
def test_what_no_browser_sends_is_refused_in_words(environ: dict[str, str]) -> None:
    kind = "application/x-www-form-urlencoded"
    status, headers, text = call_raw("POST", "/track/", b"code=a", **{"CONTENT_TYPE": kind, **environ})

    assert status in {400, 404, 413, 422}
    assert is_vietnamese(text)
    assert "evil" not in text + str(headers)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-For", "a, \u0663, " * 50),
        ("X-HTTP-Method-Override", "DELETE"),
        ("Accept-Language", "x" * 5000), ("Accept", "*/*;q=x"), ("If-Modified-Since", "Fri, 31 Feb 9999 99:99:99 GMT"),
        ("If-None-Match", '\x7f"""'), ("Range", "bytes=9-0,-"),
        ("Cookie", "sessionid=\x7f; csrftoken=; parked=x; parkedowner=y:z"),
        ("Cookie", "messages=" + "[]" * 3000), ("Cookie", "sessionid=" + "x" * 5000), ("Referer", "http://[::1"),
        ("HX-Current-URL", "//evil.example"), ("X-Acting", "citizen"), ("User-Agent", "\x1b[31m" + "x" * 100_000),
        ("X-Request-ID", "1\x1b[31m"), ("Transfer-Encoding", "chunked"), ("Authorization", "Bearer \xff"),
    ],
)  # fmt: skip
def test_an_odd_header_changes_nothing(target: Target, name: str, value: str) -> None:
    places = (
        ("visitor", "/"),
        ("citizen", "/dossiers/"),
        ("citizen", f"{API}me"),
        ("reception", "/onestop/"),
    )
    for who, address in places:
        answer = target.open_browser(who).get(address, headers={name: value})

        assert answer.status_code in {200, 302, 401}, address  # a lost session asks to sign in
        assert "evil" not in answer.content.decode() + str(answer.headers)


def test_the_letter_of_a_password_reset_names_our_own_host(target: Target, mailoutbox: list[Any]) -> None:
    poison = {"X-Forwarded-Host": "evil.example", "X-Host": "evil.example", "Forwarded": "host=evil.example"}
    Client().post("/accounts/password/reset/", {"email": target.desk.citizen.email}, headers=poison)

    assert len(mailoutbox) == 1
    assert "evil" not in mailoutbox[0].message().as_string()


@pytest.mark.parametrize(
    "address",
    [
        "//", "/;..", "/%2e%2e/etc/passwd", "/api/", "/api/v1", "/api/v1//me", "/procedures/%00/", "/procedures/%ff/",
        "/procedures/" + "x" * 50_000 + "/", "/dossiers/x/", "/dossiers/new/%E2%80%AE/", "/procedures/1.004873/x.css",
        "/static/../portal/settings.py", "/static/%2e%2e/manage.py", "/media/", "/.env", "/.git/config", "/metrics",
        "/__debug__/", "/api/v1/procedures/1.004873%0d%0aX-Evil:1", "/api/v1/dossiers/%2e%2e", "/onestop/dossiers/x/",
        "/admin/accounts/user/../../../", "/verify/%00", "/payments/receipts/x.pdf", "/demo/mailbox/?to=%00",
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_not_there(target: Target, address: str) -> None:
    for who in ("visitor", "reception"):
        answer = target.clients[who].get(address)

        assert answer.status_code in {200, 302, 404, 422}, answer.status_code
        assert find_fault_of_page(answer) == ""  # type: ignore[arg-type]
        assert "X-Evil" not in answer.headers


def test_pages_with_private_things_are_never_stored_under_another_name(target: Target) -> None:
    """Cache deception: a private page asked for as a style sheet is a 404, and no private page may be kept."""
    page = f"/dossiers/{target.dossiers['submitted'].pk}/"

    assert target.citizen.get(f"{page}x.css").status_code == 404
    assert target.citizen.get(f"{page};x.css").status_code == 404
    for address in (page, "/dossiers/", f"{API}dossiers", f"{API}me"):
        assert "no-store" in target.citizen.get(address).headers["Cache-Control"]


@pytest.mark.parametrize("address", LISTS)
def test_no_query_breaks_a_page(target: Target, address: str) -> None:
    who, names = LISTS[address]
    with undone():
        faults = {
            f"{name}={value[:20]!r}": fault
            for name in names
            for value in QUERIES
            if (fault := _judge(target.clients[who].get(f"{address}?{name}={quote(value)}")))
        }

    assert faults == {}


def _judge(answer: Any) -> str:
    if answer.status_code >= 400 and answer.headers["Content-Type"].startswith("application/"):
        return find_fault(answer, {404, 422})
    return find_fault_of_page(answer)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "X", "PROPFIND"])
def test_other_verbs_are_answered_405(target: Target, method: str) -> None:
    filed = target.dossiers["submitted"].pk
    addresses = {
        "/": "visitor", "/track/": "visitor", "/accounts/login/": "visitor", "/accounts/logout/": "citizen",
        "/accounts/profile/": "citizen", f"/dossiers/{filed}/withdraw/": "citizen", "/onestop/intake/": "reception",
        f"{API}me": "citizen", f"{API}dossiers": "citizen", f"{API}track": "visitor", f"{API}schema/": "visitor",
        f"{API}dossiers/{filed}/actions/accept": "reception", "/healthz": "visitor",
    }  # fmt: skip
    before = count_rows()

    for address, who in addresses.items():
        for headers in ({}, {"X-HTTP-Method-Override": "POST"}):
            answer = target.clients[who].generic(method, address, b"{}", "application/json", headers=headers)
            assert answer.status_code == 405, address
            assert answer.headers["Allow"]
            assert is_vietnamese(answer.content.decode())
    assert count_rows() == before


def test_the_api_never_redirects_a_post(target: Target) -> None:
    for path in (
        "dossiers/",
        "track/",
        "uploads/",
        f"dossiers/{target.dossiers['submitted'].pk}/actions/accept/",
    ):
        answer = target.citizen.post(API + path, {}, content_type="application/json")
        assert find_fault(answer, {404}) == "", path  # type: ignore[arg-type]


CSRF_ATTACKS: dict[str, dict[str, str]] = {
    "no token": {},
    "a wrong token": {"X-CSRFToken": "x" * 32},
    "a broken token": {"X-CSRFToken": "\x7f' or 1=1"},
    "a foreign origin": {"Origin": "https://evil.example", "X-CSRFToken": "a" * 32},
    "a sister domain": {"Origin": "https://evil.testserver", "X-CSRFToken": "a" * 32},
    "no origin": {"Origin": "null", "X-CSRFToken": "a" * 32},
    "method override": {"X-HTTP-Method-Override": "GET"},
}


@pytest.mark.parametrize("attack", CSRF_ATTACKS)
def test_a_forged_post_is_refused_everywhere(target: Target, attack: str) -> None:
    filed = target.dossiers["submitted"].pk
    posts = {
        f"/dossiers/{filed}/withdraw/": "citizen", "/accounts/profile/": "citizen", "/accounts/logout/": "citizen",
        "/accounts/acting/": "reception", "/onestop/intake/": "reception",
        f"/onestop/dossiers/{filed}/do/accept/": "reception",
        f"{API}dossiers": "citizen", f"{API}uploads": "citizen", f"{API}dossiers/{filed}/actions/accept": "reception",
        "/accounts/login/": "visitor", "/accounts/signup/": "visitor", "/track/": "visitor",
    }  # fmt: skip
    before = count_rows()

    for address, who in posts.items():
        browser = target.open_browser(who, enforce_csrf_checks=True)
        browser.cookies["csrftoken"] = "a" * 32 if "Origin" in CSRF_ATTACKS[attack] else "b" * 32
        for kind in ("application/json", "text/plain", "application/x-www-form-urlencoded"):
            body = f'{{"version": 1, "login": "{PASSWORD}"}}'.encode()
            answer = browser.generic("POST", address, body, kind, headers=CSRF_ATTACKS[attack])
            reads = "multipart/form-data" if address.endswith("uploads") else "application/json"
            unread = address.startswith(API) and kind != reads
            assert answer.status_code in ({403, 415} if unread else {403}), f"{address} {kind}"
            assert is_vietnamese(answer.content.decode())
    assert count_rows() == before


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        ("visitor", "/", 200), ("visitor", "/nichts", 404), ("visitor", "/onestop/", 302),
        ("citizen", "/onestop/", 403),
        ("visitor", "/procedures/?level=9", 422), ("visitor", f"{API}procedures", 200), ("visitor", f"{API}me", 401),
        ("visitor", f"{API}nichts", 404), ("citizen", "/dossiers/", 200), ("reception", "/onestop/", 200),
        ("visitor", "/healthz", 200), ("visitor", "/static/css/motcua.css", 200),
        ("visitor", "/static/nichts.css", 404),
    ],
)  # fmt: skip
def test_every_answer_carries_the_headers_that_protect_it(
    target: Target, who: str, address: str, status: int
) -> None:
    answer: HttpResponse = target.clients[who].get(address)  # type: ignore[assignment]

    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not {"Server", "X-Powered-By"} & set(answer.headers)


def test_a_broken_page_says_nothing_of_itself(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    """The 500 page has a number to name, and neither trace nor value."""

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("mật khẩu: hunter2")

    monkeypatch.setattr("dossiers.selectors.list_mine", fail)
    for address in ("/dossiers/", f"{API}dossiers"):
        answer = target.open_browser("citizen").get(address)
        text = answer.content.decode()

        assert answer.status_code == 500
        assert is_vietnamese(text)
        assert answer.headers["X-Request-ID"] in text
        assert not any(word in text for word in ("hunter2", "RuntimeError", "Traceback", "list_mine", ".py"))
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
