"""Keys made once from what people read, and never shown to them."""

import re
from collections.abc import Collection

from portal.core.text import fold
from procedures.formschema.definition import CASE

_LENGTH = 40
_SHORTEST = 2
_RESERVED = frozenset({CASE, "shown", "later", "answers", "page", "version", "csrfmiddlewaretoken"})
"""Names that conditions or the pages around a form use themselves."""


def make_key(label: str, taken: Collection[str]) -> str:
    """ "Họ và tên của bạn" -> "ho_va_ten_cua_ban", with a number behind it when another has that name."""
    words = "_".join(re.findall(r"[a-z0-9]+", fold(label)))[:_LENGTH].strip("_")
    if len(words) < _SHORTEST or not words[0].isalpha():
        words = f"cau_{words}".rstrip("_")
    key, number = words, 2
    while key in taken or key in _RESERVED:
        key, number = f"{words}_{number}", number + 1
    return key
