"""A file is taken once and each credit is written once, whoever brings it and however often."""

from datetime import timedelta

import pytest
import time_machine

from payments.models import BankStatement, GatewayAccount, StatementLine, StatementMapping
from payments.services import statements
from payments.services.statements import Chosen
from portal.accounts.choices import Role
from portal.audit.models import AuditEntry
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, NotFound, RuleViolation
from tests.factories.people import make_agency, make_officer
from tests.payments.owed import Desk
from tests.payments.statements.banks import CHOSEN, bring
from tests.payments.statements.files import credit, make_csv, make_xlsx

pytestmark = pytest.mark.django_db
A, B, C = (credit(n, n * 1000, f"khoan {n}", reference=f"FT{n}") for n in (1, 2, 3))
DEBIT = (4, "20/11/2026", "FT4", "7.000", "", "", "phi")
BAD = (5, "31/02/2026", "FT5", "", "7.000", "", "ngay sai")


def upload(bank: GatewayAccount, desk: Desk, content: bytes, name: str = "a.csv") -> BankStatement:
    return statements.upload(bank.pk, file_name=name, content=content, actor=desk.cashier.actor)


def test_good_lines_are_taken_bad_ones_named_and_the_rows_forgotten(bank: GatewayAccount, desk: Desk) -> None:
    done = bring(bank, desk.cashier.actor, A, DEBIT, BAD, B)

    statement = BankStatement.objects.get()
    assert (done.new, done.known, statement.debits) == (2, 0, 1)
    assert [row["row"] for row in statement.refused] == [4]
    assert statement.content is None
    lines = StatementLine.objects.order_by("position")
    assert [(line.position, line.amount, line.memo, line.number, line.status) for line in lines] == [
        (2, 1000, "khoan 1", "FT1", "waiting"),
        (5, 2000, "khoan 2", "FT2", "waiting"),
    ]
    assert AuditEntry.objects.get(action="payments.import_statement").detail == {
        "new": 2,
        "known": 0,
        "refused": 1,
    }


def test_overlapping_files_bring_each_credit_once(bank: GatewayAccount, desk: Desk) -> None:
    first = bring(bank, desk.cashier.actor, A, B)
    second = bring(bank, desk.cashier.actor, B, C)

    assert (first.new, second.new, second.known) == (2, 1, 1)
    assert StatementLine.objects.count() == 3


def test_the_same_bytes_are_the_same_statement(bank: GatewayAccount, desk: Desk) -> None:
    content = make_csv(A)
    first = upload(bank, desk, content)
    again = upload(bank, desk, content, name="b.csv")
    assert first.pk == again.pk

    statements.import_statement(first.pk, CHOSEN, actor=desk.cashier.actor)
    known = upload(bank, desk, content)
    assert (known.pk, known.content) == (first.pk, None)
    with pytest.raises(Conflict, match="statement_imported"):
        statements.import_statement(first.pk, CHOSEN, actor=desk.cashier.actor)
    assert StatementLine.objects.count() == 1


def test_equal_transfers_without_a_number_stay_two(bank: GatewayAccount, desk: Desk) -> None:
    same = credit(1, 5000, "x")

    assert bring(bank, desk.cashier.actor, same).new == 1
    assert bring(bank, desk.cashier.actor, same, same).new == 1
    assert bring(bank, desk.cashier.actor, same, same, A).new == 1


def test_a_spreadsheet_and_a_text_of_the_same_day_are_the_same_credits(
    bank: GatewayAccount, desk: Desk
) -> None:
    bring(bank, desk.cashier.actor, A)
    sheet = make_xlsx(
        [["Ngày", "Số tham chiếu", "Ghi có", "Nội dung"], ["2026-11-20", "ft1", 1000, "Khoản 1"]]
    )
    statement = upload(bank, desk, sheet, name="a.xlsx")
    chosen = Chosen(["booked_on", "number", "credit", "memo"], 2, row_version=1)

    assert statements.import_statement(statement.pk, chosen, actor=desk.cashier.actor).new == 0


