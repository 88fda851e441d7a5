"""How each kind of file is read into records: the national shape, and our own catalogue files."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.errors import RuleViolation
from portal.core.text import clean_json
from procedures.choices import Source
from procedures.content import parse_content
from procedures.editing_choices import ImportKind
from procedures.loading.archives import read_archive
from procedures.loading.entries import Entry
from procedures.loading.lines import read_lines
from procedures.loading.planning import Closing, Record, unreadable
from procedures.national import Refused, read_record
from procedures.reading import Node
from procedures.richtext import clean_text

_MOST_LABEL = 64


@dataclass(frozen=True)
class Shape:
    """`own_sources`: what such a load never overwrites; `keeps_closed`: closed codes are left alone."""

    open: Callable[..., Iterator[Entry]]
    own_sources: tuple[str, ...]
    keeps_closed: bool


SHAPES: Mapping[str, Shape] = {
    ImportKind.NATIONAL: Shape(read_lines, (Source.OWN, Source.SYSTEM), keeps_closed=True),
    ImportKind.FILES: Shape(read_archive, (Source.OWN,), keeps_closed=False),
}


def reader_of(kind: str, *, home: str) -> Callable[[Entry], Record]:
    return read_file if kind == ImportKind.FILES else lambda entry: read_national(entry, home=home)


def open_entries(kind: str, file: IO[bytes], *, after: int = 0) -> Iterator[Entry]:
    return SHAPES[kind].open(file, after=after)


def read_national(entry: Entry, *, home: str) -> Record:
    found = read_record(entry.value, home=home)
    if isinstance(found, Refused):
        return Record(found.code, found.name, reasons=found.reasons)
    return Record(
        found.code, found.name, found.document, found.content, scope=found.scope, reasons=found.losses
    )


def read_file(entry: Entry) -> Record:
    """A catalogue file: the document, and `closed` where it is closed."""
    if not isinstance(entry.value, dict):
        return unreadable(entry)
    document = dict(entry.value)
    code = _word(document.get("code")) or entry.label
    name = document.get("name")
    label = _word(name.get("vi"), 300) if isinstance(name, dict) else ""
    try:
        check_storable(document)
        closing = read_closing(document.pop("closed", None))
        content = parse_content(document)
    except RuleViolation as error:
        return Record(code, label, reasons=list_reasons(error))
    except RecursionError:
        return Record(code, label, reasons=(_("Nội dung lồng nhau quá sâu."),))
    if entry.label and entry.label != f"{content.code}.json":
        reason = _("Tên tệp phải là %(name)s.") % {"name": f"{content.code}.json"}
        return Record(code, label, reasons=(reason,))
    return Record(content.code, content.name.vi, document, content, closing)


def check_storable(document: dict[str, Any]) -> None:
    """What the database cannot hold: control characters, halves of characters, numbers without end."""
    clean_json(document)
    try:
        json.dumps(document, allow_nan=False)
    except ValueError as error:
        raise RuleViolation("invalid_content", _("Nội dung có số không hợp lệ.")) from error


def _word(value: Any, most: int = _MOST_LABEL) -> str:
    return clean_text(value[:most]) if isinstance(value, str) else ""


def list_reasons(error: RuleViolation) -> tuple[str, ...]:
    lines = [f"{path}: {' '.join(map(str, messages))}" for path, messages in error.errors.items()]
    return tuple(lines) or (str(error.message),)


def read_closing(value: object) -> Closing | None:
    """`{"on": "2025-07-01", "successor": "1.013225"}`; the successor may be missing. Raises RuleViolation."""
    if value is None:
        return None
    node = Node(value, "closed")
    on, successor = node.day("on"), node.string("successor")
    node.close()
    if on is None and not node.faults:
        node.fault("on", _("Thiếu ngày bãi bỏ, ví dụ 2025-07-01."))
    if on and on > clock.today():
        node.fault("on", _("Ngày bãi bỏ không được ở tương lai. Khi đến ngày hãy nhập lại tệp."))
    if node.faults:
        raise RuleViolation(
            code="invalid_file", message=_("Phần bãi bỏ thủ tục chưa đúng."), errors=dict(node.faults)
        )
    return Closing(on or clock.today(), successor)
