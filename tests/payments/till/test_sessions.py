"""A cashier's session: it opens with the first money, carries over, is counted, and refuses what is wrong."""

from typing import Any
from uuid import uuid4

import pytest

from payments.choices import DifferenceKind, Method
from payments.models import CashSession, Difference, Receipt
from payments.services import closing
from payments.services import tills as services
from payments.services.closing import Closing
from payments.till import reads as tills
from payments.till.counting import Count
from portal.accounts.actor import Actor
from portal.accounts.choices import Role
from portal.audit.models import AuditEntry
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, NotFound, RuleViolation
from portal.core.locking import durable
from tests.factories.people import Officer, make_officer
from tests.payments.owed import Desk, make_owed
from tests.payments.till.drawers import FEE, balances, count, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(desk: Desk) -> Officer:
    return make_officer(Role.DESK_HEAD, agency=desk.agency, full_name="Trần Thị Trưởng")


def test_the_first_money_of_the_day_opens_a_session_and_the_next_joins_it(desk: Desk) -> None:
    first, second = take(desk), take(desk, method=Method.CARD, slip="TID 0007")

    assert first == second
    session = CashSession.objects.get()
    assert (session.agency, session.membership) == (desk.agency, desk.cashier.membership)
    assert (session.cashier_name, session.opening, session.closed_at) == ("Lê Thu Trang", 0, None)
    assert tills.sum_session(session) == tills.Taken(
        drawer=FEE, cash=FEE, paid_out=0, card=FEE, cash_receipts=1, card_receipts=1
    )
    assert balances(session)["gateway_clearing"] == FEE


def test_each_cashier_has_a_drawer_of_their_own(desk: Desk) -> None:
    other = make_officer(Role.RECEPTION, agency=desk.agency)
    receipts = [make_owed(desk).pay(), make_owed(desk).pay(other)]

    assert len({receipt.session_id for receipt in receipts}) == 2


@pytest.mark.parametrize(
    ("method", "slip", "code"),
    [
        (Method.CARD, "", "slip_missing"),
        (Method.CARD, "   ", "slip_missing"),
        (Method.CARD, "9" * 41, "slip_too_long"),
        (Method.ONLINE, "", "method_unknown"),
        (Method.POST, "", "method_unknown"),
        ("gold", "", "method_unknown"),
    ],
)
def test_how_money_may_not_come_over_the_counter(desk: Desk, method: str, slip: str, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        make_owed(desk).pay(method=method, slip=slip)

    assert refused.value.code == code
    assert not Receipt.objects.exists()
    assert not CashSession.objects.exists()


def test_what_stayed_in_the_drawer_opens_the_next_session(desk: Desk) -> None:
    actor = desk.cashier.actor
    count(take(desk, 2), 30_000, actor=actor, handed_in=20_000, handed_in_number="NT-1")

    opened = services.open_by_hand(actor=actor)

    assert opened.opening == 10_000
    assert services.open_by_hand(actor=actor) == opened
    assert tills.sum_drawer(take(desk)) == 10_000 + FEE


@pytest.mark.parametrize("role", [role for role in Role if role != Role.RECEPTION])
def test_only_cashiers_have_a_drawer(desk: Desk, role: Role) -> None:
    with pytest.raises(Forbidden):
        services.open_by_hand(actor=make_officer(role, agency=desk.agency).actor)


def test_the_system_has_no_drawer(db: None) -> None:
    with durable(), pytest.raises(Forbidden):
        services.get_or_open(Actor.system(), clock.now())


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"count": Count(FEE - 1_000)}, {"remark"}),
        ({"count": Count(FEE + 1_000)}, {"remark"}),
        ({"count": Count(FEE - 1_000), "remark": "x" * 401}, {"remark"}),
        ({"card": None}, {"card"}),
        ({"card": 1_000}, {"remark"}),
        ({"handed_in": FEE + 1, "handed_in_number": "1"}, {"handed_in"}),
        ({"handed_in": 5_000}, {"handed_in_number"}),
        ({"handed_in_number": "NT-1"}, {"handed_in"}),
        ({"handed_in": 5_000, "handed_in_number": "9" * 65}, {"handed_in_number"}),
        (
            {"count": Count(0), "handed_in": 5_000, "handed_in_number": ""},
            {"remark", "handed_in", "handed_in_number"},
        ),
    ],
)
def test_what_a_close_refuses_field_by_field(desk: Desk, changes: dict[str, Any], fields: set[str]) -> None:
    take(desk)
    session = take(desk, method=Method.CARD, slip="7")
    wanted = {"count": Count(FEE), "seen": FEE, "card": FEE, **changes}

    with pytest.raises(RuleViolation) as refused:
        closing.close(session.pk, Closing(**wanted), actor=desk.cashier.actor)

    assert set(refused.value.errors) == fields
    session.refresh_from_db()
    assert session.closed_at is None
    assert not Difference.objects.exists()


def test_money_that_came_while_the_drawer_was_counted_is_a_conflict(desk: Desk) -> None:
    session = take(desk, 2)

    with pytest.raises(Conflict) as refused:
        count(session, FEE, actor=desk.cashier.actor, seen=FEE)

    assert refused.value.code == "drawer_moved"
    assert "từ 15.000 đ thành 30.000 đ" in refused.value.message


