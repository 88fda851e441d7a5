"""The deadlines agree with a clock that walks minute by minute, whatever the receipt, limit and pauses."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossiers.deadlines import (
    Limit,
    Pause,
    add_working_hours,
    compute_due,
    effective_receipt,
    working_time_between,
)
from portal.accounts.calendar_files import load_work_calendar
from tests.dossiers.walking import Walker

NAMES = ("std", "sat_am_reception")
CALENDARS = {name: load_work_calendar(name) for name in NAMES}
WALKERS = {name: Walker(CALENDARS[name], saturday_reception=name != "std") for name in NAMES}
FIRST = datetime.fromisoformat("2025-01-02")
LATEST_RECEIPT = (datetime.fromisoformat("2027-08-01") - FIRST) // timedelta(minutes=1)

names = st.sampled_from(NAMES)
# minutes of a day near which rules change, besides any minute at all
edges = st.sampled_from([0, 419, 420, 421, 690, 691, 750, 809, 810, 900, 901, 1019, 1020, 1021, 1200])
moments = st.one_of(
    st.integers(0, LATEST_RECEIPT).map(lambda minutes: FIRST + timedelta(minutes=minutes)),
    st.builds(
        lambda day, minute: FIRST + timedelta(days=day, minutes=minute),
        st.integers(0, LATEST_RECEIPT // 1440),
        edges,
    ),
)
limits = st.one_of(
    st.tuples(st.integers(1, 12), st.sampled_from(["working_day", "calendar_day", "day"])),
    st.tuples(st.integers(1, 60), st.just("hour")),
    st.tuples(st.integers(1, 2), st.just("month")),
    st.just((1, "same_day")),
)
# a pause as minutes after (or before) receipt, and its length
offsets = st.lists(st.tuples(st.integers(-4000, 15_000), st.integers(0, 9000)), max_size=4)


def _spans(received, pairs):
    minute = timedelta(minutes=1)
    return [(received + start * minute, received + (start + length) * minute) for start, length in pairs]


@settings(max_examples=200, deadline=None)
@given(name=names, received=moments, limit=limits, pairs=offsets)
def test_a_paused_limit_ends_when_the_walking_clock_says(name, received, limit, pairs):
    spans = _spans(received, pairs)
    value, unit = limit

    due = compute_due(
        received,
        Limit(value, unit),
        calendar=CALENDARS[name],
        policy="PAUSE",
        pauses=[Pause(start, end) for start, end in spans],
    )

    assert due.due_at == WALKERS[name].due(received, value, unit, spans)


@settings(max_examples=100, deadline=None)
@given(name=names, received=moments, limit=limits, pairs=offsets)
def test_a_reset_limit_runs_from_the_last_supplement(name, received, limit, pairs):
    spans = _spans(received, pairs)
    value, unit = limit

    due = compute_due(
        received,
        Limit(value, unit),
        calendar=CALENDARS[name],
        policy="RESET",
        pauses=[Pause(start, end) for start, end in spans],
    )

    restart = max([received, *(end for _start, end in spans)])
    assert due.due_at == WALKERS[name].due(restart, value, unit, [])


@settings(max_examples=100, deadline=None)
@given(name=names, received=moments, limit=limits, pairs=offsets, data=st.data())
def test_an_open_pause_leaves_no_due_moment_and_the_rest_is_what_the_walking_clock_has_left(
    name, received, limit, pairs, data
):
    value, unit = limit
    walker = WALKERS[name]
    begin = walker.receipt(received)
    opened = begin + timedelta(minutes=data.draw(st.integers(0, 8000)))
    spans = [(start, min(end, opened)) for start, end in _spans(received, pairs) if start < opened]

    due = compute_due(
        received,
        Limit(value, unit),
        calendar=CALENDARS[name],
        policy="PAUSE",
        pauses=[*(Pause(start, end) for start, end in spans), Pause(opened, None)],
    )

    assert due.due_at is None
    if due.remaining_seconds is not None:
        without = walker.due(received, value, unit, spans)
        assert due.remaining_seconds == 60 * walker.working_minutes(opened, without)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=200, deadline=None)
@given(start=moments, minutes=st.integers(1, 4000))
def test_working_time_added_is_the_working_time_between(name, start, minutes):
    calendar = CALENDARS[name]

    end = add_working_hours(start, minutes / 60, calendar)

    assert end == WALKERS[name].run_out(start, minutes, [])
    assert working_time_between(start, end, calendar) == timedelta(minutes=minutes)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=200, deadline=None)
@given(moment=moments)
def test_receipt_counts_from_the_next_opening(name, moment):
    assert effective_receipt(moment, CALENDARS[name]) == WALKERS[name].receipt(moment)
