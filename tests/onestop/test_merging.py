"""The page on which a site admin merges agencies."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dossiers.models import Dossier
from portal.accounts.choices import AgencyKind, Role
from portal.accounts.models import Agency
from portal.audit.models import AuditEntry
from portal.core import clock
from tests.factories import dossiers as make
from tests.factories import states
from tests.factories.dossiers import Desk, make_desk
from tests.factories.people import Officer, make_agency, make_officer

pytestmark = pytest.mark.django_db
PAGE, DONE = "/onestop/agencies/merge/", "/onestop/agencies/merged/"


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def successor(desk: Desk) -> Agency:
    return make_agency(name="Ủy ban nhân dân xã Sông Mới")


@pytest.fixture
def admin(desk: Desk) -> Officer:
    return make_officer(Role.SITE_ADMIN)


@pytest.fixture
def browser(admin: Officer) -> Client:
    client = Client()
    client.force_login(admin.user)
    return client


def _read(client: Client, path: str, data: dict[str, str], status: int = 200) -> str:
    answer = client.get(path, data)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_list_of_agencies_leads_here(browser: Client, desk: Desk, successor: Agency) -> None:
    chosen = {"action": "merge", "_selected_action": [desk.agency.pk]}
    answer = browser.post("/admin/accounts/agency/", chosen)
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}?sources={desk.agency.code}")
    page = browser.get(answer["Location"]).content.decode()
    assert f'value="{desk.agency.code}"' in page
    assert f"{successor.name} ({successor.code})" in page


def test_the_page_says_exactly_what_will_happen(browser: Client, desk: Desk, successor: Agency) -> None:
    states.processing(desk)
    states.returned(desk)
    make_agency(name="Công an xã Sông Mây", kind=AgencyKind.POLICE, parent=desk.agency)
    page = _read(browser, PAGE, {"sources": desk.agency.code, "into": successor.code})
    yesterday = clock.today() - timedelta(days=1)
    for sentence in (
        f"({desk.agency.code}) làm việc đến hết ngày {yesterday:%d/%m/%Y}.",
        f"4 người làm tiếp tại {successor.name}",
        "1 hồ sơ đang giải quyết và 0 bản nháp chuyển sang danh sách",
        "1 hồ sơ đã kết thúc chuyển theo",
        f"Công an xã Sông Mây sẽ trực thuộc {successor.name}",
        f"Hồ sơ nhận từ nay mang mã {successor.code}.",
    ):
        assert sentence in page
    assert Agency.objects.get(pk=desk.agency.pk).valid_until is None


def test_it_happens_and_says_how_far_it_is(
    browser: Client, admin: Officer, desk: Desk, successor: Agency
) -> None:
    dossier = make.file_birth(desk)
    fields = {"sources": desk.agency.code, "into": successor.code, "on": f"{clock.today():%d/%m/%Y}"}
    answer = browser.post(PAGE, fields)
    assert (answer.status_code, answer["Location"]) == (302, f"{DONE}?sources={desk.agency.code}")
    assert Dossier.objects.get(pk=dossier.pk).agency == successor
    assert AuditEntry.objects.get(action="agency.merged").user_id == admin.user.pk
    page = _read(browser, DONE, {"sources": desk.agency.code})
    assert "Mọi hồ sơ đã sang cơ quan nhận." in page
    assert browser.post(PAGE, fields).status_code == 302


def test_a_day_to_come_is_only_noted(browser: Client, desk: Desk, successor: Agency) -> None:
    make.file_birth(desk)
    day = f"{clock.today() + timedelta(days=20):%d/%m/%Y}"
    fields = {"sources": desk.agency.code, "into": successor.code, "on": day}
    assert f"Đến ngày {day} hệ thống tự chuyển" in _read(browser, PAGE, fields)
    browser.post(PAGE, fields)
    assert "Còn 1 hồ sơ" in _read(browser, DONE, {"sources": desk.agency.code})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"sources": ""}, "Hãy chọn ít nhất một cơ quan"),
        ({"sources": "H00.1"}, "Không có cơ quan nào mang mã “H00.1”"),
        ({"sources": " ".join(f"H00.{n}" for n in range(51))}, "Mỗi lần chỉ sáp nhập được 50 cơ quan"),
        ({"into": ""}, "Hãy chọn cơ quan nhận."),
        ({"into": "{own}"}, "không thể sáp nhập vào chính mình"),
        ({"on": "32/13/2026"}, "Ngày phải viết như 31/12/2026."),
        ({"on": "01/01/2020"}, "Hãy chọn ngày sáp nhập"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_cannot_be_comes_back_with_a_sentence(
    browser: Client, desk: Desk, successor: Agency, change: dict[str, str], says: str, method: str
) -> None:
    fields = {"sources": desk.agency.code, "into": successor.code, "on": ""}
    fields |= {name: value.format(own=desk.agency.code) for name, value in change.items()}
    answer = getattr(browser, method)(PAGE, fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "<title>Lỗi:" in page


def test_the_result_of_nothing_leads_back_and_of_an_unknown_code_is_not_there(browser: Client) -> None:
    assert browser.get(DONE)["Location"] == PAGE
    assert browser.get(DONE, {"sources": "H00.1"}).status_code == 404


def test_each_page_costs_few_queries(browser: Client, desk: Desk, successor: Agency) -> None:
    """However many agencies: what they bring along is counted at once."""
    make.file_birth(desk)
    fields = {"sources": desk.agency.code, "into": successor.code}
    for path, data, most in ((PAGE, fields, 14), (DONE, fields, 8)):
        browser.get(path, data)
        with CaptureQueriesContext(connection) as queries:
            browser.get(path, data)
        assert len(queries) <= most, (path, len(queries))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SITE_ADMIN}))
def test_nobody_else_merges(desk: Desk, successor: Agency, role: Role) -> None:
    client = Client()
    client.force_login(make_officer(role, agency=desk.agency).user)
    fields = {"sources": desk.agency.code, "into": successor.code}
    assert client.get(PAGE, fields).status_code == client.post(PAGE, fields).status_code == 403
    assert Agency.objects.get(pk=desk.agency.pk).valid_until is None
