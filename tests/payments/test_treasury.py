"""Paid at the treasury: settled by its receipt, without a receipt or a booking of ours."""

import pytest
from django.test import Client

from payments.integrity import check_fees
from payments.models import LedgerEntry, Receipt
from payments.services import desk as services
from portal.core.errors import Conflict, Forbidden, RuleViolation
from tests.factories.people import make_officer
from tests.payments.owed import Owed, make_owed

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(db: None) -> Owed:
    return make_owed()


def test_the_fee_is_settled_and_nothing_is_booked(owed: Owed) -> None:
    services.note_treasury(
        owed.dossier.pk, owed.fee.pk, " 0001234 ", actor=owed.desk.cashier.actor, version=owed.version
    )
    fee = owed.fee
    assert (fee.status, fee.treasury_number) == ("settled", "0001234")
    assert not Receipt.objects.exists()
    assert not LedgerEntry.objects.exists()
    assert list(check_fees()) == []


@pytest.mark.parametrize("number", ["", "   ", "1" * 65])
def test_a_number_is_asked_for(owed: Owed, number: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        services.note_treasury(
            owed.dossier.pk, owed.fee.pk, number, actor=owed.desk.cashier.actor, version=owed.version
        )
    assert list(refused.value.errors) == ["treasury_number"]
    assert owed.fee.status == "open"


def test_a_fee_is_settled_once(owed: Owed) -> None:
    owed.pay()
    with pytest.raises(RuleViolation, match="fee_not_open"):
        services.note_treasury(
            owed.dossier.pk, owed.fee.pk, "1", actor=owed.desk.cashier.actor, version=owed.version
        )
    with pytest.raises(Conflict, match="conflict"):
        services.note_treasury(owed.dossier.pk, owed.fee.pk, "1", actor=owed.desk.cashier.actor, version=1)


def test_only_the_desk_notes_it(owed: Owed) -> None:
    officer = make_officer("case_officer", agency=owed.desk.agency)
    with pytest.raises(Forbidden):
        services.note_treasury(owed.dossier.pk, owed.fee.pk, "1", actor=officer.actor, version=owed.version)


def test_over_the_api(owed: Owed) -> None:
    client = Client(headers={"X-Acting": str(owed.desk.cashier.membership.pk)})
    client.force_login(owed.desk.cashier.user)
    path = f"/api/v1/dossiers/{owed.dossier.pk}/actions/pay_fee"
    body = {"version": owed.version, "fee": str(owed.fee.pk), "method": "treasury"}
    missing = client.post(path, body, content_type="application/json")
    assert (missing.status_code, list(missing.json()["errors"])) == (422, ["treasury_number"])
    done = client.post(path, {**body, "treasury_number": "0001234"}, content_type="application/json")
    assert (done.status_code, done.json()["fees"][0]["status"]) == (200, "settled")
