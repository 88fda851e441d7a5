"""Many certifications of one agency at once: whole books, one receipt each; a control shows the race."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import IntegrityError
from django.test import Client

from dossiers.models import Dossier
from onestop import services
from onestop.certification.integrity import check_books, check_certified
from onestop.models import CertificationEntry
from payments.integrity import check_books as check_receipts
from payments.models import Receipt
from portal.accounts.choices import Role
from portal.core import clock, counters
from portal.core.errors import Conflict
from portal.core.models import Counter
from tests.concurrency.unlocked import Meeting
from tests.core.races import race
from tests.factories.dossiers import Desk
from tests.factories.people import Officer, make_officer
from tests.onestop.certifying import DIPLOMA, DIPLOMA_FEE, SCREEN, certify, make_small_desk, typed

pytestmark = pytest.mark.django_db(transaction=True)
OFFICERS, EACH = 4, 5
REPORT = ("Học bạ", 1, 1)


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    return make_small_desk()


def colleagues(desk: Desk) -> list[Officer]:
    more = [make_officer(Role.RECEPTION, agency=desk.agency) for _ in range(OFFICERS - 1)]
    return [desk.reception, *more]


def at_the_counter(desk: Desk, officer: Officer) -> Callable[[], UUID]:
    """Two originals; the numbers of one certification stand together."""
    return lambda: certify(desk, DIPLOMA, REPORT, actor=officer.actor, agreed=DIPLOMA_FEE + 2000)


def test_twenty_at_once_by_four_officers_leave_whole_books(desk: Desk) -> None:
    officers = colleagues(desk)
    works = [at_the_counter(desk, officer) for officer in officers for _ in range(EACH)]

    outcomes = race(works)

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    numbers = CertificationEntry.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 2 * len(works) + 1))
    assert sorted(Receipt.objects.values_list("number", flat=True)) == list(range(1, len(works) + 1))
    assert Receipt.objects.values("dossier").distinct().count() == len(works)
    for dossier in Dossier.objects.all():
        mine = sorted(dossier.certifications.values_list("number", flat=True))
        assert mine == [mine[0], mine[0] + 1]
    assert [*check_books(), *check_certified(), *check_receipts()] == []


def test_refusals_between_them_cost_no_number(desk: Desk) -> None:
    refused = [lambda: certify(desk, agreed=1)] * 5
    works = [at_the_counter(desk, desk.reception), *refused] * 2

    outcomes = race(works)

    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == len(refused) * 2
    assert sorted(CertificationEntry.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert [*check_books(), *check_receipts()] == []


def test_one_screen_sent_three_times_at_once_is_one_certification(desk: Desk) -> None:
    form = typed(desk, DIPLOMA)

    def press() -> str:
        client = Client()
        client.force_login(desk.reception.user)
        return client.post(SCREEN, form)["Location"]

    places = race([press, press, press])
    assert len({str(place) for place in places}) == 1, places
    assert CertificationEntry.objects.count() == Receipt.objects.count() == 1


def test_control_with_a_counter_that_is_read_and_then_written_two_originals_want_one_number(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = Meeting(2)
    take = counters.next_number

    def read_then_write(series: str) -> int:
        if not series.startswith("book:certification_copies"):
            return take(series)
        number = counters.get_last_number(series) + 1
        meeting.wait()
        Counter.objects.update_or_create(series=series, defaults={"value": number})
        return number

    series = f"book:certification_copies:{desk.agency.code}:{clock.today().year}"
    Counter.objects.create(series=series, value=1)
    monkeypatch.setattr(counters, "next_number", read_then_write)

    other = make_officer(
        Role.RECEPTION, agency=desk.agency
    )  # of one cashier, one waits for the other's drawer
    outcomes = race([lambda: certify(desk), lambda: certify(desk, actor=other.actor)])

    faults = [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)]
    assert faults == [IntegrityError]


def test_two_heads_strike_once(desk: Desk) -> None:
    dossier_id = certify(desk)
    other = make_officer(Role.DESK_HEAD, agency=desk.agency)

    def strike(officer: Officer) -> Callable[[], None]:
        return lambda: services.cancel_certification(dossier_id, "Ghi nhầm.", actor=officer.actor)

    outcomes = race([strike(desk.head), strike(other)])
    assert [type(outcome) for outcome in outcomes if outcome is not None] == [Conflict]
    assert Dossier.objects.get().fees.get().refund_due == DIPLOMA_FEE
