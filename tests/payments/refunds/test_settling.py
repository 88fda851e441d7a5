"""A settlement file against our payments: differences are noted once and end by themselves; nightly without a file."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from payments.choices import DifferenceKind
from payments.models import Difference, SettlementFile
from payments.services import differing
from payments.services.settling import Report, compare_books, import_settlement
from portal.accounts.choices import Role
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, NotFound, RuleViolation
from portal.core.locking import durable
from tests.factories.people import make_officer
from tests.payments.online.begun import Begun, OnlineDesk, begin, make_waiting
from tests.payments.refunds.moneyback import Moneyback
from tests.payments.test_integrity import tamper

pytestmark = pytest.mark.django_db


def compare(place: Moneyback, *lines: tuple[str, int, str]) -> Report:
    """A file of the payment's day: (reference, đồng, status)."""
    text = "reference,amount,status\n" + "".join(f"{ref},{amount},{code}\n" for ref, amount, code in lines)
    paid_at = place.payment.paid_at
    assert paid_at is not None
    return import_settlement(
        place.payment.account_id,
        day=clock.to_local(paid_at).date(),
        file_name="vnpay.csv",
        content=text.encode(),
        actor=place.counter.head.actor,
    )


def open_ones() -> list[tuple[str, str, int | None, int | None]]:
    rows = Difference.objects.filter(ended_at=None).order_by("reference")
    return list(rows.values_list("kind", "reference", "ours", "theirs"))


def test_a_file_that_agrees_leaves_nothing(online: Moneyback) -> None:
    report = compare(online, (online.payment.reference, 15_000, "00"))

    assert (report.found, report.ended, open_ones()) == (0, 0, [])
    file = SettlementFile.objects.get()
    assert (file.lines, file.total, file.imported_by) == (1, 15_000, online.counter.head.membership)


def test_what_disagrees_is_noted_once_and_ends_when_a_later_file_agrees(online: Moneyback) -> None:
    reference = online.payment.reference
    assert compare(online, (reference, 14_000, "00"), ("STRANGE", 9_000, "00")).found == 2
    assert compare(online, (reference, 14_000, "00"), ("STRANGE", 9_000, "00"), ("X", 1, "02")).found == 2
    assert open_ones() == sorted(
        [("amount", reference, 15_000, 14_000), ("missing_here", "STRANGE", None, 9_000)],
        key=lambda row: row[1],
    )

    assert compare(online, (reference, 15_000, "00")).ended == 1

    assert open_ones() == [("missing_here", "STRANGE", None, 9_000)]


def test_missing_there_ends_with_the_file_of_the_next_day(online: Moneyback) -> None:
    compare(online, ("NONE", 5, "02"))
    assert open_ones() == [("missing_there", online.payment.reference, 15_000, None)]

    compare(online, (online.payment.reference, 15_000, "00"))

    assert open_ones() == []


def test_the_same_file_twice_is_refused_and_a_bad_line_reported(online: Moneyback) -> None:
    report = compare(online, (online.payment.reference, 15_000, "00"), ("", 5, "00"))
    assert [place for place, _text in report.settlement.refused] == [3]
    with pytest.raises(Conflict, match="settlement_known"):
        compare(online, (online.payment.reference, 15_000, "00"), ("", 5, "00"))
    assert SettlementFile.objects.count() == 1


def test_who_may_and_for_which_day(online: Moneyback) -> None:
    account = online.payment.account_id
    said = {"file_name": "x", "content": b"reference,amount\nA,1\n"}
    approver = make_officer(Role.APPROVER, agency=online.counter.desk.agency)
    elsewhere = make_officer(Role.DESK_HEAD)
    with pytest.raises(Forbidden):
        import_settlement(account, day=clock.today(), actor=approver.actor, **said)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        import_settlement(account, day=clock.today(), actor=elsewhere.actor, **said)  # type: ignore[arg-type]
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(RuleViolation, match="day"):
        import_settlement(account, day=tomorrow, actor=online.counter.head.actor, **said)  # type: ignore[arg-type]
    assert not SettlementFile.objects.exists()


