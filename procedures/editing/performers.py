"""Which agencies receive the procedure: kinds by boxes, single agencies by their codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.accounts.choices import AgencyKind
from procedures.editing.fields import Posted, Spec, write

_CODES = "performed_by_codes"
_KINDS = "performed_by_kinds"


@dataclass(frozen=True)
class PerformerForm:
    """`kinds`: (value, words, is chosen); `codes`: one a line."""

    kinds: tuple[tuple[str, str, bool], ...]
    codes: str


def build_performers(document: Mapping[str, Any]) -> PerformerForm:
    names = _names(document)
    kinds = tuple((kind.value, str(kind.label), kind.value in names) for kind in AgencyKind)
    return PerformerForm(kinds, "\n".join(name for name in names if name not in AgencyKind.values))


def write_performers(document: dict[str, Any], posted: Posted) -> None:
    """Kinds and codes that stay keep their places; new ones follow."""
    names = _names(document)
    holder: dict[str, Any] = {
        _KINDS: [name for name in names if name in AgencyKind.values],
        _CODES: [name for name in names if name not in AgencyKind.values],
    }
    for spec in (Spec(_KINDS, "", "many", default=[]), Spec(_CODES, "", "lines", default=[])):
        write(spec, holder, spec.name, posted)
    wanted = [*holder[_KINDS], *holder[_CODES]]
    if set(wanted) != set(names):
        kept = [name for name in names if name in wanted]
        document["performed_by"] = kept + [name for name in wanted if name not in kept]


def _names(document: Mapping[str, Any]) -> list[str]:
    found = document.get("performed_by")
    return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []
