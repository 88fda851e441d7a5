"""POST dossiers/<id>/actions/pay_fee: the answer of the other actions, and errors in the contract's order."""

from typing import Any

import pytest
from django.test import Client

from payments.models import Receipt
from portal.accounts.choices import Role
from tests.factories.people import make_officer, make_user
from tests.payments.owed import Owed, accept, browser_of

pytestmark = pytest.mark.django_db


def call(client: Client, owed: Owed, **changes: Any) -> Any:
    body = {"version": owed.version, "fee": str(owed.fee.pk), "method": "cash", **changes}
    sent = {name: value for name, value in body.items() if value is not None}
    address = f"/api/v1/dossiers/{owed.dossier.pk}/actions/pay_fee"
    return client.post(address, sent, content_type="application/json")


@pytest.fixture
def cashier(owed: Owed) -> Client:
    return browser_of(owed.desk.cashier)


def test_it_answers_the_dossier_with_the_fee_settled(owed: Owed, cashier: Client) -> None:
    version = owed.version

    answer = call(cashier, owed, payer_name="Hờ A Páo")

    assert answer.status_code == 200
    body = answer.json()
    assert (body["id"], body["version"], body["status"]) == (str(owed.dossier.pk), version + 1, "submitted")
    assert [(fee["id"], fee["status"]) for fee in body["fees"]] == [(str(owed.fee.pk), "settled")]
    assert Receipt.objects.get().payer_name == "Hờ A Páo"


@pytest.mark.parametrize(
    ("changes", "status", "code", "fields"),
    [
        ({"version": 99}, 409, "conflict", None),
        ({"version": None}, 422, "invalid", {"version"}),
        ({"fee": None}, 422, "invalid", {"fee"}),
        ({"fee": "x"}, 422, "invalid", {"fee"}),
        ({"fee": "018f0000-0000-7000-8000-000000000000"}, 422, "fee_not_open", {"fee"}),
        ({"method": None}, 422, "invalid", {"method"}),
        ({"method": "gold"}, 422, "invalid", {"method"}),
        ({"method": "online"}, 422, "invalid", {"method"}),
        ({"method": "card"}, 422, "slip_missing", {"slip"}),
        ({"method": "card", "slip": "9" * 41}, 422, "invalid", {"slip"}),
        ({"payer_name": "A" * 401}, 422, "invalid", {"payer_name"}),
        ({"version": 99, "fee": None}, 409, "conflict", None),
    ],
)
def test_what_is_refused(
    owed: Owed, cashier: Client, changes: dict[str, Any], status: int, code: str, fields: set[str] | None
) -> None:
    answer = call(cashier, owed, **changes)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"
    if fields is not None:
        assert set(answer.json()["errors"]) == fields
    assert not Receipt.objects.exists()


def test_a_repeat_is_a_conflict_and_a_new_try_is_refused(owed: Owed, cashier: Client) -> None:
    version = owed.version
    answers = [
        call(cashier, owed, version=version),
        call(cashier, owed, version=version),
        call(cashier, owed),
    ]

    assert [answer.status_code for answer in answers] == [200, 409, 422]
    assert [answer.json().get("code") for answer in answers[1:]] == ["conflict", "fee_not_open"]
    assert Receipt.objects.count() == 1


def test_who_may_not(owed: Owed) -> None:
    colleague = make_officer(Role.CASE_OFFICER, agency=owed.desk.agency)
    people = [
        (Client(), 401),
        (browser_of(make_user()), 404),
        (browser_of(make_officer(Role.RECEPTION)), 404),
        (browser_of(owed.desk.owner), 403),
        (browser_of(colleague), 403),
    ]
    for client, status in people:
        assert call(client, owed, version=99).status_code == status
    assert not Receipt.objects.exists()


def test_it_stands_beside_the_statuses_it_is_allowed_in(owed: Owed, cashier: Client) -> None:
    accept(owed)

    assert call(cashier, owed).json()["status"] == "accepted"
