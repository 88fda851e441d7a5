"""The register: whose dossiers stand in it, by day, month and procedure; on paper and as a spreadsheet."""

import unicodedata
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from pytest_django import Settings

from dossiers import register as reads
from dossiers.models import Dossier
from dossiers.register import Wanted
from onestop import services
from onestop.register.asked import read_asked
from onestop.register.sheet import list_heads
from onestop.views import register as views
from portal.accounts.choices import Role
from portal.audit.models import AuditEntry
from portal.core import clock
from portal.core.clock import VN_TZ
from tests.factories import states
from tests.factories.dossiers import MARITAL, PERMIT, Desk, Request, file_dossier, make_desk, walk_in
from tests.factories.people import make_officer
from tests.onestop.certifying import certify, make_small_desk
from tests.onestop.conftest import SignIn

PAGE, PDF, XLSX = "/onestop/register/", "/onestop/register.pdf", "/onestop/register.xlsx"
MOST_QUERIES = 15
NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def receive(desk: Desk, name: str = "Hờ A Páo") -> Dossier:
    dossier = file_dossier(desk, Request(PERMIT, "nha_o", channel="desk", parties=(walk_in(),)))
    Dossier.objects.filter(pk=dossier.pk).update(owner_name=name)
    return dossier


def show(client: Client, **query: str) -> str:
    answer = client.get(PAGE, query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def read_pdf(pdf: bytes) -> str:
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\u200b", "")
    return unicodedata.normalize("NFC", " ".join(words.split()))


def read_cells(xlsx: bytes) -> list[list[str]]:
    """The sheet's rows; inline strings and numbers as text. Any formula fails."""
    with ZipFile(BytesIO(xlsx)) as archive:
        root = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in root.iter(f"{NAMESPACE}row"):
        assert row.find(f".//{NAMESPACE}f") is None
        cells = row.findall(f"{NAMESPACE}c")
        rows.append(["".join(part for part in cell.itertext()) for cell in cells])
    return rows


@pytest.mark.parametrize(
    ("typed", "when", "since", "until"),
    [
        ("", "2026-11", "2026-11-01", "2026-11-30"),
        ("23/11/2026", "2026-11-23", "2026-11-23", "2026-11-23"),
        ("1/2/26", "2026-02-01", "2026-02-01", "2026-02-01"),
        ("2026-11-23", "2026-11-23", "2026-11-23", "2026-11-23"),
        ("2/2028", "2028-02", "2028-02-01", "2028-02-29"),
        ("2026-12", "2026-12", "2026-12-01", "2026-12-31"),
        ("2025", "2025", "2025-01-01", "2025-12-31"),
    ],
)
@time_machine.travel(datetime(2026, 11, 23, 3, tzinfo=UTC), tick=False)
def test_a_day_a_month_or_a_year_is_read_as_people_type_it(
    typed: str, when: str, since: str, until: str
) -> None:
    asked = read_asked({"when": typed})

    assert (asked.when, asked.error) == (when, "")
    assert asked.wanted == Wanted(date.fromisoformat(since), date.fromisoformat(until))


@pytest.mark.parametrize("typed", ["hôm qua", "32/1/2026", "13/2026", "1/2/3/4", "x" * 300, "0"])
def test_what_is_no_time_is_said_and_nothing_is_printed(desk: Desk, sign_in: SignIn, typed: str) -> None:
    client = sign_in(desk.reception)
    answer = client.get(PAGE, {"when": typed})

    assert answer.status_code == 422
    assert 'id="when-error"' in answer.content.decode()
    for address in (PDF, XLSX):
        assert client.get(address, {"when": typed}).status_code == 422


def test_the_register_lists_what_the_agency_received_in_order(desk: Desk, sign_in: SignIn) -> None:
    first, second = receive(desk, "Hờ A Páo"), receive(desk, "Y Blăm")
    stranger = make_desk()
    receive(stranger, "Người xã khác")
    page = show(sign_in(desk.reception))

    assert page.index(str(first.code)) < page.index(str(second.code))
    assert "Y Blăm" in page
    assert "Người xã khác" not in page
    assert "Sổ theo dõi" in page


def test_a_draft_stands_in_no_register(desk: Desk, sign_in: SignIn) -> None:
    states.draft(desk)
    assert "Không có hồ sơ nào" in show(sign_in(desk.reception))


def test_day_month_and_procedure_filter(desk: Desk, sign_in: SignIn) -> None:
    dossier = receive(desk)
    client = sign_in(desk.reception)
    today = clock.today()
    yesterday = today - timedelta(days=1)

    for when in (f"{today}", f"{today:%m/%Y}", f"{today:%Y}", ""):
        assert str(dossier.code) in show(client, when=when)
        assert str(dossier.code) in show(client, when=when, procedure=PERMIT)
        assert str(dossier.code) not in show(client, when=when, procedure=MARITAL)
    assert str(dossier.code) not in show(client, when=f"{yesterday:%d/%m/%Y}")


@pytest.mark.parametrize(("hour", "minute", "is_in"), [(0, 0, True), (23, 59, True), (24, 0, False)])
def test_a_day_is_a_day_in_viet_nam(desk: Desk, hour: int, minute: int, is_in: bool) -> None:
    dossier = receive(desk)
    day = clock.today()
    moment = datetime(day.year, day.month, day.day, tzinfo=VN_TZ) + timedelta(hours=hour, minutes=minute)
    Dossier.objects.filter(pk=dossier.pk).update(submitted_at=moment)

    assert reads.count_up_to(desk.reception.actor, Wanted(day, day), 9) == int(is_in)


@pytest.mark.parametrize("role", [Role.SITE_ADMIN, Role.CATALOGUE_ADMIN])
@pytest.mark.parametrize("address", [PAGE, PDF, XLSX, "/onestop/certification/book.pdf"])
def test_administrators_and_citizens_read_no_register(
    desk: Desk, sign_in: SignIn, role: Role, address: str
) -> None:
    assert sign_in(make_officer(role, agency=desk.agency)).get(address).status_code == 403
    assert sign_in(desk.citizen).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_the_print_has_the_whole_course_and_is_written_down(desk: Desk, sign_in: SignIn) -> None:
    dossier = states.returned(desk)
    answer = sign_in(desk.reception).get(PDF)
    text = read_pdf(answer.content)

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    for part in (str(dossier.code), "Trần Văn Sông", "(1.013225)", "Qua mạng / Tại quầy", "Cộng: 1 hồ sơ."):
        assert part in text
    entry = AuditEntry.objects.get(action="register.exported")
    assert entry.subject == f"agency:{desk.agency.pk}"
    assert entry.detail["rows"] == 1


def test_the_sheet_has_true_dates_and_no_formula(desk: Desk, sign_in: SignIn) -> None:
    receive(desk, '=HYPERLINK("https://evil.example","x")')
    receive(desk, "+84 912 345 678")
    answer = sign_in(desk.reception).get(XLSX)
    rows = read_cells(answer.content)

    assert answer["Content-Disposition"].startswith("attachment")
    assert rows[3] == list_heads()
    assert [row[4] for row in rows[4:]] == ['=HYPERLINK("https://evil.example","x")', "+84 912 345 678"]
    assert [row[0] for row in rows[4:]] == ["1", "2"]


def test_a_received_moment_is_a_number_of_days_in_the_sheet(desk: Desk, sign_in: SignIn) -> None:
    states.accepted(desk)
    [row] = read_cells(sign_in(desk.reception).get(XLSX).content)[4:]

    assert 46000 < float(row[8]) < 60000


def test_a_register_too_long_is_refused_with_what_to_do(
    desk: Desk, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        receive(desk)
    monkeypatch.setattr(views, "MOST_ON_PAPER", 1)
    monkeypatch.setattr(views, "MOST_IN_SHEET", 1)
    for address in (PDF, XLSX):
        answer = sign_in(desk.reception).get(address)
        assert answer.status_code == 422
        assert "Hãy chọn một ngày, một tháng, hoặc một thủ tục" in answer.content.decode()
    assert not AuditEntry.objects.filter(action="register.exported").exists()


def test_long_lists_are_read_in_pages_and_in_chunks(
    desk: Desk, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = [str(receive(desk).code) for _ in range(5)]
    monkeypatch.setattr(reads, "PAGE_SIZE", 2)
    monkeypatch.setattr(reads, "CHUNK", 2)
    actor, wanted = desk.reception.actor, Wanted(clock.today(), clock.today())
    found, cursor = [], ""
    while cursor is not None:
        entries, page = reads.list_page(actor, wanted, cursor)
        found += [entry.line.code for entry in entries]
        cursor = page.next  # type: ignore[assignment]

    assert found == codes
    lines = list(reads.list_lines(actor, wanted))
    assert [line.code for line in lines] == codes
    assert [line.number for line in lines] == [1, 2, 3, 4, 5]


def test_a_cursor_of_another_filter_is_refused(
    desk: Desk, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        receive(desk)
    monkeypatch.setattr(reads, "PAGE_SIZE", 1)
    _entries, page = reads.list_page(desk.reception.actor, read_asked({}).wanted, "")
    client = sign_in(desk.reception)

    assert client.get(PAGE, {"cursor": str(page.next)}).status_code == 200
    assert client.get(PAGE, {"cursor": str(page.next), "procedure": PERMIT}).status_code == 422


def test_more_lines_cost_no_more_queries(desk: Desk, sign_in: SignIn) -> None:
    client = sign_in(desk.reception)
    states.returned(desk)
    counts = []
    for _ in range(2):
        for address in (PAGE, PDF, XLSX):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        for _more in range(4):
            receive(desk)
    assert counts[:3] == counts[3:]
    assert max(counts) <= MOST_QUERIES


def test_in_training_sheet_and_print_say_so(desk: Desk, sign_in: SignIn, settings: Settings) -> None:
    settings.TRAINING = True
    dossier = receive(desk)
    client = sign_in(desk.reception)

    assert str(dossier.code).startswith("TH-")
    assert "TẬP HUẤN" in show(client)
    assert "TẬP HUẤN" in read_pdf(client.get(PDF).content)
    assert "SỔ THEO DÕI HỒ SƠ TẬP HUẤN" in read_cells(client.get(XLSX).content)[1]


def test_a_book_of_certifications_is_printed_with_what_was_struck(db: None, sign_in: SignIn) -> None:
    desk = make_small_desk()
    certify(desk)
    mistaken = certify(desk, ("Giấy khai sinh", 1, 2), agreed=4_000)
    services.cancel_certification(mistaken, "Nhầm người.", actor=desk.head.actor)
    client = sign_in(desk.reception)

    answer = client.get("/onestop/certification/book.pdf?kind=copies")

    text = read_pdf(answer.content)
    for part in (
        "SỔ CHỨNG THỰC BẢN SAO TỪ BẢN CHÍNH",
        f"01/{clock.today().year}-SCT/BS",
        "Bằng tốt nghiệp",
        "Đã gạch bỏ: Nhầm người.",
        "Vũ Quang Ký",
        "Cộng: 1 việc, số bản sao: 10, lệ phí: 50.000 đ.",
    ):
        assert part in text
    assert AuditEntry.objects.filter(action="certification_book.printed").count() == 1
    assert (
        "/onestop/certification/book.pdf?kind=copies"
        in client.get("/onestop/certification/book/").content.decode()
    )


def test_an_empty_book_of_certifications_is_printed_as_empty(desk: Desk, sign_in: SignIn) -> None:
    answer = sign_in(desk.reception).get("/onestop/certification/book.pdf?kind=signatures&year=2026")

    text = read_pdf(answer.content)
    assert "SỔ CHỨNG THỰC CHỮ KÝ" in text
    assert "Chưa có việc chứng thực nào" in text
