"""How many queries each page costs, pinned; more rows on a page cost no more."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.callers import CASE_OFFICER, OWNER, RECEPTION, VISITOR
from tests.access.people import World, make_world
from tests.access.routes import list_routes
from tests.factories.dossiers import Request, file_dossier

pytestmark = pytest.mark.django_db
ROUTES = {route.name: route for route in list_routes()}
# Who opens which page, and its queries. Session, person and memberships are three of them for who signed in,
# and a reading by staff is one more, because it is written down.
PAGES: dict[tuple[str, str], int] = {
    (VISITOR, "procedures:home"): 1,
    (VISITOR, "procedures:search"): 1,
    (VISITOR, "procedures:detail"): 1,
    (VISITOR, "procedures:print"): 1,
    (VISITOR, "dossiers:start"): 2,
    (VISITOR, "dossiers:track"): 0,
    (VISITOR, "account_login"): 0,
    (OWNER, "dossiers:mine"): 4,
    (OWNER, "dossiers:detail"): 11,
    (OWNER, "dossiers:done"): 6,
    (OWNER, "accounts:profile"): 3,
    (OWNER, "notifications:inbox"): 5,
    (OWNER, "payments:fee"): 7,
    (OWNER, "dossiers"): 4,
    (OWNER, "dossier"): 9,
    (OWNER, "dossier_events"): 6,
    (RECEPTION, "onestop:desk"): 5,
    (RECEPTION, "onestop:intake"): 5,
    (RECEPTION, "onestop:dossier"): 15,
    (RECEPTION, "onestop:history"): 14,
    (RECEPTION, "onestop:prints"): 9,
    (RECEPTION, "dossiers"): 5,
    (RECEPTION, "dossier"): 10,
    (CASE_OFFICER, "onestop:act"): 9,
}
DRAFTS: dict[str, int] = {"dossiers:filing": 6, "dossiers:check": 7, "dossiers:filing_page": 8}
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


def test_a_longer_list_costs_no_more_queries(world: World) -> None:
    before = [count(world.clients[caller], ROUTES[name].build({})) for caller, name in LISTS]
    for _ in range(8):
        file_dossier(world.desk, Request())
    assert [count(world.clients[caller], ROUTES[name].build({})) for caller, name in LISTS] == before
