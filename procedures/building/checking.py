"""Whether a form still works after an operation; what is wrong is told by place and in everyday words."""

import re
from typing import Any

from django.utils.translation import gettext as _

from portal.core.errors import RuleViolation
from procedures.building.forms import Document, vi
from procedures.building.parties import ATTRIBUTES
from procedures.comparing.form_shape import ROLES
from procedures.comparing.speaking import Names, build_names
from procedures.content import parse_content
from procedures.formschema.schema import FormSchema, parse_form

_QUESTION = re.compile(r"pages\[(\d+)\](?:\.fields\[(\d+)\])?(?:\.fields\[(\d+)\])?")
_LISTED = re.compile(r"(checks|parties)\[(\d+)\]")
_QUOTED = re.compile(r"“([a-z][a-z0-9_]*)”")
Faults = dict[str, list[str]]


def read_schema(document: Document) -> FormSchema | None:
    """The form as it would be filed, None when there is none. Raises RuleViolation for a broken one."""
    form = document.get("form")
    return None if form is None else parse_form(form)


def refuse_broken(before: Document, after: Document) -> None:
    """Raises RuleViolation `form_refused` with sentences under "" when the form could not be filed.

    A form that names a paper of another section wrongly may be mended step by step: it must not become worse.
    """
    new, old = find_faults(after), find_faults(before)
    is_readable = not any(path.startswith("form.") for path in new)
    if not new or (is_readable and sum(map(len, new.values())) <= sum(map(len, old.values()))):
        return
    names = build_names(before, after)
    known = {line for lines in old.values() for line in lines}
    sentences = [
        explain(path, line, after, names)
        for path, lines in new.items()
        for line in lines
        if line not in known
    ]
    raise RuleViolation("form_refused", errors={"": list(dict.fromkeys(sentences)) or [_("Mẫu chưa đúng.")]})


def find_faults(document: Document) -> Faults:
    """What keeps the form of a document from being filed, by path inside the form; other parts are not judged."""
    try:
        parse_content(document)
    except RuleViolation as error:
        return {path: lines for path, lines in error.errors.items() if _is_of_form(path, document)}
    return {}


def explain(path: str, message: str, document: Document, names: Names) -> str:
    """ "Câu “Tên cơ sở y tế”: chỉ hỏi theo câu “…”, nên phải đứng sau câu đó." """
    inner = path.removeprefix("form.")
    found = re.search(r"“([^”]*)”", message)
    key = found.group(1) if found else ""
    if re.search(r"(visible_if|if)\..*field$", inner) and key in names.fields:
        words = _("có điều kiện theo câu “%(label)s”, nên phải đứng sau câu đó.") % {
            "label": names.field(key)
        }
    elif inner.startswith("parties") and ".map." in inner:
        part = str(ATTRIBUTES.get(inner.rsplit(".", 1)[-1], ""))
        words = _("lấy %(part)s từ câu “%(label)s”, nên câu đó phải ở cùng trang và đúng kiểu.") % {
            "part": part,
            "label": names.field(key),
        }
    elif inner == "form":
        words = re.sub(r"\b[a-z][a-z0-9_]*\b", lambda match: _label(match.group(), names), message)
    else:
        words = _QUOTED.sub(lambda match: f"“{_name(match.group(1), names)}”", message)
    place = _place(inner, document)
    return f"{place}: {words}" if place else words


def _label(word: str, names: Names) -> str:
    return f"“{names.fields[word]}”" if word in names.fields else word


def _is_of_form(path: str, document: Document) -> bool:
    return path.startswith("form.") or (path == "form" and "form" in document)


def _name(key: str, names: Names) -> str:
    if key in names.fields or key == "case":
        return names.field(key)
    return next((labels[key] for labels in names.options.values() if key in labels), key)


def _place(path: str, document: Document) -> str:
    form: Any = document.get("form") or {}
    listed = _LISTED.match(path)
    try:
        if listed and listed.group(1) == "checks":
            return _("Lời báo lỗi “%(name)s”") % {
                "name": vi(form["checks"][int(listed.group(2))].get("message"))
            }
        if listed:
            return _("Phần “%(name)s”") % {"name": ROLES[form["parties"][int(listed.group(2))]["role"]]}
        numbers = _QUESTION.match(path)
        return _place_of_question([int(n) for n in numbers.groups() if n], form) if numbers else ""
    except (KeyError, IndexError, TypeError):
        return ""


def _place_of_question(numbers: list[int], form: Any) -> str:
    part = form["pages"][numbers[0]]
    if len(numbers) == 1:
        return _("Trang “%(name)s”") % {"name": vi(part.get("title"))}
    for number in numbers[1:]:
        part = part["fields"][number]
    return _("Câu “%(name)s”") % {"name": vi(part.get("label"))}
