"""Conditions as rows of a table: question, comparison, value; and back. Nothing here knows a page or a request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core import clock
from procedures.building.forms import refuse
from procedures.building.typed import Typed, many, one
from procedures.formschema.condition_parsing import AGE, EQUAL, MAX_YEARS, OPS, ORDER, PRESENT
from procedures.formschema.conditions import get_kind
from procedures.formschema.definition import CASE, Field
from procedures.formschema.types import field_types
from procedures.formschema.types.base import Refused
from procedures.formschema.types.numbers import LARGEST

OTHER = "@"
"""Behind a comparison: with the answer to another question instead of a value."""
MOST_ROWS = 40
MOST_VALUES = 300
SEVERAL = ("in", "not_in")
_NUMBERS = {
    "is": gettext_lazy("bằng"), "is_not": gettext_lazy("khác"), "in": gettext_lazy("là một trong các số"),
    "not_in": gettext_lazy("không là số nào trong"), "less": gettext_lazy("nhỏ hơn"),
    "at_most": gettext_lazy("nhiều nhất là"), "at_least": gettext_lazy("ít nhất là"),
    "more": gettext_lazy("lớn hơn"),
}  # fmt: skip
_DAYS = {
    "is": gettext_lazy("đúng là ngày"), "is_not": gettext_lazy("khác ngày"),
    "in": gettext_lazy("là một trong các ngày"), "not_in": gettext_lazy("không là ngày nào trong"),
    "less": gettext_lazy("trước ngày"), "at_most": gettext_lazy("đến hết ngày"),
    "at_least": gettext_lazy("từ ngày"), "more": gettext_lazy("sau ngày"),
    "age_at_least": gettext_lazy("đã đủ tuổi"), "age_below": gettext_lazy("chưa đủ tuổi"),
}  # fmt: skip
WORDS: Mapping[str, Mapping[str, Any]] = {
    "number": _NUMBERS,
    "date": _DAYS,
    "time": {**_NUMBERS, "less": gettext_lazy("trước"), "more": gettext_lazy("sau"),
             "at_most": gettext_lazy("không muộn hơn"), "at_least": gettext_lazy("từ")},
    "list": {"is": gettext_lazy("có chọn"), "is_not": gettext_lazy("không chọn"),
             "in": gettext_lazy("có chọn một trong"), "not_in": gettext_lazy("không chọn ý nào trong")},
    "boolean": {"is": gettext_lazy("là"), "is_not": gettext_lazy("khác")},
    "text": {"is": gettext_lazy("là"), "is_not": gettext_lazy("khác"), "in": gettext_lazy("là một trong"),
             "not_in": gettext_lazy("không là ý nào trong")},
    "composite": {},
}  # fmt: skip
PRESENCE = {"filled": gettext_lazy("đã trả lời"), "empty": gettext_lazy("chưa trả lời")}


@dataclass(frozen=True)
class Row:
    """One comparison as it stands on the screen. `nest`: "" or the number of the inner set it belongs to."""

    field: str = ""
    op: str = ""
    values: tuple[str, ...] = ()
    nest: str = ""


@dataclass(frozen=True)
class Rows:
    """`mode`: all or any of the rows; `nests`: the same for each inner set, by its number."""

    mode: str = "all"
    rows: tuple[Row, ...] = ()
    nests: Mapping[str, str] = field(default_factory=dict)


def list_ops(question: Field) -> list[tuple[str, str]]:
    """Comparisons that fit a question, with their words; with another question's answer where that makes sense."""
    kind = get_kind(question.type)
    words = WORDS[kind]
    found = [(op, str(words[op])) for op in OPS[kind] if op in words]
    found += [
        (op + OTHER, _("%(words)s câu trả lời của") % {"words": words[op]})
        for op in EQUAL[:2] + ORDER
        if op in words and op in OPS[kind] and kind not in ("list", "boolean")
    ]
    return [*found, *((op, str(PRESENCE[op])) for op in PRESENT)]


def list_values(question: Field) -> list[tuple[str, str]]:
    """The values that may be picked; none where one writes."""
    if get_kind(question.type) == "boolean":
        return [("true", _("Có")), ("false", _("Không"))]
    choices = getattr(field_types.get(question.type), "choices", None)
    return [(choice.value, choice.label) for choice in choices(question)] if choices else []


def list_comparable(question: Field, known: Sequence[Field]) -> list[Field]:
    """Other questions whose answers are of the same kind."""
    kind = get_kind(question.type)
    return [
        other for other in known if get_kind(other.type) == kind and other.key not in (question.key, CASE)
    ]


