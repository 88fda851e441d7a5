"""What search engines get: an index in parts with days, robots.txt, and data about each procedure."""

import json
import re
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from procedures import sitemap
from tests.factories.catalogue import import_catalogue, make_document, publish
from tests.factories.life import make_event

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.procedures.urls")]
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def _list(client: Client, path: str) -> list[str]:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    root = ET.fromstring(response.content)
    return [node.text or "" for node in root.iterfind("*/s:loc", NAMES)]


def test_the_sitemap_lists_every_page_people_look_for(client: Client) -> None:
    import_catalogue("1.001193", "2.000815")
    make_event("sinh-con", "Sinh con", codes=("1.001193",))
    parts = _list(client, "/sitemap.xml")
    assert parts == ["http://testserver/sitemap-procedures.xml", "http://testserver/sitemap-browse.xml"]
    pages = [page for part in parts for page in _list(client, part.removeprefix("http://testserver"))]
    for path in (
        "/",
        "/procedures/1.001193/",
        "/procedures/browse/fields/ho-tich/",
        "/procedures/life/sinh-con/",
    ):
        assert f"http://testserver{path}" in pages
    for page in pages:
        assert client.get(page.removeprefix("http://testserver")).status_code == 200, page


def test_many_procedures_come_in_parts(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap._Procedures, "limit", 2)
    for _number in range(5):
        publish(make_document())
    parts = [part for part in _list(client, "/sitemap.xml") if "procedures" in part]
    assert len(parts) == 3
    found = [page for part in parts for page in _list(client, part.removeprefix("http://testserver"))]
    assert len(set(found)) == 5


@pytest.mark.parametrize(
    "path", ["/sitemap-procedures.xml?p=99", "/sitemap-procedures.xml?p=x", "/sitemap-x.xml"]
)
def test_a_part_that_is_not_there_is_not_found(client: Client, path: str) -> None:
    publish(make_document())
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/sitemap.xml", "/sitemap-procedures.xml", "/sitemap-browse.xml", "/robots.txt"]
)
def test_those_who_have_it_get_304(client: Client, path: str) -> None:
    publish(make_document())
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    publish(make_document())
    if "procedures" in path:
        assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_robots_stay_out_of_peoples_rooms(client: Client, settings: Settings) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /dossiers/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text
    settings.TRAINING = True
    publish(make_document())
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"


def _service(client: Client, code: str) -> dict[str, object]:
    page = client.get(f"/procedures/{code}/").content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert block
    found: dict[str, object] = json.loads(block[1])
    return found


def test_a_procedure_tells_search_engines_what_it_is(client: Client) -> None:
    import_catalogue("1.001193")
    service = _service(client, "1.001193")
    assert service["@type"] == "GovernmentService"
    assert service["identifier"] == "1.001193"
    assert service["url"] == "http://testserver/procedures/1.001193/"
    page = client.get("/procedures/1.001193/?case=tre_bi_bo_roi").content.decode()
    assert 'rel="canonical" href="http://testserver/procedures/1.001193/"' in page
    assert "ld+json" not in page


def test_nothing_in_a_text_ends_the_data(client: Client) -> None:
    evil = "</script><script>alert(1)</script><!--"
    code = publish(make_document(summary={"vi": evil}, name={"vi": evil})).procedure.code
    page = client.get(f"/procedures/{code}/").content.decode()
    assert "<script>alert" not in page
    assert _service(client, code)["description"] == evil
