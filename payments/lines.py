"""The lines of a fee as people read them, on pages and on the receipt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import translation

from portal.core.jsontypes import Json
from portal.core.money import format_vnd
from portal.core.reading import reads_english
from procedures.choices import FeeKind


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One charge. `kind` phi or le_phi; `amount` in đồng, None when it is not known yet.

    `explanation` says how the amount came about, without the amount where it begins with it.
    """

    kind: str
    label: str
    amount: int | None
    explanation: str

    @property
    def kind_label(self) -> str:
        return str(FeeKind(self.kind).label) if self.kind in FeeKind.values else ""


def read_lines(lines: Iterable[Mapping[str, Json]]) -> tuple[FeeLine, ...]:
    """From the stored form of fees and receipts."""
    return tuple(_read_line(line) for line in lines)


def _read_line(line: Mapping[str, Json]) -> FeeLine:
    amount = line.get("amount")
    known = amount if isinstance(amount, int) else None
    label, _language = _words(line, "label")
    explanation, language = _words(line, "explanation")
    with translation.override(language):  # as the words were kept
        said = "" if known is None else format_vnd(known)
    if said and (explanation == said or explanation.startswith(f"{said} (")):
        explanation = explanation.removeprefix(said).strip()
    return FeeLine(str(line.get("kind", "")), label, known, explanation)


def _words(line: Mapping[str, Json], name: str) -> tuple[str, str]:
    """The reader's words where both languages were kept, and the language they are in."""
    english = str(line.get(f"{name}_en") or "") if reads_english() else ""
    return (english, "en") if english else (str(line.get(name) or ""), "vi")