def test_a_late_message_mends_what_a_file_found(online: Moneyback) -> None:
    waiting = make_waiting_attempt(online)
    compare(online, (online.payment.reference, 15_000, "00"), (waiting.payment.reference, 15_000, "00"))
    assert [row[0] for row in open_ones()] == ["status"]
    assert differing.end_mended() == 0

    waiting.send()

    assert (differing.end_mended(), differing.end_mended()) == (1, 0)
    assert open_ones() == []


def make_waiting_attempt(online: Moneyback) -> Begun:
    place = OnlineDesk(online.counter.desk, online.payment.account)
    return begin(place, make_waiting(place))


def test_the_ledger_is_compared_without_a_file(online: Moneyback) -> None:
    assert compare_books() == 0
    tamper("UPDATE payments_ledgerentry SET amount = amount - 1 WHERE account = 'gateway_clearing'")

    assert (compare_books(), compare_books()) == (1, 1)
    assert open_ones() == [("amount", online.payment.reference, 14_999, 15_000)]

    tamper("UPDATE payments_ledgerentry SET amount = amount + 1 WHERE account = 'gateway_clearing'")
    assert compare_books() == 0
    assert open_ones() == []


def test_a_person_ends_one_with_a_remark(online: Moneyback) -> None:
    compare(online, ("STRANGE", 9_000, "00"))
    row = Difference.objects.get(reference="STRANGE")
    head, officer = online.counter.head.actor, online.counter.officer.actor
    with pytest.raises(Forbidden):
        differing.end_by_hand(row.pk, actor=officer, remark="Đã gọi")
    with pytest.raises(RuleViolation, match="remark"):
        differing.end_by_hand(row.pk, actor=head, remark=" ")
    with pytest.raises(NotFound):
        differing.end_by_hand(row.pk, actor=make_officer(Role.DESK_HEAD).actor, remark="x")

    differing.end_by_hand(row.pk, actor=head, remark="Cổng ghi nhầm, đã sửa")

    with pytest.raises(Conflict, match="conflict"):
        differing.end_by_hand(row.pk, actor=head, remark="Lần nữa")
    row.refresh_from_db()
    assert (row.remark, row.ended_by) == ("Cổng ghi nhầm, đã sửa", online.counter.head.membership)


def test_one_is_open_once_and_may_come_again_after_it_ended(online: Moneyback) -> None:
    said = {
        "agency_id": online.counter.desk.agency.pk,
        "source": "till",
        "reference": "R",
        "day": clock.today(),
    }
    with durable():
        first = differing.open_difference(DifferenceKind.DRAWER, ours=5, **said)  # type: ignore[arg-type]
        second = differing.open_difference(DifferenceKind.DRAWER, ours=6, **said)  # type: ignore[arg-type]
        assert (second.pk, second.ours) == (first.pk, 5)
        assert differing.end_difference(source="till", reference="R") == 1
        assert differing.end_difference(source="till", reference="R") == 0
        third = differing.open_difference(DifferenceKind.DRAWER, **said)  # type: ignore[arg-type]
    assert third.pk != first.pk


def test_the_command_reports_line_by_line(online: Moneyback, tmp_path: Path) -> None:
    file = tmp_path / "vnpay.csv"
    file.write_text(f"reference,amount\n{online.payment.reference},15000\nA,x\n", encoding="utf-8")
    day, merchant = clock.today().isoformat(), online.payment.account.merchant
    said = StringIO()
    call_command("import_settlement", str(file), "--day", day, "--merchant", merchant, stdout=said)
    assert "line 3: Số tiền" in said.getvalue()
    assert "1 lines compared, 0 differences, 0 ended" in said.getvalue()
    for arguments in ([merchant], ["nobody"]):
        with pytest.raises(CommandError):
            call_command("import_settlement", str(file), "--day", day, "--merchant", *arguments)
