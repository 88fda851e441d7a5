"""How many queries each page costs, pinned; more rows on a page cost no more."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.callers import CASE_OFFICER, OWNER, RECEPTION, SITE_ADMIN, VISITOR
from tests.access.people import World, make_world
from tests.access.routes import list_routes
from tests.factories.answers import ANSWERS
from tests.factories.dossiers import PERMIT, PNG, Request, file_dossier

pytestmark = pytest.mark.django_db
ROUTES = {route.name: route for route in list_routes()}
# Who opens which page, and its queries. The session, and the person with the memberships, are two of them for who
# signed in, and a reading by staff is one more, because it is written down.
PAGES: dict[tuple[str, str], int] = {
    (VISITOR, "procedures:home"): 1,
    (VISITOR, "procedures:search"): 1,
    (VISITOR, "procedures:suggest"): 1,
    (VISITOR, "procedures:detail"): 1,
    (VISITOR, "procedures:print"): 1,
    (VISITOR, "procedures:changes"): 1,
    (VISITOR, "procedures:browse"): 1,
    (VISITOR, "procedures:field"): 1,
    (VISITOR, "procedures:agencies"): 1,
    (VISITOR, "procedures:life"): 1,
    (VISITOR, "procedures:sitemap"): 1,
    (VISITOR, "procedures:check"): 1,
    (VISITOR, "dossiers:blank_form"): 1,
    (VISITOR, "dossiers:sample_form"): 1,
    (VISITOR, "prepare:fill"): 1,
    (VISITOR, "dossiers:start"): 2,
    (VISITOR, "dossiers:track"): 0,
    (VISITOR, "account_login"): 0,
    (OWNER, "dossiers:mine"): 3,
    (OWNER, "dossiers:detail"): 12,
    (OWNER, "dossiers:done"): 5,
    (OWNER, "accounts:profile"): 2,
    (OWNER, "notifications:inbox"): 4,
    (OWNER, "payments:fee"): 7,
    (VISITOR, "payments:link"): 3,
    (OWNER, "dossier_payments"): 5,
    (OWNER, "dossiers"): 3,
    (OWNER, "dossier"): 9,
    (OWNER, "dossier_events"): 5,
    (RECEPTION, "onestop:desk"): 3,
    (RECEPTION, "onestop:intake"): 4,
    (RECEPTION, "onestop:certification"): 8,
    (RECEPTION, "onestop:certification_book"): 4,
    (RECEPTION, "onestop:dossier"): 15,
    (RECEPTION, "onestop:history"): 13,
    (RECEPTION, "onestop:prints"): 8,
    (RECEPTION, "onestop:register"): 7,
    (RECEPTION, "dossiers"): 4,
    (RECEPTION, "dossier"): 12,
    (CASE_OFFICER, "onestop:act"): 8,
    (RECEPTION, "onestop:find"): 2,
    (SITE_ADMIN, "onestop:merge"): 3,
    (OWNER, "notifications:settings"): 3,
    (RECEPTION, "payments:refunds"): 3,
    (RECEPTION, "payments:refund"): 3,
    (RECEPTION, "payments:refund_begin"): 2,
    (RECEPTION, "payments:statements"): 5,
    (RECEPTION, "payments:statement"): 4,
    (RECEPTION, "payments:statement_lines"): 4,
    (RECEPTION, "payments:statement_line"): 4,
    (RECEPTION, "payments:differences"): 3,
    (RECEPTION, "payments:difference"): 3,
    (RECEPTION, "payments:compare"): 4,
    (RECEPTION, "payments:books"): 4,
    (VISITOR, "verify"): 0,
    (SITE_ADMIN, "payments:accounts"): 3,
    (SITE_ADMIN, "payments:account"): 3,
    (SITE_ADMIN, "payments:account_add"): 3,
    (SITE_ADMIN, "notices:overview"): 5,
    (SITE_ADMIN, "notices:troubles"): 3,
    (SITE_ADMIN, "notices:texts"): 3,
}
DRAFTS: dict[str, int] = {"dossiers:filing": 5, "dossiers:check": 6, "dossiers:filing_page": 7}
# Filing over the API: two uploads, then the dossier with all that hangs on it; begin and commit are two of them.
UPLOAD, FILING = 4, 26
LISTS = ((OWNER, "dossiers:mine"), (OWNER, "dossiers"), (RECEPTION, "onestop:desk"), (RECEPTION, "dossiers"))


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def count(client: Client, address: str) -> int:
    """Queries of the second visit: the first fills what is kept in memory."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


def test_every_page_costs_what_it_did(world: World) -> None:
    found = {
        (caller, name): count(world.clients[caller], ROUTES[name].build(world.filed))
        for caller, name in PAGES
    }
    assert {page: cost for page, cost in found.items() if cost != PAGES[page]} == {}


def test_every_page_of_filing_costs_what_it_did(world: World) -> None:
    found = {name: count(world.clients[OWNER], ROUTES[name].build(world.draft)) for name in DRAFTS}
    assert {page: cost for page, cost in found.items() if cost != DRAFTS[page]} == {}


def test_filing_over_the_api_costs_what_it_did(world: World) -> None:
    client = Client(headers={"X-Acting": "citizen"})
    client.force_login(world.desk.citizen)
    file_over_api(client, world.desk.agency.code, "first")
    with CaptureQueriesContext(connection) as queries:
        file_over_api(client, world.desk.agency.code, "second")
    assert len(queries) == 2 * UPLOAD + FILING, "\n".join(query["sql"][:100] for query in queries)


def file_over_api(client: Client, agency: str, key: str) -> None:
    papers = ("giay_to_dat", "ban_ve_thiet_ke")
    body = {
        "procedure": PERMIT,
        "case": "nha_o",
        "agency": agency,
        "answers": ANSWERS[PERMIT],
        "attachments": [{"requirement": paper, "upload": upload(client, paper)} for paper in papers],
    }
    headers = {"Idempotency-Key": key}
    answer = client.post("/api/v1/dossiers", body, content_type="application/json", headers=headers)
    assert answer.status_code == 201, answer.content


def upload(client: Client, name: str) -> str:
    file = SimpleUploadedFile(f"{name}.png", PNG, "image/png")
    return str(client.post("/api/v1/uploads", {"file": file}).json()["id"])


def test_a_longer_list_costs_no_more_queries(world: World) -> None:
    before = [count(world.clients[caller], ROUTES[name].build({})) for caller, name in LISTS]
    for _ in range(8):
        file_dossier(world.desk, Request())
    assert [count(world.clients[caller], ROUTES[name].build({})) for caller, name in LISTS] == before
