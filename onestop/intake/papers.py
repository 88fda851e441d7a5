"""The checklist of papers laid on the desk: which, how many originals and copies, only shown, or borrowed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dossiers.commands import PaperLine
from procedures.content import Content
from procedures.parts import Requirement

TAKE_ALL = "take_all"
MOST = 999


@dataclass(frozen=True)
class PaperRow:
    """One required paper and what is on the desk; `originals` and `copies` as typed."""

    requirement: Requirement
    is_there: bool
    originals: str
    copies: str
    is_borrowed: bool
    error: str = ""

    @property
    def key(self) -> str:
        return self.requirement.key

    @property
    def name(self) -> str:
        return f"paper-{self.key}"


def read_papers(content: Content, case: str, data: Mapping[str, str] | None) -> list[PaperRow]:
    """Rows for the papers of a case; what a database holds is not asked for. `data`: what was posted."""
    wanted = [item for item in content.requirements_for(case or None) if not item.is_looked_up]
    return [_row(item, data or {}) for item in wanted]


def list_looked_up(content: Content, case: str) -> list[Requirement]:
    """Papers that the agency reads in a national database instead of asking for them."""
    return [item for item in content.requirements_for(case or None) if item.is_looked_up]


def _row(item: Requirement, data: Mapping[str, str]) -> PaperRow:
    name = f"paper-{item.key}"
    takes_all = TAKE_ALL in data and item.required
    originals = data.get(f"{name}-originals", str(item.originals if item.is_submitted else 1))
    copies = data.get(f"{name}-copies", str(item.copies))
    is_there = name in data or takes_all
    error = _find_error(originals, copies) if is_there else ""
    return PaperRow(item, is_there, originals, copies, f"{name}-borrowed" in data, error)


def _find_error(originals: str, copies: str) -> str:
    counts = [_count(originals), _count(copies)]
    if None in counts:
        return _("Số bản là số từ 0 đến %(most)d.") % {"most": MOST}
    return "" if any(counts) else _("Ghi số bản chính hoặc số bản sao.")


def _count(text: str) -> int | None:
    text = text.strip() or "0"
    if not (text.isascii() and text.isdigit()):
        return None
    return int(text) if len(text) <= len(str(MOST)) else None


def to_lines(rows: Iterable[PaperRow]) -> tuple[PaperLine, ...]:
    """The papers that are there, without errors."""
    return tuple(
        PaperLine(
            requirement=row.key,
            originals=_count(row.originals) or 0,
            copies=_count(row.copies) or 0,
            shown=row.requirement.is_presented,
            borrowed=row.is_borrowed and not row.requirement.is_presented,
        )
        for row in rows
        if row.is_there and not row.error
    )
