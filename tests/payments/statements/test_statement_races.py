"""Two people, two workers, one credit: once. And what the locks save us from."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from payments.models import BankStatement, GatewayAccount, LedgerEntry, Receipt, StatementLine
from payments.services import assigning, booking, line_steps, matching, statements
from portal.accounts.choices import Role
from portal.core.errors import Conflict
from tests.concurrency.unlocked import Meeting
from tests.core.races import race
from tests.factories.people import make_officer
from tests.payments.owed import Desk, Owed
from tests.payments.statements.banks import CHOSEN, balances, bring, bring_and_match
from tests.payments.statements.files import credit, make_csv

pytestmark = pytest.mark.django_db(transaction=True)
SEEN = replace(CHOSEN, row_version=1)
ROWS = [credit(n, n * 1000, f"khoan {n}", reference=f"FT{n}") for n in range(1, 7)]


def take_locks_away(monkeypatch: pytest.MonkeyPatch, *modules: str) -> None:
    """Read without locking; in the last of the modules both have read before either goes on."""
    meeting = Meeting(2)

    def read_only(queryset: QuerySet[Any]) -> list[Any]:
        return list(queryset.order_by("pk"))

    def read_together(queryset: QuerySet[Any]) -> list[Any]:
        rows = list(queryset.order_by("pk"))
        meeting.wait()
        return rows

    for module in modules:
        reading = read_together if module == modules[-1] else read_only
        monkeypatch.setattr(f"{module}.lock_rows", reading)


def upload_both(bank: GatewayAccount, desk: Desk) -> list[Callable[[], statements.Imported]]:
    """Two people import files that share four of their six credits; the columns are remembered already."""
    bring(bank, desk.cashier.actor, credit(9, 9000, "dau tien", reference="FT9"))
    files = []
    for person, rows in (
        (desk.cashier, ROWS[:5]),
        (make_officer(Role.RECEPTION, agency=desk.agency), ROWS[1:]),
    ):
        taken = statements.upload(bank.pk, file_name="a.csv", content=make_csv(*rows), actor=person.actor)
        files.append((taken, person.actor))
    return [partial(statements.import_statement, taken.pk, SEEN, actor=actor) for taken, actor in files]


def test_overlapping_files_at_once_write_each_credit_once(bank: GatewayAccount, desk: Desk) -> None:
    first, second = race(upload_both(bank, desk))

    assert isinstance(first, statements.Imported)
    assert isinstance(second, statements.Imported)
    assert first.new + second.new == 6
    assert first.known + second.known == 4
    assert StatementLine.objects.count() == 7


def test_control_without_the_lock_one_import_breaks(
    bank: GatewayAccount, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    works = upload_both(bank, desk)
    take_locks_away(monkeypatch, "payments.services.statements")
    meeting = Meeting(2)
    known = statements._without_known

    def without_known(*found: Any) -> Any:
        fresh = known(*found)
        meeting.wait()
        return fresh

    monkeypatch.setattr(statements, "_without_known", without_known)

    outcomes = race(works)

    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == 1


def test_one_file_imported_twice_at_once_is_imported_once(bank: GatewayAccount, desk: Desk) -> None:
    taken = statements.upload(bank.pk, file_name="a", content=make_csv(*ROWS), actor=desk.cashier.actor)

    outcomes = race([lambda: statements.import_statement(taken.pk, CHOSEN, actor=desk.cashier.actor)] * 4)

    assert sum(isinstance(outcome, statements.Imported) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 3
    assert StatementLine.objects.count() == 6


def test_one_file_uploaded_twice_at_once_is_one_statement(bank: GatewayAccount, desk: Desk) -> None:
    content = make_csv(*ROWS)

    race([lambda: statements.upload(bank.pk, file_name="a", content=content, actor=desk.cashier.actor)] * 4)

    assert BankStatement.objects.count() == 1


def match() -> int:
    return matching.match_due()


def as_number(outcome: int | Exception) -> int:
    assert isinstance(outcome, int), outcome
    return outcome


def held(bank: GatewayAccount, owed: Owed) -> None:
    """One line that is too little, not looked at yet: nothing but the lock keeps it from being booked twice."""
    bring(bank, owed.desk.cashier.actor, credit(1, 8_000, owed.dossier.code or "", reference="FT1"))


def test_two_workers_at_once_book_a_line_once(bank: GatewayAccount, owed: Owed) -> None:
    held(bank, owed)

    assert sum(map(as_number, race([match] * 4))) == 1

    assert balances() == {"bank": 8_000, "refund": -8_000}


def test_control_without_the_locks_both_book_and_only_the_history_stops_one(
    bank: GatewayAccount, owed: Owed, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(bank, owed)
    take_locks_away(monkeypatch, "dossiers.work", "payments.services.line_steps")
    booked: list[object] = []
    book = booking.book

    def count(*found: Any, **more: Any) -> None:
        booked.append(found)
        book(*found, **more)

    monkeypatch.setattr(line_steps, "book", count)

    assert sorted(map(as_number, race([match] * 2))) == [0, 1]

    assert len(booked) == 2
    assert LedgerEntry.objects.filter(account="bank").count() == 1


def test_two_people_and_two_transfers_race_for_one_fee(bank: GatewayAccount, owed: Owed) -> None:
    lines = bring_and_match(
        bank, owed.desk, credit(1, 15_000, "x", reference="1A"), credit(2, 15_000, "y", reference="2A")
    )
    code = owed.dossier.code or ""

    outcomes = race(
        [partial(assigning.assign, line.pk, code, actor=owed.desk.cashier.actor) for line in lines * 2]
    )

    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 2
    assert sorted(StatementLine.objects.values_list("status", flat=True)) == ["matched", "surplus"]
    assert Receipt.objects.count() == 1
    assert balances()["refund"] == -15_000
