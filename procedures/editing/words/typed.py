"""What an admin typed into the forms of this room, and the same read back for the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from procedures.editing.saving import read_number
from procedures.editing_choices import ConceptKind
from procedures.knowledge.rules import Wording, read_lines
from procedures.models import LifeEvent, SearchConcept
from procedures.services.life_events import EventWording

_LINES = ("says", "means", "codes", "unless")


@dataclass(frozen=True)
class TypedWords:
    """The form of one concept: `values` as they stand in it."""

    values: Mapping[str, str]
    row_version: int
    accepts_clashes: bool = False

    @property
    def wording(self) -> Wording:
        lines = {name: read_lines(self.values[name]) for name in _LINES}
        return Wording(kind=self.values["kind"], **lines)


def read_words(posted: Mapping[str, str]) -> TypedWords:
    kind = posted.get("kind", "")
    values = {name: posted.get(name, "") for name in (*_LINES, "query")}
    values["kind"] = kind if kind in ConceptKind.values else ConceptKind.EVERYDAY
    return TypedWords(values, read_number(posted.get("row_version")), "accept" in posted)


def show_words(concept: SearchConcept | None, *, said: str = "") -> TypedWords:
    """The form of what is kept; of a new concept, perhaps with a phrase that was searched in vain."""
    if concept is None:
        values = {
            "kind": ConceptKind.EVERYDAY,
            "says": said,
            "means": "",
            "codes": "",
            "unless": "",
            "query": said,
        }
        return TypedWords(values, 0)
    values = {name: "\n".join(getattr(concept, name)) for name in _LINES}
    values |= {"kind": concept.kind, "query": next(iter(concept.says), "")}
    return TypedWords(values, concept.row_version)


@dataclass(frozen=True)
class TypedEvent:
    values: Mapping[str, str]
    row_version: int

    @property
    def wording(self) -> EventWording:
        label_vi, label_en, text_vi, text_en = (" ".join(self.values[name].split()) for name in _TEXTS)
        return EventWording(
            label_vi=label_vi,
            label_en=label_en,
            text_vi=text_vi,
            text_en=text_en,
            icon=self.values["icon"],
            codes=read_lines(self.values["codes"]),
            phrases=read_lines(self.values["phrases"]),
        )


_TEXTS = ("label_vi", "label_en", "text_vi", "text_en")
ICONS = (
    "baby", "rings", "book", "home", "id", "build", "shop", "tools", "coin", "users", "heart", "scan", "pin", "clock",
    "shield", "result", "lotus", "stamp", "paper", "person", "calendar", "mail", "phone", "info",
)  # fmt: skip


def read_event(posted: Mapping[str, str]) -> TypedEvent:
    values = {name: posted.get(name, "") for name in (*_TEXTS, "codes", "phrases")}
    icon = posted.get("icon", "")
    values["icon"] = icon if icon in ICONS else ICONS[0]
    return TypedEvent(values, read_number(posted.get("row_version")))


def show_event(event: LifeEvent | None) -> TypedEvent:
    if event is None:
        return TypedEvent({**dict.fromkeys((*_TEXTS, "codes", "phrases"), ""), "icon": ICONS[0]}, 0)
    return TypedEvent(
        _event_values(event.label, event.text, event.icon, event.codes, event.phrases), event.row_version
    )


def _event_values(label: Any, text: Any, icon: str, codes: list[str], phrases: list[str]) -> dict[str, str]:
    return {
        "label_vi": label.get("vi", ""),
        "label_en": label.get("en", ""),
        "text_vi": text.get("vi", ""),
        "text_en": text.get("en", ""),
        "icon": icon,
        "codes": "\n".join(codes),
        "phrases": "\n".join(phrases),
    }