def test_a_closed_session_stays_closed(desk: Desk) -> None:
    session = take(desk)
    count(session, FEE, actor=desk.cashier.actor)

    with pytest.raises(Conflict) as refused:
        count(session, FEE, actor=desk.cashier.actor)

    assert refused.value.code == "session_closed"
    assert take(desk) != session


def test_a_difference_is_booked_and_listed(desk: Desk) -> None:
    session = take(desk, 2)
    count(session, 28_000, actor=desk.cashier.actor, remark="Trả nhầm tiền lẻ")

    assert balances(session)["receivable"] == 2_000
    assert balances(session)["cash_drawer"] == 28_000
    [listed] = Difference.objects.all()
    assert (listed.kind, listed.source, listed.session) == (DifferenceKind.DRAWER, "till", session)
    assert (listed.ours, listed.theirs) == (30_000, 28_000)


def test_a_terminal_that_says_something_else_is_listed_and_moves_nothing(desk: Desk) -> None:
    session = take(desk, method=Method.CARD, slip="7")
    count(session, 0, actor=desk.cashier.actor, card=FEE - 5_000, remark="Máy thiếu một phiếu")

    [listed] = Difference.objects.all()
    assert (listed.kind, listed.ours, listed.theirs) == (DifferenceKind.AMOUNT, FEE, FEE - 5_000)
    assert balances(session)["gateway_clearing"] == FEE


def test_the_head_counts_for_who_is_away_and_it_is_written_down(desk: Desk, head: Officer) -> None:
    session = count(take(desk), FEE, actor=head.actor)

    assert session.closed_by == head.membership
    assert AuditEntry.objects.filter(action="close_till", subject=f"cash_session:{session.pk}").count() == 1


def test_whose_session_it_is(desk: Desk, head: Officer) -> None:
    session = take(desk)
    strangers = [
        make_officer(Role.RECEPTION, agency=desk.agency),
        make_officer(Role.DESK_HEAD),
        make_officer(Role.LEADER, agency=desk.agency),
    ]

    assert tills.access_session(desk.cashier.actor, session.pk) == session
    assert tills.list_open(head.actor) == [session]
    for stranger in strangers:
        with pytest.raises(NotFound):
            count(session, FEE, actor=stranger.actor)
    with pytest.raises(NotFound):
        tills.access_session(head.actor, uuid4())


def test_the_rest_is_handed_in_later_once_and_only_before_it_moves_on(desk: Desk) -> None:
    actor = desk.cashier.actor
    session = take(desk, 2)
    with pytest.raises(Conflict, match="session_open"):
        closing.hand_in(session.pk, 1_000, "NT-1", actor=actor)
    count(session, 30_000, actor=actor)
    for amount, number, field in (
        (0, "NT-1", "handed_in"),
        (30_001, "NT-1", "handed_in"),
        (1, "", "handed_in_number"),
    ):
        with pytest.raises(RuleViolation) as refused:
            closing.hand_in(session.pk, amount, number, actor=actor)
        assert set(refused.value.errors) == {field}

    assert tills.rest_of(closing.hand_in(session.pk, 25_000, "NT-1", actor=actor)) == 5_000

    with pytest.raises(Conflict, match="handed_in_already"):
        closing.hand_in(session.pk, 5_000, "NT-2", actor=actor)
    second = count(take(desk), 20_000, actor=actor)
    take(desk)
    assert not closing.may_hand_in(second)
    with pytest.raises(Conflict, match="money_moved_on"):
        closing.hand_in(second.pk, 5_000, "NT-2", actor=actor)


@pytest.mark.parametrize(("counted", "back"), [(28_000, 2_000), (33_000, -3_000)])
def test_a_difference_is_put_right_by_a_new_booking_once(desk: Desk, counted: int, back: int) -> None:
    actor = desk.cashier.actor
    session = count(take(desk, 2), counted, actor=actor, remark="Chưa rõ")
    with pytest.raises(RuleViolation):
        closing.put_right(session.pk, " ", actor=actor)

    drawer = closing.put_right(session.pk, "Đã tìm ra", actor=actor)

    assert tills.sum_drawer(drawer) == counted + back == 30_000
    assert balances() == {"cash_drawer": 30_000, "revenue_phi": -24_000, "revenue_le_phi": -6_000}
    assert Difference.objects.get().remark == "Đã tìm ra"
    with pytest.raises(Conflict, match="nothing_to_put_right"):
        closing.put_right(session.pk, "Lần nữa", actor=actor)


def test_what_was_too_much_cannot_be_given_back_out_of_an_empty_drawer(desk: Desk) -> None:
    actor = desk.cashier.actor
    session = count(take(desk), 18_000, actor=actor, remark="Thừa", handed_in=18_000, handed_in_number="NT-1")

    with pytest.raises(RuleViolation, match="drawer_short"):
        closing.put_right(session.pk, "Trả lại", actor=actor)
    assert Difference.objects.get().ended_at is None
