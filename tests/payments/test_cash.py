"""Taking cash: what is written, what a repeat does, and who may."""

from datetime import UTC, datetime
from typing import Any

import pytest

from dossiers import commands as c
from dossiers.models import Dossier
from dossiers.services import acting
from payments.models import LedgerEntry, Receipt
from payments.selectors import list_receipts
from portal.accounts.choices import Role
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, NotFound, PortalError, RuleViolation
from tests.factories.people import make_actor, make_agency, make_officer, make_user
from tests.payments.owed import BEFORE, LE_PHI, UNKNOWN, Owed, accept, make_desk, make_owed

pytestmark = pytest.mark.django_db


def entries(receipt: Receipt) -> dict[str, int]:
    rows = LedgerEntry.objects.filter(transaction=receipt.transaction)
    return dict(rows.values_list("account", "amount"))


def test_cash_settles_the_fee_issues_a_receipt_and_books_it(owed: Owed) -> None:
    receipt = Receipt.objects.get(pk=owed.pay().pk)

    assert (receipt.fee.status, receipt.fee.settled_at) == ("settled", receipt.issued_at)
    assert (receipt.number, receipt.agency, receipt.year) == (1, owed.desk.agency, clock.today().year)
    assert (receipt.amount, receipt.method, receipt.lines) == (15_000, "cash", owed.fee.lines)
    assert (receipt.payer_name, receipt.issued_by_name) == ("Bùi Văn Chiến", "Lê Thu Trang")
    assert receipt.issued_by == owed.desk.cashier.membership
    assert (receipt.agency_name, receipt.agency_code) == (owed.desk.agency.name, owed.desk.agency.code)
    assert entries(receipt) == {"cash_drawer": 15_000, "revenue_phi": -12_000, "revenue_le_phi": -3_000}
    assert list_receipts(owed.dossier) == [receipt]


def test_every_entry_says_whose_till_which_dossier_and_who(owed: Owed) -> None:
    receipt = owed.pay()

    for entry in LedgerEntry.objects.all():
        assert (entry.agency_id, entry.dossier_id, entry.fee_id) == (
            owed.desk.agency.pk,
            owed.dossier.pk,
            owed.fee.pk,
        )
        assert (entry.membership_id, entry.at, entry.kind) == (
            owed.desk.cashier.membership.pk,
            receipt.issued_at,
            "cash_receipt",
        )


def test_the_history_names_the_receipt(owed: Owed) -> None:
    version = owed.version
    receipt = owed.pay()

    event = owed.dossier.events.latest("seq")
    assert (event.kind, event.actor_name) == ("pay_fee", "Lê Thu Trang")
    assert event.payload == {
        "fee": str(owed.fee.pk),
        "amount": 15_000,
        "method": "cash",
        "receipt": str(receipt.pk),
    }
    assert owed.version == version + 1


def test_somebody_else_may_lay_the_money_down(owed: Owed) -> None:
    assert owed.pay(payer_name="  Hờ   A Páo ").payer_name == "Hờ A Páo"


def test_numbers_rise_by_one_and_each_agency_has_its_own_book(owed: Owed) -> None:
    here = [owed.pay(), make_owed(owed.desk).pay()]
    there = make_owed().pay()

    assert [receipt.number for receipt in here] == [1, 2]
    assert (there.number, there.sign != here[0].sign) == (1, True)


def test_a_new_year_begins_a_new_book(owed: Owed, monkeypatch: pytest.MonkeyPatch) -> None:
    """The year turns at midnight in Việt Nam, 17:00 UTC."""
    numbers = []
    for moment in ("2030-12-31T16:59:59", "2030-12-31T17:00:00", "2030-12-31T17:00:01"):
        at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        paying = make_owed(owed.desk)
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        receipt = paying.pay()
        numbers.append((receipt.year, receipt.number))
        monkeypatch.undo()

    assert numbers == [(2030, 1), (2031, 1), (2031, 2)]


def test_a_fee_before_acceptance_is_paid_and_the_dossier_goes_on() -> None:
    owed = make_owed(make_desk(BEFORE))
    with pytest.raises(PortalError):
        accept(owed)

    owed.pay()

    assert accept(owed).status == "accepted"


