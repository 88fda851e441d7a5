"""A document's own copy of its form, to be changed by one operation."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.core.errors import RuleViolation
from procedures.building.spots import Spot

Document = dict[str, Any]
Part = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """A part in the list that holds it."""

    items: list[Part]
    index: int

    @property
    def item(self) -> Part:
        return self.items[self.index]


@dataclass(frozen=True)
class Outcome:
    """What an operation made: the new document, the part to go on at, and what was done in a few words."""

    document: Document
    spot: str
    summary: str


@dataclass
class Form:
    """`document` is a copy; the given one is never changed. Lists that become empty leave it in `close`."""

    document: Document

    @classmethod
    def open(cls, document: Document) -> "Form":
        opened = cls(copy.deepcopy(document))
        if not isinstance(opened.document.get("form"), dict):
            opened.document["form"] = {"pages": []}
        return opened

    def close(self) -> Document:
        for name in ("checks", "parties"):
            if not self.parts.get(name, True):
                del self.parts[name]
        if not self.pages:
            del self.document["form"]
        return self.document

    @property
    def parts(self) -> Part:
        form: Part = self.document["form"]
        return form

    @property
    def pages(self) -> list[Part]:
        return self._list("pages")

    @property
    def checks(self) -> list[Part]:
        return self._list("checks")

    @property
    def parties(self) -> list[Part]:
        return self._list("parties")

    def _list(self, name: str) -> list[Part]:
        items: list[Part] = self.parts.setdefault(name, [])
        return items

    def questions(self) -> Iterator[Part]:
        """Top-level questions in the order they are asked."""
        for page in self.pages:
            yield from page["fields"]

    def keys(self) -> set[str]:
        """Of all questions, in groups too."""
        return {part["key"] for field in self.questions() for part in (field, *field.get("fields", ()))}

    def place(self, spot: Spot) -> Place:
        """Raises RuleViolation when there is no such part, for example because it was just removed."""
        for items in self._lists(spot):
            for index, item in enumerate(items):
                if spot.kind in ("check", "party") and index == int(spot.key):
                    return Place(items, index)
                if item.get("key") == spot.key:
                    return Place(items, index)
        raise refuse(_("Phần này không còn trong mẫu. Hãy xem lại danh sách câu hỏi."))

    def page_of(self, key: str) -> Part:
        """The page that asks a top-level question. Raises RuleViolation when none does."""
        for page in self.pages:
            if any(field["key"] == key for field in page["fields"]):
                return page
        raise refuse(_("Câu hỏi này không còn trong mẫu."))

    def _lists(self, spot: Spot) -> list[list[Part]]:
        if spot.kind == "page":
            return [self.pages]
        if spot.kind == "check":
            return [self.checks]
        if spot.kind == "party":
            return [self.parties]
        if spot.group:
            return [field.get("fields", []) for field in self.questions() if field["key"] == spot.group]
        return [page["fields"] for page in self.pages]


def refuse(message: str, name: str = "") -> RuleViolation:
    """The refusal of an operation; `name`: the control that is to be mended."""
    return RuleViolation("form_refused", errors={name: [message]})


def vi(text: object) -> str:
    """The Vietnamese of a text of the document."""
    found = text.get("vi") if isinstance(text, dict) else None
    return found if isinstance(found, str) else ""


def short(text: str, most: int = 80) -> str:
    """For a summary: what is too long is cut."""
    return text if len(text) <= most else text[: most - 1] + "…"
