"""One row of `compute_due`: plain JSON in, plain JSON out (docs/deadlines.md)."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from dossiers.deadlines.compute import compute_due
from dossiers.deadlines.limits import Limit, Pause, PauseKind, Policy, Unit
from portal.accounts.calendar_files import load_work_calendar
from portal.accounts.workcalendar import WorkCalendar
from portal.core.errors import RuleViolation


class RowError(ValueError):
    """A row that cannot be read at all: not an object, a key missing, a time that is none."""


def answer_row(row: Any) -> dict[str, Any]:
    """The answer to one row; a rule that forbids an answer (an unknown day) becomes its line and `error`."""
    if not isinstance(row, Mapping):
        raise RowError(f"not an object: {row!r}")
    try:
        return {"id": row["id"], **_answer(row)}
    except KeyError as error:
        raise RowError(f"row {row.get('id')!r}: unknown or missing {error}") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise RowError(f"row {row.get('id')!r}: {error}") from error


def _answer(row: Mapping[str, Any]) -> dict[str, Any]:
    try:
        due = compute_due(
            datetime.fromisoformat(row["received_at"]),
            _read_limit(row),
            calendar=_load(row.get("calendar") or "std"),
            policy=row.get("policy") or Policy.RESET,
            pauses=[_read_pause(pause) for pause in row.get("pauses") or ()],
        )
    except RuleViolation as error:
        return {"due_at": None, "lines": [str(error.message)], "error": error.code}
    return {"due_at": _write(due.due_at, row["received_at"]), "lines": list(due.lines)}


def _read_limit(row: Mapping[str, Any]) -> Limit:
    unit = row["limit_unit"]
    return Limit(value=1 if unit == Unit.SAME_DAY else row["limit_value"], unit=unit)


def _read_pause(pause: Mapping[str, Any]) -> Pause:
    end = pause.get("to")
    return Pause(
        start=datetime.fromisoformat(pause["from"]),
        end=None if end is None else datetime.fromisoformat(end),
        kind=pause.get("kind") or PauseKind.SUPPLEMENT,
    )


def _write(due_at: datetime | None, like: str) -> str | None:
    """The due moment written as the receipt was: separator, offset, seconds or none."""
    if due_at is None:
        return None
    has_seconds = like.count(":", 0, 19) > 1 or bool(due_at.second)
    return due_at.isoformat(sep=" " if " " in like else "T", timespec="seconds" if has_seconds else "minutes")


@lru_cache(maxsize=8)
def _load(name: str) -> WorkCalendar:
    return load_work_calendar(name)
