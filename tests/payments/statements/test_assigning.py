"""People decide about what the system could not; each decision once, and back only by a refund."""

import pytest

from dossiers.models import DossierEvent
from payments.models import GatewayAccount, Receipt, Refund, StatementLine
from payments.services import assigning
from payments.statements import reads
from portal.accounts.choices import Role
from portal.core.errors import Conflict, NotFound, RuleViolation
from tests.factories.people import make_agency, make_officer
from tests.payments.owed import UNKNOWN, Desk, Owed, make_desk, make_owed
from tests.payments.statements.banks import balances, bring_and_match, make_bank
from tests.payments.statements.files import credit

pytestmark = pytest.mark.django_db


def queue(bank: GatewayAccount, desk: Desk, amount: int = 15_000, memo: str = "nop le phi") -> StatementLine:
    [line] = bring_and_match(bank, desk, credit(1, amount, memo, reference=f"Q{amount}"))
    assert line.status == "queued"
    return line


def assign(line: StatementLine, owed: Owed, typed: str = "") -> StatementLine:
    return assigning.assign(line.pk, typed or owed.dossier.code or "", actor=owed.desk.cashier.actor)


@pytest.mark.parametrize("change", [str, str.lower, lambda code: code.replace(".", "").replace("-", " ")])
def test_a_person_names_the_dossier_and_the_fee_is_settled(
    bank: GatewayAccount, owed: Owed, change: object
) -> None:
    assert callable(change)
    line = assign(queue(bank, owed.desk), owed, change(owed.dossier.code))

    assert (line.status, line.decided_by_id) == ("matched", owed.desk.cashier.membership.pk)
    assert Receipt.objects.get().method == "transfer"
    assert DossierEvent.objects.get(kind="pay_fee").actor_membership_id == owed.desk.cashier.membership.pk


@pytest.mark.parametrize(
    ("amount", "status", "kept"), [(8_000, "partial", 8_000), (20_000, "matched", 5_000)]
)
def test_too_little_and_too_much_as_for_the_system(
    bank: GatewayAccount, owed: Owed, amount: int, status: str, kept: int
) -> None:
    line = assign(queue(bank, owed.desk, amount), owed)

    assert (line.status, line.kept) == (status, kept)


def test_for_a_paid_dossier_the_money_goes_back(bank: GatewayAccount, owed: Owed) -> None:
    owed.pay()

    assert assign(queue(bank, owed.desk), owed).status == "surplus"
    assert Refund.objects.get().amount == 15_000


def test_the_page_says_before_what_will_happen(bank: GatewayAccount, owed: Owed) -> None:
    line = queue(bank, owed.desk, 20_000)

    seen = assigning.preview(line, owed.dossier.code or "")

    assert (seen.code, seen.decision.rest) == (owed.dossier.code, 5_000)
    assert balances() == {}


@pytest.mark.parametrize("typed", ["", "  ", "xyz", "H13.36.01-261123-0014", "\x00"])
def test_a_code_that_names_nothing_is_refused(bank: GatewayAccount, owed: Owed, typed: str) -> None:
    line = queue(bank, owed.desk)

    with pytest.raises(RuleViolation, match="code"):
        assigning.assign(line.pk, typed, actor=owed.desk.cashier.actor)
    line.refresh_from_db()
    assert line.status == "queued"


def test_a_dossier_of_another_account_is_refused(bank: GatewayAccount, owed: Owed) -> None:
    other = make_owed(make_desk())

    with pytest.raises(RuleViolation, match="code"):
        assign(queue(bank, owed.desk), owed, other.dossier.code or "")


def test_a_fee_that_is_not_known_yet_is_refused(desk: Desk) -> None:
    owed = make_owed(make_desk(UNKNOWN, agency=desk.agency))

    with pytest.raises(RuleViolation, match="xác định mức thu"):
        assign(queue(make_bank(desk.agency), desk), owed)


def test_what_is_no_fee_leaves_the_queue_and_may_come_back(bank: GatewayAccount, owed: Owed) -> None:
    line = queue(bank, owed.desk)
    actor = owed.desk.cashier.actor

    ignored = assigning.ignore(line.pk, " Kho bạc  chuyển kinh phí ", actor=actor)

    assert (ignored.status, ignored.reason) == ("ignored", "Kho bạc chuyển kinh phí")
    with pytest.raises(Conflict, match="Lê Thu Trang"):
        assigning.ignore(line.pk, "lần nữa", actor=actor)
    again = assign(line, owed)
    assert (again.status, again.reason) == ("matched", "")


@pytest.mark.parametrize("reason", ["", "   ", "x" * 401])
def test_without_a_reason_nothing_is_ignored(bank: GatewayAccount, owed: Owed, reason: str) -> None:
    with pytest.raises(RuleViolation, match="reason"):
        assigning.ignore(queue(bank, owed.desk).pk, reason, actor=owed.desk.cashier.actor)


def test_what_is_decided_is_decided(bank: GatewayAccount, owed: Owed) -> None:
    line = assign(queue(bank, owed.desk), owed)

    for act in (
        lambda: assign(line, make_owed(owed.desk)),
        lambda: assigning.ignore(line.pk, "x", actor=owed.desk.cashier.actor),
        lambda: assigning.give_back(line.pk, actor=owed.desk.cashier.actor),
    ):
        with pytest.raises(Conflict, match="Đã vào hồ sơ"):
            act()
    assert Receipt.objects.count() == 1


def test_held_money_can_be_given_back_and_then_settles_nothing(bank: GatewayAccount, owed: Owed) -> None:
    line = assign(queue(bank, owed.desk, 8_000), owed)

    given = assigning.give_back(line.pk, actor=owed.desk.cashier.actor)

    assert (given.status, Refund.objects.get().amount) == ("surplus", 8_000)
    rest = assign(queue(bank, owed.desk, 7_000), owed)
    assert rest.status == "partial"


def test_strangers_see_no_line(bank: GatewayAccount, owed: Owed) -> None:
    line = queue(bank, owed.desk)
    stranger = make_officer(Role.RECEPTION, agency=make_agency()).actor
    signer = make_officer(Role.APPROVER, agency=owed.desk.agency).actor

    for actor in (stranger, signer, owed.desk.owner_actor):
        for act in (
            lambda actor=actor: assigning.assign(line.pk, owed.dossier.code or "", actor=actor),
            lambda actor=actor: assigning.ignore(line.pk, "x", actor=actor),
            lambda actor=actor: assigning.give_back(line.pk, actor=actor),
        ):
            with pytest.raises(NotFound):
                act()


def test_suggestions_are_dossiers_that_owe_exactly_this(bank: GatewayAccount, owed: Owed) -> None:
    named = make_owed(owed.desk)
    make_owed(make_desk())
    owner = owed.desk.owner.full_name
    line = queue(bank, owed.desk, memo=f"{owner.upper()} chuyen tien")

    found = reads.suggest_dossiers(owed.desk.cashier.actor, line)

    assert {row.code for row in found} == {owed.dossier.code, named.dossier.code}
    assert all(row.is_named and row.owner == owner for row in found)
    assert reads.suggest_dossiers(owed.desk.cashier.actor, queue(bank, owed.desk, 14_000)) == []
