"""The page of one section: inputs with what the document holds and what is still missing beside each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from procedures.editing import faults as wrong
from procedures.editing.feeform import FeeForm, build_fees
from procedures.editing.fields import Spec
from procedures.editing.guiding import build_condition_editor
from procedures.editing.inputs import Input, build_input
from procedures.editing.layout import LAYOUT, Custom, Group
from procedures.editing.levels import LevelForm, build_level
from procedures.editing.limits import UNITS, LimitTable, build_limits
from procedures.editing.performers import PerformerForm, build_performers
from procedures.editing.places import get_at
from procedures.editing.rows import TEXT, Rows, read_rows, row_name

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Row:
    """A row with its inputs and buttons. `is_open`: the one that was just worked on, or that lacks something."""

    rows: Rows
    index: int
    title: str
    inputs: tuple[Input, ...]
    is_first: bool
    is_last: bool
    is_open: bool
    errors: tuple[str, ...]

    @property
    def id(self) -> str:
        return f"{self.rows.id}-{self.index}"

    @property
    def number(self) -> int:
        return self.index + 1


@dataclass(frozen=True)
class Block:
    """`template`: which of templates/catalogue/edit/ draws it."""

    template: str
    title: StrOrPromise
    hint: StrOrPromise = ""
    inputs: tuple[Input, ...] = ()
    rows: Rows | None = None
    items: tuple[Row, ...] = ()
    errors: tuple[str, ...] = ()
    limits: LimitTable | None = None
    units: Any = ()
    fees: FeeForm | None = None
    level: LevelForm | None = None
    performers: PerformerForm | None = None
    total: str = ""


def build_blocks(
    section: str, document: Mapping[str, Any], faults: wrong.Faults, *, at: str = ""
) -> list[Block]:
    """The blocks of a section. `at`: the id of the row that was just worked on, to be open."""
    return [_block(block, document, faults, at) for block in LAYOUT.get(section, ())]


def _block(block: Group | Rows | Custom, document: Mapping[str, Any], faults: wrong.Faults, at: str) -> Block:
    if isinstance(block, Group):
        inputs = tuple(build_input(spec, document, "", document, faults) for spec in block.specs)
        return Block("group", block.title, block.hint, inputs)
    if isinstance(block, Rows):
        return _rows(block, document, faults, at)
    own = tuple(faults.get(block.name, ()))
    custom = {
        "limits": lambda: Block(
            "limits", block.title, limits=build_limits(document, faults), units=UNITS, errors=own
        ),
        "fees": lambda: Block("fees", block.title, fees=build_fees(document, faults, at), errors=own),
        "level": lambda: Block("level", block.title, level=build_level(document), errors=own),
        "performed_by": lambda: Block(
            "performers", block.title, performers=build_performers(document), errors=own
        ),
    }
    return custom[block.name]()


def _rows(rows: Rows, document: Mapping[str, Any], faults: wrong.Faults, at: str) -> Block:
    parts = read_rows(rows, document)
    items = tuple(_row(rows, parts, n, document, faults, at) for n in range(len(parts)))
    own = tuple(faults.get(rows.name, ()))
    return Block("rows", rows.title, rows.hint, rows=rows, items=items, errors=own, total=_total(rows, parts))


def _row(
    rows: Rows, parts: list[Any], index: int, document: Mapping[str, Any], faults: wrong.Faults, at: str
) -> Row:
    part = {TEXT: parts[index]} if rows.is_texts else parts[index]
    path = f"{rows.name}[{index}]"
    if rows.is_texts:
        faults = {f"{path}.{TEXT}": wrong.find(faults, path)}
    inputs = tuple(_input(spec, part, rows, index, document, faults) for spec in rows.specs)
    said = {line for item in inputs for line in item.errors}
    own = tuple(line for line in dict.fromkeys(wrong.find(faults, path)) if line not in said)
    name = row_name(rows, parts[index])
    row_id = f"{rows.id}-{index}"
    return Row(
        rows,
        index,
        name or _name_nameless(rows, index),
        inputs,
        index == 0,
        index == len(parts) - 1,
        is_open=at == row_id or at.startswith(f"{row_id}-") or bool(said) or bool(own),
        errors=own,
    )


def _total(rows: Rows, parts: list[Any]) -> str:
    """Steps say how many hours they take together."""
    if rows.name != "steps" or not parts:
        return ""
    hours = [part.get("hours") for part in parts if isinstance(part, dict)]
    total = sum(hour for hour in hours if isinstance(hour, int) and not isinstance(hour, bool))
    days = total / 8
    words = _("Tổng cộng %(hours)d giờ làm việc, khoảng %(days)s ngày.")
    return words % {"hours": total, "days": f"{days:.1f}".removesuffix(".0").replace(".", ",")}


def _name_nameless(rows: Rows, index: int) -> str:
    noun = str(rows.noun).capitalize()
    return f"{noun} {index + 1}" if rows.is_nameless else _("%(noun)s chưa có tên") % {"noun": noun}


def _input(
    spec: Spec, part: object, rows: Rows, index: int, document: Mapping[str, Any], faults: wrong.Faults
) -> Input:
    """An input of a row; a condition brings its own rows of selects."""
    prefix = f"{rows.name}[{index}]."
    built = build_input(spec, part, prefix, document, faults)
    if spec.kind != "condition":
        return built
    editor = build_condition_editor(
        document,
        rows.name,
        index,
        get_at(part, spec.name),
        name=prefix + spec.name,
        legend=str(spec.label),
        errors=built.errors,
    )
    return replace(built, condition=editor)
