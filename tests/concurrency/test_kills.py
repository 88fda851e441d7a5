"""Fifty filings with their payments while everything is killed at random: nothing promised is lost or doubled."""

import pytest

from tests.chaos.compare import compare, read_one
from tests.chaos.people import sign_in_many
from tests.chaos.trial import KILLS, Plan, Trial
from tests.stack import Stack

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("stack")]
CLIENTS = 4


def test_what_was_acknowledged_is_there_once_and_every_notice_arrives(stack: Stack) -> None:
    callers = sign_in_many(stack, CLIENTS)
    started_at = read_one(stack, "SELECT now()")
    trial = Trial(stack, Plan())

    trial.run(callers)

    stack.wait_ready()
    assert trial.killed.total() >= len(KILLS)
    assert trial.journal.broken_off > 0, "no kill met a filing that was being answered"
    assert compare(trial, started_at) == []
