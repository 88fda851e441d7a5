"""Reads the settings that belong to one type of question."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from procedures.formschema.definition import Field
from procedures.formschema.types import field_types
from procedures.formschema.types.identity_documents import PAPERS
from procedures.reading import Node

MAX_ROWS = 50
PRECISIONS = ("province", "commune", "line")
ISSUES = ("required", "optional", "none")
DAYS = ("date", "partial_date")


def read_settings(node: Node, field: Field, columns: tuple[Field, ...] = ()) -> Field:
    """The field with the settings of its type; a setting of another type stays unasked, so it is a fault."""
    if field.type not in field_types:
        return field
    settings = field_types.get(field.type).settings
    _check_common(node, field, settings)
    if "fields" in settings:
        return _with_rows(node, field, columns)
    if "min" in settings:
        field = replace(field, min=_bound(node, "min", field), max=_bound(node, "max", field))
        _check_order(node, field)
    if "max_length" in settings:
        field = replace(field, max_length=node.optional_integer("max_length"))
    if "decimals" in settings:
        field = replace(field, decimals=node.integer("decimals", default=2))
    if "requirement" in settings:
        field = replace(field, requirement=node.string("requirement", required=True))
    if "precision" in settings:
        precision = node.one_of("precision", PRECISIONS, default="line")
        field = replace(field, precision=precision, abroad=node.boolean("abroad"))
    if "papers" in settings:
        issue = node.one_of("issue", ISSUES, default="optional")
        field = replace(field, papers=node.strings("papers", allowed=PAPERS), issue=issue)
    return field


def _check_common(node: Node, field: Field, settings: frozenset[str]) -> None:
    if "options" in settings and not field.options:
        node.fault("options", _("Câu hỏi này cần các lựa chọn."))
    if "options" not in settings and field.options:
        node.fault("options", _("Kiểu trả lời này không có lựa chọn."))
    allowed = field_types.get(field.type).prefill
    if field.prefill and field.prefill not in allowed:
        node.fault(
            "prefill", _("Kiểu trả lời này không điền sẵn được từ “%(key)s”.") % {"key": field.prefill}
        )
    if field.required and field.type == "note":
        node.fault("required", _("Lời nhắc không có câu trả lời để bắt buộc."))


def _with_rows(node: Node, field: Field, columns: tuple[Field, ...]) -> Field:
    group = replace(
        field,
        fields=columns,
        min=node.integer("min", default=1 if field.required else 0),
        max=node.integer("max", default=10, least=1),
        row_label=node.text("row_label"),
        add_label=node.text("add_label"),
    )
    if isinstance(group.max, int) and group.max > MAX_ROWS:
        node.fault("max", _("Nhóm có tối đa %(most)d dòng.") % {"most": MAX_ROWS})
    _check_order(node, group)
    return group


def _bound(node: Node, name: str, field: Field) -> int | str | None:
    value = node.take(name)
    if value is None:
        return None
    if field.type in DAYS:
        if value == "today" or (isinstance(value, str) and _is_day(value)):
            return str(value)
        node.fault(name, _("Giới hạn phải là “today” hoặc ngày dạng 2026-12-31."))
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    node.fault(name, _("Giới hạn phải là số nguyên."))
    return None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _check_order(node: Node, field: Field) -> None:
    if isinstance(field.min, int) and isinstance(field.max, int) and field.min > field.max:
        node.fault("max", _("Giới hạn trên nhỏ hơn giới hạn dưới."))
