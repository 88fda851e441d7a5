"""Reads the JSON document of an e-form and names each fault with its exact path."""

from django.utils.translation import gettext as _

from portal.core.errors import RuleViolation
from procedures.formschema.condition_parsing import NEVER, Known, read_condition
from procedures.formschema.definition import (
    CASE,
    Check,
    Condition,
    Field,
    FormSchema,
    Option,
    Page,
    row_types,
)
from procedures.formschema.party_parsing import read_party
from procedures.formschema.settings_parsing import read_settings
from procedures.formschema.types import field_types
from procedures.reading import Node

MAX_FIELDS = 300


def parse_form(document: object) -> FormSchema:
    """The form as frozen values. Raises RuleViolation `invalid_form`, errors: path -> messages.

    Paths read like `pages[0].fields[2].visible_if.all[0].field`. A condition may ask only about questions
    that come before it, so showing and hiding settles in one pass, with or without JavaScript.
    """
    node = Node(document, "")
    known = Known()
    pages = node.read_all("pages", lambda part: _page(part, known))
    node.refuse_repeats("pages", [page.key for page in pages])
    form = FormSchema(pages)
    checks = node.read_all("checks", lambda part: _check(part, known, form))
    parties = node.read_all("parties", lambda part: read_party(part, known, form))
    node.close()
    _check_size(node, form)
    if node.faults:
        raise RuleViolation(
            code="invalid_form",
            message=_("Mẫu điện tử chưa đúng. Hãy sửa các chỗ được nêu."),
            errors=dict(sorted(node.faults.items())),
        )
    return FormSchema(pages, checks, parties)


def _check_size(node: Node, form: FormSchema) -> None:
    if not form.pages:
        node.fault("pages", _("Mẫu cần ít nhất một trang."))
    if sum(1 + len(field.fields) for field in form.fields()) > MAX_FIELDS:
        node.fault("pages", _("Mẫu có quá %(most)d câu hỏi.") % {"most": MAX_FIELDS})


def _page(node: Node, known: Known) -> Page:
    condition = read_condition(node, "visible_if", known)
    key = node.key()
    fields = node.read_all("fields", lambda part: _field(part, known))
    if not fields:
        node.fault("fields", _("Trang cần ít nhất một câu hỏi."))
    return Page(key, node.text("title", required=True), fields, condition, node.text("hint"))


def _field(node: Node, known: Known) -> Field:
    """A top-level question; it becomes known to the conditions that follow it."""
    condition = read_condition(node, "visible_if", known)
    field = _read(node, condition)
    if field.type == "group":
        field = _with_rows(field, node, known)
    if field.key in known.fields or field.key == CASE:
        node.fault("key", _("Khóa này đã dùng ở trên."))
    known.fields[field.key] = field
    return field


def _with_rows(group: Field, node: Node, known: Known) -> Field:
    columns: list[Field] = []
    for part in node.parts("fields"):
        condition = read_condition(part, "visible_if", known.inside(columns))
        column = _read(part, condition)
        if column.type in ("group", "file"):
            part.fault("type", _("Nhóm không chứa được nhóm khác hoặc tệp."))
        if column.prefill:
            part.fault("prefill", _("Câu hỏi trong nhóm không điền sẵn được."))
        columns.append(column)
        part.close()
    node.refuse_repeats("fields", [column.key for column in columns])
    if not columns:
        node.fault("fields", _("Nhóm cần ít nhất một câu hỏi."))
    return read_settings(node, group, columns=tuple(columns))


def _read(node: Node, condition: Condition | None) -> Field:
    bare = Field(
        key=node.key(),
        type=node.one_of("type", field_types),
        label=node.text("label", required=True),
        required=node.boolean("required"),
        hint=node.text("hint"),
        official=node.text("official"),
        prefill=node.string("prefill"),
        visible_if=condition,
        options=node.read_all("options", _option),
    )
    node.refuse_repeats("options", [option.value for option in bare.options])
    return bare if bare.type == "group" else read_settings(node, bare)


def _option(node: Node) -> Option:
    return Option(node.string("value", required=True), node.text("label", required=True), node.text("hint"))


def _check(node: Node, known: Known, form: FormSchema) -> Check:
    names = node.strings("fields")
    group = _group_of(names, form)
    columns = list(form.by_key[group].fields) if group else []
    scope = known.inside(columns)
    condition = read_condition(node, "if", scope)
    for n, name in enumerate(names):
        if name not in (row_types(form.by_key[group]) if group else form.by_key):
            node.fault(f"fields[{n}]", _("Không có câu hỏi nào mang khóa “%(key)s”.") % {"key": name})
    if condition is None and not node.has("if"):
        node.fault("if", _("Thiếu nội dung này."))
    if not names:
        node.fault("fields", _("Cần nêu câu hỏi mà lời báo lỗi gắn vào."))
    message = node.text("message", required=True)
    return Check(condition or NEVER, message, names, group)


def _group_of(names: tuple[str, ...], form: FormSchema) -> str:
    """The group that has all these keys, when the top level has not."""
    if not names or all(name in form.by_key for name in names):
        return ""
    groups = (field for field in form.fields() if field.type == "group")
    return next((group.key for group in groups if set(names) <= set(row_types(group))), "")
