"""Fields with how many procedures each holds, under a choice of whom it is for, level or agency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.selectors import get_agency
from portal.core.errors import NotFound, RuleViolation
from portal.core.text import fold, sort_key
from procedures.browsing.audiences import Audience, audience_of
from procedures.browsing.events import list_events
from procedures.browsing.shelf import Shelf, is_local
from procedures.choices import ServiceLevel
from procedures.english import name_fields
from procedures.finding import Entry

if TYPE_CHECKING:
    from portal.accounts.models import Agency

NAMES = ("audience", "level", "agency")
POPULAR = 8
# Said as what people can do, not as numbers of a decree.
LEVEL_WORDS = {
    str(ServiceLevel.FULL.value): gettext_lazy("Làm trọn trên mạng"),
    str(ServiceLevel.SUBMISSION.value): gettext_lazy("Nộp được trên mạng"),
    str(ServiceLevel.FORMS.value): gettext_lazy("Tải được mẫu"),
    str(ServiceLevel.INFORMATION.value): gettext_lazy("Chỉ có hướng dẫn"),
}


@dataclass(frozen=True)
class Choice:
    """What the lists are narrowed to; `agency` performs all of them."""

    audience: str = ""
    level: str = ""
    agency: Agency | None = None

    @property
    def query(self) -> str:
        """ "?audience=citizen", or nothing."""
        code = self.agency.code if self.agency else ""
        given = {"audience": self.audience, "level": self.level, "agency": code}
        chosen = {name: value for name, value in given.items() if value}
        return f"?{urlencode(chosen)}" if chosen else ""

    @property
    def words(self) -> str:
        """What was chosen, for a heading; nothing without a choice."""
        parts = [
            str(Audience(self.audience).label) if self.audience else "",
            str(LEVEL_WORDS[self.level]) if self.level else "",
            self.agency.name if self.agency else "",
        ]
        return ", ".join(part for part in parts if part)

    def fits(self, entry: Entry) -> bool:
        agency = self.agency
        return (
            (not self.level or entry.level == int(self.level))
            and (agency is None or agency.kind in entry.performed_by or agency.code in entry.performed_by)
            and (not self.audience or self.audience in audience_of(entry))
        )


@dataclass(frozen=True)
class FieldLine:
    key: str
    name: str
    count: int


@dataclass(frozen=True)
class Letter:
    """`id` names the heading in an address; `fields` begin with the letter."""

    letter: str
    id: str
    fields: tuple[FieldLine, ...]


def read_choice(params: Mapping[str, str]) -> Choice:
    """Raises RuleViolation for what nobody offers. One query with an agency."""
    audience, level = params.get("audience", "").strip(), params.get("level", "").strip()
    if audience and audience not in Audience.values:
        raise RuleViolation(errors={"audience": [_("Không có nhóm đối tượng này. Hãy chọn lại.")]})
    if level and level not in LEVEL_WORDS:
        raise RuleViolation(errors={"level": [_("Mức độ phải từ 1 đến 4.")]})
    return Choice(audience, level, _read_agency(params.get("agency", "").strip()))


def _read_agency(code: str) -> Agency | None:
    if not code:
        return None
    try:
        return get_agency(code)
    except NotFound as error:
        raise RuleViolation(errors={"agency": [_("Không có cơ quan mang mã này.")]}) from error


def list_fields(shelf: Shelf, choice: Choice) -> tuple[FieldLine, ...]:
    """Fields that hold something under the choice, in dictionary order of their names."""
    counts = {
        key: sum(1 for entry in entries if is_local(entry) and choice.fits(entry))
        for key, entries in shelf.by_field.items()
    }
    names = dict(name_fields((key, entries[0].field) for key, entries in shelf.by_field.items()))
    lines = [FieldLine(key, names[key], count) for key, count in counts.items() if count]
    return tuple(sorted(lines, key=lambda line: sort_key(line.name)))


def list_popular(shelf: Shelf, lines: tuple[FieldLine, ...]) -> tuple[FieldLine, ...]:
    """Fields people come for most: what an event of life names counts, and what the province wrote itself."""
    worth = Counter(entry.field_key for event in list_events(shelf) for entry in event.named)
    worth.update(entry.field_key for entry in shelf.local if entry.is_own)
    ranked = sorted(lines, key=lambda line: (-worth[line.key], line.name))
    return tuple(ranked[:POPULAR])


def group_by_letter(lines: tuple[FieldLine, ...]) -> tuple[Letter, ...]:
    """By first letter without its hat; Đ is a letter of its own."""
    groups: dict[str, list[FieldLine]] = {}
    for line in lines:
        first = line.name[:1].upper()
        groups.setdefault(_bare(first), []).append(line)
    return tuple(
        Letter(letter, "letter-dd" if letter == "Đ" else f"letter-{letter.lower()}", tuple(found))
        for letter, found in groups.items()
    )


def _bare(letter: str) -> str:
    if letter == "Đ":
        return letter
    return fold(letter).upper()
