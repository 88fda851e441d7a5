"""The pages of trying a draft out: few queries however many dossiers, and a way on from every dead end."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from procedures import services
from tests.factories.catalogue import make_catalogue_admin, make_document, publish, read_catalogue
from tests.factories.dossiers import MARITAL, file_dossier, make_desk
from tests.factories.people import Officer

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15
MOST_FOR_A_REPLAY = 22  # with one line in the audit log, and a savepoint around the past


@pytest.fixture
def admin(client: Client) -> Officer:
    found = make_catalogue_admin()
    client.force_login(found.user)
    return found


def _count(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_more_dossiers_cost_no_more_queries(admin: Officer, client: Client) -> None:
    desk = make_desk()
    file_dossier(desk)
    services.save_draft(admin.actor, MARITAL, content=read_catalogue(MARITAL))
    assert _count(client, f"/catalogue/{MARITAL}/trial/") <= MOST_QUERIES
    one = _count(client, f"/catalogue/{MARITAL}/replay/")
    for _turn in range(3):
        file_dossier(desk)
    assert _count(client, f"/catalogue/{MARITAL}/replay/?last=500") == one
    assert one <= MOST_FOR_A_REPLAY


def test_from_every_dead_end_a_way_leads_on(admin: Officer, client: Client) -> None:
    published = publish().procedure.code
    new, broken = make_document(), "1.900998"
    services.save_draft(admin.actor, new["code"], content=new)
    services.save_draft(admin.actor, broken, content={"schema": 1, "code": broken})
    ways = {
        f"/catalogue/{published}/replay/": f'action="/catalogue/{published}/start/"',
        f"/catalogue/{published}/trial/": f'action="/catalogue/{published}/start/"',
        f"/catalogue/{new['code']}/replay/": f'href="/catalogue/{new["code"]}/trial/">Nộp thử',
        f"/catalogue/{broken}/replay/": f'href="/catalogue/{broken}/check/">Xem',
        f"/catalogue/{broken}/trial/": f'href="/catalogue/{broken}/check/">Xem',
    }
    for path, way in ways.items():
        page = " ".join(client.get(path).content.decode().split()).replace("> ", ">")
        assert way in page, path
