"""Two admins at once: what stands in either text, box by box."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.errors import Conflict
from procedures.editing_choices import ConceptKind

_LABELS: Mapping[str, Promise] = {
    "kind": _("Loại"),
    "says": _("Người dân nói"),
    "means": _("Tức là"),
    "codes": _("Mã thủ tục"),
    "unless": _("Không áp dụng khi có"),
    "label": _("Tên việc"),
    "text": _("Dòng giải thích"),
    "icon": _("Hình"),
    "phrases": _("Cụm từ trong tên thủ tục"),
}


@dataclass(frozen=True)
class Difference:
    label: str
    mine: str
    theirs: str


def list_changes(conflict: Conflict) -> tuple[Difference, ...]:
    """Boxes that differ between what this admin typed and what another saved."""
    mine, theirs = conflict.extra["yours"], conflict.extra["theirs"]
    return tuple(
        Difference(str(label), _write(name, mine.get(name)), _write(name, theirs.get(name)))
        for name, label in _LABELS.items()
        if name in theirs and mine.get(name) != theirs.get(name)
    )


def _write(name: str, value: Any) -> str:
    if name == "kind":
        return str(ConceptKind(value).label)
    if isinstance(value, Mapping):
        return " · ".join(str(text) for text in value.values())
    return "\n".join(value) if isinstance(value, list) else str(value or "")
