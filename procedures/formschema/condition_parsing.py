"""Reads conditions and refuses what could never be compared: unknown keys, other types, unknown options."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from procedures.formschema.conditions import get_kind, has_kind
from procedures.formschema.definition import CASE, Condition, Field, Term
from procedures.reading import Node

EQUAL = ("is", "is_not", "in", "not_in")
ORDER = ("less", "at_most", "at_least", "more")
AGE = ("age_at_least", "age_below")
PRESENT = ("filled", "empty")
OPS = {
    "text": EQUAL + PRESENT,
    "list": EQUAL + PRESENT,
    "boolean": ("is", "is_not", *PRESENT),
    "number": EQUAL + ORDER + PRESENT,
    "time": EQUAL + ORDER + PRESENT,
    "date": EQUAL + ORDER + AGE + PRESENT,
    "composite": PRESENT,
}
MAX_YEARS = 150
NEVER = Condition("any", ())


@dataclass(frozen=True)
class Known:
    """Questions that a condition may ask about: those before it."""

    fields: dict[str, Field] = field(default_factory=dict)

    def inside(self, columns: Iterable[Field]) -> "Known":
        """Inside a row, where a key first means the same row."""
        return replace(self, fields={**self.fields, **{column.key: column for column in columns}})

    def kind(self, key: str) -> str:
        return "text" if key == CASE else get_kind(self.fields[key].type)

    def __contains__(self, key: object) -> bool:
        return key == CASE or (key in self.fields and self.fields[str(key)].type not in ("file", "note"))


def read_condition(node: Node, name: str, known: Known) -> Condition | None:
    """The condition under this name, or None; faults are noted on the node."""
    part = node.part(name)
    return None if part is None else _condition(part, known, nested=False)


def _condition(node: Node, known: Known, *, nested: bool) -> Condition:
    mode = "any" if node.has("any") else "all"
    terms: list[Term | Condition] = []
    for part in node.parts(mode):
        if part.has("all") or part.has("any"):
            if nested:
                part.fault("", _("Điều kiện chỉ lồng được một lớp."))
            terms.append(NEVER if nested else _condition(part, known, nested=True))
            if nested:
                continue
        else:
            terms.append(_term(part, known))
            part.close()
    if not terms:
        node.fault(mode, _("Điều kiện cần ít nhất một so sánh."))
    node.close()
    return Condition(mode, tuple(terms))


def _term(node: Node, known: Known) -> Term:
    key = node.string("field", required=True)
    ops = [op for op in EQUAL + ORDER + AGE + PRESENT if node.has(op)]
    if key and key not in known:
        node.fault("field", _("Không có câu hỏi “%(key)s” ở phía trước.") % {"key": key})
    if len(ops) != 1:
        node.fault("", _("Mỗi so sánh có đúng một phép so."))
    values = [node.take(op) for op in ops]
    if key not in known or len(ops) != 1:
        return Term(key, "empty")
    op, value = ops[0], values[0]
    if op not in OPS[known.kind(key)]:
        node.fault(op, _("Kiểu trả lời này không so được bằng phép đó."))
    other = _other(node, op, value, key, known)
    if other is None:
        _check_value(node, op, value, key, known)
    return Term(key, op, None if other else value, other or "")


def _other(node: Node, op: str, value: Any, key: str, known: Known) -> str | None:
    """The key of the field to compare with, "" when it is faulty, None when the value is no reference."""
    if not isinstance(value, dict):
        return None
    other = value.get("field")
    if set(value) != {"field"} or not isinstance(other, str) or op in PRESENT:
        node.fault(op, _("Giá trị so sánh không đúng dạng."))
        return ""
    if other not in known:
        node.fault(f"{op}.field", _("Không có câu hỏi “%(key)s” ở phía trước.") % {"key": other})
        return ""
    if known.kind(other) != _wanted(op, known.kind(key)):
        node.fault(f"{op}.field", _("Hai câu hỏi khác kiểu trả lời nên không so được."))
        return ""
    return other


def _wanted(op: str, kind: str) -> str:
    if op in AGE:
        return "number"
    if op in ("in", "not_in"):
        return "list"
    return "text" if kind == "list" else kind


def _check_value(node: Node, op: str, value: Any, key: str, known: Known) -> None:
    kind = "text" if known.kind(key) == "list" else known.kind(key)
    if op in PRESENT:
        fits = value is True
    elif op in AGE:
        fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_YEARS
    elif op in ("in", "not_in"):
        fits = isinstance(value, list) and bool(value) and all(has_kind(item, kind) for item in value)
    else:
        fits = has_kind(value, kind)
    if not fits:
        node.fault(op, _("Giá trị so sánh không cùng kiểu với câu trả lời."))
        return
    options = [] if key == CASE else [option.value for option in known.fields[key].options]
    for item in value if isinstance(value, list) else [value]:
        if options and op in EQUAL and item not in options:
            node.fault(op, _("Câu hỏi không có lựa chọn “%(value)s”.") % {"value": item})
