"""Money that came becomes receipts, held money or refunds; exactly, or not at all."""

import pytest

from dossiers.choices import FeeStatus
from dossiers.models import Dossier, DossierEvent, Fee
from payments.integrity import check_balance, check_fees
from payments.models import GatewayAccount, LedgerEntry, Receipt, Refund, StatementLine
from payments.services import matching
from payments.statements.checks import check_lines
from portal.notifications.models import Message
from tests.factories.people import make_agency
from tests.payments.online.begun import make_online_desk, make_waiting
from tests.payments.owed import LE_PHI, PHI, UNKNOWN, Desk, Owed, make_desk, make_owed
from tests.payments.statements.banks import balances, bring, bring_and_match, make_bank
from tests.payments.statements.files import credit

pytestmark = pytest.mark.django_db


def memo_of(owed: Owed) -> str:
    """As a bank writes it."""
    return f"MBVCB.789.{(owed.dossier.code or '').replace('.', ' ').replace('-', '').lower()}.CT tu 0123"


def send(bank: GatewayAccount, owed: Owed, *amounts: int) -> list[StatementLine]:
    rows = [credit(n, amount, memo_of(owed), reference=f"FT{n}") for n, amount in enumerate(amounts, start=1)]
    return bring_and_match(bank, owed.desk, *rows)


def test_the_exact_amount_settles_the_fee_with_a_receipt(bank: GatewayAccount, owed: Owed) -> None:
    [line] = send(bank, owed, 15_000)

    receipt = Receipt.objects.get()
    assert (receipt.method, receipt.amount, receipt.issued_by) == ("transfer", 15_000, None)
    assert (line.status, line.fee_id, line.kept, line.transaction) == (
        "matched",
        owed.fee.pk,
        0,
        receipt.transaction,
    )
    assert owed.fee.status == FeeStatus.SETTLED
    assert balances() == {"bank": 15_000, "revenue_phi": -12_000, "revenue_le_phi": -3_000}
    assert {entry.line_id for entry in LedgerEntry.objects.all()} == {line.pk}
    assert {entry.kind for entry in LedgerEntry.objects.all()} == {"transfer_receipt"}
    assert [*check_balance(), *check_fees()] == []


def test_a_dossier_that_waited_goes_on_by_itself() -> None:
    owed = make_waiting(make_online_desk(has_contract=False))
    assert owed.dossier.status == "awaiting_payment"

    send(make_bank(owed.desk.agency), owed, 15_000)

    assert Dossier.objects.get(pk=owed.dossier.pk).status == "submitted"


def test_too_little_is_held_and_the_rest_settles_the_whole(bank: GatewayAccount, owed: Owed) -> None:
    part, rest = send(bank, owed, 8_000, 7_000)

    assert (part.status, part.kept, rest.status, rest.kept) == ("matched", 0, "matched", 0)
    assert Receipt.objects.get().amount == 15_000
    assert balances() == {"bank": 15_000, "revenue_phi": -12_000, "revenue_le_phi": -3_000}
    assert not Refund.objects.exists()


def test_what_is_held_is_booked_and_told(bank: GatewayAccount, owed: Owed) -> None:
    [line] = send(bank, owed, 8_000)

    assert (line.status, line.kept, line.fee_id) == ("partial", 8_000, owed.fee.pk)
    assert balances() == {"bank": 8_000, "refund": -8_000}
    assert owed.fee.status == FeeStatus.OPEN
    event = DossierEvent.objects.get(dossier=owed.dossier, kind="hold_part")
    assert (event.payload or {})["lacking"] == 7_000
    assert not Refund.objects.exists()


def test_the_payer_is_told_what_lacks(bank: GatewayAccount, owed: Owed) -> None:
    Dossier.objects.filter(pk=owed.dossier.pk).update(filed_by=owed.desk.owner)

    send(bank, owed, 8_000)

    message = Message.objects.get(event="payment.part")
    assert (message.context["amount"], message.context["lacking"]) == ("8.000 đ", "7.000 đ")


def test_too_much_settles_and_the_rest_is_suggested_for_refund(bank: GatewayAccount, owed: Owed) -> None:
    [line] = send(bank, owed, 20_000)

    refund = Refund.objects.get()
    assert (line.status, line.kept) == ("matched", 5_000)
    assert (refund.amount, refund.line_id, refund.fee_id, refund.status) == (
        5_000,
        line.pk,
        owed.fee.pk,
        "suggested",
    )
    assert balances() == {"bank": 20_000, "refund": -5_000, "revenue_phi": -12_000, "revenue_le_phi": -3_000}


def test_parts_that_become_too_much_give_back_only_the_rest(bank: GatewayAccount, owed: Owed) -> None:
    part, line = send(bank, owed, 8_000, 10_000)

    assert (part.status, part.kept, line.status, line.kept) == ("matched", 0, "matched", 3_000)
    assert Refund.objects.get().amount == 3_000
    assert balances() == {"bank": 18_000, "refund": -3_000, "revenue_phi": -12_000, "revenue_le_phi": -3_000}


def test_two_equal_transfers_are_one_receipt_and_one_surplus(bank: GatewayAccount, owed: Owed) -> None:
    first, second = send(bank, owed, 15_000, 15_000)

    assert (first.status, second.status, second.kept) == ("matched", "surplus", 15_000)
    assert Receipt.objects.count() == 1
    assert Refund.objects.get().amount == 15_000


