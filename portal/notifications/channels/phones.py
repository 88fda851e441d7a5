"""Telephone numbers as providers want them: 84 and nine digits, mobile numbers of Việt Nam only."""

import re

from portal.notifications.notice import Notice

_NOISE = re.compile(r"[\s.()-]")
_MOBILE = re.compile(r"(?:\+84|0084|84|0)([35789][0-9]{8})", re.ASCII)


def build_phone(typed: str) -> str:
    """`0912 345 678`, `+84912345678` -> `84912345678`; empty for what is no mobile number of Việt Nam."""
    found = _MOBILE.fullmatch(_NOISE.sub("", typed))
    return f"84{found[1]}" if found else ""


def has_phone(notice: Notice) -> bool:
    return bool(build_phone(notice.phone or ""))
