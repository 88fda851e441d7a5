"""COPY into the table of a model: rows become lines of text, and go in one statement."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.backends.utils import CursorWrapper

Value = Any
_NULL = r"\N"
_SPECIAL = re.compile(r"[\\\t\n\r]")
_ESCAPES = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"}


class CopyTable:
    """Rows for one model. Columns that are not named take the field's default, else null."""

    def __init__(self, model: type[models.Model], *columns: str) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        unknown = [column for column in columns if column not in fields]
        if unknown:
            raise ValueError(f"{model.__name__} has no {', '.join(unknown)}")
        rest = [field for name, field in fields.items() if name not in columns and not _is_identity(field)]
        names = [*(fields[column].column for column in columns), *(field.column for field in rest)]
        quoted = ", ".join(f'"{name}"' for name in names)
        self._statement = f'COPY "{model._meta.db_table}" ({quoted}) FROM STDIN'
        self._tail = "".join(f"\t{_default(field)}" for field in rest) + "\n"
        self._width = len(columns)
        self._lines: list[str] = []

    def add(self, *values: Value) -> None:
        """One row, in the order of the columns."""
        if len(values) != self._width:
            raise ValueError(f"{len(values)} values for {self._width} columns: {self._statement}")
        self._lines.append("\t".join([_ENCODERS[type(value)](value) for value in values]) + self._tail)

    def write(self, cursor: CursorWrapper) -> None:
        """Send what was collected."""
        if self._lines:
            cursor.copy_expert(self._statement, io.StringIO("".join(self._lines)))
            self._lines.clear()


def build_tsvector(tokens: Sequence[str]) -> str:
    """The text form of a tsvector of these tokens, without positions."""
    quoted = ["'" + token.replace("\\", "\\\\").replace("'", "''") + "'" for token in tokens]
    return " ".join(quoted)


def build_bytea_array(values: Sequence[bytes]) -> str:
    """The text form of a bytea[]."""
    return "{" + ",".join(rf'"\\x{value.hex()}"' for value in values) + "}"


def _text(value: str) -> str:
    if _SPECIAL.search(value):
        return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], value)
    return value


def _json(value: Value) -> str:
    return _text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


_ENCODERS: Mapping[type, Callable[[Any], str]] = {
    type(None): lambda _: _NULL,
    str: _text,
    int: str,
    bool: lambda value: "t" if value else "f",
    bytes: lambda value: rf"\\x{value.hex()}",
    UUID: str,
    datetime: datetime.isoformat,
    dict: _json,
    list: _json,
}


def _default(field: models.Field[Any, Any]) -> str:
    if field.has_default():
        value = field.get_default()
        return "{}" if isinstance(field, ArrayField) else _ENCODERS[type(value)](value)
    if field.null:
        return _NULL
    if isinstance(field, models.CharField | models.TextField) and field.blank:
        return ""
    raise ValueError(f"{field.model.__name__}.{field.attname} needs a value")


def _is_identity(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.AutoField)
