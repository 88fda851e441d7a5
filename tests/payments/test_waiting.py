"""What about money waits, as the desk's work list says it: whose it is to do, and what has grown old."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from dossiers.services import acting
from payments.models import Difference
from payments.waiting import Waiting, list_waiting
from portal.accounts.actor import Actor
from portal.accounts.choices import Role
from portal.core import clock
from tests.factories.people import make_officer
from tests.payments.owed import Owed
from tests.payments.refunds.moneyback import Counter, make_counter, propose
from tests.payments.statements.banks import bring_and_match, make_bank
from tests.payments.statements.files import credit

pytestmark = pytest.mark.django_db
DRAWN = Template("{% load payments %}{% money_waiting actor %}")


@pytest.fixture
def counter() -> Counter:
    return make_counter()


def read(actor: Actor, most: int = 1) -> list[Waiting]:
    with CaptureQueriesContext(connection) as queries:
        found = list_waiting(actor)
    assert len(queries) <= most, queries.captured_queries
    return found


def labels(actor: Actor, most: int = 1) -> list[str]:
    return [waiting.label for waiting in read(actor, most)]


def test_nothing_waits_and_nothing_is_drawn(counter: Counter) -> None:
    for actor in (counter.desk.cashier.actor, counter.desk.owner_actor, counter.officer.actor):
        assert DRAWN.render(Context({"actor": actor})).strip() == ""


def test_a_refund_waits_for_the_desk_and_is_old_after_five_days(counter: Counter) -> None:
    propose(counter, counter.take())
    [waiting] = read(counter.head.actor, most=2)
    assert (waiting.label, waiting.href, waiting.count, waiting.is_late) == (
        "Hoàn trả",
        "/payments/refunds/",
        1,
        False,
    )
    with time_machine.travel(clock.now() + timedelta(days=6)):
        assert [
            waiting.is_late for waiting in read(counter.head.actor, most=2) if waiting.label == "Hoàn trả"
        ] == [True]
    assert labels(counter.desk.owner_actor, most=0) == []
    assert labels(counter.officer.actor, most=0) == []
    assert labels(make_officer(Role.DESK_HEAD).actor, most=2) == []


def test_a_drawer_left_open_overnight_waits_for_its_cashier_and_the_head(counter: Counter) -> None:
    counter.take()
    cashier = counter.desk.cashier.actor
    assert labels(cashier) == []
    with time_machine.travel(clock.now() + timedelta(days=1)):
        for actor, most in ((cashier, 1), (counter.head.actor, 2)):
            [waiting] = read(actor, most)
            assert (waiting.label, waiting.is_late) == ("Quỹ hôm trước chưa kiểm đếm", True)
        colleague = make_officer(Role.RECEPTION, agency=counter.desk.agency)
        assert labels(colleague.actor) == []


def test_money_that_nobody_claims_waits_for_the_desk(counter: Counter) -> None:
    [line] = bring_and_match(
        make_bank(counter.desk.agency), counter.desk, credit(1, 15_000, "khong ro noi dung")
    )
    assert line.status == "queued"
    [waiting] = read(counter.desk.cashier.actor)
    assert (waiting.label, waiting.href) == ("Tiền vào chưa rõ của ai", "/payments/statements/lines/")
    assert labels(make_officer(Role.APPROVER, agency=counter.desk.agency).actor, most=2) == []


def test_differences_are_counted_together(counter: Counter) -> None:
    day = clock.today()
    for reference in ("A", "B"):
        Difference.objects.create(
            kind="status",
            agency=counter.desk.agency,
            source="vnpay",
            reference=reference,
            day=day,
            found_at=clock.now(),
        )
    [waiting] = read(counter.desk.cashier.actor)
    assert (waiting.label, waiting.count) == ("Chênh lệch tiền", 2)


def test_a_proposed_waiver_waits_for_the_second_person_of_its_agency(owed: Owed) -> None:
    fee = owed.dossier.fees.get()
    acting.propose_waiver(
        owed.dossier.pk,
        fee.pk,
        "Hộ nghèo.",
        "Điều 10 Luật Phí và lệ phí",
        actor=owed.desk.cashier.actor,
        version=owed.version,
    )
    head = make_officer(Role.DESK_HEAD, agency=owed.desk.agency).actor
    assert [(w.label, w.href) for w in read(head, most=2)] == [
        (f"Miễn phí, lệ phí của {owed.dossier.code}", f"/payments/{fee.pk}/waive/")
    ]
    assert labels(owed.desk.cashier.actor) == []
    assert labels(make_officer(Role.DESK_HEAD).actor, most=2) == []
