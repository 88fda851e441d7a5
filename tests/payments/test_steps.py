"""Cash as one step among others: one transaction, numbers at its end, all or nothing."""

import pytest

from dossiers import commands as c
from dossiers import transitions
from dossiers.models import Dossier
from dossiers.work import Work, use_case, write_dossier
from payments.models import LedgerEntry, Receipt
from payments.services.tills import receive_at_desk
from portal.accounts.choices import Role
from portal.core.counters import Book, get_last_number
from portal.core.errors import Forbidden, PortalError, RuleViolation
from tests.factories.people import make_officer
from tests.payments.owed import BEFORE, LE_PHI, Owed, make_desk, make_owed

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed() -> Owed:
    """One fee before acceptance, one after."""
    return make_owed(make_desk(BEFORE, LE_PHI))


def pay_everything(work: Work) -> list[Receipt]:
    return [receive_at_desk(work, fee.pk) for fee in work.dossier.fees.filter(status="open").order_by("pk")]


def test_cash_and_acceptance_are_one_write(owed: Owed) -> None:
    version = owed.version
    with write_dossier(owed.dossier.pk, actor=owed.desk.cashier.actor) as work:
        receipts = pay_everything(work)
        transitions.apply(work, c.Accept())
        assert not Receipt.objects.exists()

    dossier = Dossier.objects.get(pk=owed.dossier.pk)
    assert (dossier.status, dossier.version) == ("accepted", version + 1)
    assert [receipt.number for receipt in receipts] == [1, 2]
    assert list(dossier.events.order_by("seq").values_list("kind", flat=True))[-3:] == [
        "pay_fee", "pay_fee", "accept",
    ]  # fmt: skip
    assert len({receipt.transaction for receipt in receipts}) == 2


def test_what_fails_later_in_the_use_case_takes_the_money_back_and_the_number(owed: Owed) -> None:
    def take_and_fail() -> None:
        with write_dossier(owed.dossier.pk, actor=owed.desk.cashier.actor) as work:
            pay_everything(work)
            transitions.apply(work, c.Decline(""))

    with pytest.raises(PortalError):
        take_and_fail()

    assert not Receipt.objects.exists()
    assert not LedgerEntry.objects.exists()
    assert owed.dossier.fees.filter(status="open").count() == 2
    receipt = owed.pay()
    assert receipt.number == 1
    assert get_last_number(Book(receipt.agency_code, "receipt", receipt.year).series) == 1


def test_several_dossiers_are_paid_in_one_use_case(owed: Owed) -> None:
    other = make_owed(owed.desk)
    with use_case(owed.desk.cashier.actor) as case:
        for dossier in sorted((owed.dossier, other.dossier), key=lambda row: row.pk):
            pay_everything(case.lock(dossier.pk))

    assert sorted(Receipt.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_the_step_checks_the_right_itself(owed: Owed) -> None:
    actor = make_officer(Role.APPROVER, agency=owed.desk.agency).actor
    with write_dossier(owed.dossier.pk, actor=actor) as work, pytest.raises(Forbidden):
        pay_everything(work)


def test_the_same_fee_twice_in_one_use_case_is_refused(owed: Owed) -> None:
    def take_twice() -> None:
        with write_dossier(owed.dossier.pk, actor=owed.desk.cashier.actor) as work:
            receive_at_desk(work, owed.fee.pk)
            receive_at_desk(work, owed.fee.pk)

    with pytest.raises(RuleViolation, match="fee_not_open"):
        take_twice()
    assert not Receipt.objects.exists()
