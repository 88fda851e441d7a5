"""One piece of a file: a value to judge, or the sentence why it could not be read."""

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Entry:
    """`number`: its line, or its place in the archive; `label`: the name of its file there."""

    number: int
    value: Any = None
    fault: str = ""
    label: str = ""


def parse_bytes(raw: bytes, number: int, label: str = "") -> Entry:
    """Never raises: bad UTF-8, bad JSON, endless nesting and impossible numbers become a fault."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return Entry(number, fault=_("Chữ không phải mã UTF-8. Hãy lưu tệp lại theo UTF-8."), label=label)
    try:
        return Entry(number, json.loads(text, parse_constant=_refuse_constant), label=label)
    except (ValueError, RecursionError):
        return Entry(number, fault=_("Không phải JSON đọc được."), label=label)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
