"""Parts of a page as crispy-forms draws them; each has its template in templates/motcua/.

They are duck-typed layout objects: crispy-forms asks for nothing but `render`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from crispy_forms.utils import render_field
from django import forms
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

PACK = "motcua"
NOTHING = SafeString("")


class Block(Protocol):
    """Anything that crispy-forms can draw."""

    def render(
        self, form: forms.Form, context: Context, template_pack: str = PACK, **extra: Any
    ) -> SafeString: ...


@dataclass(frozen=True)
class FileView:
    """An uploaded file as its owner sees it. `id`: of the attachment; texts are ready to read."""

    id: str
    name: str
    size_text: str
    state_text: str = ""
    is_bad: bool = False


@dataclass(frozen=True)
class Single:
    """A question with one control: field.html."""

    name: str

    def render(
        self, form: forms.Form, context: Context, template_pack: str = PACK, **extra: Any
    ) -> SafeString:
        return SafeString(render_field(self.name, form, context, template_pack=template_pack))


@dataclass(frozen=True)
class Frame:
    """What blocks with a legend or label of their own share. `id`: target of links from the error summary."""

    id: str
    label: str
    hint: str = ""
    is_optional: bool = False
    attributes: SafeString = NOTHING
    marker: str = ""
    is_hidden: bool = False
    source: str = ""


@dataclass(frozen=True)
class Composite:
    """Several controls that are one question: composite.html."""

    frame: Frame
    parts: tuple[Single, ...]
    in_row: bool = False

    def render(
        self, form: forms.Form, context: Context, template_pack: str = PACK, **extra: Any
    ) -> SafeString:
        return _draw("composite", self, form, context, _render_all(self.parts, form, context))


@dataclass(frozen=True)
class GroupRow:
    title: str
    name: str
    remove: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Group:
    """Rows of the same questions, with buttons that are plain submits: group.html. `add` is "" when full."""

    frame: Frame
    key: str
    rows: tuple[GroupRow, ...]
    add: str
    add_label: str

    def render(
        self, form: forms.Form, context: Context, template_pack: str = PACK, **extra: Any
    ) -> SafeString:
        drawn = [(row, _render_all(row.blocks, form, context)) for row in self.rows]
        return _draw("group", self, form, context, NOTHING, rows=drawn)


@dataclass(frozen=True)
class Files:
    """A picker and the files that are there: files.html."""

    frame: Frame
    requirement: str
    max_bytes: int
    files: Sequence[FileView] = ()

    def render(
        self, form: forms.Form, context: Context, template_pack: str = PACK, **extra: Any
    ) -> SafeString:
        return _draw("files", self, form, context, NOTHING)


@dataclass(frozen=True)
class Note:
    """Words between questions: note.html."""

    frame: Frame

    def render(
        self, form: forms.Form, context: Context, template_pack: str = PACK, **extra: Any
    ) -> SafeString:
        return _draw("note", self, form, context, NOTHING)


def _draw(
    template: str, block: Any, form: forms.Form, context: Context, body: SafeString, **more: Any
) -> SafeString:
    """The block with its own errors, which the form keeps under the id without "id_"."""
    errors = form.errors.get(block.frame.id.removeprefix("id_"), ())
    values = {"block": block, "frame": block.frame, "errors": errors, "body": body, **more}
    return render_to_string(f"{PACK}/{template}.html", values)


def _render_all(blocks: Sequence[Block], form: forms.Form, context: Context) -> SafeString:
    return SafeString("".join(block.render(form, context) for block in blocks))
