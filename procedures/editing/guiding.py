"""Conditions of the guided check and of reliefs as rows of selects; the rest of both are ordinary rows."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from portal.core.errors import RuleViolation
from procedures.building.conditions import SEVERAL, build_condition, list_ops, read_rows, show_condition
from procedures.building.conditions import Row as Comparison
from procedures.building.conditions import Rows as Comparisons
from procedures.editing.builder.conditions import ConditionEditor, build_editor
from procedures.editing.fields import Posted
from procedures.editing.places import MISSING, get_at
from procedures.formschema.definition import CASE, Field, Option
from procedures.formschema.types import field_types
from procedures.guide.definition import TYPES
from procedures.texts import Text

Document = Mapping[str, Any]
QUESTIONS, RELIEFS = "guide.questions", "reliefs"
_ASKS_NOTHING = ("file", "note", "group")
_NOTHING = Comparisons()


def list_known(document: Document, rows_name: str, index: int) -> list[Field]:
    """What a condition may ask: for a question those before it, for a rule every one; and the case.

    Reliefs ask about the e-form, the rest about the guided check.
    """
    if rows_name == RELIEFS:
        return [*_case_of(document), *_list_form(document)]
    found = get_at(document, QUESTIONS)
    questions = found if isinstance(found, list) else []
    asked = questions[:index] if rows_name == QUESTIONS else questions
    known = [field for field in map(_read_question, asked) if field is not None]
    if rows_name == "guide.cases":
        return known
    return [*_case_of(document), *known]


def _list_form(document: Document) -> list[Field]:
    """Questions of the e-form that a condition can compare."""
    pages = get_at(document, "form.pages")
    raws = [
        raw
        for page in (pages if isinstance(pages, list) else [])
        if isinstance(page, dict) and isinstance(page.get("fields"), list)
        for raw in page["fields"]
    ]
    types = [name for name in field_types if name not in _ASKS_NOTHING]
    return [field for field in (_read_question(raw, types) for raw in raws) if field is not None]


def _read_question(raw: object, types: Collection[str] = TYPES) -> Field | None:
    if not isinstance(raw, dict) or raw.get("type") not in types or not isinstance(raw.get("key"), str):
        return None
    options = raw.get("options")
    return Field(
        key=raw["key"],
        type=raw["type"],
        label=_text(raw.get("label")) or Text(_("Câu hỏi chưa có lời")),
        options=tuple(_read_options(options if isinstance(options, list) else [])),
    )


def _read_options(rows: list[Any]) -> Iterator[Option]:
    for row in rows:
        if isinstance(row, dict) and isinstance(row.get("value"), str):
            yield Option(row["value"], _text(row.get("label")) or Text(row["value"]))


def _case_of(document: Document) -> list[Field]:
    cases = document.get("cases")
    options = tuple(
        Option(case["key"], _text(case.get("label")) or Text(_("Trường hợp chưa có tên")))
        for case in (cases if isinstance(cases, list) else [])
        if isinstance(case, dict) and isinstance(case.get("key"), str)
    )
    return [Field(key=CASE, type="choice", label=Text(_("Trường hợp")), options=options)] if options else []


def _text(raw: object) -> Text:
    vi = raw.get("vi") if isinstance(raw, dict) else ""
    return Text(vi if isinstance(vi, str) else "")


def build_condition_editor(
    document: Document,
    rows_name: str,
    index: int,
    raw: object,
    *,
    name: str,
    legend: str,
    errors: tuple[str, ...],
) -> ConditionEditor | None:
    """The rows of one condition; None where the document holds something that has no rows."""
    found = _read(document, rows_name, index, raw)
    if found is None:
        return None
    rows, known = found
    said = {f"{name}-{max(0, len(rows.rows) - 1)}-value": list(errors)} if errors and rows.rows else {}
    return build_editor(rows, known, legend=legend, name=name, errors=said)


def write_condition(
    document: Document, rows_name: str, index: int, part: dict[str, Any], spec_name: str, posted: Posted
) -> None:
    """Puts the rows as they were chosen into the part; a row that is not finished is kept as far as it goes."""
    name = f"{rows_name}[{index}].{spec_name}"
    if not posted(f"{name}-count"):
        return
    found = _read(document, rows_name, index, part.get(spec_name, MISSING))
    typed = read_rows(_Typed(posted), name)
    if found is None or _plain(typed) == _plain(found[0]):
        return
    if condition := _build(typed, found[1], name):
        part[spec_name] = condition
    else:
        part.pop(spec_name, None)


def _read(
    document: Document, rows_name: str, index: int, raw: object
) -> tuple[Comparisons, list[Field]] | None:
    known = list_known(document, rows_name, index)
    if raw is MISSING or raw is None:
        return _NOTHING, known
    if not isinstance(raw, dict):
        return None
    try:
        rows = show_condition(raw, known)
    except (KeyError, TypeError, AttributeError, StopIteration, ValueError):
        return None
    return rows, _with_lost(known, rows)


def _with_lost(known: list[Field], rows: Comparisons) -> list[Field]:
    """Questions and answers that are no longer there stay choosable, so that saving does not drop them."""
    fields = {field.key: field for field in known}
    for row in rows.rows:
        field = fields.get(row.field) or Field(row.field, "choice", Text(_("(câu hỏi không còn ở trên)")))
        if field.type == "choice":
            values = {option.value for option in field.options}
            lost = [Option(value, Text(_("(không còn)"))) for value in row.values if value not in values]
            field = replace(field, options=(*field.options, *lost))
        fields[row.field] = field
    return list(fields.values())


def _plain(rows: Comparisons) -> object:
    """What two sets of rows have in common when they say the same; ticks come back in the order of the page."""
    mode = rows.mode if len(rows.rows) + len(rows.nests) > 1 else "all"
    return mode, dict(rows.nests), [
        (row.field, row.op, sorted(row.values) if row.op in SEVERAL else row.values, row.nest) for row in rows.rows
    ]  # fmt: skip


def _build(rows: Comparisons, known: list[Field], name: str) -> dict[str, Any] | None:
    try:
        return build_condition(rows, known, name)
    except RuleViolation:
        finished = [_finish(row, known, name) for row in rows.rows]
    top = [term for row, term in zip(rows.rows, finished, strict=True) if row.nest not in rows.nests]
    for nest, mode in rows.nests.items():
        inside = [term for row, term in zip(rows.rows, finished, strict=True) if row.nest == nest]
        top.append({mode: inside})
    return {rows.mode: top}


def _finish(row: Comparison, known: list[Field], name: str) -> dict[str, Any]:
    """The row as a term; one without a comparison or a value yet gets the first one, and nothing."""
    single = Comparisons("all", (replace(row, nest=""),))
    try:
        built = build_condition(single, known, name)
        term: dict[str, Any] = built["all"][0] if built else {}
        return term
    except RuleViolation:
        field = next((field for field in known if field.key == row.field), None)
        ops = [op for op, _words in list_ops(field)] if field else ["is"]
        return {"field": row.field, row.op if row.op in ops and "@" not in row.op else ops[0]: ""}


class _Typed(Mapping[str, Any]):
    """The posted inputs by name, as the builder's readers take them."""

    def __init__(self, posted: Posted) -> None:
        self._posted = posted

    def __getitem__(self, name: str) -> Any:
        values = self._posted(name)
        if not values:
            raise KeyError(name)
        return values if len(values) > 1 else values[0]

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0
