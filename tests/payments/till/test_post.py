"""The post collects: noted, settled by its list, owed with its age, handed over with a number."""

from typing import Any
from uuid import uuid4

import pytest

from payments.choices import Method, PostStatus
from payments.integrity_money import check_accounts, check_refunds
from payments.models import LedgerEntry, PostCollection, Receipt, Refund
from payments.refunds.cards import list_facts
from payments.services import post, refund_paying, refunding
from payments.till import collections
from payments.till.checks import check_post
from portal.accounts.choices import Role
from portal.core.errors import Conflict, Forbidden, NotFound, RuleViolation
from tests.factories.people import make_officer
from tests.payments.owed import BEFORE, PHI, UNKNOWN, Desk, Owed, browser_of, make_desk, make_owed
from tests.payments.refunds.moneyback import REASON, approve, make_counter, seen
from tests.payments.test_integrity import tamper
from tests.payments.till.drawers import FEE, balances

pytestmark = pytest.mark.django_db
PAGE = "/payments/till/post/"


def note(owed: Owed, parcel: str = "EB 123", **changes: Any) -> PostCollection:
    wanted = {"actor": owed.desk.cashier.actor, "version": owed.version, **changes}
    return post.note_post(owed.dossier.pk, owed.fee.pk, parcel, **wanted)


def test_a_noted_fee_stays_open_until_the_list_says_collected(desk: Desk) -> None:
    owed = make_owed(desk)
    noted = note(owed, " EB  123 ")

    assert (noted.parcel, noted.amount, noted.status, noted.agency) == ("EB 123", FEE, "waiting", desk.agency)
    assert owed.fee.status == "open"
    [outcome] = post.take_list([noted.pk], actor=desk.cashier.actor)

    assert outcome.receipt is not None
    assert (owed.fee.status, Receipt.objects.get().method) == ("settled", Method.POST)
    assert balances() == {"post_clearing": FEE, "revenue_phi": -12_000, "revenue_le_phi": -3_000}
    owing = collections.find_owing(desk.cashier.actor)
    assert (owing.total, owing.since is not None) == (FEE, True)


