"""Equality and shapes of the values a document holds."""

from collections.abc import Mapping
from typing import Any, Final

from procedures.documents import canonical_bytes

MISSING: Final = object()
"""What a document does not write at all; null is something written."""


def differ(old: Any, new: Any) -> bool:
    """As bytes: 1, 1.0 and true are three things."""
    if old is MISSING or new is MISSING:
        return old is not new
    return canonical_bytes({"": old}) != canonical_bytes({"": new})


def is_text(value: Any) -> bool:
    """A text in one or two languages."""
    return isinstance(value, Mapping) and bool(value) and set(value) <= {"vi", "en"}


def is_list_of_things(value: Any) -> bool:
    """A list whose items are told one by one; a list of plain words reads as one value."""
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)
