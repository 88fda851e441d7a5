"""When a dossier is checked, received and due; what waiting, silence and a new date do to it."""

from datetime import datetime, timedelta

import pytest
import time_machine

from dossiers import commands as c
from dossiers.choices import ConfirmationAnswer
from dossiers.models import Dossier
from dossiers.services import acting
from dossiers.services.system import expire_due
from portal.core.clock import VN_TZ, to_local
from portal.core.errors import Conflict, RuleViolation
from portal.notifications.models import Message
from tests.factories import dossiers as make
from tests.factories import states
from tests.factories.dossiers import Request, make_old_desk

pytestmark = pytest.mark.django_db


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=VN_TZ)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("accepted_at", "due"),
    [
        (local(2026, 11, 20, 9, 0), local(2026, 11, 26, 17, 0)),  # over 24/11, the new holiday
        (local(2026, 2, 13, 9, 0), local(2026, 2, 25, 17, 0)),  # over Tết
        (local(2026, 8, 20, 9, 0), local(2026, 8, 24, 17, 0)),  # a Saturday worked in exchange counts
    ],
)
def test_three_working_days_over_a_holiday(accepted_at: datetime, due: datetime) -> None:
    desk = make_old_desk()
    with time_machine.travel(accepted_at, tick=False):
        dossier = make.file_dossier(desk, Request(channel="desk"))
        dossier = states.settle_fees(dossier, desk)
        dossier = make.accept(desk, dossier)
    assert dossier.due_at is not None
    assert to_local(dossier.due_at) == due
    assert dossier.due_basis[-1].startswith("Hẹn trả kết quả")


def test_a_slow_desk_does_not_cost_the_citizen_time() -> None:
    desk = make_old_desk()
    with time_machine.travel(local(2026, 3, 2, 9, 0), tick=False) as clock:
        dossier = states.submitted(desk)
        assert dossier.check_by is not None
        assert to_local(dossier.check_by) == local(2026, 3, 3, 9, 0)
        clock.move_to(local(2026, 3, 6, 9, 0))
        dossier = make.accept(desk, dossier)
    assert dossier.received_at == local(2026, 3, 3, 9, 0)
    assert dossier.due_at == local(2026, 3, 12, 17, 0)


def test_accepting_beyond_the_known_calendar_is_refused() -> None:
    desk = make_old_desk()
    with time_machine.travel(local(2027, 12, 30, 9, 0), tick=False):
        dossier = states.submitted(desk)
        with pytest.raises(RuleViolation, match="calendar_unknown"):
            make.accept(desk, dossier)
    assert Dossier.objects.get(pk=dossier.pk).status == "submitted"


@pytest.mark.parametrize(
    ("state", "end"),
    [
        (("awaiting_supplement", "submitted"), "declined"),
        (("awaiting_payment", "submitted"), "declined"),
        (("awaiting_supplement", "processing"), "stopped"),
        (("awaiting_payment", "accepted"), "stopped"),
        (("awaiting_payment", "resolved"), "awaiting_payment"),
    ],
)
def test_a_wait_that_nobody_answers_ends_after_thirty_days(state: states.State, end: str) -> None:
    desk = make_old_desk()
    start = local(2026, 3, 2, 9, 0)
    with time_machine.travel(start, tick=False) as clock:
        dossier = states.STATES[state](desk)
        clock.move_to(start + timedelta(days=29))
        expire_due()
        expire_due()
        waiting = Dossier.objects.get(pk=dossier.pk)
        assert waiting.status == state[0]
        warned = Message.objects.filter(event="dossier.expiry_warning").count()
        assert warned == (0 if state[1] == "resolved" else 1)
        clock.move_to(start + timedelta(days=30, seconds=1))
        expire_due()
        expire_due()
    ended = Dossier.objects.get(pk=dossier.pk)
    assert ended.status == end
    if end != "awaiting_payment":
        assert not ended.fees.filter(status="open").exists()


def test_silence_about_a_draft_result_is_consent_and_the_clock_stood_still() -> None:
    desk = make_old_desk()
    with time_machine.travel(local(2026, 3, 2, 9, 0), tick=False) as clock:
        dossier = states.processing(desk)
        before = dossier.due_at
        upload = make.make_upload(desk.case_officer.actor)
        dossier = acting.ask_confirmation(
            dossier.pk, upload.pk, actor=desk.case_officer.actor, version=dossier.version
        )
        assert dossier.due_at is None
        clock.move_to(local(2026, 3, 3, 9, 0, 1))
        expire_due()
    dossier = Dossier.objects.get(pk=dossier.pk)
    assert dossier.confirmations.get().answer == ConfirmationAnswer.SILENCE
    assert before is not None
    assert dossier.due_at is not None
    assert dossier.due_at > before


def test_a_correction_of_the_draft_result_needs_words() -> None:
    desk = make_old_desk()
    dossier = states.processing(desk)
    upload = make.make_upload(desk.case_officer.actor)
    dossier = acting.ask_confirmation(
        dossier.pk, upload.pk, actor=desk.case_officer.actor, version=dossier.version
    )
    with pytest.raises(RuleViolation):
        acting.answer_confirmation(
            dossier.pk, ConfirmationAnswer.CORRECTION, " ", actor=desk.citizen_actor, version=dossier.version
        )
    dossier = acting.answer_confirmation(
        dossier.pk, ConfirmationAnswer.CORRECTION, "Sai số thửa.", actor=desk.citizen_actor,
        version=dossier.version,
    )  # fmt: skip
    assert dossier.status == "processing"


def test_a_new_date_is_promised_once() -> None:
    desk = make_old_desk()
    with time_machine.travel(local(2026, 3, 2, 9, 0), tick=False):
        dossier = states.processing(desk)
        officer = desk.case_officer.actor
        for wrong in (local(2026, 3, 3, 17, 0), local(2026, 3, 14, 17, 0)):
            with pytest.raises(RuleViolation):
                acting.reschedule(dossier.pk, wrong, "Chờ ý kiến.", actor=officer, version=dossier.version)
        dossier = acting.reschedule(
            dossier.pk, local(2026, 3, 16, 17, 0), "Chờ ý kiến.", actor=officer, version=dossier.version
        )
        assert dossier.due_at == local(2026, 3, 16, 17, 0)
        with pytest.raises(Conflict, match="rescheduled_already"):
            acting.reschedule(
                dossier.pk, local(2026, 3, 20, 17, 0), "Nữa.", actor=officer, version=dossier.version
            )


def test_withdrawing_after_acceptance_goes_through_the_desk() -> None:
    desk = make_old_desk()
    dossier = states.accepted(desk)
    withdraw = c.Withdraw("Tôi không làm nữa.")
    with pytest.raises(RuleViolation, match="no_withdrawal_request"):
        acting.perform(dossier.pk, withdraw, actor=desk.reception.actor, version=dossier.version)
    dossier = acting.request_withdrawal(
        dossier.pk, "Tôi không làm nữa.", actor=desk.citizen_actor, version=dossier.version
    )
    dossier = acting.perform(dossier.pk, withdraw, actor=desk.reception.actor, version=dossier.version)
    assert dossier.status == "withdrawn"


def test_what_was_paid_is_due_back_by_its_rule() -> None:
    desk = make_old_desk()
    dossier = states.settle_fees(make.file_dossier(desk), desk)
    assert dossier.status == "submitted"
    dossier = acting.perform(
        dossier.pk, c.Withdraw("Đổi ý."), actor=desk.citizen_actor, version=dossier.version
    )
    fee = dossier.fees.get()
    assert (fee.status, fee.refund_due) == ("settled", 15_000)
