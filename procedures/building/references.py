"""Who refers to a question or page: conditions, checks, parties, fees. Before something goes, each is named."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from procedures.building.forms import Form, Part, vi
from procedures.building.parties import ATTRIBUTES
from procedures.comparing.form_shape import ROLES


@dataclass(frozen=True)
class Gone:
    """What goes: keys of top-level questions, of pages, and of questions by their group."""

    fields: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
    columns: dict[str, frozenset[str]] = field(default_factory=dict)

    def holds(self, key: str, group: Part | None = None) -> bool:
        """Whether a key goes, read in a row of the group or outside of any."""
        if group is not None and key in {column["key"] for column in group.get("fields", ())}:
            return False
        return key in (self.columns.get(group["key"], ()) if group is not None else ()) or key in self.fields


@dataclass(frozen=True)
class Reference:
    """`sentence` says who refers and how; `is_clearable`: the builder may take the reference away."""

    sentence: str
    is_clearable: bool = True


def list_references(form: Form, gone: Gone) -> list[Reference]:
    """Of a form from which the parts were taken already, so that parts that went with them are not named."""
    found = [
        Reference(_sentence(holder))
        for holder, name, group in _holders(form)
        if _asks(holder, name, gone, group)
    ]
    said = _("Lời báo lỗi “%(message)s” so sánh câu này.")
    found += [
        Reference(said % {"message": vi(check.get("message"))})
        for check in form.checks
        if _check_refers(form, check, gone)
    ]
    for party in form.parties:
        found += [Reference(line) for line in _party_lines(party, gone)]
    for question in _list_filling(form, gone):
        words = _("Câu “%(label)s” ở phần Hỏi đáp hướng dẫn điền sẵn vào câu này.")
        found.append(Reference(words % {"label": vi(question.get("label"))}))
    found += [Reference(line, is_clearable=False) for line in _fee_lines(form, gone)]
    found += [Reference(line, is_clearable=False) for line in _relief_lines(form, gone)]
    return found


def clear_references(form: Form, gone: Gone) -> None:
    """Takes the references away: comparisons out of conditions, checks and parties that cannot do without."""
    for holder, name, group in list(_holders(form)):
        if _asks(holder, name, gone, group):
            left = _prune(holder[name], gone, group)
            if left is None:
                del holder[name]
            else:
                holder[name] = left
    for question in _list_filling(form, gone):
        del question["fills"]
    form.checks[:] = [check for check in form.checks if not _check_refers(form, check, gone)]
    for party in form.parties:
        known = {name: key for name, key in party.get("map", {}).items() if not _is_mapped(party, key, gone)}
        party["map"] = known
    form.parties[:] = [
        party
        for party in form.parties
        if "name" in party["map"]
        and not (party.get("page") in gone.pages or party.get("group") in gone.fields)
    ]


def _list_filling(form: Form, gone: Gone) -> list[Part]:
    """Questions of the guided check whose answers are suggested to one that goes."""
    guide = form.document.get("guide")
    questions = guide.get("questions") if isinstance(guide, dict) else None
    return [item for item in questions or () if isinstance(item, dict) and item.get("fills") in gone.fields]


def list_keys(condition: Any) -> Iterator[str]:
    """Keys that a condition of the document asks about."""
    for term in _terms(condition):
        if "field" not in term:
            yield from list_keys(term)
            continue
        yield str(term["field"])
        yield from (str(value["field"]) for value in term.values() if isinstance(value, dict))


def rename_keys(condition: Any, names: dict[str, str]) -> Any:
    """The condition with other keys."""
    if isinstance(condition, list):
        return [rename_keys(part, names) for part in condition]
    if not isinstance(condition, dict):
        return condition
    return {
        name: names.get(part, part) if name == "field" else rename_keys(part, names)
        for name, part in condition.items()
    }


def _terms(condition: Any) -> list[Part]:
    return [term for mode in ("all", "any") for term in condition.get(mode, ())]


def _holders(form: Form) -> Iterator[tuple[Part, str, Part | None]]:
    """Parts that may have a condition, its name, and the group it is read in."""
    for page in form.pages:
        yield page, "visible_if", None
        for question in page["fields"]:
            yield question, "visible_if", None
            for column in question.get("fields", ()):
                yield column, "visible_if", question
    for party in form.parties:
        yield party, "visible_if", None


def _asks(holder: Part, name: str, gone: Gone, group: Part | None) -> bool:
    return any(gone.holds(key, group) for key in list_keys(holder.get(name) or {}))


def _prune(condition: Part, gone: Gone, group: Part | None) -> Part | None:
    mode = "any" if "any" in condition else "all"
    kept = []
    for term in condition[mode]:
        if "field" not in term:
            inner = _prune(term, gone, group)
            kept += [inner] if inner else []
        elif not any(gone.holds(key, group) for key in list_keys({"all": [term]})):
            kept.append(term)
    return {mode: kept} if kept else None


def _check_refers(form: Form, check: Part, gone: Gone) -> bool:
    names = list(check.get("fields", ()))
    group = find_group(form, names, gone)
    return any(gone.holds(key, group) for key in [*names, *list_keys(check.get("if") or {})])


def find_group(form: Form, names: list[str], gone: Gone | None = None) -> Part | None:
    """The group whose rows ask these questions, when no top-level questions are meant."""
    lost = gone.columns if gone else {}
    top = {question["key"] for question in form.questions()} | (gone.fields if gone else frozenset())
    if not names or top.issuperset(names):
        return None
    groups = (question for question in form.questions() if question["type"] == "group")
    return next(
        (
            group
            for group in groups
            if {column["key"] for column in group["fields"]} | lost.get(group["key"], frozenset())
            >= set(names)
        ),
        None,
    )


def _is_mapped(party: Part, key: str, gone: Gone) -> bool:
    group = party.get("group")
    return key in gone.columns.get(group, ()) if group else key in gone.fields


def _party_lines(party: Part, gone: Gone) -> Iterator[str]:
    role = str(ROLES.get(party.get("role", ""), ""))
    if party.get("page") in gone.pages or party.get("group") in gone.fields:
        yield _("Phần “%(role)s” lấy từ đây.") % {"role": role}
        return
    for name, key in party.get("map", {}).items():
        if _is_mapped(party, key, gone):
            words = {"role": role, "name": ATTRIBUTES.get(name, name)}
            yield _("Phần “%(role)s” lấy %(name)s từ câu này.") % words


def _fee_lines(form: Form, gone: Gone) -> Iterator[str]:
    fees = form.document.get("fees")
    for fee in fees if isinstance(fees, list) else ():
        counted = fee.get("unit") or fee.get("per") or {}
        group = str(counted.get("group") or "")
        inside = gone.columns.get(group, frozenset()) if group else gone.fields
        if group in gone.fields or {counted.get("field"), counted.get("times")} & inside:
            words = _("Khoản thu “%(label)s” đếm theo câu này. Hãy sửa phần Phí, lệ phí trước.")
            yield words % {"label": vi(fee.get("label"))}


def _relief_lines(form: Form, gone: Gone) -> Iterator[str]:
    """Never taken away with the question: a relief without its condition is one for everybody."""
    reliefs = form.document.get("reliefs")
    for relief in reliefs if isinstance(reliefs, list) else ():
        condition = relief.get("if") if isinstance(relief, dict) else None
        if isinstance(condition, dict) and any(gone.holds(key) for key in list_keys(condition)):
            words = _("Mức miễn, giảm “%(label)s” hỏi câu này. Hãy sửa phần Phí, lệ phí trước.")
            yield words % {"label": vi(relief.get("label"))}


def _sentence(holder: Part) -> str:
    label = vi(holder.get("label") or holder.get("title"))
    if "role" in holder:
        return _("Phần “%(role)s” có điều kiện theo câu này.") % {"role": ROLES.get(holder["role"], "")}
    if "title" in holder:
        return _("Trang “%(label)s” chỉ hỏi theo câu này.") % {"label": label}
    return _("Câu “%(label)s” chỉ hỏi theo câu này.") % {"label": label}
