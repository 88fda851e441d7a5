"""Parts of a form as the controls of the builder hold them."""

from typing import Any

from procedures.building.forms import Part
from procedures.building.options import write_options
from procedures.building.settings import BOUNDS, TODAY
from procedures.formschema.types.days import show_day
from procedures.formschema.types.identity_documents import PAPERS

Shown = dict[str, Any]


def show_question(question: Part) -> Shown:
    """What `read_question` reads back as the same question."""
    shown = _texts(question, "label", "hint", "official", "row_label", "add_label")
    shown |= {name: str(question[name]) for name in ("type", "prefill", "requirement") if name in question}
    for name, control in zip(("min", "max"), BOUNDS.get(question["type"], ("min", "max")), strict=True):
        shown[control] = "" if question.get(name) is None else _bound(question[name])
    shown |= {
        name: str(question[name]) for name in ("max_length", "decimals") if question.get(name) is not None
    }
    options = question.get("options", [])
    return shown | {
        "required": "1" if question.get("required") else "",
        "abroad": "1" if question.get("abroad") else "",
        "precision": question.get("precision", "line"),
        "issue": question.get("issue", "optional"),
        "papers": list(question.get("papers") or PAPERS),
        "options": write_options(options),
        "options_en": write_options(options, "en"),
    }


def show_page(page: Part) -> Shown:
    return _texts(page, "title", "hint")


def show_check(check: Part, group: str) -> Shown:
    return {**_texts(check, "message"), "fields": list(check.get("fields", ())), "group": group}


def show_party(party: Part) -> Shown:
    source = f"page:{party['page']}" if party.get("page") else f"field:{party.get('group', '')}"
    answers = {f"map-{name}": key for name, key in party.get("map", {}).items()}
    return {"role": party["role"], "kind": party.get("kind", "person"), "source": source, **answers}


def _texts(part: Part, *names: str) -> Shown:
    shown: Shown = {}
    for name in names:
        text = part.get(name) or {}
        shown |= {name: text.get("vi", ""), f"{name}_en": text.get("en", "")}
    return shown


def _bound(value: Any) -> str:
    if value == "today":
        return TODAY
    return str(value) if isinstance(value, int) else show_day(str(value))
