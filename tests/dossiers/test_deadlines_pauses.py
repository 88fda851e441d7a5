"""Pauses, RESET and PAUSE: conventions I4 to I6 and I13 of docs/deadlines.md, rows derived by hand."""

import pytest

from dossiers.deadlines import Limit, compute_due
from tests.dossiers.moments import MON, SAT, STD, at, pause

# received, value, unit, pauses, due
PAUSED = [
    # I4 exactly the working time inside, to the second
    (MON, 5, "working_day", [("2026-03-04 14:00", "2026-03-05 09:00")], "2026-03-10 14:00"),
    (MON, 5, "working_day", [("2026-03-04 10:00", "2026-03-04 10:01")], "2026-03-10 07:01"),
    (MON, 5, "working_day", [("2026-03-04 10:00", "2026-03-04 10:00:01")], "2026-03-10 07:00:01"),
    (MON, 5, "working_day", [("2026-03-04 07:00", "2026-03-04 11:30")], "2026-03-10 11:30"),
    (MON, 5, "working_day", [("2026-03-04 07:00", "2026-03-04 17:00")], "2026-03-10 17:00"),
    (MON, 5, "working_day", [("2026-03-04 07:00", "2026-03-05 07:00")], "2026-03-10 17:00"),
    # beginning and ending outside office hours, over a weekend, wholly outside
    (MON, 5, "working_day", [("2026-03-03 20:00", "2026-03-05 05:00")], "2026-03-10 17:00"),
    (MON, 5, "working_day", [("2026-03-04 12:00", "2026-03-04 13:00")], "2026-03-09 17:00"),
    (MON, 5, "working_day", [("2026-03-04 11:00", "2026-03-04 14:00")], "2026-03-10 08:00"),
    (MON, 5, "working_day", [("2026-03-06 16:00", "2026-03-09 08:00")], "2026-03-10 09:00"),
    (MON, 5, "working_day", [("2026-03-06 17:00", "2026-03-09 07:00")], "2026-03-09 17:00"),
    # over Tết
    ("2026-02-12 09:00", 3, "working_day", [("2026-02-13 16:00", "2026-02-23 08:00")], "2026-02-25 09:00"),
    # several, touching, overlapping, one inside the other, out of order
    (
        MON,
        5,
        "working_day",
        [("2026-03-03 08:00", "2026-03-03 09:00"), ("2026-03-05 08:00", "2026-03-05 10:00")],
        "2026-03-10 10:00",
    ),
    (
        MON,
        5,
        "working_day",
        [("2026-03-05 08:00", "2026-03-05 10:00"), ("2026-03-03 08:00", "2026-03-03 09:00")],
        "2026-03-10 10:00",
    ),
    (
        MON,
        5,
        "working_day",
        [("2026-03-03 08:00", "2026-03-03 10:00"), ("2026-03-03 09:00", "2026-03-03 11:00")],
        "2026-03-10 10:00",
    ),
    (
        MON,
        5,
        "working_day",
        [("2026-03-03 08:00", "2026-03-03 11:00"), ("2026-03-03 09:00", "2026-03-03 10:00")],
        "2026-03-10 10:00",
    ),
    (
        MON,
        5,
        "working_day",
        [("2026-03-03 08:00", "2026-03-03 10:00"), ("2026-03-03 10:00", "2026-03-03 11:00")],
        "2026-03-10 10:00",
    ),
    # from before receipt: only what lies after it
    (MON, 5, "working_day", [("2026-02-27 09:00", "2026-03-02 10:00")], "2026-03-10 08:00"),
    (MON, 5, "working_day", [("2026-02-26 09:00", "2026-02-27 10:00")], "2026-03-09 17:00"),
    # on the day of receipt, after it
    (MON, 5, "working_day", [("2026-03-02 16:00", "2026-03-02 16:30")], "2026-03-10 07:30"),
    # after the limit has ended: too late to move it; on its last minute: still in time
    (MON, 5, "working_day", [("2026-03-10 08:00", "2026-03-12 08:00")], "2026-03-09 17:00"),
    (MON, 5, "working_day", [("2026-03-09 17:00", "2026-03-12 08:00")], "2026-03-09 17:00"),
    (MON, 5, "working_day", [("2026-03-09 16:59", "2026-03-10 08:00")], "2026-03-10 08:01"),
    # a second pause inside the time the first one gave
    (
        MON,
        5,
        "working_day",
        [("2026-03-04 07:00", "2026-03-05 07:00"), ("2026-03-10 08:00", "2026-03-10 09:00")],
        "2026-03-11 08:00",
    ),
    # hours and same day
    (MON, 8, "hour", [("2026-03-02 10:00", "2026-03-02 11:00")], "2026-03-03 10:00"),
    (MON, 2, "hour", [("2026-03-02 10:00", "2026-03-02 10:30")], "2026-03-02 11:30"),
    ("2026-03-02 10:00", 1, "same_day", [("2026-03-02 14:00", "2026-03-02 15:00")], "2026-03-03 08:00"),
    ("2026-03-02 16:00", 1, "same_day", [("2026-03-02 16:30", "2026-03-03 07:30")], "2026-03-04 08:00"),
    # the weekend receipt counts from Monday 07:00; what was paused before it does not
    ("2026-03-06 20:00", 1, "working_day", [("2026-03-06 21:00", "2026-03-09 08:00")], "2026-03-11 08:00"),
    # a swapped Saturday is working time, its holiday is not
    ("2026-08-20 09:00", 3, "working_day", [("2026-08-21 16:00", "2026-08-22 08:00")], "2026-08-25 09:00"),
    ("2026-08-27 09:00", 3, "working_day", [("2026-08-28 16:00", "2026-09-03 08:00")], "2026-09-07 09:00"),
    # I5 calendar days and months move by date(to) - date(from), then to the next working day
    (MON, 10, "calendar_day", [("2026-03-04 14:00", "2026-03-05 09:00")], "2026-03-13 17:00"),
    (MON, 10, "day", [("2026-03-04 08:00", "2026-03-04 16:00")], "2026-03-12 17:00"),
    (MON, 10, "calendar_day", [("2026-03-04 23:59", "2026-03-05 00:00")], "2026-03-13 17:00"),
    (MON, 10, "calendar_day", [("2026-03-04 14:00", "2026-03-06 09:00")], "2026-03-16 17:00"),
    (MON, 5, "calendar_day", [("2026-03-03 10:00", "2026-03-05 10:00")], "2026-03-09 17:00"),
    (
        MON,
        10,
        "calendar_day",
        [("2026-03-04 14:00", "2026-03-05 09:00"), ("2026-03-05 10:00", "2026-03-09 09:00")],
        "2026-03-17 17:00",
    ),
    (
        MON,
        10,
        "calendar_day",
        [("2026-03-03 14:00", "2026-03-05 09:00"), ("2026-03-04 10:00", "2026-03-06 09:00")],
        "2026-03-16 17:00",
    ),
    (MON, 10, "calendar_day", [("2026-02-20 14:00", "2026-03-05 09:00")], "2026-03-16 17:00"),
    (MON, 10, "calendar_day", [("2026-03-16 08:00", "2026-03-20 09:00")], "2026-03-12 17:00"),
    (MON, 10, "calendar_day", [("2026-03-12 18:00", "2026-03-20 09:00")], "2026-03-12 17:00"),
    (MON, 10, "calendar_day", [("2026-03-12 16:00", "2026-03-13 09:00")], "2026-03-13 17:00"),
    # the last day fell on Saturday 7 and rolled to Monday 9; a pause on that Monday cannot end it
    (MON, 5, "calendar_day", [("2026-03-09 09:00", "2026-03-11 10:00")], "2026-03-11 17:00"),
    (MON, 1, "month", [("2026-03-10 09:00", "2026-03-13 09:00")], "2026-04-06 17:00"),
    ("2026-03-31 09:00", 1, "month", [("2026-04-06 09:00", "2026-04-11 09:00")], "2026-05-05 17:00"),
    ("2026-01-31 09:00", 1, "month", [("2026-02-10 08:00", "2026-02-11 08:00")], "2026-03-03 17:00"),
]


