"""What was typed on the pages of publishing, read and kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from portal.core.errors import RuleViolation
from portal.core.text import clean_text
from procedures.formschema.types.base import Refused
from procedures.formschema.types.days import parse_day

MOST_NOTE = 2000
_LONGEST_NUMBER = 9


@dataclass(frozen=True)
class Proposal:
    """The form that hands a draft to the second person, as it was typed."""

    day: str
    note: str
    row_version: int

    def read_day(self, today: date) -> date:
        """Raises RuleViolation."""
        if not self.day:
            raise RuleViolation(errors={"effective_from": [_("Ghi ngày bắt đầu áp dụng.")]})
        try:
            return date.fromisoformat(parse_day(self.day, today, ahead=True))
        except Refused as refused:
            raise RuleViolation(errors={"effective_from": [refused.message]}) from refused

    def read_note(self) -> str:
        """Raises RuleViolation."""
        if not self.note:
            raise RuleViolation(errors={"note": [_("Ghi những gì thay đổi, để người dân đọc.")]})
        if len(self.note) > MOST_NOTE:
            message = _("Ghi ngắn lại, nhiều nhất %(most)d chữ cái. Bạn đã ghi %(count)d.")
            raise RuleViolation(errors={"note": [message % {"most": MOST_NOTE, "count": len(self.note)}]})
        return self.note


def read_proposal(data: Mapping[str, str]) -> Proposal:
    return Proposal(
        read_text(data, "effective_from"), read_text(data, "note"), read_number(data, "row_version") or 0
    )


def read_text(data: Mapping[str, str], name: str) -> str:
    """Without blanks around. Raises RuleViolation for characters no person types."""
    return clean_text(data.get(name, "")).replace("\r\n", "\n").strip()


def read_number(data: Mapping[str, str], name: str) -> int | None:
    """A number the page held; None for anything else."""
    text = data.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else None


def list_errors(error: RuleViolation) -> list[dict[str, str]]:
    """Rows for components/error_summary.html."""
    if not error.errors:
        return [{"text": error.message, "id": ""}]
    return [{"text": lines[0], "id": path} for path, lines in error.errors.items()]