@pytest.mark.parametrize(
    ("fee", "parcel", "code"),
    [
        (PHI, "", "parcel_missing"),
        (PHI, "9" * 41, "parcel_too_long"),
        (BEFORE, "EB 1", "not_after"),
        (UNKNOWN, "EB 1", "fee_not_open"),
    ],
)
def test_what_is_not_noted(fee: dict[str, Any], parcel: str, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        note(make_owed(make_desk(fee)), parcel)

    assert refused.value.code == code
    assert not PostCollection.objects.exists()


def test_who_may_note_and_once(desk: Desk) -> None:
    owed = make_owed(desk)
    for actor, error in (
        (make_officer(Role.CASE_OFFICER, agency=desk.agency).actor, Forbidden),
        (make_officer(Role.RECEPTION).actor, NotFound),
        (desk.owner_actor, Forbidden),
    ):
        with pytest.raises(error):
            note(owed, actor=actor)
    with pytest.raises(Conflict, match="conflict"):
        note(owed, version=99)
    note(owed)
    with pytest.raises(Conflict, match="noted_already"):
        note(owed)


def test_a_cancelled_one_can_be_noted_again_and_a_collected_one_not_cancelled(desk: Desk) -> None:
    owed, actor = make_owed(desk), desk.cashier.actor
    first = note(owed)
    assert (
        post.cancel(first.pk, actor=actor).status == post.cancel(first.pk, actor=actor).status == "cancelled"
    )

    second = note(owed, "EB 2")
    post.take_list([second.pk], actor=actor)

    with pytest.raises(Conflict, match="collected_already"):
        post.cancel(second.pk, actor=actor)


def test_of_one_that_was_paid_at_the_desk_the_money_is_owed_back_and_the_others_are_taken(desk: Desk) -> None:
    paid, plain = make_owed(desk), make_owed(desk)
    lines = [note(paid, "EB 1").pk, note(plain, "EB 2").pk]
    paid.pay()

    outcomes = post.take_list(lines, actor=desk.cashier.actor)

    assert [bool(outcome.receipt) for outcome in outcomes] == [False, True]
    assert [outcome.kept for outcome in outcomes] == [FEE, 0]
    [again, _other] = post.take_list(lines, actor=desk.cashier.actor)
    assert again.refusal
    assert Receipt.objects.count() == 2
    assert collections.find_owing(desk.cashier.actor).total == 2 * FEE
    assert (balances()["post_clearing"], balances()["refund"]) == (2 * FEE, -FEE)
    refund = Refund.objects.get()
    assert (refund.collection_id, refund.cause, refund.way, refund.amount) == (
        lines[0],
        "surplus",
        "transfer",
        FEE,
    )
    assert faults() == []


def test_what_the_post_took_too_much_goes_back_by_two_people(desk: Desk) -> None:
    counter, paid = make_counter(desk), make_owed(desk)
    noted = note(paid)
    paid.pay()
    post.take_list([noted.pk], actor=desk.cashier.actor)
    post.hand_over([noted.pk], "VN-1", FEE, actor=desk.cashier.actor)
    refund = Refund.objects.get()

    refunding.propose(
        refund.pk, actor=counter.officer.actor, amount=FEE, reason=REASON, way="transfer", seen=seen(refund)
    )
    approve(counter, refund)
    refund_paying.pay_out(refund.pk, actor=desk.cashier.actor, seen=seen(refund), number="FT2612")

    assert balances().get("refund", 0) == 0
    assert "Bưu điện thu hộ (bưu gửi EB 123), tiền đến thừa" in str(list_facts(Refund.objects.get()))
    assert faults() == []


@pytest.mark.parametrize(
    ("collected", "receipts", "kept", "status", "said"),
    [
        (FEE + 5_000, 1, 5_000, "settled", "đã có biên lai 15.000 đ, bưu điện thu thừa 5.000 đ"),
        (FEE - 5_000, 0, 10_000, "open", "bưu điện thu 10.000 đ, mức thu bây giờ là 15.000 đ"),
    ],
    ids=["too much", "too little"],
)
def test_money_of_a_fee_that_changed_on_the_way_is_booked_to_the_dong(
    desk: Desk, collected: int, receipts: int, kept: int, status: str, said: str
) -> None:
    owed = make_owed(desk)
    noted = note(owed)
    tamper(f"UPDATE payments_postcollection SET amount = {collected}")  # what the fee was when it was noted

    page = browser_of(desk.cashier).post(f"{PAGE}collected/", {"lines": [str(noted.pk)]}, follow=True)

    assert said in page.content.decode().replace("\xa0", " ")
    assert (Receipt.objects.count(), owed.fee.status) == (receipts, status)
    assert Refund.objects.get().amount == kept == PostCollection.objects.get().kept
    assert (balances()["post_clearing"], balances()["refund"]) == (collected, -kept)
    assert faults() == []
    [again] = post.take_list([noted.pk], actor=desk.cashier.actor)
    assert again.refusal
    assert balances()["post_clearing"] == collected


def test_a_lost_surplus_of_the_post_is_found(desk: Desk) -> None:
    paid = make_owed(desk)
    noted = note(paid)
    paid.pay()
    post.take_list([noted.pk], actor=desk.cashier.actor)
    tamper("UPDATE payments_postcollection SET kept = 0")
    assert "brought 0, but 15000 go back" in faults()
    assert any("the open items come to 0" in fault for fault in faults())


def faults() -> list[str]:
    checks = (check_accounts, check_refunds, check_post)
    return [fault.text for check in checks for fault in check()]


def test_a_transfer_is_booked_whole_once_and_only_with_what_it_brought(desk: Desk) -> None:
    actor = desk.cashier.actor
    lines = [note(make_owed(desk), f"EB {number}").pk for number in range(3)]
    post.take_list(lines, actor=actor)
    stranger = make_officer(Role.RECEPTION).actor

    for picked, number, amount, fields in (
        ([], "VN-1", FEE, {"lines"}),
        (lines[:2], "", None, {"number", "amount"}),
        (lines[:2], "9" * 65, 2 * FEE, {"number"}),
        (lines[:2], "VN-1", FEE, {"amount"}),
    ):
        with pytest.raises(RuleViolation) as refused:
            post.hand_over(picked, number, amount, actor=actor)
        assert set(refused.value.errors) == fields
    for picked, who in (([uuid4()], actor), (lines, stranger)):
        with pytest.raises(NotFound):
            post.hand_over(picked, "VN-1", FEE, actor=who)

    assert post.hand_over(lines[:2], "VN-1", 2 * FEE, actor=actor) == 2 * FEE
    with pytest.raises(Conflict, match="handed_already"):
        post.hand_over(lines, "VN-2", 3 * FEE, actor=actor)

    assert balances()["bank"] == 2 * FEE
    assert balances()["post_clearing"] == FEE
    handed = PostCollection.objects.filter(status=PostStatus.HANDED_OVER)
    assert {row.transfer_number for row in handed} == {"VN-1"}
    assert LedgerEntry.objects.filter(account="bank").get().transaction == handed[0].transaction


def test_the_page_takes_the_list_and_the_transfer_and_says_what_was_wrong(desk: Desk) -> None:
    client = browser_of(desk.cashier)
    noted = note(make_owed(desk))
    assert "EB 123" in client.get(PAGE).content.decode()

    empty = client.post(f"{PAGE}collected/", {})
    done = client.post(f"{PAGE}collected/", {"lines": [str(noted.pk), "x"]}, follow=True)
    wrong = client.post(f"{PAGE}handed/", {"lines": [str(noted.pk)], "number": "VN-9", "amount": "1.000"})
    no_money = client.post(f"{PAGE}handed/", {"lines": [str(noted.pk)], "number": "VN-9", "amount": "nhiều"})
    handed = client.post(
        f"{PAGE}handed/", {"lines": [str(noted.pk)], "number": "VN-9", "amount": "15.000"}, follow=True
    )

    assert (empty.status_code, wrong.status_code, no_money.status_code) == (422, 422, 422)
    assert "Đã ghi thu 1 khoản" in done.content.decode()
    page = wrong.content.decode()
    assert "khác số tiền đã chuyển" in page
    assert 'value="VN-9"' in page
    assert f'value="{noted.pk}"' in page.split("checked")[0][-600:]
    assert "Đã ghi: bưu điện chuyển 15.000 đ." in handed.content.decode()


def test_the_collect_page_notes_the_post_and_warns_afterwards(desk: Desk) -> None:
    owed, client = make_owed(desk), browser_of(desk.cashier)
    address = f"/payments/{owed.fee.pk}/"

    missing = client.post(address, {"method": "post", "version": owed.version, "parcel": ""})
    client.post(address, {"method": "post", "version": owed.version, "parcel": "EB 7"})
    page = client.get(address).content.decode()

    assert missing.status_code == 422
    assert "đang nhờ bưu điện thu" in page
    cancelled = client.post(f"{PAGE}{PostCollection.objects.get().pk}/cancel/", follow=True)
    assert "đã thôi nhờ thu" in cancelled.content.decode()
