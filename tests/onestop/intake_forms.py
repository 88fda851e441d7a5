"""What an officer's browser sends from the intake page."""

from typing import Any

from portal.core import clock
from procedures.formschema.page_visibility import see_page
from procedures.formschema.types import field_types
from procedures.selectors import current_version, get_content
from tests.factories.dossiers import BIRTH, MARITAL, PERMIT, answers_of

ALL = "all"
REBIRTH = "1.004884"
CASES = {BIRTH: "co_giay_chung_sinh", MARITAL: "muc_dich_khac", PERMIT: "nha_o", REBIRTH: "con_ban_sao"}


def typed(code: str, *, answers: Any = None, **changes: Any) -> dict[str, Any]:
    """Every field of a complete intake: one-word name, no phone, all required papers."""
    content = get_content(current_version(code).pk)
    data: dict[str, Any] = {
        "procedure": code,
        "case": CASES[code],
        "channel": "desk",
        "token": "0123456789abcdef",
        "submitter_name": "Páo",
        "do": "accept",
    }
    for item in content.requirements_for(CASES[code]):
        if item.required and not item.is_looked_up:
            data |= {
                f"paper-{item.key}": "1",
                f"paper-{item.key}-originals": "1",
                f"paper-{item.key}-copies": "0",
            }
    data |= controls_of(code, answers)
    data |= changes
    return {name: value for name, value in data.items() if value is not None}


def controls_of(code: str, answers: Any = None) -> dict[str, Any]:
    """Answers as the controls of the form hold them, and the markers of conditional questions shown."""
    content = get_content(current_version(code).pk)
    values = answers_of(code) if answers is None else answers
    data: dict[str, Any] = {"shown": list_asked(code, values)}
    for question in content.form.fields() if content.form else ():
        value = values.get(question.key)
        if question.type in ("file", "note") or value is None:
            continue
        data["shown"].append(question.key)
        if question.type == "group":
            data[f"{question.key}-rows"] = str(len(value))
            for n, row in enumerate(value):
                for column in question.fields:
                    data |= _controls(column, f"{question.key}-{n}-{column.key}", row.get(column.key))
        else:
            data |= _controls(question, question.key, value)
    return data


def list_asked(code: str, values: Any) -> list[str]:
    """Conditional questions that the browser showed and that were left empty."""
    form = get_content(current_version(code).pk).form
    pages = form.pages if form else ()
    seen = [see_page(form, page, values, on=clock.today(), case=CASES[code]) for page in pages if form]
    return [path for page in seen for path, _label in page.conditional]


def _controls(question: Any, name: str, value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    if question.type == "declaration":
        return {name: "true"} if value else {}
    shown = field_types.get(question.type).show(value, question)
    return {f"{name}-{part}" if part else name: text for part, text in shown.items()}
