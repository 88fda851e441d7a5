"""Deadlines at their edges: online checks, time zones, unknown days, malformed input."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dossiers.deadlines import (
    CalendarUnknown,
    Limit,
    add_working_days,
    add_working_hours,
    check_by,
    compute_due,
    effective_receipt,
    limit_start,
    silence_is_consent_at,
    working_time_between,
)
from portal.core.clock import VN_TZ
from portal.core.errors import RuleViolation
from tests.dossiers.moments import MON, SAT, STD, at, pause


# I12: submitted, check_by
@pytest.mark.parametrize(
    ("submitted", "calendar", "until"),
    [
        ("2026-03-02 09:00", STD, "2026-03-03 09:00"),
        ("2026-03-02 07:00", STD, "2026-03-02 17:00"),
        ("2026-03-06 20:00", STD, "2026-03-09 17:00"),
        ("2026-03-06 16:30", STD, "2026-03-09 16:30"),
        ("2026-03-07 09:00", SAT, "2026-03-09 17:00"),
        ("2026-02-13 12:00", STD, "2026-02-23 11:30"),
    ],
)
def test_an_online_dossier_is_checked_within_eight_working_hours(submitted, calendar, until):
    assert check_by(at(submitted), 8, calendar) == at(until)


def test_a_slow_desk_does_not_cost_the_citizen_time():
    until = at("2026-03-03 09:00")

    assert limit_start(at("2026-03-02 15:00"), until) == at("2026-03-02 15:00")
    assert limit_start(at("2026-03-05 15:00"), until) == until
    assert limit_start(at("2026-03-05 15:00"), None) == at("2026-03-05 15:00")


def test_silence_on_a_draft_is_consent_after_eight_working_hours():
    assert silence_is_consent_at(at("2026-03-06 14:00"), STD) == at("2026-03-09 14:00")


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [("2026-03-02", 3, "2026-03-05"), ("2026-03-06", 1, "2026-03-09"), ("2026-03-09", -1, "2026-03-06"),
     ("2026-02-23", -1, "2026-02-13"), ("2026-08-21", 1, "2026-08-22")],
)  # fmt: skip
def test_working_days_are_stepped_over_days_off(day, count, expected):
    assert add_working_days(date.fromisoformat(day), count, STD) == date.fromisoformat(expected)


def test_aware_moments_are_read_in_vietnam_and_answered_in_vietnam():
    received = datetime(2026, 3, 2, 8, 30, 0, 900_000, tzinfo=UTC)  # 15:30 in Việt Nam

    due = compute_due(received, Limit(3, "working_day"), calendar=STD).due_at

    assert due == datetime(2026, 3, 5, 17, 0, tzinfo=VN_TZ)
    assert due is not None
    assert due.utcoffset() == timedelta(hours=7)


def test_an_evening_in_vietnam_is_not_an_afternoon_in_utc():
    received = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)  # 17:30 in Việt Nam

    assert effective_receipt(received, STD) == datetime(2026, 3, 3, 7, 0, tzinfo=VN_TZ)
    assert add_working_hours(received, 1, STD) == datetime(2026, 3, 3, 8, 0, tzinfo=VN_TZ)
    assert working_time_between(received, received + timedelta(days=1), STD) == timedelta(hours=8)


def test_what_a_receipt_prints_as_15_00_00_is_still_in_time():
    received = datetime(2026, 3, 2, 15, 0, 0, 999_999, tzinfo=VN_TZ)

    assert compute_due(received, Limit(1, "same_day"), calendar=STD).due_at == datetime(
        2026, 3, 2, 17, tzinfo=VN_TZ
    )


@pytest.mark.parametrize(
    ("received", "limit", "pauses"),
    [
        ("2027-12-29 09:00", Limit(3, "working_day"), []),
        ("2027-12-31 16:00", Limit(8, "hour"), []),
        ("2027-12-31 16:00", Limit(1, "same_day"), []),
        ("2027-12-31 18:00", Limit(1, "working_day"), []),
        ("2027-12-20 09:00", Limit(1, "month"), []),
        ("2027-12-20 09:00", Limit(36_500, "day"), []),
        ("2023-12-29 09:00", Limit(1, "working_day"), []),
        ("2027-12-20 09:00", Limit(5, "working_day"), [("2027-12-21 09:00", "2028-01-04 09:00")]),
        ("2027-12-20 09:00", Limit(5, "day"), [("2027-12-21 09:00", "2028-01-04 09:00")]),
    ],
)
def test_it_refuses_to_count_over_days_nobody_knows(received, limit, pauses):
    with pytest.raises(CalendarUnknown) as refusal:
        compute_due(
            at(received), limit, calendar=STD, policy="PAUSE", pauses=[pause(*span) for span in pauses]
        )

    assert refusal.value.code == "calendar_unknown"


def test_the_last_known_day_may_be_the_due_day():
    assert compute_due(at("2027-12-28 09:00"), Limit(3, "working_day"), calendar=STD).due_at == at(
        "2027-12-31 17:00"
    )


@pytest.mark.parametrize(
    ("value", "unit"), [(0, "working_day"), (-1, "hour"), (1.5, "month"), (1, "week"), (1e9, "day")]
)
def test_it_refuses_a_limit_that_is_none(value, unit):
    with pytest.raises(RuleViolation):
        Limit(value, unit)


def test_it_refuses_a_pause_that_ends_before_it_starts_and_an_unknown_policy():
    backwards = pause("2026-03-04 09:00", "2026-03-03 09:00")

    with pytest.raises(RuleViolation):
        compute_due(at(MON), Limit(5, "day"), calendar=STD, policy="PAUSE", pauses=[backwards])
    with pytest.raises(RuleViolation):
        compute_due(at(MON), Limit(5, "day"), calendar=STD, policy="SHIFT")