@pytest.mark.parametrize(("received", "value", "unit", "pauses", "due"), PAUSED)
def test_a_pause_moves_the_due_moment(received, value, unit, pauses, due):
    answer = compute_due(
        at(received),
        Limit(value, unit),
        calendar=STD,
        policy="PAUSE",
        pauses=[pause(*span) for span in pauses],
    )

    assert answer.due_at == at(due)


# I6: received, value, unit, pauses, due
RESET = [
    (MON, 5, "working_day", [("2026-03-04 14:00", "2026-03-05 09:00")], "2026-03-12 17:00"),
    (MON, 5, "working_day", [("2026-03-04 14:00", "2026-03-05 17:30")], "2026-03-13 17:00"),
    (MON, 5, "working_day", [("2026-03-04 14:00", "2026-03-07 09:00")], "2026-03-16 17:00"),
    (
        MON,
        5,
        "working_day",
        [("2026-03-03 08:00", "2026-03-04 09:00"), ("2026-03-05 08:00", "2026-03-06 09:00")],
        "2026-03-13 17:00",
    ),
    (
        MON,
        5,
        "working_day",
        [("2026-03-05 08:00", "2026-03-06 09:00"), ("2026-03-03 08:00", "2026-03-04 09:00")],
        "2026-03-13 17:00",
    ),
    (
        MON,
        5,
        "working_day",
        [("2026-03-03 08:00", "2026-03-06 09:00"), ("2026-03-04 08:00", "2026-03-05 09:00")],
        "2026-03-13 17:00",
    ),
    (MON, 5, "working_day", [("2026-02-25 08:00", "2026-02-26 09:00")], "2026-03-09 17:00"),
    (MON, 5, "working_day", [("2026-02-25 08:00", "2026-03-03 09:00")], "2026-03-10 17:00"),
    (MON, 10, "calendar_day", [("2026-03-04 14:00", "2026-03-06 09:00")], "2026-03-16 17:00"),
    (MON, 1, "month", [("2026-03-04 14:00", "2026-03-31 09:00")], "2026-05-04 17:00"),
    (MON, 8, "hour", [("2026-03-02 10:00", "2026-03-03 10:15:30")], "2026-03-04 10:15:30"),
    (MON, 8, "hour", [("2026-03-02 10:00", "2026-03-03 12:00")], "2026-03-04 11:30"),
    (MON, 1, "same_day", [("2026-03-02 10:00", "2026-03-03 15:00")], "2026-03-03 17:00"),
    (MON, 1, "same_day", [("2026-03-02 10:00", "2026-03-03 15:00:01")], "2026-03-04 17:00"),
]


