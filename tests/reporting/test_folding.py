"""Daily figures: each event once, whoever folds; recalled and late decisions; the last minute on top."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from dossiers import commands as c
from dossiers.models import Dossier
from dossiers.services import acting
from portal.accounts.actor import Actor
from portal.accounts.choices import Role
from portal.core.integrity import integrity_checks
from reporting import selectors, services
from reporting.choices import By
from reporting.models import DailyFigure, Fold
from reporting.selectors import Period
from reporting.table import Counts
from tests.core.races import race
from tests.factories.dossiers import (
    Desk,
    Request,
    accept,
    file_birth,
    file_dossier,
    make_old_desk,
    resolve_command,
    start,
    to_approval,
)
from tests.factories.people import make_officer

FILED_AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # 09:00 in Việt Nam
PERIOD = Period(2026, 3)


def resolve(desk: Desk, dossier: Dossier) -> Dossier:
    return acting.perform(
        dossier.pk, resolve_command("giay_khai_sinh"), actor=desk.approver.actor, version=dossier.version
    )


def count(period: Period = PERIOD) -> Counts:
    return sum(selectors.count_dossiers(period, By.AGENCY).rows.values(), Counts())


def find_faults() -> list[object]:
    return list(integrity_checks.get("figures")())


@pytest.mark.django_db
def test_a_dossier_counts_when_filed_and_when_resolved() -> None:
    desk = make_old_desk()
    with time_machine.travel(FILED_AT) as clock:
        dossier = file_birth(desk)
        assert count() == Counts(filed=1, online=1)
        dossier = accept(desk, dossier)
        dossier = to_approval(desk, start(desk, dossier))
        resolve(desk, dossier)
        assert count() == Counts(1, 1, in_time=1)

        clock.shift(timedelta(minutes=2))
        assert services.fold_due() > 0
        assert services.fold_due() == 0

        assert count() == Counts(1, 1, in_time=1)
        row = DailyFigure.objects.get(filed=1)
        assert (row.day, row.level, row.channel) == (date(2026, 3, 2), 4, "online")
        assert find_faults() == []


@pytest.mark.django_db
def test_what_is_younger_than_a_minute_waits_for_the_next_fold() -> None:
    desk = make_old_desk()
    with time_machine.travel(FILED_AT) as clock:
        file_birth(desk)
        clock.shift(timedelta(minutes=2))
        file_birth(desk)

        services.fold_due()

        assert sum(DailyFigure.objects.values_list("filed", flat=True)) == 1
        assert count() == Counts(2, 2)


@pytest.mark.django_db
def test_a_late_decision_is_late_and_a_recalled_one_was_none() -> None:
    desk = make_old_desk()
    with time_machine.travel(FILED_AT) as clock:
        dossier = to_approval(desk, start(desk, accept(desk, file_birth(desk))))
        clock.shift(timedelta(days=10))
        dossier = resolve(desk, dossier)
        assert count() == Counts(1, 1, late=1)
        clock.shift(timedelta(days=1))
        services.fold_due()

        acting.recall(dossier.pk, "Sai tên", actor=desk.approver.actor, version=dossier.version)
        dossier.refresh_from_db()
        second = make_second_approver(desk)
        acting.recall(dossier.pk, "Sai tên", actor=second, version=dossier.version)

        assert count() == Counts(1, 1)
        clock.shift(timedelta(minutes=2))
        services.fold_due()
        assert count() == Counts(1, 1)
        assert find_faults() == []


def make_second_approver(desk: Desk) -> Actor:
    return make_officer(Role.APPROVER, agency=desk.agency, full_name="Trần Thị Hai").actor


@pytest.mark.django_db
def test_paper_counts_but_not_as_online() -> None:
    desk = make_old_desk()
    with time_machine.travel(FILED_AT):
        file_dossier(desk, Request(channel="desk", papers=(c.PaperLine("to_khai", originals=1),)))

        assert count() == Counts(filed=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("period", "found"),
    [(Period(2026), 1), (Period(2026, 3), 1), (Period(2026, 4), 0), (Period(2025), 0), (Period(2026, 12), 0)],
)
def test_periods_have_local_ends(period: Period, found: int) -> None:
    desk = make_old_desk()
    with time_machine.travel(datetime(2026, 2, 28, 17, 30, tzinfo=UTC)):  # 00:30 on 1 March
        file_birth(desk)

    assert count(period) == Counts(found, found)


@pytest.mark.django_db
def test_counted_again_from_the_history_nothing_changes() -> None:
    desk = make_old_desk()
    with time_machine.travel(FILED_AT) as clock:
        file_birth(desk)
        clock.shift(timedelta(minutes=2))
        services.fold_due()
        before = list(DailyFigure.objects.values_list("day", "agency", "filed"))

        services.recount()
        services.fold_due()

        assert list(DailyFigure.objects.values_list("day", "agency", "filed")) == before


@pytest.mark.django_db
def test_a_figure_that_somebody_changed_is_found() -> None:
    desk = make_old_desk()
    with time_machine.travel(FILED_AT) as clock:
        file_birth(desk)
        clock.shift(timedelta(minutes=2))
        services.fold_due()
        DailyFigure.objects.update(filed=2)

        (fault,) = find_faults()
        assert "kept (2, 0, 0), counted (1, 0, 0)" in str(fault)


@pytest.mark.django_db(transaction=True)
def test_two_who_fold_at_once_add_once() -> None:
    desk = make_old_desk()
    with time_machine.travel(FILED_AT) as clock:
        file_birth(desk)
        clock.shift(timedelta(minutes=2))
        looked_at = race([services.fold_due] * 4)

    assert looked_at.count(0) == len(looked_at) - 1
    assert sum(DailyFigure.objects.values_list("filed", flat=True)) == 1
    assert Fold.objects.get().last_event > 0