def read_rows(typed: Typed, name: str = "if") -> Rows:
    """What was posted; rows without a question are left out. Nothing is judged."""
    count = one(typed, f"{name}-count")
    rows, nests = [], {}
    for n in range(min(int(count), MOST_ROWS) if count.isascii() and count.isdigit() else 0):
        key, nest = one(typed, f"{name}-{n}-field"), one(typed, f"{name}-{n}-in")
        if key:
            values = tuple(value for raw in many(typed, f"{name}-{n}-value") for value in raw.splitlines())
            rows.append(Row(key, one(typed, f"{name}-{n}-op"), values, nest))
        if nest and key:
            nests[nest] = _mode(one(typed, f"{name}-in-{nest}-mode"))
    return Rows(_mode(one(typed, f"{name}-mode")), tuple(rows), nests)


def show_condition(condition: Mapping[str, Any] | None, known: Sequence[Field]) -> Rows:
    """The rows of a condition as the document writes it; what is not known is shown by its key."""
    if not condition:
        return Rows()
    by_key = {question.key: question for question in known}
    mode = "any" if "any" in condition else "all"
    rows, inner = list[Row](), list[Row]()
    nests: dict[str, str] = {}
    for term in condition[mode]:
        if "field" in term:
            rows.append(_show(term, by_key))
            continue
        nest = str(len(nests) + 1)
        nests[nest] = "any" if "any" in term else "all"
        inner += [replace(_show(part, by_key), nest=nest) for part in term[nests[nest]]]
    return Rows(mode, (*rows, *inner), nests)


def build_condition(rows: Rows, known: Sequence[Field], name: str = "if") -> dict[str, Any] | None:
    """The condition as the document writes it, None for no rows.

    Raises RuleViolation, errors by name of control.
    """
    by_key = {question.key: question for question in known}
    terms = [_build(row, by_key, f"{name}-{n}") for n, row in enumerate(rows.rows)]
    top: list[dict[str, Any]] = [
        term for row, term in zip(rows.rows, terms, strict=True) if row.nest not in rows.nests
    ]
    for nest, mode in rows.nests.items():
        top.append({mode: [term for row, term in zip(rows.rows, terms, strict=True) if row.nest == nest]})
    return {rows.mode: top} if top else None


def _mode(text: str) -> str:
    return "any" if text == "any" else "all"


def _show(term: Mapping[str, Any], by_key: Mapping[str, Field]) -> Row:
    key = str(term["field"])
    op = next(name for name in term if name != "field")
    value = term[op]
    if isinstance(value, Mapping):
        return Row(key, op + OTHER, (str(value["field"]),))
    if op in PRESENT:
        return Row(key, op)
    values = value if isinstance(value, list) else [value]
    return Row(key, op, tuple(_write(item, op, by_key.get(key)) for item in values))


def _write(value: Any, op: str, question: Field | None) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if question is None or op in AGE or list_values(question):
        return str(value)
    return str(field_types.get(question.type).show(value, question).get("", value))


def _build(row: Row, by_key: Mapping[str, Field], name: str) -> dict[str, Any]:
    question = by_key.get(row.field)
    if question is None:
        raise refuse(_("Câu này không đứng trước, nên không dùng làm điều kiện được."), f"{name}-field")
    if row.op not in dict(list_ops(question)):
        raise refuse(_("Chọn cách so sánh."), f"{name}-op")
    if row.op in PRESENT:
        return {"field": row.field, row.op: True}
    if row.op.endswith(OTHER):
        return {
            "field": row.field,
            row.op.removesuffix(OTHER): {"field": _other(row, question, by_key, name)},
        }
    values = [_value(text, row.op, question, f"{name}-value") for text in row.values if text.strip()]
    if not values:
        raise refuse(_("Ghi hoặc chọn giá trị để so sánh."), f"{name}-value")
    if len(values) > MOST_VALUES:
        raise refuse(_("Có quá nhiều giá trị."), f"{name}-value")
    return {"field": row.field, row.op: values if row.op in SEVERAL else values[0]}


def _other(row: Row, question: Field, by_key: Mapping[str, Field], name: str) -> str:
    key = row.values[0] if row.values else ""
    if key not in {other.key for other in list_comparable(question, list(by_key.values()))}:
        raise refuse(_("Chọn câu hỏi để so sánh."), f"{name}-value")
    return key


def _value(text: str, op: str, question: Field, name: str) -> Any:
    if op in AGE:
        if not (text.isascii() and text.isdigit() and int(text) <= MAX_YEARS):
            raise refuse(_("Ghi số tuổi, ví dụ 18."), name)
        return int(text)
    listed = dict(list_values(question))
    if listed:
        if text not in listed:
            raise refuse(_("Chọn một giá trị trong danh sách."), name)
        return text == "true" if get_kind(question.type) == "boolean" else text
    # A day that is known only in part may be compared with, whatever kind of day is asked.
    kind = "partial_date" if question.type == "date" else question.type
    least = -LARGEST if get_kind(kind) == "number" else None
    try:
        return field_types.get(kind).clean(text, replace(question, min=least, max=None), clock.today())
    except Refused as refused:
        raise refuse(refused.message, name) from refused
