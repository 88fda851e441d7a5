"""The desk's pages of statements: what was typed stays, what is refused is said, and strangers see nothing."""

from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from payments.models import BankStatement, GatewayAccount, Receipt, StatementLine
from portal.accounts.choices import Role
from tests.factories.people import make_agency, make_officer
from tests.payments.owed import Desk, Owed, browser_of, make_owed
from tests.payments.statements.banks import bring_and_match
from tests.payments.statements.files import credit, make_csv

pytestmark = pytest.mark.django_db
HOME, LINES = reverse("payments:statements", "tests.payments.urls"), "/payments/statements/lines/"
MEANINGS = ("", "booked_on", "number", "debit", "credit", "", "memo")
COLUMNS = {f"column_{place}": meaning for place, meaning in enumerate(MEANINGS)}
POSTED = {**COLUMNS, "first_row": "2", "order": "dmy", "row_version": "0"}


@pytest.fixture
def client(desk: Desk) -> Client:
    return browser_of(desk.cashier)


def send(client: Client, bank: GatewayAccount, content: bytes, name: str = "Sao kê 11.csv") -> Any:
    return client.post(HOME, {"account": str(bank.pk), "file": SimpleUploadedFile(name, content)})


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_from_the_file_to_the_receipt(client: Client, bank: GatewayAccount, owed: Owed) -> None:
    content = make_csv(
        credit(1, 15_000, f"NOP PHI {owed.dossier.code}", reference="FT1"),
        credit(2, 9_000, "khong ro", reference="FT2"),
        (3, "31/02/2026", "FT3", "", "1.000", "", "sai ngay"),
    )
    columns = send(client, bank, content)["Location"]
    assert columns.endswith("/columns/")
    page = text(client.get(columns))
    assert "Nhập 2 khoản tiền vào" in page
    assert "Dòng 4: Ngày không đọc được." in page
    assert not StatementLine.objects.exists()

    done = client.post(columns, {**POSTED, "do": "import"}, follow=True)

    assert "Đã nhập 2 khoản tiền vào. 0 khoản đã có từ trước" in text(done)
    assert "Dòng 4: Ngày không đọc được." in text(done)
    assert Receipt.objects.get().fee_id == owed.fee.pk
    assert "1 khoản chưa biết của ai, tổng 9.000 đ" in text(client.get(HOME))
    assert "khong ro" in text(client.get(LINES))
    again = client.get(columns)
    assert again.status_code == HTTPStatus.FOUND
    assert "không bị ghi hai lần" in text(client.get(again["Location"]))
    assert "Không có gì bị ghi hai lần" in text(client.post(HOME, follow=True, data={
        "account": str(bank.pk), "file": SimpleUploadedFile("b.csv", content)
    }))  # fmt: skip


def test_the_preview_keeps_what_was_chosen_and_says_what_lacks(client: Client, bank: GatewayAccount) -> None:
    columns = send(client, bank, make_csv(credit(1, 15_000, "x")))["Location"]
    without_memo = {**POSTED, "column_6": "", "first_row": "2", "do": "preview"}

    response = client.post(columns, without_memo)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Hãy chọn cột nội dung chuyển khoản." in text(response)
    assert '<option value="credit" selected>' in text(response)
    assert client.post(columns, {**POSTED, "do": "preview"}).status_code == HTTPStatus.OK
    refused = client.post(columns, {**without_memo, "do": "import"})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert BankStatement.objects.get().imported_at is None


@pytest.mark.parametrize(
    "bend",
    [
        {"first_row": ""},
        {"first_row": "²"},
        {"first_row": "9" * 40},
        {"order": "x"},
        {"row_version": "x"},
        {"column_1": "x"},
    ],
)
def test_forms_that_are_not_ours_break_nothing(
    client: Client, bank: GatewayAccount, bend: dict[str, str]
) -> None:
    columns = send(client, bank, make_csv(credit(1, 15_000, "x")))["Location"]

    status = client.post(columns, {**POSTED, **bend, "do": "import"}).status_code

    assert status in (HTTPStatus.FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)