@pytest.mark.parametrize("status", [FeeStatus.WAIVED, FeeStatus.VOID, "cash", "ended"])
def test_money_that_nobody_waits_for_goes_back(bank: GatewayAccount, owed: Owed, status: str) -> None:
    if status == "cash":
        owed.pay()
    elif status == "ended":
        owed.dossier.fees.update(status=FeeStatus.VOID)
        Dossier.objects.filter(pk=owed.dossier.pk).update(status="withdrawn")
    else:
        owed.dossier.fees.update(status=status)
    before = Receipt.objects.count()

    [line] = send(bank, owed, 15_000)

    assert (line.status, line.kept) == ("surplus", 15_000)
    assert Refund.objects.get().line_id == line.pk
    assert Receipt.objects.count() == before
    assert balances()["refund"] == -15_000


def test_two_fees_are_settled_by_their_sum_or_one_by_its_own() -> None:
    desk = make_desk({**PHI, "amount": 12_000}, {**LE_PHI, "amount": 3_000, "mode": "before"})
    bank = make_bank(desk.agency)
    both, one = make_owed(desk), make_owed(desk)

    send(bank, both, 15_000)
    [line] = bring_and_match(bank, desk, credit(9, 12_000, memo_of(one), reference="FT9"))

    assert set(both.dossier.fees.values_list("status", flat=True)) == {FeeStatus.SETTLED}
    assert list(one.dossier.fees.filter(status=FeeStatus.SETTLED).values_list("amount", flat=True)) == [
        12_000
    ]
    assert line.status == "matched"


def test_a_dossier_whose_fee_is_not_known_yet_is_for_a_person() -> None:
    owed = make_owed(make_desk(UNKNOWN))

    [line] = send(make_bank(owed.desk.agency), owed, 15_000)

    assert (line.status, line.transaction) == ("queued", None)
    assert balances() == {}


def test_a_cut_code_counts_only_with_the_exact_amount(bank: GatewayAccount, owed: Owed) -> None:
    cut = (owed.dossier.code or "")[:-2]

    wrong, right = bring_and_match(
        bank, owed.desk, credit(1, 14_000, cut, reference="1A"), credit(2, 15_000, cut, reference="2A")
    )

    assert (wrong.status, right.status) == ("queued", "matched")


def test_a_cut_code_of_two_dossiers_is_nobodys(bank: GatewayAccount, desk: Desk, owed: Owed) -> None:
    make_owed(desk)

    [line] = bring_and_match(bank, desk, credit(1, 15_000, (owed.dossier.code or "")[:-2]))

    assert line.status == "queued"


def test_without_a_code_it_waits_for_a_person(bank: GatewayAccount, owed: Owed) -> None:
    lines = bring_and_match(
        bank,
        owed.desk,
        credit(1, 15_000, "nop le phi", reference="1A"),
        credit(2, 15_000, "", reference="2A"),
        credit(3, 15_000, f"{owed.dossier.code} va {make_owed(owed.desk).dossier.code}", reference="3A"),
    )

    assert {line.status for line in lines} == {"queued"}
    assert not Receipt.objects.exists()


def test_an_account_serves_its_agency_and_those_below_and_no_other(owed: Owed) -> None:
    province = make_agency(name="UBND tỉnh")
    commune = make_desk(agency=make_agency(parent=province))
    below, beside = make_owed(commune), owed
    bank = make_bank(province)
    rows = [credit(n, 15_000, memo_of(one), reference=f"FT{n}") for n, one in ((1, below), (2, beside))]
    bring(bank, make_desk(agency=province).cashier.actor, *rows)

    matching.match_due()

    statuses = StatementLine.objects.order_by("position").values_list("status", flat=True)
    assert list(statuses) == ["matched", "queued"]
    assert set(LedgerEntry.objects.values_list("agency", flat=True)) == {province.pk}
    assert Receipt.objects.get().agency_id == commune.agency.pk


def test_a_run_that_ends_early_leaves_the_rest_to_the_next(bank: GatewayAccount, owed: Owed) -> None:
    rows = [credit(n, 15_000, "khong ma", reference=f"FT{n}") for n in range(1, 4)]
    bring(bank, owed.desk.cashier.actor, *rows)

    assert matching.match_due(0) == 0
    assert StatementLine.objects.filter(status="waiting").count() == 3
    assert matching.match_due() == 3
    assert matching.match_due() == 0


def test_a_line_that_breaks_a_rule_is_for_a_person_and_holds_up_nobody(
    bank: GatewayAccount, owed: Owed
) -> None:
    fine = make_owed(owed.desk)
    Fee.objects.filter(pk=owed.fee.pk).update(lines=[])
    rows = [credit(n, 15_000, memo_of(one), reference=f"FT{n}") for n, one in ((1, owed), (2, fine))]

    broken, good = bring_and_match(bank, owed.desk, *rows)

    assert (broken.status, good.status) == ("queued", "matched")
    assert balances()["bank"] == 15_000


def test_money_held_for_a_fee_that_was_paid_otherwise_is_given_up(bank: GatewayAccount, owed: Owed) -> None:
    [line] = send(bank, owed, 8_000)
    assert matching.release_due() == 0
    owed.pay()

    assert matching.release_due() == 1
    assert matching.release_due() == 0

    line.refresh_from_db()
    assert (line.status, line.kept) == ("surplus", 8_000)
    assert Refund.objects.get().amount == 8_000
    assert balances()["refund"] == -8_000


def test_the_books_hold_every_decided_line_once(bank: GatewayAccount, owed: Owed) -> None:
    lines = send(bank, owed, 8_000, 9_000, 15_000)
    bring_and_match(bank, owed.desk, credit(9, 1_000, "khong ma", reference="FT9"))
    assert list(check_lines()) == []

    StatementLine.objects.filter(pk=lines[2].pk).update(status="queued")

    [fault] = check_lines()
    assert fault.subject == f"statement_line:{lines[2].pk}"
