"""The longest procedure of the country: 94 papers and 20 cases on the page, in filing, at the desk, in print."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, Route
from pypdf import PdfReader

from dossiers.models import Attachment, Dossier, PaperItem
from procedures.selectors import current_version, get_content
from tests.dossiers.views.steps import begin, picture, read, send, sheet_of, sign_in
from tests.factories.catalogue import publish
from tests.factories.dossiers import Desk, make_empty_desk, make_upload
from tests.factories.many_papers import CASES, LONGEST, PAPERS, make_long_document

pytestmark = pytest.mark.django_db
INTAKE = "/onestop/intake/"
TYPES = {".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml"}


@pytest.fixture
def desk() -> Desk:
    return make_empty_desk()


@pytest.fixture
def code() -> str:
    return publish(make_long_document()).procedure.code


@pytest.fixture
def citizen(desk: Desk) -> Client:
    return sign_in(desk.citizen)


@pytest.fixture
def reception(desk: Desk) -> Client:
    return sign_in(desk.reception.user)


def wanted(code: str, *, submitted: bool = True) -> list[str]:
    """Papers of the longest case; `submitted`: only those that are handed in."""
    papers = get_content(current_version(code).pk).requirements_for(LONGEST)
    return [paper.key for paper in papers if paper.is_submitted or not submitted]


def fill_everything(citizen: Client, desk: Desk, code: str) -> Any:
    """Every paper as a file, half of them on the e-form's page, the others on the page of loose papers."""
    dossier_id = begin(citizen, code, desk, LONGEST)
    citizen.post(f"/dossiers/{dossier_id}/filing/person/", {"full_name": "K'Brể"})
    asked = {field.requirement for field in sheet_of(dossier_id).form.fields() if field.type == "file"}
    conditional = [f"file_{key}" for key in asked]
    files = {f"file-{key}": picture(f"{key}.png") for key in wanted(code) if key in asked}
    answer = citizen.post(f"/dossiers/{dossier_id}/filing/papers/", {**files, "shown": conditional})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    loose = {f"file-{key}": picture(f"{key}.png") for key in wanted(code) if key not in asked}
    answer = citizen.post(f"/dossiers/{dossier_id}/papers/", {**loose, "on": "1"})
    assert answer.status_code == 302
    return dossier_id


def intake_data(code: str, **changes: Any) -> dict[str, Any]:
    return {
        "procedure": code, "case": LONGEST, "channel": "desk", "token": "0123456789abcdef",
        "submitter_name": "Páo", "full_name": "Páo", "do": "accept", **changes,
    }  # fmt: skip


def test_its_page_shows_the_cases_and_every_paper_of_one(code: str) -> None:
    visitor = Client()
    page = read(visitor, f"/procedures/{code}/")
    assert page.count("Trường hợp ") >= CASES
    page = read(visitor, f"/procedures/{code}/?case={LONGEST}")
    assert page.count("Nộp theo thứ tự ") == PAPERS
    assert "Chọn trường hợp khác" in page
    assert read(visitor, f"/procedures/{code}/?case=truong_hop_1").count("Nộp theo thứ tự ") == PAPERS // 3


def test_it_is_filed_online_with_every_paper(desk: Desk, citizen: Client, code: str) -> None:
    assert read(citizen, f"/dossiers/new/{code}/").count('name="case"') == CASES
    dossier_id = fill_everything(citizen, desk, code)
    assert Attachment.objects.filter(removed_at=None).count() == len(wanted(code))
    overview = read(citizen, f"/dossiers/{dossier_id}/filing/check/")
    assert overview.count(".png") >= len(wanted(code))
    assert send(citizen, dossier_id)["Location"] == f"/dossiers/{dossier_id}/done/"
    assert "giay_94" in json.dumps(Dossier.objects.get().filings.get().manifest)
    for path in ("", "done/"):
        read(citizen, f"/dossiers/{dossier_id}/{path}")


def test_missing_papers_are_all_named_with_links(desk: Desk, citizen: Client, code: str) -> None:
    dossier_id = begin(citizen, code, desk, LONGEST)
    citizen.post(f"/dossiers/{dossier_id}/filing/person/", {"full_name": "K'Brể"})
    answer = send(citizen, dossier_id)
    assert answer.status_code == 422
    assert "giay_93" in answer.content.decode()


def test_it_is_filed_through_the_api_with_every_paper(desk: Desk, citizen: Client, code: str) -> None:
    attachments = [
        {"requirement": key, "upload": str(make_upload(desk.citizen_actor).pk)} for key in wanted(code)
    ]
    body = {
        "procedure": code, "case": LONGEST, "agency": desk.agency.code, "answers": {"full_name": "K'Brể"},
        "attachments": attachments,
    }  # fmt: skip
    answer = citizen.post(
        "/api/v1/dossiers", json.dumps(body), "application/json", headers={"Idempotency-Key": "94"}
    )
    assert answer.status_code == 201, answer.content.decode()


def test_the_desk_takes_all_of_them_at_once(desk: Desk, reception: Client, code: str) -> None:
    page = read(reception, f"{INTAKE}?procedure={code}&case={LONGEST}")
    assert page.count('-originals"') >= PAPERS
    ticked = {f"paper-{key}": "1" for key in wanted(code, submitted=False)}
    answer = reception.post(INTAKE, intake_data(code, **ticked))
    assert answer.status_code == 302, answer.content.decode()[:3000]
    dossier = Dossier.objects.get()
    assert (dossier.status, PaperItem.objects.count()) == ("accepted", PAPERS)
    receipt = reception.get(f"/onestop/dossiers/{dossier.pk}/receipt.pdf")
    reader = PdfReader(BytesIO(b"".join(receipt) if receipt.streaming else receipt.content))
    text = " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())
    assert "Giấy xác nhận số 94" in text
    read(reception, f"/onestop/dossiers/{dossier.pk}/")


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def measure(phone: Page, html: str) -> int:
    """Width of the page on a telephone."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("http://page.test/").split("?")[0]
        file = Path(settings.BASE_DIR) / path
        if not path:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif path.startswith("static/") and file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=TYPES.get(file.suffix, "text/plain"))
        else:
            route.fulfill(status=404)

    phone.unroute_all()
    phone.route("**/*", answer)
    phone.goto("http://page.test/")
    return int(phone.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.browser
def test_every_page_of_it_fits_a_telephone(
    phone: Page, desk: Desk, citizen: Client, reception: Client, code: str
) -> None:
    visitor = Client()
    pages = {
        "cases": read(visitor, f"/procedures/{code}/"),
        "one case": read(visitor, f"/procedures/{code}/?case={LONGEST}"),
        "print": read(visitor, f"/procedures/{code}/print/?case={LONGEST}"),
        "start": read(citizen, f"/dossiers/new/{code}/"),
    }
    dossier_id = fill_everything(citizen, desk, code)
    base = f"/dossiers/{dossier_id}/"
    for part in ("filing/", "filing/papers/", "papers/", "filing/check/"):
        pages[part] = read(citizen, base + part)
    send(citizen, dossier_id)
    pages["filed"] = read(citizen, base)
    pages["intake"] = read(reception, f"{INTAKE}?procedure={code}&case={LONGEST}")
    pages["desk"] = read(reception, f"/onestop/dossiers/{dossier_id}/")
    widths = {name: measure(phone, html) for name, html in pages.items()}
    assert widths == dict.fromkeys(pages, 360)
