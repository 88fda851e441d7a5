"""Conditions of a form in words: "“Bạn là gì của trẻ?” là “Cha”"."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.comparing.speaking import Names
from procedures.comparing.wording import day, plain, written
from procedures.formschema.conditions import ISO

_SENTENCES = {
    "is": gettext_lazy("%(field)s là %(value)s"),
    "is_not": gettext_lazy("%(field)s khác %(value)s"),
    "in": gettext_lazy("%(field)s là một trong: %(value)s"),
    "not_in": gettext_lazy("%(field)s không phải một trong: %(value)s"),
    "age_at_least": gettext_lazy("%(field)s: đã đủ %(value)s tuổi"),
    "age_below": gettext_lazy("%(field)s: chưa đủ %(value)s tuổi"),
    "filled": gettext_lazy("%(field)s đã trả lời"),
    "empty": gettext_lazy("%(field)s để trống"),
}
_OF_DAYS = {
    "less": gettext_lazy("%(field)s trước %(value)s"),
    "at_most": gettext_lazy("%(field)s trước hoặc đúng %(value)s"),
    "at_least": gettext_lazy("%(field)s từ %(value)s về sau"),
    "more": gettext_lazy("%(field)s sau %(value)s"),
}
_OF_NUMBERS = {
    "less": gettext_lazy("%(field)s nhỏ hơn %(value)s"),
    "at_most": gettext_lazy("%(field)s không quá %(value)s"),
    "at_least": gettext_lazy("%(field)s từ %(value)s trở lên"),
    "more": gettext_lazy("%(field)s lớn hơn %(value)s"),
}


def say_condition(value: object, names: Names) -> str:
    """The condition as the document writes it, in words; what is no condition as it is written."""
    if value is None:
        return _("luôn luôn")
    said = _say(value, names, is_inside=False)
    return said if said is not None else written(value)


def _say(value: object, names: Names, *, is_inside: bool) -> str | None:
    if not isinstance(value, Mapping):
        return None
    for mode, join in (("all", _(" và ")), ("any", _(" hoặc "))):
        if set(value) == {mode} and isinstance(value[mode], list):
            terms = [_say(term, names, is_inside=True) for term in value[mode]]
            said = [term for term in terms if term is not None]
            if len(said) < len(terms) or not said:
                return None
            text = join.join(said)
            return f"({text})" if is_inside and len(said) > 1 else text
    return _say_term(value, names)


def _say_term(term: Mapping[str, Any], names: Names) -> str | None:
    kind = names.kind(term.get("field"))
    sentences = {**_SENTENCES, **(_OF_DAYS if kind in ("date", "time") else _OF_NUMBERS)}
    ops = [op for op in sentences if op in term]
    if len(ops) != 1 or set(term) != {"field", ops[0]}:
        return None
    field, op = term["field"], ops[0]
    if op in ("filled", "empty") and term[op] is not True:
        return None
    return str(sentences[op]) % {
        "field": f"“{names.field(field)}”",
        "value": _say_value(field, term[op], names),
    }


def _say_value(field: object, value: Any, names: Names) -> str:
    if isinstance(value, Mapping):
        return f"“{names.field(value['field'])}”" if set(value) == {"field"} else written(value)
    if isinstance(value, list):
        return ", ".join(_say_value(field, item, names) for item in value)
    if isinstance(value, bool):
        return _("“Có”") if value else _("“Không”")
    if isinstance(value, str) and not names.answer(field, value) and ISO.fullmatch(value):
        return day(value, names)
    return f"“{names.answer(field, value)}”" if names.answer(field, value) else plain(value, names)
