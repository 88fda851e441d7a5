"""Differences and findings as pages show them: by section, with the way to where they are mended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from portal.core import clock
from procedures.comparing import ADDED, CHANGED, MOVED, REMOVED, Change, compare_documents
from procedures.content import upgrade
from procedures.editing.pointing import Pointed, point_at
from procedures.editing.sections import BY_KEY
from procedures.editing.shell import find_href
from procedures.history import access_version, find_version_on
from procedures.judging import Finding
from procedures.models import ProcedureVersion

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_TOLD, MOST_LETTERS = 3, 160
_ROOMS = {"form": "catalogue:form", "guide": "catalogue:guide"}


@dataclass(frozen=True)
class Row:
    """One change for templates/catalogue/publish/partials/changes.html."""

    change: Change
    label: str
    word: str
    tag: str


@dataclass(frozen=True)
class Group:
    """What belongs to one section. `items`: rows of changes, or findings."""

    title: StrOrPromise
    href: str
    items: tuple[Row | Pointed, ...]


@dataclass(frozen=True)
class Difference:
    """A document against what it takes the place of; `base` is None for a procedure that is new."""

    base: ProcedureVersion | None
    changes: tuple[Change, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        return group_changes(self.changes)


def find_difference(code: str, document: dict[str, object], day: date) -> Difference:
    """Against the version that is in force on the day the document would begin. Two queries."""
    base = find_version_on(code, max(day, clock.today()))
    if base is None:  # what the software itself writes into a new document is no news
        told = {name: part for name, part in document.items() if name not in ("schema", "code")}
        return Difference(None, compare_documents({}, told))
    return Difference(base, compare_documents(upgrade(access_version(code, base.number).content), document))


def group_changes(changes: Iterable[Change], *, code: str = "") -> tuple[Group, ...]:
    """By section, in the order they came."""
    found: dict[str, list[Row]] = {}
    for change in changes:
        found.setdefault(change.section, []).append(_row(change))
    return tuple(_group(section, code, rows) for section, rows in found.items())


def group_findings(
    findings: Iterable[Finding], *, code: str, document: Mapping[str, Any]
) -> tuple[Group, ...]:
    """By section, stops first, as they came."""
    found: dict[str, list[Pointed]] = {}
    for pointed in point_at(findings, code, document):
        found.setdefault(pointed.finding.section, []).append(pointed)
    return tuple(_group(section, code, items) for section, items in found.items())


def suggest_note(difference: Difference) -> str:
    """What changes, in plain words drawn from the differences; for people to read and mend."""
    if difference.base is None:
        return _("Công bố thủ tục mới.")
    changes = difference.changes
    if not changes:
        return _("Công bố lại, nội dung không đổi.")
    told = [_tell(change) for change in changes]
    if len(told) <= MOST_TOLD and all(len(line) <= MOST_LETTERS for line in told):
        return "\n".join(told)
    counts: dict[str, int] = {}
    for change in changes:
        counts[change.section] = counts.get(change.section, 0) + 1
    parts = [
        _("%(section)s: %(count)d chỗ") % {"section": str(BY_KEY[section].title).lower(), "count": count}
        for section, count in counts.items()
    ]
    return _("Sửa đổi. %(parts)s.") % {"parts": "; ".join(parts).capitalize()}


def _tell(change: Change) -> str:
    facts = {"label": change.label, "before": change.before, "after": change.after}
    sentences = {
        ADDED: _("%(label)s: thêm mới.") if not change.after else _("%(label)s: thêm mới, %(after)s."),
        REMOVED: _("%(label)s: bỏ."),
        MOVED: _("%(label)s: chuyển chỗ."),
        CHANGED: _("%(label)s: %(before)s → %(after)s."),
    }
    return (sentences[change.kind] % facts).replace("..", ".")


def _row(change: Change) -> Row:
    word, tag = {
        ADDED: (_("Thêm"), "done"),
        REMOVED: (_("Bỏ"), "late"),
        CHANGED: (_("Sửa"), "info"),
        MOVED: (_("Chuyển chỗ"), ""),
    }[change.kind]
    title, _dot, rest = change.label.partition(" · ")
    is_told = rest and title.casefold() == str(BY_KEY[change.section].title).casefold()
    return Row(change, rest if is_told else change.label, word, tag)


def _group(section: str, code: str, items: Iterable[Row | Pointed]) -> Group:
    return Group(BY_KEY[section].title, find_section_href(code, section) if code else "", tuple(items))


def find_section_href(code: str, section: str) -> str:
    """Where a section is mended; nothing where that page is not installed."""
    room = _ROOMS.get(section)
    return (find_href(room, code) if room else "") or find_href("catalogue:section", code, section)
