"""What the selects of the builder's editors offer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from procedures.building.forms import Document, Form, vi
from procedures.building.parties import ATTRIBUTES, KINDS, list_answers, list_sources
from procedures.building.types import BY_NAME, ISSUES, NOT_IN_GROUPS, PRECISIONS, PREFILLS
from procedures.building.types import KINDS as QUESTION_KINDS
from procedures.choices import RequirementMode
from procedures.comparing.form_shape import ROLES
from procedures.comparing.speaking import build_names
from procedures.formschema.types import field_types
from procedures.formschema.types.identity_documents import paper_names

Options = list[tuple[str, str]]
_SETTINGS = {
    "options": ("choice", "choices"),
    "numbers": ("integer", "decimal", "money"),
    "days": ("date", "partial_date"),
    "rows": ("group",),
    "max_length": ("text", "paragraph"),
    "decimals": ("decimal",),
    "requirement": ("file",),
    "address": ("address",),
    "papers": ("identity_document",),
}
"""Settings that are shown together, and the kinds of questions that have them."""


@dataclass(frozen=True)
class Setting:
    """`types`: the kinds it belongs to, for the script that shows it when the kind is changed."""

    types: str
    is_hidden: bool


def build_question_choices(document: Document, kind: str, *, in_group: bool) -> dict[str, Any]:
    """For templates/catalogue/builder/question.html; `kind`: of the question as it stands."""
    settings = {name: Setting(" ".join(types), kind not in types) for name, types in _SETTINGS.items()}
    filled = [name for name in BY_NAME if field_types.get(name).prefill and not in_group]
    settings["prefill"] = Setting(" ".join(filled), kind not in filled)
    settings["required"] = Setting(" ".join(name for name in BY_NAME if name != "note"), kind == "note")
    return {
        "settings": settings,
        "families": _families(in_group=in_group),
        "prefills": [
            (key, words, " ".join(name for name in filled if key in field_types.get(name).prefill))
            for key, words in PREFILLS.items()
        ],
        "requirements": [("", _("Chọn giấy tờ")), *_list_papers(document)],
        "precisions": list(PRECISIONS.items()),
        "issues": list(ISSUES.items()),
        "papers": list(paper_names().items()),
        "column_kinds": [
            (item.name, item.title)
            for item in QUESTION_KINDS
            if item.name not in (*NOT_IN_GROUPS, "choice", "choices", "note")
        ],
    }


def build_check_choices(document: Document, group: str) -> dict[str, Any]:
    """Questions a refusal may stand at: of the whole form, or of a group's rows."""
    form, names = Form.open(document), build_names(document)
    groups = [field for field in form.questions() if field["type"] == "group"]
    chosen = next((field for field in groups if field["key"] == group), None)
    fields = chosen["fields"] if chosen else form.questions()
    return {
        "groups": [
            ("", _("Cả mẫu")),
            *(
                (field["key"], _("Từng dòng của nhóm “%(name)s”") % {"name": vi(field["label"])})
                for field in groups
            ),
        ],
        "questions": [
            (field["key"], names.field(field["key"]))
            for field in fields
            if field["type"] not in ("note", "file")
        ],
    }


def build_party_choices(document: Document, source: str) -> dict[str, Any]:
    """Roles, kinds, sources, and for each thing to know of a person the questions that may say it."""
    form = Form.open(document)
    sources = list_sources(form)
    source = source if source in dict(sources) else (sources[0][0] if sources else "")
    maps = []
    for name, words in ATTRIBUTES.items():
        answers = list_answers(form, source, name)
        if answers or name == "name":
            maps.append((f"map-{name}", str(words).capitalize(), [("", _("(không hỏi)")), *answers]))
    return {"roles": list(ROLES.items()), "kinds": list(KINDS.items()), "sources": sources, "maps": maps}


def list_pages(document: Document) -> Options:
    return [(page["key"], vi(page["title"])) for page in Form.open(document).pages]


def _list_papers(document: Document) -> Iterable[tuple[str, str]]:
    for paper in document.get("requirements") or ():
        if isinstance(paper, dict) and paper.get("mode") != RequirementMode.LOOKUP:
            yield str(paper.get("key")), vi(paper.get("name"))


def _families(*, in_group: bool) -> list[tuple[str, list[Any]]]:
    found: dict[str, list[Any]] = {}
    for kind in QUESTION_KINDS:
        if not (in_group and kind.name in NOT_IN_GROUPS):
            found.setdefault(str(kind.family), []).append(kind)
    return list(found.items())
