"""What every page knows: the links, who acts, and nothing that costs a query for a visitor."""

from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings

from portal.core.context import build_acting, build_desk_nav, build_nav, build_sign_in_href, portal

pytestmark = [pytest.mark.urls("tests.core.gallery.urls")]

OFFICER = SimpleNamespace(
    user_id=1, name="Lê Thu Trang", membership_id=7, is_officer=True, is_read_only=False
)
MEMBERSHIPS = [
    SimpleNamespace(pk=7, agency=SimpleNamespace(name="UBND xã Bến Trăng")),
    SimpleNamespace(pk=8, agency=SimpleNamespace(name="Sở Nội vụ")),
]


def _request(path: str = "/", **attributes: object) -> HttpRequest:
    request = RequestFactory().get(path)
    for name, value in attributes.items():
        setattr(request, name, value)
    return request


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", []),
        ("/procedures/", ["Thủ tục"]),
        ("/procedures/1.004222/", ["Thủ tục"]),
        ("/dossiers/0198/", ["Hồ sơ của tôi"]),
        ("/track/", ["Tra cứu"]),
    ],
)
def test_the_header_marks_the_part_one_is_in(path: str, current: list[str]) -> None:
    assert [link.label for link in build_nav(path) if link.is_current] == current


@pytest.mark.parametrize(("path", "current"), [("/onestop/", "Hồ sơ"), ("/onestop/intake/", "Tiếp nhận")])
def test_the_staff_header_marks_one_part_only(path: str, current: str) -> None:
    assert [link.label for link in build_desk_nav(path, takes_in=True) if link.is_current] == [current]


@override_settings(ROOT_URLCONF="tests.core.gallery.no_urls")
def test_a_page_that_is_not_installed_has_no_link() -> None:
    assert [link.href for link in build_nav("/")] == ["#help"]
    assert build_desk_nav("/", takes_in=True) == []


def test_sign_in_leads_back_to_the_page_except_from_the_account_pages() -> None:
    assert build_sign_in_href(_request("/track/?code=a")) == "/accounts/login/?next=%2Ftrack%2F%3Fcode%3Da"
    assert build_sign_in_href(_request("/accounts/login/?next=/x/")) == "/accounts/login/"


def test_a_visitor_reads_no_membership_and_no_session() -> None:
    html = render_to_string("errors/404.html", request=_request())
    assert "Đăng nhập" in html
    assert "data-session" not in html


def test_an_officer_sees_where_they_work_and_the_way_to_the_desk() -> None:
    acting = build_acting(_request(actor=OFFICER, memberships=MEMBERSHIPS))
    assert (acting.label, acting.switch_href) == ("UBND xã Bến Trăng", "/accounts/acting/")
    session = SimpleNamespace(get_expiry_age=lambda: 1200)
    html = render_to_string(
        "errors/404.html", request=_request(actor=OFFICER, memberships=MEMBERSHIPS, session=session)
    )
    assert "Bàn làm việc" in html
    assert 'data-session="1200"' in html


def test_an_officer_acting_for_themselves_has_no_agency() -> None:
    actor = SimpleNamespace(user_id=1, membership_id=None)
    assert build_acting(_request(actor=actor, memberships=MEMBERSHIPS)).label == ""


def test_a_citizen_has_nothing_to_switch() -> None:
    assert build_acting(_request(actor=SimpleNamespace(user_id=1), memberships=())).switch_href == ""


@pytest.mark.parametrize("demo", [True, False])
def test_the_ribbon_is_there_only_in_a_demo(demo: bool) -> None:
    with override_settings(DEMO=demo):
        assert portal(_request())["demo"] is demo
        assert ("Bản chạy thử" in render_to_string("errors/404.html", request=_request())) is demo


def test_the_page_for_a_broken_server_needs_no_request() -> None:
    assert "0198c0de" in render_to_string("errors/500.html", {"request_id": "0198c0de"})
