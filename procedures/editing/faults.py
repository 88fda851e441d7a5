"""What is still missing in a draft, in plain words, beside the input where it can be mended."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.errors import RuleViolation
from procedures.content import parse_content
from procedures.editing.sections import section_of

Faults = Mapping[str, list[str]]
_COUNTED = re.compile(r"^fees\[\d+\]\.(unit|per)")
_SHORT = (
    (re.compile(r"^Thiếu nội dung|không để trống"), gettext_lazy("Hãy ghi chỗ này.")),
    (re.compile(r"số nguyên"), gettext_lazy("Hãy ghi một số.")),
    (re.compile(r"^Ngày phải có dạng"), gettext_lazy("Hãy ghi ngày, ví dụ 31/12/2026.")),
    (re.compile(r"^Giá trị phải là một trong"), gettext_lazy("Hãy chọn một mục.")),
    (re.compile(r"^Phần này phải có dạng vi|phải là chữ"), gettext_lazy("Hãy ghi chỗ này.")),
    (re.compile(r"^Phần này cần ít nhất một mục"), gettext_lazy("Hãy thêm ít nhất một mục.")),
    (re.compile(r"^Phần này phải là đúng hoặc sai"), gettext_lazy("Hãy đánh dấu lại ô này.")),
)

# Chosen by a click, whatever the reader of documents calls it.
_CHOSEN = {
    "level": gettext_lazy("Hãy chọn một mức độ."),
    "channels": gettext_lazy("Hãy chọn ít nhất một cách."),
    "tiers": gettext_lazy("Hãy chọn ít nhất một cấp."),
}


def list_faults(document: Mapping[str, Any]) -> dict[str, list[str]]:
    """Path -> sentences. What is said of a key nobody sees is said of the name it is made from."""
    try:
        parse_content(document)
    except RuleViolation as error:
        return {
            path: _speak(path, lines) for path, lines in error.errors.items() if not _is_silent(path, error)
        }
    return {}


def of_section(faults: Faults, section: str) -> dict[str, list[str]]:
    return {path: lines for path, lines in faults.items() if section_of(path) == section}


def find(faults: Faults, path: str) -> list[str]:
    """The sentences about a value and everything inside it."""
    return [
        line
        for fault, lines in faults.items()
        if fault == path or fault.startswith((f"{path}.", f"{path}["))
        for line in lines
    ]


def _is_silent(path: str, error: RuleViolation) -> bool:
    """A key comes with the name: where that is missing too, once is enough."""
    if not path.endswith(".key"):
        return False
    stem = path.removesuffix("key")
    return any(other.startswith((f"{stem}name", f"{stem}label")) for other in error.errors)


def _speak(path: str, lines: list[str]) -> list[str]:
    if path.endswith(".key") or _COUNTED.search(path):
        return [
            _("Trùng với mục ở trên.")
            if any("ở trên" in line for line in lines)
            else _("Hãy ghi đủ phần này.")
        ]
    return list(dict.fromkeys(_shorten(path, line) for line in lines))


def _shorten(path: str, line: str) -> str:
    """The reader speaks to those who write files; here stands an input."""
    if path in _CHOSEN and line.startswith(("Phần này", "Thiếu")):
        return str(_CHOSEN[path])
    return next((str(words) for pattern, words in _SHORT if pattern.search(line)), line)
