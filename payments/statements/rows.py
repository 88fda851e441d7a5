"""The rows of a file as plain text, and the limits of what is read."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.core.errors import RuleViolation

MOST_BYTES = 5 * 2**20
MOST_ROWS = 50_000
MOST_COLUMNS = 60
LONGEST_CELL = 1000
_BROKEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b\ufeff]")
_WRAPPED = re.compile(r'="(.*)"\Z')
"""How some banks keep the zeros at the head of a number from a spreadsheet program."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Row 1 is the first of the file; empty rows keep their place. `faults`: row -> why it could not be read."""

    cells: Sequence[Sequence[str]]
    faults: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, cells: Iterable[Sequence[str]], faults: Mapping[int, str] | None = None) -> "Rows":
        """Without empty cells at the right and empty rows at the end. Raises RuleViolation when nothing is left."""
        rows = [_trim(row) for row in cells]
        while rows and not rows[-1] and len(rows) not in (faults or {}):
            rows.pop()
        if not any(rows):
            raise bad_file(_("Tệp không có dòng nào."))
        return cls(rows, faults or {})

    @property
    def width(self) -> int:
        return max((len(row) for row in self.cells), default=0)


def clean_cell(text: str) -> str:
    """One line of text: control characters are blanks, runs of blanks one, `="0123"` is 0123."""
    plain = unicodedata.normalize("NFC", " ".join(_BROKEN.sub(" ", text).split()))[:LONGEST_CELL]
    wrapped = _WRAPPED.fullmatch(plain)
    return wrapped.group(1) if wrapped else plain


def bad_file(reason: str) -> RuleViolation:
    """The refusal of a whole file; `reason` says what to do."""
    return RuleViolation("invalid_statement", reason, errors={"file": [reason]})


def _trim(row: Sequence[str]) -> list[str]:
    cells = list(row)
    while cells and not cells[-1]:
        cells.pop()
    return cells