@pytest.mark.parametrize(("received", "value", "unit", "pauses", "due"), RESET)
def test_reset_counts_the_whole_limit_from_the_last_supplement(received, value, unit, pauses, due):
    answer = compute_due(
        at(received),
        Limit(value, unit),
        calendar=STD,
        policy="RESET",
        pauses=[pause(*span) for span in pauses],
    )

    assert answer.due_at == at(due)


def test_a_supplement_received_on_a_reception_saturday_restarts_the_limit_on_that_day():
    answer = compute_due(
        at(MON),
        Limit(1, "working_day"),
        calendar=SAT,
        policy="RESET",
        pauses=[pause("2026-03-02 10:00", "2026-03-07 09:00")],
    )

    assert answer.due_at == at("2026-03-09 17:00")


@pytest.mark.parametrize("policy", ["PAUSE", "RESET"])
@pytest.mark.parametrize("start", ["2026-02-20 10:00", "2026-03-03 10:00", "2026-04-03 10:00"])
@pytest.mark.parametrize(
    "limit", [Limit(5, "working_day"), Limit(5, "day"), Limit(1, "same_day"), Limit(1, "month")]
)
def test_an_open_pause_leaves_no_due_moment(policy, start, limit):
    closed = pause("2026-03-02 10:00", "2026-03-02 11:00")

    answer = compute_due(at(MON), limit, calendar=STD, policy=policy, pauses=[pause(start, None), closed])

    assert answer.due_at is None
    assert any(line.startswith("Đang tạm dừng từ") for line in answer.lines)


@pytest.mark.parametrize(
    ("limit", "start", "seconds", "days"),
    [
        (Limit(5, "working_day"), "2026-03-09 16:00", 3600, None),
        (Limit(5, "working_day"), "2026-03-05 12:00", (3.5 + 16) * 3600, None),
        (Limit(8, "hour"), "2026-03-02 10:00:30", 7 * 3600 - 30, None),
        (Limit(5, "working_day"), "2026-03-20 16:00", 0, None),
        (Limit(10, "day"), "2026-03-05 12:00", None, 7),
        (Limit(10, "day"), "2026-03-20 12:00", None, 0),
    ],
)
def test_an_open_pause_says_what_is_left(limit, start, seconds, days):
    answer = compute_due(at(MON), limit, calendar=STD, policy="PAUSE", pauses=[pause(start, None)])

    assert (answer.remaining_seconds, answer.remaining_days) == (seconds, days)


# I13: a draft shown to the citizen pauses whatever the policy, for 8 working hours at most
@pytest.mark.parametrize("policy", ["PAUSE", "RESET"])
@pytest.mark.parametrize(
    ("start", "end", "due"),
    [
        ("2026-03-04 14:00", "2026-03-04 15:00", "2026-03-10 08:00"),
        ("2026-03-04 14:00", "2026-03-05 14:00", "2026-03-10 17:00"),
        ("2026-03-04 14:00", "2026-03-06 16:00", "2026-03-10 17:00"),
    ],
)
@pytest.mark.parametrize("kind", ["confirmation"])
def test_a_draft_confirmation_pauses_whatever_the_policy(policy, start, end, due, kind):
    answer = compute_due(
        at(MON), Limit(5, "working_day"), calendar=STD, policy=policy, pauses=[pause(start, end, kind)]
    )

    assert answer.due_at == at(due)


def test_a_payment_pauses_while_a_supplement_restarts():
    answer = compute_due(
        at(MON),
        Limit(5, "working_day"),
        calendar=STD,
        policy="RESET",
        pauses=[
            pause("2026-03-02 10:00", "2026-03-02 16:00", "payment"),
            pause("2026-03-03 08:00", "2026-03-04 09:00"),
            pause("2026-03-05 08:00", "2026-03-05 10:00", "payment"),
        ],
    )

    assert answer.due_at == at("2026-03-12 09:00")
