"""Stable keys of parts: made from the label once, never shown, never used for another part later."""

import re
from collections.abc import Collection

from portal.core.text import fold

_LONGEST = 40
_NOT_OF_A_KEY = re.compile(r"[^a-z0-9]+")


def make_key(label: str, used: Collection[str], *, otherwise: str = "muc") -> str:
    """ "Giấy chứng sinh" -> "giay_chung_sinh", or "giay_chung_sinh_2" where that was used before."""
    words = _NOT_OF_A_KEY.sub("_", fold(label)).strip("_")[:_LONGEST].rstrip("_")
    stem = words if words[:1].isalpha() else f"{otherwise}_{words}".rstrip("_")
    key, number = stem, 2
    while key in used:
        key, number = f"{stem}_{number}", number + 1
    return key
