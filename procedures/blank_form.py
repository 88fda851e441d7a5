"""The e-form as a sheet to fill by hand: sections, lines to write on, boxes to tick."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from procedures.content import Content
from procedures.formschema.schema import CASE, Condition, Field, Page, Term
from procedures.parts import Case, Requirement

_TICKED = ("choice", "choices")
_TALL = ("paragraph",)
_SILENT = ("file", "note")
_TABLE_ROWS = 5
_LEAST_ROWS, _MOST_ROWS = 3, 6


@dataclass(frozen=True)
class BlankRow:
    """`kind`: line, lines, ticks, oath or table. `options` are ticks or columns; `parts` what is written on a
    line, piece by piece; `rows` how many rows of a table fit the group."""

    label: str
    kind: str
    options: tuple[str, ...] = ()
    hint: str = ""
    parts: tuple[str, ...] = ()
    rows: int = 0


@dataclass(frozen=True)
class BlankSection:
    title: str
    rows: tuple[BlankRow, ...]


@dataclass(frozen=True)
class BlankForm:
    case: Case | None
    sections: tuple[BlankSection, ...]
    papers: tuple[Requirement, ...]
    table_rows: range


def build_blank_form(content: Content, case_key: str) -> BlankForm:
    """All questions that the case may need; an unknown case is no case and leaves every question in."""
    case = content.case_or_none(case_key)
    chosen = case.key if case else ""
    pages = content.form.pages if content.form else ()
    sections = [_section(page, chosen) for page in pages if _may_show(page.visible_if, chosen)]
    papers = [
        paper for paper in content.requirements_for(case.key if case else None) if not paper.is_looked_up
    ]
    return BlankForm(
        case=case,
        sections=tuple(section for section in sections if section.rows),
        papers=tuple(paper for paper in papers if not paper.filled_online),
        table_rows=range(_TABLE_ROWS),
    )


def _section(page: Page, case: str) -> BlankSection:
    rows = [
        _row(field)
        for field in page.fields
        if field.type not in _SILENT and _may_show(field.visible_if, case)
    ]
    return BlankSection(str(page.title), tuple(rows))


def _row(field: Field) -> BlankRow:
    label, hint = str(field.official or field.label), str(field.hint)
    if field.type == "group":
        columns = tuple(str(column.label) for column in field.fields if column.type not in _SILENT)
        return BlankRow(label, "table", columns, hint, rows=_count_rows(field))
    if field.type in _TICKED:
        return BlankRow(label, "ticks", tuple(str(option.label) for option in field.options))
    if field.type == "boolean":
        return BlankRow(label, "ticks", (_("Có"), _("Không")))
    if field.type == "declaration":
        return BlankRow(label, "oath")
    return BlankRow(label, "lines" if field.type in _TALL else "line", hint=hint, parts=_list_parts(field))


def _count_rows(group: Field) -> int:
    return max(_LEAST_ROWS, int(group.min or 0), min(_MOST_ROWS, int(group.max or _TABLE_ROWS)))


def _list_parts(field: Field) -> tuple[str, ...]:
    """Addresses and papers are written piece by piece, so that none is forgotten."""
    if field.type == "identity_document":
        issue = () if field.issue == "none" else (_("Ngày cấp"), _("Nơi cấp"))
        return (_("Loại giấy tờ"), _("Số"), *issue)
    if field.type == "address":
        places = (_("Số nhà, đường, thôn, xóm"), _("Xã, phường"), _("Tỉnh, thành phố"))
        return {"province": places[2:], "commune": places[1:]}.get(field.precision, places)
    return ()


def _may_show(condition: Condition | None, case: str) -> bool:
    """On paper only the case is known: what other answers decide stays in, for the writer to skip."""
    if condition is None or not case:
        return True
    results = [_may_hold(term, case) for term in condition.terms]
    return all(results) if condition.mode == "all" else any(results)


def _may_hold(term: Term | Condition, case: str) -> bool:
    if isinstance(term, Condition):
        return _may_show(term, case)
    if term.field != CASE:
        return True
    wanted = term.value if isinstance(term.value, list) else [term.value]
    return (case in wanted) == (term.op in ("is", "in"))
