"""The builder's page: outline, editor, preview, and what is still wrong with the form."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from portal.core import clock
from portal.core.errors import RuleViolation
from procedures.building.checking import explain, read_schema
from procedures.building.forms import Document, Form
from procedures.building.spots import Spot, read_spot
from procedures.building.typed import Typed
from procedures.comparing.speaking import build_names
from procedures.editing.builder.editor import Editor
from procedures.editing.builder.outline import Outline, build_outline, line_id
from procedures.editing.builder.reads import Block, list_blocks
from procedures.editing.builder.saving import apply_typed
from procedures.editing.pointing import point_at
from procedures.editing.reads import Desk, Moves, find_moves
from procedures.editing.shell import Shell, build_shell, find_href
from procedures.formschema.pages import PageForm, PageSetting, build_page_form
from procedures.formschema.schema import FormSchema


@dataclass(frozen=True)
class Screen:
    """For templates/catalogue/builder/form.html. `broken`: sentences when the stored form cannot be read."""

    shell: Shell
    row_version: int
    outline: Outline | None
    editor: Editor | None = None
    preview: PageForm | None = None
    blocks: Sequence[Block] = ()
    findings: Sequence[Any] = ()
    broken: Sequence[str] = ()
    conflict: dict[str, Any] = field(default_factory=dict)
    moves: Moves = field(default_factory=Moves)

    @property
    def code(self) -> str:
        return self.shell.code

    @property
    def at(self) -> str:
        """The spot that new things are put behind."""
        current = self.outline.current if self.outline else None
        return current.spot if current else self.editor.at if self.editor else ""

    @property
    def line(self) -> str:
        """Id of the line of that spot."""
        return line_id(self.at) if self.at else ""

    @property
    def group(self) -> str:
        """Spot of the group that is chosen, or that holds the chosen question."""
        spot = read_spot(self.at)
        current = self.outline.current if self.outline else None
        if spot is not None and spot.group:
            return str(Spot("field", spot.group))
        return self.at if current and current.lines and spot and spot.kind == "field" else ""

    @property
    def hrefs(self) -> dict[str, str]:
        return {
            "form": reverse("catalogue:form", args=[self.code]),
            "preview": reverse("catalogue:form_preview", args=[self.code]),
            "pane": reverse("catalogue:form_pane", args=[self.code]),
            "condition": reverse("catalogue:form_condition", args=[self.code]),
            "undo": find_href("catalogue:undo", self.code),
            "redo": find_href("catalogue:redo", self.code),
        }


def build_screen(
    desk: Desk, *, at: str, editor: Editor | None, conflict: dict[str, Any] | None = None
) -> Screen:
    """A broken form has no outline."""
    document, shell = desk.read_document(), build_shell(desk, tab="form")
    moves = find_moves(desk.draft)
    try:
        schema = read_schema(document)
    except RuleViolation as error:
        names = build_names(document)
        lines = [
            explain(path, line, document, names) for path, found in error.errors.items() for line in found
        ]
        return Screen(shell, desk.row_version, None, broken=lines, moves=moves)
    at = at or _first(document)
    return Screen(
        shell,
        desk.row_version,
        build_outline(document, at),
        editor,
        build_preview(document, schema, at) if schema else None,
        list_blocks() if editor and editor.kind == "insert" else (),
        point_at(list_findings(document), shell.code, document),
        conflict=conflict or {},
        moves=moves,
    )


def try_out(desk: Desk, typed: Typed) -> Screen:
    """The preview alone, of the form as the typed operation would leave it. Raises RuleViolation."""
    outcome = apply_typed(desk.read_document(), typed)
    schema = read_schema(outcome.document)
    preview = build_preview(outcome.document, schema, outcome.spot) if schema else None
    return Screen(build_shell(desk, tab="form"), desk.row_version, None, preview=preview)


def build_preview(document: Document, schema: FormSchema, at: str) -> PageForm:
    """The page that asks the question at the spot, as a citizen opens it; the first page when there is none."""
    return build_page_form(
        schema, find_page(document, at), {}, setting=PageSetting(clock.today(), first_case(document))
    )


def first_case(document: Document) -> str:
    """The case a preview begins with."""
    return next((str(case.get("key")) for case in document.get("cases") or () if isinstance(case, dict)), "")


def find_page(document: Document, at: str) -> str:
    """Key of the page around a spot."""
    form, spot = Form.open(document), read_spot(at)
    keys = [page["key"] for page in form.pages]
    if spot is not None and spot.kind == "page" and spot.key in keys:
        return spot.key
    for page in form.pages if spot is not None else ():
        if any(item["key"] == (spot.group or spot.key) for item in page["fields"]):  # type: ignore[union-attr]
            return str(page["key"])
    return str(keys[0])


def list_findings(document: Document) -> list[Any]:
    """What stands in the way of publishing this form, and hints."""
    from procedures.judging import judge_document  # it reads much, and only this page needs it

    return [finding for finding in judge_document(document) if finding.section == "form"]


def _first(document: Document) -> str:
    pages = Form.open(document).pages
    return f"page:{pages[0]['key']}" if pages else ""
