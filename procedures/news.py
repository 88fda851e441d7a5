"""What is new about a procedure: the version in force against the one before, and versions still to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from procedures.comparing import Change, compare_documents
from procedures.content import upgrade
from procedures.models import Procedure, ProcedureVersion

NEWS_FOR = timedelta(days=365)
MOST_VERSIONS = 6
MOST_CHANGES = 60
# What the public reads: the inner steps, the words of searching and the form are the office's own.
_PUBLIC = frozenset(
    ("names", "audience", "cases", "papers", "limits", "fees", "results", "law", "ways", "level")
)


@dataclass(frozen=True)
class Notice:
    """From `day` on something is other than before; `note` in the words of who published it, may be empty."""

    day: date
    note: str


@dataclass(frozen=True)
class News:
    """`latest`: of the last twelve months; `has_history`: there is more than one version to compare."""

    latest: Notice | None = None
    coming: tuple[Notice, ...] = ()
    has_history: bool = False

    def __bool__(self) -> bool:
        return bool(self.latest or self.coming)


@dataclass(frozen=True)
class Revision:
    """A version beside the one before it. `more`: changes that were left out of a very long list."""

    number: int
    day: date
    note: str
    is_coming: bool
    changes: tuple[Change, ...]
    more: int


def read_news(procedure: Procedure, on: date) -> News:
    """One query."""
    current = procedure.current
    rows = list(
        ProcedureVersion.objects.filter(procedure=procedure)
        .order_by("number")
        .values_list("number", "effective_from", "note")
    )
    coming = tuple(Notice(day, note) for _number, day, note in rows if day > on)
    latest = None
    if current is not None and current.number > 1 and current.effective_from > on - NEWS_FOR:
        latest = Notice(current.effective_from, current.note)
    return News(latest, coming, has_history=len(rows) > 1)


def list_revisions(procedure: Procedure, on: date) -> tuple[Revision, ...]:
    """The latest versions with what each changed, newest first; the first version has nothing before it.

    One query.
    """
    versions = list(
        ProcedureVersion.objects.filter(procedure=procedure).order_by("-number")[: MOST_VERSIONS + 1]
    )
    return tuple(_compare(new, old, on) for new, old in pairwise(versions))


def _compare(new: ProcedureVersion, old: ProcedureVersion, on: date) -> Revision:
    found = compare_documents(upgrade(old.content), upgrade(new.content))
    changes = [change for change in found if change.section in _PUBLIC]
    return Revision(
        number=new.number,
        day=new.effective_from,
        note=new.note,
        is_coming=new.effective_from > on,
        changes=tuple(changes[:MOST_CHANGES]),
        more=max(0, len(changes) - MOST_CHANGES),
    )
