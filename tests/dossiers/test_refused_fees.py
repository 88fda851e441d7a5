"""What is owed after a decision: a fee paid before the result is due only for what was granted."""

import pytest
from django.test import Client

from dossiers import commands as c
from dossiers.choices import FeeMode, FeeStatus, Outcome
from dossiers.models import Dossier
from dossiers.services import acting
from portal.accounts.choices import Role
from tests.factories import dossiers as make
from tests.factories import states
from tests.factories.dossiers import Desk, make_desk
from tests.factories.people import make_officer

pytestmark = pytest.mark.django_db

TABLE = [
    (Outcome.GRANTED, FeeMode.AFTER, FeeStatus.OPEN, FeeStatus.OPEN),
    (Outcome.PARTLY_GRANTED, FeeMode.AFTER, FeeStatus.OPEN, FeeStatus.OPEN),
    (Outcome.REFUSED, FeeMode.AFTER, FeeStatus.OPEN, FeeStatus.VOID),
    (Outcome.REFUSED, FeeMode.AFTER, FeeStatus.SETTLED, FeeStatus.SETTLED),
    (Outcome.GRANTED, FeeMode.BEFORE, FeeStatus.OPEN, FeeStatus.OPEN),
    (Outcome.PARTLY_GRANTED, FeeMode.BEFORE, FeeStatus.OPEN, FeeStatus.OPEN),
    (Outcome.REFUSED, FeeMode.BEFORE, FeeStatus.OPEN, FeeStatus.OPEN),
    (Outcome.REFUSED, FeeMode.BEFORE, FeeStatus.SETTLED, FeeStatus.SETTLED),
]


def resolve(desk: Desk, dossier: Dossier, outcome: Outcome) -> Dossier:
    granted = make.resolve_command("giay_phep")
    command = c.Resolve(outcome, granted.signed, "Đất nằm trong hành lang bảo vệ đê.", granted.results)
    return acting.perform(dossier.pk, command, actor=desk.approver.actor, version=None)


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.mark.parametrize(("outcome", "mode", "before", "after"), TABLE)
def test_what_is_owed_after_each_outcome(
    desk: Desk, outcome: Outcome, mode: FeeMode, before: FeeStatus, after: FeeStatus
) -> None:
    dossier = states.at_approval(desk)
    if before == FeeStatus.SETTLED:
        states.settle_fees(dossier, desk)
    dossier.fees.update(mode=mode)
    resolve(desk, dossier, outcome)
    assert dossier.fees.get().status == after


def test_a_refused_permit_is_collected_without_paying(desk: Desk) -> None:
    dossier = resolve(desk, states.at_approval(desk), Outcome.REFUSED)
    citizen = Client()
    citizen.force_login(desk.citizen)
    page = citizen.get(f"/dossiers/{dossier.pk}/").content.decode()
    assert "75.000" not in page
    assert "Nhận kết quả" in page
    back = c.ReturnResult(identity_checked=True)
    assert acting.perform(dossier.pk, back, actor=desk.reception.actor, version=None).status == "returned"


def test_a_recalled_refusal_asks_for_nothing_again(desk: Desk) -> None:
    dossier = resolve(desk, states.at_approval(desk), Outcome.REFUSED)
    for approver in (desk.approver, make_officer(Role.APPROVER, agency=desk.agency)):
        dossier = acting.recall(dossier.pk, "Thửa đất đã đo lại.", actor=approver.actor, version=None)
    assert dossier.status == "processing"
    resolve(desk, dossier, Outcome.GRANTED)
    assert dossier.fees.get().status == FeeStatus.VOID
