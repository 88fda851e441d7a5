"""The editor in the middle of the builder: one part of the form, new or known, with what was typed about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from portal.core.errors import RuleViolation
from procedures.building.conditions import Rows, read_rows, show_condition
from procedures.building.forms import Document, Form, Part, vi
from procedures.building.operations import find_known
from procedures.building.reach import Known
from procedures.building.references import find_group
from procedures.building.spots import Spot, read_spot
from procedures.building.typed import Typed, one
from procedures.building.types import BY_NAME
from procedures.comparing.speaking import build_names
from procedures.editing.builder.choices import (
    build_check_choices,
    build_party_choices,
    build_question_choices,
    list_pages,
)
from procedures.editing.builder.conditions import ConditionEditor, build_editor
from procedures.editing.builder.showing import show_check, show_page, show_party, show_question
from procedures.texts import Text

Errors = Mapping[str, Sequence[str]]
KIND_OF = {
    "add_question": "question", "save_question": "question", "add_column": "question",
    "add_page": "page", "save_page": "page", "add_check": "check", "save_check": "check",
    "add_party": "party", "save_party": "party", "insert_block": "insert", "keep_block": "keep",
}  # fmt: skip
_NEW = {
    "question": "add_question", "column": "add_column", "page": "add_page", "check": "add_check",
    "party": "add_party", "insert": "insert_block", "keep": "keep_block",
}  # fmt: skip
_SAVING = {"field": "save_question", "page": "save_page", "check": "save_check", "party": "save_party"}
_FIRST = {
    "type": "text",
    "first_type": "person_name",
    "precision": "line",
    "issue": "optional",
    "required": "1",
}


@dataclass(frozen=True)
class Editor:
    """`op`: the operation that saves; `item`: the part as it is stored, empty for a new one."""

    kind: str
    op: str
    at: str
    typed: Typed
    errors: Errors
    title: str
    item: Part = field(default_factory=dict)
    condition: ConditionEditor | None = None
    choices: Mapping[str, Any] = field(default_factory=dict)
    in_group: bool = False

    @property
    def is_new(self) -> bool:
        return self.op in _NEW.values()

    @property
    def summary(self) -> list[dict[str, str]]:
        """For components/error_summary.html."""
        return [
            {"text": line, "id": f"b-{name}" if name else ""}
            for name, lines in self.errors.items()
            for line in lines
        ]


def say(editor: Editor) -> list[tuple[str, str]]:
    """What a part says now, for somebody who was about to change it too."""
    words = {
        "title": _("Tên trang"), "label": _("Câu hỏi"), "hint": _("Lời giải thích"),
        "options": _("Các lựa chọn"), "message": _("Câu người dân đọc khi sai"),
    }  # fmt: skip
    said = [
        (label, one_text) for name, label in words.items() if (one_text := str(editor.typed.get(name) or ""))
    ]
    kind = BY_NAME.get(str(editor.typed.get("type") or ""))
    return [*said, (_("Kiểu trả lời"), str(kind.title))] if kind else said


def open_editor(document: Document, at: str, new: str, href: str) -> Editor | None:
    """For an address: a part to change, or a new one; None when nothing is chosen or it is no longer there."""
    spot = read_spot(at)
    if new in _NEW:
        first = {"at": at, "op": _NEW[new], "if-count": "0", **_FIRST}
        return edit(document, first, {}, href)
    if spot is None:
        return None
    try:
        item = Form.open(document).place(spot).item
    except RuleViolation:
        return None
    op = _SAVING[spot.kind]
    typed = {**_show(document, spot, item), "at": at, "op": op}
    known = find_known(op, document, typed)
    rows = show_condition(item.get("if" if spot.kind == "check" else "visible_if"), known)
    return _build(
        document, typed, {}, _draw_rows(op, rows, known, build_names(document).fields, href=href), item
    )


def edit(document: Document, typed: Typed, errors: Errors, href: str) -> Editor | None:
    """For what was posted: refused, or to be drawn anew with other rows; None for an operation without an editor."""
    op = one(typed, "op")
    if op not in KIND_OF:
        return None
    spot = read_spot(one(typed, "at"))
    item: Part = {}
    if spot is not None and op in _SAVING.values():
        try:
            item = Form.open(document).place(spot).item
        except RuleViolation:
            op, typed = _NEW[KIND_OF[op]], {**typed, "op": _NEW[KIND_OF[op]], "at": ""}
    return _build(document, typed, errors, draw_condition(document, typed, errors, href), item)


def draw_condition(document: Document, typed: Typed, errors: Errors, href: str) -> ConditionEditor:
    """The rows of the condition that is being typed, with controls that fit what is chosen so far."""
    op = one(typed, "op")
    known = find_known(op, document, typed)
    add_nest = one(typed, "refresh") == "nest"
    labels = build_names(document).fields
    return _draw_rows(op, read_rows(typed), known, labels, href=href, errors=errors, add_nest=add_nest)


def _build(
    document: Document, typed: Typed, errors: Errors, condition: ConditionEditor, item: Part
) -> Editor:
    op, at = one(typed, "op"), one(typed, "at")
    kind, spot = KIND_OF[op], read_spot(at)
    in_group = op == "add_column" or bool(spot and spot.group)
    if kind == "question":
        choices = build_question_choices(document, one(typed, "type"), in_group=in_group)
    elif kind == "page":
        choices = build_question_choices(document, one(typed, "type"), in_group=False)
    elif kind == "check":
        choices = build_check_choices(document, one(typed, "group"))
    elif kind == "party":
        choices = build_party_choices(document, one(typed, "source"))
    else:
        choices = {}
    pages = list_pages(document) if kind == "question" and not in_group else []
    return Editor(
        kind,
        op,
        at,
        typed,
        errors,
        _title(op, document, spot),
        item,
        condition,
        {**choices, "pages": pages},
        in_group,
    )


def _show(document: Document, spot: Spot, item: Part) -> dict[str, Any]:
    if spot.kind == "page":
        return show_page(item)
    if spot.kind == "check":
        group = find_group(Form.open(document), list(item.get("fields", ())))
        return show_check(item, group["key"] if group else "")
    return show_party(item) if spot.kind == "party" else show_question(item)


def _draw_rows(op: str, rows: Rows, known: Known, labels: Mapping[str, str], **more: Any) -> ConditionEditor:
    """`labels`: of questions by key, so that two of one label are told apart."""
    known = tuple(
        replace(question, label=Text(labels.get(question.key, str(question.label)))) for question in known
    )
    words = (_("Chỉ hỏi khi"), _("(luôn hỏi)"))
    if KIND_OF.get(op) == "check":
        words = (_("Báo lỗi khi"), _("Chọn câu hỏi để so sánh"))
    if KIND_OF.get(op) == "party":
        words = (_("Chỉ ghi người này khi"), _("(luôn ghi)"))
    return build_editor(rows, known, legend=words[0], blank=words[1], **more)


def _title(op: str, document: Document, spot: Spot | None) -> str:
    where = ""
    if spot is not None and spot.kind in ("page", "field"):
        try:
            item = Form.open(document).place(spot).item
            where = vi(item.get("label") or item.get("title"))
        except RuleViolation:
            where = ""
    titles = {
        "add_question": _("Câu hỏi mới sau “%(where)s”") if where else _("Câu hỏi mới"),
        "add_column": _("Câu hỏi mới trong nhóm “%(where)s”"),
        "add_page": _("Trang mới"),
        "save_question": _("Sửa câu hỏi"),
        "save_page": _("Sửa trang"),
        "add_check": _("Lời báo lỗi mới"),
        "save_check": _("Sửa lời báo lỗi"),
        "add_party": _("Người mới trong hồ sơ"),
        "save_party": _("Sửa người trong hồ sơ"),
        "insert_block": _("Chèn khối câu hỏi"),
        "keep_block": _("Lưu thành khối dùng lại"),
    }
    title = titles[op]
    return title % {"where": where} if "%(where)s" in title else title
