"""The pages of one fee and its receipt, for the cashier, the owner and a stranger."""

from typing import Any

import pytest
from django.test import Client

from payments.models import Receipt
from portal.accounts.choices import Role
from portal.audit.models import ReadLog
from tests.factories.people import PASSWORD, make_officer, make_user, make_verified_user
from tests.payments.owed import UNKNOWN, Owed, browser_of, make_desk, make_owed

pytestmark = pytest.mark.django_db


def page_of(owed: Owed) -> str:
    return f"/payments/{owed.fee.pk}/"


def receipt_page(owed: Owed) -> str:
    return f"/payments/receipts/{owed.fee.receipt.pk}.pdf"


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def post(owed: Owed, client: Client | None = None, **changes: Any) -> Any:
    fields = {"version": owed.version, "payer_name": "", **changes}
    return (client or browser_of(owed.desk.cashier)).post(page_of(owed), fields)


def test_the_cashier_sees_amount_lines_and_payer_and_takes_the_money(owed: Owed) -> None:
    client = browser_of(owed.desk.cashier)

    page = text(client.get(page_of(owed)))
    for part in ("Thu 15.000 đ", "Phí thẩm định", "12.000 đ", "(Lệ phí)", "Đã thu 15.000 đ"):
        assert part in page
    assert 'value="Bùi Văn Chiến"' in page
    assert f'name="version" value="{owed.version}"' in page

    answer = post(owed, client, payer_name="Hờ A Páo")

    assert (answer.status_code, answer["Location"]) == (302, f"/onestop/dossiers/{owed.dossier.pk}/")
    assert Receipt.objects.get().payer_name == "Hờ A Páo"
    page = text(client.get(page_of(owed)))
    assert "Đã thu 15.000 đ. Biên lai số 0000001." in page
    assert "Người nộp: Hờ A Páo. Người thu: Lê Thu Trang." in page
    assert receipt_page(owed) in page
    assert "<form" not in page.split("<main")[1].split("</main")[0]


def test_a_second_click_takes_nothing_and_says_so(owed: Owed) -> None:
    version = owed.version
    post(owed, version=version)

    again = post(owed, version=version, payer_name="Hờ A Páo")

    assert again.status_code == 409
    assert "biên lai số 0000001" in text(again)
    assert "Hờ A Páo" in text(again)
    assert Receipt.objects.count() == 1
    assert post(owed).status_code == 422


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"payer_name": "A" * 401}, "Tên người nộp dài quá 400 chữ."),
        ({"version": "x"}, "error-summary"),
        ({"version": ""}, "error-summary"),
    ],
)
def test_what_is_wrong_in_the_form_is_shown_beside_it(
    owed: Owed, changes: dict[str, Any], words: str
) -> None:
    answer = post(owed, **changes)

    assert answer.status_code == 422
    assert words in text(answer)
    assert not Receipt.objects.exists()


def test_the_owner_reads_what_is_owed_why_and_where(owed: Owed) -> None:
    agency = owed.desk.agency
    agency.address, agency.phone = "Số 2 đường Hòa Bình", "02923820000"
    agency.save(update_fields=["address", "phone"])
    client = browser_of(owed.desk.owner)

    page = text(client.get(page_of(owed)))

    for part in ("Phí thẩm định", "15.000 đ", "Chưa nộp", "Nộp tại quầy", agency.name, "Số 2 đường Hòa Bình"):
        assert part in page
    assert f'href="/dossiers/{owed.dossier.pk}/"' in page
    assert "Đã thu" not in page
    assert post(owed, client).status_code == 403


def test_an_unknown_amount_is_never_free() -> None:
    owed = make_owed(make_desk(UNKNOWN))

    page = text(browser_of(owed.desk.cashier).get(page_of(owed)))

    for part in ("Chờ xác định mức thu", "Mức thu do HĐND tỉnh quy định", "Chưa xác định"):
        assert part in page
    assert "0 đ" not in page
    assert "Đã thu" not in page


def test_a_colleague_without_the_right_reads_only(owed: Owed) -> None:
    colleague = browser_of(make_officer(Role.CASE_OFFICER, agency=owed.desk.agency))

    page = text(colleague.get(page_of(owed)))

    assert "Chưa nộp" in page
    assert "Đã thu" not in page
    assert post(owed, colleague).status_code == 403


def test_a_stranger_finds_nothing_and_a_visitor_signs_in_first(owed: Owed) -> None:
    owed.pay()
    for stranger in (make_user(), make_verified_user(), make_officer(Role.RECEPTION)):
        client = browser_of(stranger)
        for address in (page_of(owed), receipt_page(owed)):
            assert client.get(address).status_code == 404
        assert post(owed, client).status_code == 404
    for address in (page_of(owed), receipt_page(owed)):
        answer = Client().get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_owner_and_desk_open_the_receipt(owed: Owed) -> None:
    owed.pay()
    for person in (owed.desk.owner, owed.desk.cashier):
        answer = browser_of(person).get(receipt_page(owed))
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert "0000001.pdf" in answer["Content-Disposition"]
        assert "no-store" in answer["Cache-Control"]
        assert answer.content.startswith(b"%PDF")


def test_a_reading_by_staff_is_written_down_and_the_owners_is_not(owed: Owed) -> None:
    owed.pay()
    for person in (owed.desk.owner, owed.desk.cashier):
        browser_of(person).get(page_of(owed))
        browser_of(person).get(receipt_page(owed))

    read = ReadLog.objects.filter(dossier_id=owed.dossier.pk, what__startswith="fee")
    assert set(read.values_list("user_id", "what")) == {
        (owed.desk.cashier.user.pk, "fee"),
        (owed.desk.cashier.user.pk, "fee_receipt"),
    }


def test_a_session_that_ended_loses_nothing_that_was_typed(owed: Owed) -> None:
    client = browser_of(owed.desk.cashier)
    client.get(page_of(owed))
    version = owed.version
    client.cookies.pop("sessionid")

    parked = post(owed, client, payer_name="Hờ A Páo")
    login = {"login": owed.desk.cashier.user.username, "password": PASSWORD}
    kept = client.post(parked["Location"], login, follow=True)

    assert not Receipt.objects.exists()
    page = text(client.get(page_of(owed))) if "Hờ A Páo" not in text(kept) else text(kept)
    assert 'value="Hờ A Páo"' in page
    assert f'value="{version}"' in page