def test_columns_set_meanwhile_are_a_conflict_that_keeps_the_choice(
    client: Client, bank: GatewayAccount
) -> None:
    first = send(client, bank, make_csv(credit(1, 15_000, "x")))["Location"]
    second = send(client, bank, make_csv(credit(2, 15_000, "y")))["Location"]
    client.post(first, {**POSTED, "do": "import"})

    response = client.post(second, {**POSTED, "column_2": "", "do": "import"})

    assert response.status_code == HTTPStatus.CONFLICT
    assert "vừa được người khác đổi" in text(response)
    assert 'name="row_version" value="1"' in text(response)
    assert text(response).count('<option value="number" selected>') == 0
    assert client.post(second, {**POSTED, "row_version": "1", "do": "import"}).status_code == HTTPStatus.FOUND


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("a.csv", b"abc", "các cột"), ("a.xlsm", b"PK\x03\x04x", "hỏng"), ("a.csv", b"", "trống")],
)
def test_files_that_cannot_be_read_are_refused_in_words(
    client: Client, bank: GatewayAccount, name: str, content: bytes, words: str
) -> None:
    response = send(client, bank, content, name)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words in text(response)
    assert "Lỗi:" in text(response)


def test_without_a_file_or_with_too_large_a_one(client: Client, bank: GatewayAccount) -> None:
    assert "Hãy chọn tệp" in text(client.post(HOME, {"account": str(bank.pk)}))
    assert "5 MB" in text(send(client, bank, b"x" * (5 * 2**20 + 1)))
    assert (
        client.post(HOME, {"account": "x", "file": SimpleUploadedFile("a", b"a;b")}).status_code
        == HTTPStatus.NOT_FOUND
    )


def queue(bank: GatewayAccount, desk: Desk, memo: str = "nop le phi <b>x</b>") -> str:
    [line] = bring_and_match(bank, desk, credit(1, 15_000, memo, reference="FT1"))
    return reverse("payments:statement_line", "tests.payments.urls", [line.pk])


def test_a_line_is_looked_up_shown_and_assigned(client: Client, bank: GatewayAccount, owed: Owed) -> None:
    page, code = queue(bank, owed.desk), owed.dossier.code or ""
    shown = text(client.get(page))
    assert "nop le phi &lt;b&gt;x&lt;/b&gt;" in shown
    assert code in shown

    asked = text(client.get(page, {"code": code}))
    assert "Vừa đủ tiền" in asked
    done = client.post(page, {"act": "assign", "code": code}, follow=True)

    assert "Biên lai đã có" in text(done)
    late = client.post(page, {"act": "assign", "code": make_owed(owed.desk).dossier.code})
    assert late.status_code == HTTPStatus.CONFLICT
    assert "Lê Thu Trang" in text(late)


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({"act": "assign", "code": "xyz"}, "Không có hồ sơ mang mã này"),
        ({"act": "ignore", "reason": ""}, "Hãy ghi lý do"),
        ({"act": "ignore", "reason": "x" * 401}, "tối đa 400"),
        ({"act": "nonsense"}, "Hãy chọn một việc"),
        ({}, "Hãy chọn một việc"),
    ],
)
def test_refusals_on_a_line_keep_what_was_typed(
    client: Client, bank: GatewayAccount, desk: Desk, posted: dict[str, str], words: str
) -> None:
    response = client.post(queue(bank, desk), posted)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words in text(response)
    assert posted.get("reason", "") in text(response)


def test_ignored_lines_are_listed_apart(client: Client, bank: GatewayAccount, desk: Desk) -> None:
    client.post(queue(bank, desk), {"act": "ignore", "reason": "kho bạc chuyển kinh phí"})

    assert "Không có khoản nào" in text(client.get(LINES))
    assert "15.000 đ" in text(client.get(LINES, {"status": "ignored"}))
    assert client.get(LINES, {"status": "x", "after": "y"}).status_code == HTTPStatus.OK


def test_others_see_nothing(bank: GatewayAccount, desk: Desk) -> None:
    page = queue(bank, desk)
    statement = reverse("payments:statement", "tests.payments.urls", [BankStatement.objects.get().pk])
    stranger = browser_of(make_officer(Role.RECEPTION, agency=make_agency()))
    for address in (page, statement, f"{statement}columns/"):
        assert stranger.get(address).status_code == HTTPStatus.NOT_FOUND
    assert "Không có khoản nào" in text(stranger.get(LINES))
    assert "chưa có tài khoản" in text(stranger.get(HOME))
    for who in (make_officer(Role.APPROVER, agency=desk.agency), desk.owner):
        assert browser_of(who).get(page).status_code == HTTPStatus.FORBIDDEN


def test_more_lines_cost_no_more_queries(
    client: Client, bank: GatewayAccount, desk: Desk, owed: Owed
) -> None:
    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == HTTPStatus.OK
        return len(queries)

    bring_and_match(bank, desk, credit(1, 9_000, "x", reference="FT1"))
    few = [count(address) for address in (HOME, LINES, HOME, LINES)][2:]
    bring_and_match(bank, desk, *(credit(n, n, "y", reference=f"FT{n}") for n in range(2, 30)))

    assert [count(HOME), count(LINES)] == few
    assert max(few) <= 8