def test_a_payment_ends_the_wait_it_was_asked_for(owed: Owed) -> None:
    accept(owed)
    asked = acting.perform(
        owed.dossier.pk, c.RequestPayment(owed.fee.pk), actor=owed.desk.cashier.actor, version=owed.version
    )
    assert (asked.status, asked.resume_to) == ("awaiting_payment", "accepted")

    owed.pay()

    assert Dossier.objects.get(pk=owed.dossier.pk).status == "accepted"


def test_a_repeat_with_the_old_version_is_a_conflict_that_says_it_is_paid(owed: Owed) -> None:
    version = owed.version
    owed.pay(version=version)

    with pytest.raises(Conflict, match="biên lai số 0000001, người thu Lê Thu Trang") as refusal:
        owed.pay(version=version)

    assert refusal.value.code == "conflict"
    assert Receipt.objects.count() == 1


def test_a_repeat_that_saw_the_new_version_finds_the_fee_paid(owed: Owed) -> None:
    owed.pay()

    with pytest.raises(RuleViolation) as refusal:
        owed.pay()

    assert refusal.value.code == "fee_not_open"
    assert Receipt.objects.count() == 1
    assert LedgerEntry.objects.count() == 3


def test_an_old_version_of_something_else_takes_nothing(owed: Owed) -> None:
    version = owed.version
    accept(owed)

    with pytest.raises(Conflict, match="cập nhật"):
        owed.pay(version=version)

    assert not Receipt.objects.exists()


def test_an_unknown_amount_a_foreign_fee_and_a_long_name_are_refused(owed: Owed) -> None:
    unknown = make_owed(make_desk(UNKNOWN))
    refusals: list[tuple[Owed, dict[str, Any], str]] = [
        (unknown, {}, "fee_not_open"),
        (owed, {"fee": unknown.fee.pk}, "fee_not_open"),
        (owed, {"payer_name": "A" * 401}, "payer_name_too_long"),
    ]
    for case, changes, code in refusals:
        with pytest.raises(RuleViolation) as refusal:
            case.pay(**changes)
        assert refusal.value.code == code
    assert not Receipt.objects.exists()


def test_an_ended_dossier_takes_no_money(owed: Owed) -> None:
    acting.perform(
        owed.dossier.pk,
        c.Withdraw("Đổi ý.", on_paper=True),
        actor=owed.desk.cashier.actor,
        version=owed.version,
    )

    with pytest.raises(Conflict) as refusal:
        owed.pay()

    assert refusal.value.code == "illegal_transition"


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.RECEPTION])
def test_no_other_role_takes_money(owed: Owed, role: Role) -> None:
    sees_nothing = role in (Role.SITE_ADMIN, Role.CATALOGUE_ADMIN)
    with pytest.raises(NotFound if sees_nothing else Forbidden):
        owed.pay(make_officer(role, agency=owed.desk.agency))


def test_the_owner_may_not_and_a_stranger_finds_nothing(owed: Owed) -> None:
    from payments.services.desk import pay_in_cash

    people = [
        (owed.desk.owner_actor, Forbidden),
        (make_actor(make_user()), NotFound),
        (make_officer(Role.RECEPTION).actor, NotFound),
    ]
    for actor, error in people:
        with pytest.raises(error):
            pay_in_cash(owed.dossier.pk, owed.fee.pk, actor=actor, version=owed.version)
    assert not Receipt.objects.exists()


def test_the_desk_that_returns_the_result_takes_money_into_its_own_till(owed: Owed) -> None:
    place = make_agency(name="Ủy ban nhân dân phường Bến Mây")
    cashier = make_officer(Role.RECEPTION, agency=place)
    owed.dossier.agencies.filter(relation="returning").update(agency=place)

    receipt = owed.pay(cashier)

    assert (receipt.agency, receipt.number) == (place, 1)
    assert set(LedgerEntry.objects.values_list("agency", flat=True)) == {place.pk}


def test_an_agency_that_only_handles_the_dossier_takes_no_money(owed: Owed) -> None:
    place = make_agency()
    owed.dossier.agencies.filter(relation="competent").update(agency=place)

    with pytest.raises(Forbidden):
        owed.pay(make_officer(Role.RECEPTION, agency=place))


def test_several_fees_of_one_dossier_have_a_receipt_each() -> None:
    owed = make_owed(make_desk(BEFORE, LE_PHI))
    for fee in owed.dossier.fees.order_by("pk"):
        owed.pay(fee=fee.pk)

    assert sorted(Receipt.objects.values_list("number", "amount")) == [(1, 20_000), (2, 3_000)]
