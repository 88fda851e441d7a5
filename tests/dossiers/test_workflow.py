"""The table as data: it is whole, its guards and effects exist, and the document is made from it."""

from pathlib import Path

import pytest
from django.conf import settings

from dossiers.choices import AWAITING_STATUSES, END_STATUSES, Status
from dossiers.diagram import draw
from dossiers.effects import EFFECTS
from dossiers.guards import GUARDS
from dossiers.workflow import RESUME, TABLE, Action, rows_for


def test_the_document_is_made_from_the_table() -> None:
    written = (Path(settings.BASE_DIR) / "docs" / "dossier-states.md").read_text(encoding="utf-8")
    assert written == draw(), "run: python -m dossiers.diagram > docs/dossier-states.md"


def test_every_guard_named_exists_and_every_guard_is_named() -> None:
    assert {name for row in TABLE for name in row.guards} == set(GUARDS)


def test_every_action_has_rows_and_an_effect() -> None:
    assert {row.action for row in TABLE} == set(Action) == set(EFFECTS)


@pytest.mark.parametrize("status", sorted(END_STATUSES))
def test_nothing_leaves_an_end(status: str) -> None:
    assert not [row for row in TABLE if status in row.source]


@pytest.mark.parametrize("status", sorted(set(Status) - END_STATUSES))
def test_every_other_status_can_be_left(status: str) -> None:
    assert [row for row in TABLE if status in row.source]


def test_only_waits_resume() -> None:
    for row in TABLE:
        if row.target == RESUME:
            assert set(row.source) <= AWAITING_STATUSES


@pytest.mark.parametrize(
    ("resume_to", "target"),
    [("submitted", "declined"), ("accepted", "stopped"), ("processing", "stopped"), ("resolved", None)],
)
def test_where_a_wait_that_ran_out_ends(resume_to: str, target: str | None) -> None:
    rows = rows_for(Action.EXPIRE, Status.AWAITING_PAYMENT, resume_to)
    assert [row.target for row in rows] == ([target] if target else [])
