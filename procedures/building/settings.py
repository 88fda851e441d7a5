"""One question from what was typed about it: only the settings its kind really has are kept."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from portal.core import clock
from procedures.building.forms import Part, refuse
from procedures.building.options import read_options
from procedures.building.typed import HINT_LENGTH, Typed, lines, many, one, text_pair, whole_number
from procedures.building.types import BY_NAME, ISSUES, NOT_IN_GROUPS, PRECISIONS
from procedures.formschema.settings_parsing import DAYS, MAX_ROWS
from procedures.formschema.types import field_types
from procedures.formschema.types.base import Refused
from procedures.formschema.types.days import parse_day
from procedures.formschema.types.identity_documents import PAPERS
from procedures.formschema.types.numbers import LARGEST
from procedures.formschema.types.texts import PARAGRAPH_LENGTH

TODAY = "hôm nay"
MOST_DECIMALS = 6
BOUNDS = {**dict.fromkeys(DAYS, ("first", "last")), "group": ("least", "most")}
"""Names of the controls of least and most; other kinds have min and max."""
_KEPT = ("key", "visible_if")


def read_question(typed: Typed, old: Part, *, in_group: bool) -> Part:
    """The question with what was typed. `old` gives its key, its condition, its options and its rows.

    Raises RuleViolation, errors by name of control.
    """
    kind = one(typed, "type")
    if kind not in BY_NAME or (in_group and kind in NOT_IN_GROUPS):
        raise refuse(_("Chọn một kiểu trả lời."), "type")
    label = text_pair(typed, "label", ask=_("Ghi câu hỏi người dân sẽ đọc."))
    question: Part = {name: old[name] for name in _KEPT if name in old}
    question |= {"type": kind, "label": label}
    question |= _texts(typed)
    if one(typed, "required") and kind != "note":
        question["required"] = True
    prefill = one(typed, "prefill")
    if prefill and not in_group and prefill in field_types.get(kind).prefill:
        question["prefill"] = prefill
    for setting in sorted(BY_NAME[kind].settings & _READERS.keys()):
        question |= _READERS[setting](typed, question, old)
    _refuse_order(question)
    return question


def _texts(typed: Typed) -> Part:
    hint = text_pair(typed, "hint", most=HINT_LENGTH)
    official = text_pair(typed, "official")
    return {name: text for name, text in (("hint", hint), ("official", official)) if text}


def _options(typed: Typed, _question: Part, old: Part) -> Part:
    return {
        "options": read_options(lines(typed, "options"), lines(typed, "options_en"), old.get("options", []))
    }


def _bounds(typed: Typed, question: Part, _old: Part) -> Part:
    """Least and most: a number, a day or a number of rows; each stands in controls of its own."""
    kind = question["type"]
    least, most = BOUNDS.get(kind, ("min", "max"))
    if kind in DAYS:
        found: list[int | str | None] = [_day(typed, least), _day(typed, most)]
    elif kind == "group":
        found = [
            whole_number(typed, least, least=0, most=MAX_ROWS),
            whole_number(typed, most, least=1, most=MAX_ROWS),
        ]
    else:
        found = [whole_number(typed, name, least=-LARGEST, most=LARGEST) for name in (least, most)]
    return {name: value for name, value in zip(("min", "max"), found, strict=True) if value is not None}


def _day(typed: Typed, name: str) -> str | None:
    text = one(typed, name)
    if not text:
        return None
    if text.lower() in (TODAY, "today"):
        return "today"
    try:
        return parse_day(text, clock.today(), ahead=True)
    except Refused as refused:
        raise refuse(_("Ghi một ngày như 15/8/1990, hoặc “hôm nay”."), name) from refused


def _refuse_order(question: Part) -> None:
    """Limits that no answer can keep would stop every filing."""
    least, most = question.get("min"), question.get("max")
    if question["type"] == "group":
        most = most or 10
        least = least if least is not None else int(bool(question.get("required")))
    name = BOUNDS.get(question["type"], ("min", "max"))[1]
    if least is None or most is None or "today" in (least, most):
        return
    if least > most:
        raise refuse(_("Giới hạn trên nhỏ hơn giới hạn dưới, nên không ai trả lời được."), name)


def _max_length(typed: Typed, _question: Part, _old: Part) -> Part:
    found = whole_number(typed, "max_length", least=1, most=PARAGRAPH_LENGTH)
    return {} if found is None else {"max_length": found}


def _decimals(typed: Typed, _question: Part, _old: Part) -> Part:
    found = whole_number(typed, "decimals", least=0, most=MOST_DECIMALS)
    return {} if found in (None, 2) else {"decimals": found}


def _requirement(typed: Typed, _question: Part, _old: Part) -> Part:
    paper = one(typed, "requirement")
    if not paper:
        raise refuse(_("Chọn giấy tờ mà ô tệp này nhận."), "requirement")
    return {"requirement": paper}


def _precision(typed: Typed, _question: Part, _old: Part) -> Part:
    precision = one(typed, "precision") or "line"
    if precision not in PRECISIONS:
        raise refuse(_("Chọn mức chi tiết của địa chỉ."), "precision")
    found: Part = {} if precision == "line" else {"precision": precision}
    return {**found, "abroad": True} if one(typed, "abroad") else found


def _papers(typed: Typed, _question: Part, _old: Part) -> Part:
    chosen = many(typed, "papers")
    if set(chosen) - set(PAPERS):
        raise refuse(_("Chọn lại các loại giấy tờ được nhận."), "papers")
    issue = one(typed, "issue") or "optional"
    if issue not in ISSUES:
        raise refuse(_("Chọn cách hỏi ngày cấp và nơi cấp."), "issue")
    found: Part = {"papers": chosen} if chosen and set(chosen) != set(PAPERS) else {}
    return found if issue == "optional" else {**found, "issue": issue}


def _rows(typed: Typed, question: Part, old: Part) -> Part:
    """The questions of each row stay; a new group begins with one, for it cannot be empty."""
    found = {
        name: text for name in ("row_label", "add_label") if (text := text_pair(typed, name)) is not None
    }
    columns = old.get("fields") or [first_column(typed)]
    return {**found, "fields": columns}


def first_column(typed: Typed) -> Part:
    """The first question of a new group, a person's name unless something else was typed; its key is made later."""
    label = one(typed, "first_label") or _("Họ và tên")
    kind = one(typed, "first_type") or "person_name"
    if kind not in BY_NAME or kind in (*NOT_IN_GROUPS, "choice", "choices", "note"):
        raise refuse(_("Chọn kiểu trả lời cho câu đầu tiên của nhóm."), "first_type")
    return {"type": kind, "label": {"vi": label}, "required": True}


_READERS: dict[str, Callable[[Typed, Part, Part], Part]] = {
    "options": _options,
    "min": _bounds,
    "max_length": _max_length,
    "decimals": _decimals,
    "requirement": _requirement,
    "precision": _precision,
    "papers": _papers,
    "fields": _rows,
}
"""Reader by setting of the registry of field types; those read together are named once."""
