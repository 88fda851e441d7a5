"""Asking for what is missing: before and after acceptance, once, in time, and what it does to the clock."""

from datetime import datetime

import pytest
import time_machine

from dossiers import commands as c
from dossiers.models import Dossier
from dossiers.services import acting, supplementing
from portal.core.clock import VN_TZ, to_local
from portal.core.errors import Conflict, Forbidden, RuleViolation
from tests.factories import dossiers as make
from tests.factories import states
from tests.factories.dossiers import Desk, make_old_desk

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=VN_TZ)


def at(day: int, hour: int = 9, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VN_TZ)


def ask(desk: Desk, dossier: Dossier, requirement: str = "ban_ve_thiet_ke") -> Dossier:
    items = (c.SupplementItem("Bản vẽ mờ, không đọc được.", requirement),)
    return acting.perform(
        dossier.pk, c.RequestSupplement(items), actor=desk.case_officer.actor, version=dossier.version
    )


def answer(desk: Desk, dossier: Dossier) -> Dossier:
    upload = make.make_upload(desk.citizen_actor, "ban-ve-moi.png")
    return supplementing.supplement(
        dossier.pk,
        actor=desk.citizen_actor,
        version=dossier.version,
        uploads=(("ban_ve_thiet_ke", upload.pk),),
    )


def test_before_acceptance_it_is_no_round_and_stops_no_clock() -> None:
    desk = make_old_desk()
    with time_machine.travel(at(2), tick=False) as clock:
        dossier = states.submitted(desk)
        items = (c.SupplementItem("Ảnh mờ.", "giay_to_dat"),)
        dossier = acting.perform(
            dossier.pk, c.RequestSupplement(items), actor=desk.reception.actor, version=dossier.version
        )
        assert (dossier.status, dossier.resume_to, dossier.check_by) == (
            "awaiting_supplement",
            "submitted",
            None,
        )
        clock.move_to(at(3))
        dossier = answer(desk, dossier)
    assert dossier.status == "submitted"
    assert dossier.check_by is not None
    assert to_local(dossier.check_by) == at(4)
    assert dossier.supplement_requests.get().round == 0
    assert dossier.filings.count() == 2


def test_the_limit_counts_anew_from_the_complete_supplement() -> None:
    desk = make_old_desk()
    with time_machine.travel(at(2), tick=False) as clock:
        dossier = states.processing(desk)
        promised = dossier.due_at
        clock.move_to(at(4))
        dossier = ask(desk, dossier)
        assert dossier.due_at is None, "no due moment while the dossier waits"
        clock.move_to(at(9))
        dossier = answer(desk, dossier)
    assert promised is not None
    assert to_local(promised) == at(11, 17)
    assert dossier.due_at is not None
    assert to_local(dossier.due_at) == at(18, 17)


def test_it_is_refused_after_its_window() -> None:
    desk = make_old_desk()
    with time_machine.travel(at(2), tick=False) as clock:
        dossier = states.processing(desk)
        clock.move_to(at(30))
        with pytest.raises(RuleViolation, match="window_closed"):
            ask(desk, dossier)


def test_a_later_round_asks_only_for_what_is_still_unmet() -> None:
    desk = make_old_desk()
    with time_machine.travel(at(2), tick=False) as clock:
        dossier = answer(desk, ask(desk, states.processing(desk)))
        clock.move_to(at(3))
        with pytest.raises(RuleViolation) as refused:
            ask(desk, dossier, "giay_to_dat")
        assert "items" in refused.value.errors
        dossier = answer(desk, ask(desk, dossier))
        clock.move_to(at(4))
        with pytest.raises(RuleViolation, match="no_round_left"):
            ask(desk, dossier)


@pytest.mark.parametrize(
    "items",
    [
        (),
        (c.SupplementItem("", "giay_to_dat"),),
        (c.SupplementItem("Lý do", ""),),
        (c.SupplementItem("Lý do", "giay_to_dat", "plot"),),
        (c.SupplementItem("Lý do", "khong_co"),),
        (c.SupplementItem("Lý do", "", "khong_co"),),
    ],
)
def test_items_must_be_whole(items: tuple[c.SupplementItem, ...]) -> None:
    desk = make_old_desk()
    dossier = states.processing(desk)
    with pytest.raises(RuleViolation) as refused:
        acting.perform(
            dossier.pk, c.RequestSupplement(items), actor=desk.case_officer.actor, version=dossier.version
        )
    assert list(refused.value.errors) == ["items"]


def test_an_old_version_is_refused_and_a_stranger_finds_nothing() -> None:
    desk = make_old_desk()
    dossier = states.processing(desk)
    with pytest.raises(Conflict, match="conflict"):
        acting.perform(
            dossier.pk, states.SUPPLEMENT, actor=desk.case_officer.actor, version=dossier.version - 1
        )
    with pytest.raises(Forbidden, match="role_lacking"):
        acting.perform(dossier.pk, states.SUPPLEMENT, actor=desk.approver.actor, version=dossier.version)


def test_on_paper_reception_brings_what_was_missing() -> None:
    desk = make_old_desk()
    dossier = ask(desk, states.processing(desk))
    dossier = supplementing.supplement(
        dossier.pk,
        actor=desk.reception.actor,
        version=dossier.version,
        papers=(c.PaperLine("ban_ve_thiet_ke", originals=2),),
    )
    assert dossier.status == "processing"
    assert dossier.papers.get().originals == 2
