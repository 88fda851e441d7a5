"""What falls due between the last look and now, as a table."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from dossiers.choices import Status
from dossiers.deadlines.rows import _load
from dossiers.reminders.rules import Facts, Reminder, list_due
from portal.core.clock import VN_TZ

DOSSIER = UUID("018f0000-0000-7000-8000-000000000001")
CALENDAR = _load("std")
SUPPLEMENT, PAYMENT, RUNNING = Status.AWAITING_SUPPLEMENT, Status.AWAITING_PAYMENT, Status.PROCESSING


def at(text: str) -> datetime:
    """ "23/11 09:00", of 2026; "2027-02-03 08:00" as it stands."""
    if "/" not in text:
        return datetime.fromisoformat(text).replace(tzinfo=VN_TZ)
    return datetime.strptime(f"2026 {text}", "%Y %d/%m %H:%M").replace(tzinfo=VN_TZ)


def look(facts: Facts, since: str, now: str) -> list[str]:
    """Kind and round of what is due, e.g. "supplement 2026-11-30"."""
    return [_name(found) for found in list_due(facts, at(since), at(now))]


def _name(found: Reminder) -> str:
    prefix, kind, dossier, round_ = found.event_key.split(":")
    assert (prefix, dossier) == ("reminder", str(DOSSIER))
    return f"{kind} {round_}"


@pytest.mark.parametrize(
    ("status", "answer_by", "warned", "since", "now", "wanted"),
    [
        (SUPPLEMENT, "30/11 17:00", "23/11 17:00", "29/11 16:50", "29/11 17:00", ["supplement 2026-11-30"]),
        (PAYMENT, "30/11 17:00", "23/11 17:00", "29/11 16:50", "29/11 17:00", ["payment 2026-11-30"]),
        (SUPPLEMENT, "30/11 17:00", "23/11 17:00", "29/11 16:40", "29/11 16:50", []),
        (SUPPLEMENT, "30/11 17:00", "23/11 17:00", "29/11 17:00", "29/11 17:10", []),
        (SUPPLEMENT, "30/11 17:00", "23/11 17:00", "28/11 17:00", "30/11 16:59", ["supplement 2026-11-30"]),
        (SUPPLEMENT, "30/11 17:00", "23/11 17:00", "28/11 17:00", "30/11 17:00", []),
        (SUPPLEMENT, "30/11 17:00", None, "29/11 16:50", "29/11 17:00", []),
        (SUPPLEMENT, "30/11 17:00", "29/11 17:00", "29/11 16:50", "29/11 17:00", []),
        (SUPPLEMENT, "01/12 00:30", "24/11 00:30", "29/11 23:50", "30/11 00:31", ["supplement 2026-12-01"]),
        (Status.PROCESSING, "30/11 17:00", "23/11 17:00", "29/11 16:50", "29/11 17:00", []),
        (Status.STOPPED, "30/11 17:00", "23/11 17:00", "29/11 16:50", "29/11 17:00", []),
    ],
)
def test_the_last_day_of_a_wait(
    status: str, answer_by: str, warned: str | None, since: str, now: str, wanted: list[str]
) -> None:
    facts = Facts(DOSSIER, status, answer_by=at(answer_by), warned_at=at(warned) if warned else None)
    assert look(facts, since, now) == wanted


@pytest.mark.parametrize(
    ("days", "hours_since", "wanted"),
    [
        (29, 1, []),
        (30, 1, ["result 2026-08-01+30"]),
        (31, 1, []),
        (60, 1, ["result 2026-08-01+60"]),
        (90, 1, ["result 2026-08-01+90"]),
        (120, 1, []),
        (61, 24 * 40, ["result 2026-08-01+60"]),
    ],
)
def test_a_result_that_nobody_fetched(days: int, hours_since: int, wanted: list[str]) -> None:
    resolved = at("01/08 09:00")
    now = resolved + timedelta(days=days, minutes=5)
    facts = Facts(DOSSIER, Status.RESOLVED, resolved_at=resolved)
    found = [_name(each) for each in list_due(facts, now - timedelta(hours=hours_since), now)]
    assert found == wanted
    assert not list_due(Facts(DOSSIER, Status.RETURNED, resolved_at=resolved), at("01/08 09:00"), now)


@pytest.mark.parametrize(
    ("due", "since", "now", "wanted"),
    [
        # Thursday 26 November; the working day before it opens on Wednesday at half past seven.
        ("26/11 17:00", "25/11 06:00", "25/11 08:00", ["due_soon 2026-11-26"]),
        ("26/11 17:00", "24/11 06:00", "24/11 18:00", []),
        ("26/11 17:00", "25/11 08:00", "25/11 11:00", []),
        ("26/11 17:00", "26/11 16:50", "26/11 17:00", ["late 2026-11-26"]),
        ("26/11 17:00", "26/11 17:00", "26/11 20:00", []),
        ("26/11 17:00", "24/11 08:00", "26/11 20:00", ["late 2026-11-26"]),
        # Monday: told on Friday; Friday's own is not told on a Sunday.
        ("30/11 17:00", "27/11 06:00", "27/11 08:00", ["due_soon 2026-11-30"]),
        ("30/11 17:00", "29/11 06:00", "29/11 20:00", []),
        # The first working day after Tết (11 February 2027): told before the holiday, not during it.
        ("2027-02-11 17:00", "2027-02-03 06:00", "2027-02-03 08:00", ["due_soon 2027-02-11"]),
        ("2027-02-11 17:00", "2027-02-05 06:00", "2027-02-10 20:00", []),
        # Beyond the known calendar nobody may count.
        ("2028-03-01 17:00", "2028-02-01 06:00", "2028-02-29 20:00", []),
    ],
)
def test_a_promised_day(due: str, since: str, now: str, wanted: list[str]) -> None:
    facts = Facts(DOSSIER, RUNNING, due_at=at(due), calendar=CALENDAR)
    assert look(facts, since, now) == wanted


@pytest.mark.parametrize(
    "status", [Status.AWAITING_SUPPLEMENT, Status.RESOLVED, Status.RETURNED, Status.SUBMITTED]
)
def test_only_running_work_is_late_or_nearly(status: str) -> None:
    facts = Facts(DOSSIER, status, due_at=at("26/11 17:00"), calendar=CALENDAR)
    assert look(facts, "20/11 00:00", "27/11 00:00") == []


def test_three_hours_without_beat_find_what_ten_minutes_would_have() -> None:
    """However the time is cut into looks, each reminder is found by exactly one of them."""
    facts = Facts(DOSSIER, SUPPLEMENT, answer_by=at("01/12 00:30"), warned_at=at("24/11 00:30"))
    for step in (timedelta(minutes=10), timedelta(hours=3), timedelta(hours=11)):
        looks: list[Reminder] = []
        moment = at("28/11 00:00")
        while moment + step < at("01/12 00:00"):
            looks += list_due(facts, moment, moment + step)
            moment += step
        assert [_name(found) for found in looks] == ["supplement 2026-12-01"]


def test_a_moved_date_is_a_new_reminder() -> None:
    first = Facts(DOSSIER, RUNNING, due_at=at("26/11 17:00"))
    second = Facts(DOSSIER, RUNNING, due_at=at("30/11 17:00"))
    assert look(first, "26/11 16:00", "26/11 18:00") != look(second, "30/11 16:00", "30/11 18:00")
