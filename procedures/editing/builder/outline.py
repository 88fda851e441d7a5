"""The form as a list: pages, their questions, the rows of a group; then checks and people."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from procedures.building.forms import Document, Form, Part, vi
from procedures.building.spots import Spot
from procedures.building.types import BY_NAME
from procedures.comparing.conditions import say_condition
from procedures.comparing.form_shape import ROLES
from procedures.comparing.speaking import Names, build_names


@dataclass(frozen=True)
class Line:
    """One line of the outline."""

    spot: str
    label: str
    icon: str = ""
    kind: str = ""
    condition: str = ""
    is_required: bool = False
    is_current: bool = False
    lines: "tuple[Line, ...]" = ()

    @property
    def id(self) -> str:
        return line_id(self.spot)

    @property
    def fragment(self) -> str:
        """The control of the editor that a link to this part leads to."""
        return {"field": "b-label", "page": "b-title", "check": "b-message"}.get(
            self.spot.split(":")[0], "b-role"
        )


@dataclass(frozen=True)
class Outline:
    pages: tuple[Line, ...]
    checks: tuple[Line, ...]
    parties: tuple[Line, ...]

    @property
    def all(self) -> Iterator[Line]:
        for line in (*self.pages, *self.checks, *self.parties):
            yield line
            for inner in line.lines:
                yield inner
                yield from inner.lines

    @property
    def current(self) -> Line | None:
        return next((line for line in self.all if line.is_current), None)


@dataclass(frozen=True)
class _Writer:
    """Writes lines; `at` is the spot that is being edited."""

    at: str
    names: Names

    def line(self, spot: Spot, label: str, condition: Any = None, **more: Any) -> Line:
        said = say_condition(condition, self.names) if condition else ""
        return Line(str(spot), label, condition=said, is_current=str(spot) == self.at, **more)

    def page(self, number: int, page: Part) -> Line:
        label = _("%(number)d. %(title)s") % {"number": number, "title": vi(page.get("title"))}
        lines = tuple(self.question(field, "") for field in page["fields"])
        return self.line(Spot("page", page["key"]), label, page.get("visible_if"), lines=lines)

    def question(self, field: Part, group: str) -> Line:
        kind = BY_NAME[field["type"]]
        return self.line(
            Spot("field", field["key"], group),
            vi(field.get("label")),
            field.get("visible_if"),
            icon=kind.icon,
            kind=str(kind.title),
            is_required=bool(field.get("required")),
            lines=tuple(self.question(column, field["key"]) for column in field.get("fields", ())),
        )


def line_id(spot: str) -> str:
    """Id of the line of a spot."""
    return "o-" + spot.replace(":", "-").replace(".", "-")


def build_outline(document: Document, at: str) -> Outline:
    """All lines of a form that works."""
    form, writer = Form.open(document), _Writer(at, build_names(document))
    checks = [
        writer.line(Spot("check", str(n)), vi(check.get("message")), check.get("if"), icon="alert")
        for n, check in enumerate(form.checks)
    ]
    parties = [
        writer.line(
            Spot("party", str(n)), _call_party(party, writer.names), party.get("visible_if"), icon="person"
        )
        for n, party in enumerate(form.parties)
    ]
    return Outline(
        tuple(writer.page(n, page) for n, page in enumerate(form.pages, 1)), tuple(checks), tuple(parties)
    )


def _call_party(party: Part, names: Names) -> str:
    role = str(ROLES.get(party.get("role", ""), ""))
    where = names.page(party["page"]) if party.get("page") else names.field(party.get("group"))
    return _("%(role)s: %(where)s") % {"role": role, "where": where}
