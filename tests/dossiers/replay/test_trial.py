"""A test filing: page by page as a citizen, to what would have come of it, and nothing left behind."""

import copy
import re
from typing import Any

import pytest
from django.test import Client

from dossiers.models import Dossier, StoredFile
from dossiers.replay.rehearsing import Tried, rehearse
from portal.core import clock
from portal.core.errors import RuleViolation
from portal.core.models import Counter
from portal.notifications.models import Message
from procedures import services
from procedures.content import parse_content
from procedures.models import ProcedureVersion
from procedures.samples import build_sample_answers
from procedures.selectors import catalogue_token
from tests.factories.catalogue import Document, make_catalogue_admin, make_document, publish, read_catalogue
from tests.factories.dossiers import BIRTH, COPIES, HOUSEHOLD_BUSINESS, MARITAL, PERMIT, Desk, make_desk
from tests.factories.people import Officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def admin(client: Client) -> Officer:
    found = make_catalogue_admin()
    client.force_login(found.user)
    return found


def _draft(admin: Officer, document: Document) -> Document:
    services.save_draft(admin.actor, document["code"], content=document)
    return document


def _tried(document: Document, desk: Desk, channel: str) -> Tried:
    content = parse_content(document)
    case = content.cases[0].key if content.cases else ""
    answers = build_sample_answers(content.form, case=case, on=clock.today()) if content.form else {}
    return Tried(case, channel, desk.agency.code, answers)


@pytest.mark.parametrize(
    ("code", "channel"),
    [
        *((code, "online") for code in (BIRTH, MARITAL, HOUSEHOLD_BUSINESS, PERMIT)),
        *((code, "desk") for code in (BIRTH, MARITAL, HOUSEHOLD_BUSINESS, PERMIT, COPIES)),
    ],
)
def test_a_rehearsal_files_and_leaves_nothing(desk: Desk, admin: Officer, code: str, channel: str) -> None:
    document = _draft(admin, copy.deepcopy(read_catalogue(code)))
    before = _state()
    done = rehearse(admin.actor, code, _tried(document, desk, channel))
    assert done.code.startswith(desk.agency.code)
    assert done.due_at is not None
    assert _state() == before


def _state() -> tuple[Any, ...]:
    return (
        Dossier.objects.count(),
        StoredFile.objects.count(),
        ProcedureVersion.objects.count(),
        Message.objects.count(),
        list(Counter.objects.order_by("series").values_list("series", "value")),
        catalogue_token(),
    )


def test_the_draft_decides_and_not_what_is_in_force(desk: Desk, admin: Officer) -> None:
    document = make_document(limits=[{"value": 9, "unit": "working_day"}])
    document["fees"] = [
        {"key": "le_phi", "kind": "le_phi", "mode": "after", "label": {"vi": "Lệ phí"}, "amount": 77_000}
    ]
    _draft(admin, document)
    done = rehearse(admin.actor, document["code"], Tried("", "online", desk.agency.code, {"full_name": "An"}))
    assert [fee.amount for fee in done.fees] == [77_000]
    assert done.papers == ("Đơn",)
    assert "9 ngày làm việc" in " ".join(done.due_lines)
    assert done.held_up == ""
    assert done.notices


def test_a_fee_to_pay_first_is_said(desk: Desk, admin: Officer) -> None:
    fee = {"key": "phi", "kind": "phi", "mode": "before", "label": {"vi": "Phí"}, "amount": 5_000}
    document = _draft(admin, make_document(fees=[fee]))
    done = rehearse(admin.actor, document["code"], Tried("", "desk", desk.agency.code, {"full_name": "An"}))
    assert "nộp trước" in done.held_up
    assert done.due_at is not None


def test_filing_refuses_as_it_would(desk: Desk, admin: Officer) -> None:
    document = _draft(admin, make_document())
    with pytest.raises(RuleViolation) as refused:
        rehearse(admin.actor, document["code"], Tried("", "online", desk.agency.code, {}))
    assert "full_name" in refused.value.errors


def _sealed(html: str) -> str:
    found = re.search(r'name="state" value="([^"]+)"', html)
    assert found
    return found[1]


def test_the_pages_lead_to_the_end(desk: Desk, admin: Officer, client: Client) -> None:
    document = _draft(admin, make_document())
    address = f"/catalogue/{document['code']}/trial/"
    assert client.get(address).status_code == 200
    page = client.post(address, {"channel": "online", "agency": desk.agency.code}).content.decode()
    refused = client.post(address, {"state": _sealed(page), "full_name": ""})
    assert refused.status_code == 422
    done = client.post(
        address, {"state": _sealed(refused.content.decode()), "full_name": "Lê An", "copies": "2"}
    )
    assert "Hồ sơ nộp được" in done.content.decode()
    assert not Dossier.objects.exists()


def test_a_filled_in_example_goes_straight_through(desk: Desk, admin: Officer, client: Client) -> None:
    document = _draft(admin, copy.deepcopy(read_catalogue(MARITAL)))
    address = f"/catalogue/{MARITAL}/trial/"
    chosen = {"channel": "online", "agency": desk.agency.code, "sample": "1"}
    chosen |= {"case": document["cases"][0]["key"]} if document.get("cases") else {}
    page = client.post(address, chosen).content.decode()
    assert 'name="state"' in page
    assert "Đang nộp thử" in page


@pytest.mark.parametrize("wrong", [{}, {"channel": "online"}, {"channel": "fax", "agency": "H1"}])
def test_the_choices_are_asked_again(
    desk: Desk, admin: Officer, client: Client, wrong: dict[str, str]
) -> None:
    document = _draft(admin, make_document())
    response = client.post(f"/catalogue/{document['code']}/trial/", wrong)
    assert response.status_code == 422
    assert "Hãy chọn" in response.content.decode()


def test_a_state_is_bound_to_its_draft(desk: Desk, admin: Officer, client: Client) -> None:
    first, second = _draft(admin, make_document()), _draft(admin, make_document())
    page = client.post(
        f"/catalogue/{first['code']}/trial/", {"channel": "online", "agency": desk.agency.code}
    ).content.decode()
    state = _sealed(page)
    for address, sealed in ((second["code"], state), (first["code"], state + "x"), (first["code"], "")):
        response = client.post(f"/catalogue/{address}/trial/", {"state": sealed, "full_name": "An"})
        assert response.status_code == 422
        assert "bắt đầu lại" in response.content.decode()
    services.save_draft(admin.actor, first["code"], content=first, row_version=1)
    response = client.post(f"/catalogue/{first['code']}/trial/", {"state": state, "full_name": "An"})
    assert "vừa được sửa" in response.content.decode()


def test_a_broken_draft_says_where_to_go(admin: Officer, client: Client) -> None:
    services.save_draft(admin.actor, "1.900999", content={"schema": 1, "code": "1.900999"})
    for page in ("trial", "replay"):
        response = client.get(f"/catalogue/1.900999/{page}/")
        assert response.status_code == 200
        assert "Chưa thử được" in response.content.decode()


def test_without_a_draft_the_page_says_so(admin: Officer, client: Client) -> None:
    code = publish().procedure.code
    for page in ("trial", "replay"):
        assert "Chưa có bản nháp để thử" in client.get(f"/catalogue/{code}/{page}/").content.decode()
        assert client.get(f"/catalogue/1.999999/{page}/").status_code == 404