def test_columns_are_remembered_and_proposed_for_the_next_file(bank: GatewayAccount, desk: Desk) -> None:
    odd = Chosen(["", "booked_on", "", "", "credit", "", "memo"], 2)
    bring(bank, desk.cashier.actor, A, chosen=odd)
    mapping = StatementMapping.objects.get()

    fresh = statements.open_rows(upload(bank, desk, make_csv(B)))
    columns, is_remembered = statements.propose_columns(fresh, mapping)

    assert is_remembered
    assert {str(name): place for name, place in columns.places.items()} == {
        "booked_on": 1,
        "credit": 4,
        "memo": 6,
    }
    bring(bank, desk.cashier.actor, C, chosen=odd)
    mapping.refresh_from_db()
    assert mapping.row_version == 1
    bring(bank, desk.cashier.actor, B)
    mapping.refresh_from_db()
    assert mapping.row_version == 2


def test_columns_that_somebody_else_set_meanwhile_are_a_conflict(bank: GatewayAccount, desk: Desk) -> None:
    bring(bank, desk.cashier.actor, A)
    statement = upload(bank, desk, make_csv(B))

    with pytest.raises(Conflict, match="conflict"):
        statements.import_statement(statement.pk, CHOSEN, actor=desk.cashier.actor)
    assert StatementLine.objects.count() == 1


@pytest.mark.parametrize(
    "chosen",
    [
        Chosen([], 2),
        Chosen(["booked_on"], 2),
        Chosen(["", "booked_on", "", "", "memo", "", "credit"], 99),
        Chosen(["memo", "booked_on", "", "", "credit", "", ""], 999),
    ],
)
def test_a_choice_that_reads_nothing_is_refused_and_nothing_is_lost(
    bank: GatewayAccount, desk: Desk, chosen: Chosen
) -> None:
    statement = upload(bank, desk, make_csv(A))

    with pytest.raises(RuleViolation, match="columns"):
        statements.import_statement(statement.pk, chosen, actor=desk.cashier.actor)

    assert not StatementLine.objects.exists()
    assert statements.import_statement(statement.pk, CHOSEN, actor=desk.cashier.actor).new == 1


def test_only_the_desk_of_the_agency_that_owns_the_account(bank: GatewayAccount, desk: Desk) -> None:
    statement = upload(bank, desk, make_csv(A))
    above = make_officer(Role.RECEPTION, agency=make_agency(name="Sở khác")).actor
    signer = make_officer(Role.APPROVER, agency=desk.agency).actor
    head = make_officer(Role.DESK_HEAD, agency=desk.agency).actor

    for stranger in (above, signer, desk.owner_actor):
        with pytest.raises(NotFound):
            statements.upload(bank.pk, file_name="a", content=make_csv(B), actor=stranger)
        with pytest.raises(NotFound):
            statements.import_statement(statement.pk, CHOSEN, actor=stranger)
    assert statements.import_statement(statement.pk, CHOSEN, actor=head).new == 1


def test_who_only_looks_brings_nothing(bank: GatewayAccount, desk: Desk) -> None:
    looking = make_officer(Role.RECEPTION, agency=make_agency()).actor
    below = looking.__class__(**{**vars(looking), "scope_agency_id": desk.agency.pk})

    with pytest.raises(Forbidden):
        statements.upload(bank.pk, file_name="a", content=make_csv(B), actor=below)


def test_files_that_nobody_imported_are_forgotten_after_a_week(bank: GatewayAccount, desk: Desk) -> None:
    bring(bank, desk.cashier.actor, A)
    upload(bank, desk, make_csv(B))
    with time_machine.travel(clock.now() + timedelta(days=6)):
        assert statements.forget_due() == 0
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert statements.forget_due() == 1

    assert BankStatement.objects.get().imported_at is not None
