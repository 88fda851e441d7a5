"""From a finding to the very input where it is mended."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from procedures.building.spots import Spot
from procedures.comparing.speaking import objects
from procedures.editing.inputs import make_id
from procedures.editing.shell import find_href
from procedures.judging import Finding

_QUESTION = re.compile(r"form\.pages\[(\d+)\](?:\.fields\[(\d+)\](?:\.fields\[(\d+)\])?)?")
_BY_NUMBER = re.compile(r"form\.(check|partie)s\[(\d+)\]")
_TEXT = re.compile(r"\.(vi|en)$")


@dataclass(frozen=True)
class Pointed:
    """A finding with the address where it is mended."""

    finding: Finding
    href: str


def point_at(findings: Iterable[Finding], code: str, document: Mapping[str, Any]) -> tuple[Pointed, ...]:
    return tuple(Pointed(finding, find_place(finding, code, document)) for finding in findings)


def find_place(finding: Finding, code: str, document: Mapping[str, Any]) -> str:
    """A part of the form in the builder, an input of a section elsewhere."""
    if finding.section == "form" and (href := find_href("catalogue:form", code)):
        return href + _find_spot(finding.path, document)
    href, anchor = find_href("catalogue:section", code, finding.section), make_id(_TEXT.sub("", finding.path))
    return f"{href}?at={anchor}#{anchor}" if href else ""


def _find_spot(path: str, document: Mapping[str, Any]) -> str:
    if match := _BY_NUMBER.match(path):
        kind = "party" if match[1] == "partie" else match[1]
        return _at(Spot(kind, match[2]), "b-role" if kind == "party" else "b-message")
    if path.startswith("form.parties"):
        return "?new=party#b-role"
    if not (match := _QUESTION.match(path)):
        return "" if path.startswith("form") else "?new=question#b-label"
    form = document.get("form")
    page = _pick(form.get("pages") if isinstance(form, Mapping) else None, match[1])
    question = _pick(page.get("fields"), match[2])
    column = _pick(question.get("fields"), match[3])
    if column.get("key"):
        return _at(Spot("field", str(column["key"]), str(question.get("key"))), "b-label")
    if question.get("key"):
        return _at(Spot("field", str(question["key"])), "b-label")
    return _at(Spot("page", str(page["key"])), "b-title") if page.get("key") else ""


def _at(spot: Spot, anchor: str) -> str:
    return f"?at={quote(str(spot))}#{anchor}"


def _pick(items: object, place: str | None) -> Mapping[str, Any]:
    """The object at a place of a list that may hold anything."""
    found = objects(items)
    return found[int(place)] if place and int(place) < len(found) else {}
