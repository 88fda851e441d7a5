"""The text of an SMS: folded to ASCII, counted in parts, refused where it must not leave. Pure rules.

Counting: 3GPP TS 23.038 (GSM 7 bit alphabet, extension table) and TS 23.040 (concatenation header of 6 bytes).
Brand names: NĐ 91/2020 Điều 23. No link, no citizen's number, nothing a citizen typed: domain.md 9.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from portal.core.text import to_ascii
from portal.notifications.channels.base import NotTaken
from portal.notifications.notice import ContextValue

BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION: Final = frozenset("^{}\\[~]|€\f")
"""Two septets each: an escape and the sign. The pair is never torn between two parts."""
GSM_ALONE, GSM_PART = 160, 153
UNICODE_ALONE, UNICODE_PART = 70, 67
MOST_PARTS: Final = 3
LONGEST_BRANDNAME: Final = 11
LONGEST_VALUE: Final = 60
CUT: Final = frozenset({"procedure_name", "agency_name", "agency_address", "result_where"})
"""Values of which so many characters are enough; a procedure's name alone can be longer than three messages."""
TYPED_BY_PEOPLE: Final = frozenset({"recipient_name", "reason", "items", "note", "owner_name", "payer_name"})

_BRANDNAME = re.compile(r"[A-Za-z0-9 ._/-]{1,11}", re.ASCII)
_LINK = re.compile(
    r"https?:|www\.|://|[a-z0-9-]{2,}\.(?:vn|com|net|org|info|biz|xyz|top|site|online|shop|link|click|app|asia|club)\b"
    r"|[a-z0-9-]+\.(?:[a-z]{2,6})/\S",
    re.IGNORECASE,
)
_CITIZEN_NUMBER = re.compile(
    r"(?<!\d)(?:\d{12}|\d{3}([ .-])\d{3}\1\d{3}\1\d{3}|\d{4}([ .-])\d{4}\2\d{4})(?!\d)", re.ASCII
)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Sms:
    """A text that may leave, and how many messages it is paid as."""

    text: str
    parts: int


def build_sms(body: str) -> Sms:
    """Fold to ASCII on one line and count. Raises NotTaken(permanent): `link`, `id_number`, `too_long`, `text`."""
    text = _SPACES.sub(" ", to_ascii(body)).strip().replace("`", "'")
    if not text:
        raise _refusal("text")
    if _LINK.search(text):
        raise _refusal("link")
    if _CITIZEN_NUMBER.search(text):
        raise _refusal("id_number")
    parts = count_parts(text)
    if parts > MOST_PARTS:
        raise _refusal("too_long")
    return Sms(text, parts)


def count_parts(text: str) -> int:
    """How many messages a text takes: GSM 160 or 153 septets each, else Unicode 70 or 67 UTF-16 units each."""
    if all(sign in BASIC or sign in EXTENSION for sign in text):
        sizes = [2 if sign in EXTENSION else 1 for sign in text]
        return _fill(sizes, GSM_ALONE, GSM_PART)
    return _fill([len(sign.encode("utf-16-be")) // 2 for sign in text], UNICODE_ALONE, UNICODE_PART)


def _fill(sizes: list[int], alone: int, part: int) -> int:
    if sum(sizes) <= alone:
        return 1
    parts, used = 1, 0
    for size in sizes:
        if used + size > part:
            parts, used = parts + 1, 0
        used += size
    return parts


def is_brandname(name: str) -> bool:
    """At most 11 Latin letters, digits and `- _ . /` or spaces, not digits only, no space at either end."""
    return bool(_BRANDNAME.fullmatch(name)) and not name.isdigit() and name == name.strip()


def pick_words(context: Mapping[str, ContextValue]) -> dict[str, ContextValue]:
    """What an SMS may say: nothing that a person typed, no address of a page, long names cut at a word."""
    return {
        key: cut(value, LONGEST_VALUE) if key in CUT and isinstance(value, str) else value
        for key, value in context.items()
        if key not in TYPED_BY_PEOPLE and not key.endswith("_url")
    }


def cut(value: str, most: int) -> str:
    """At most so many characters, ending at a word with "..." where something was left out."""
    if len(value) <= most:
        return value
    head = value[: most - 3]
    if not value[most - 3].isspace():
        head = head.rsplit(None, 1)[0] if " " in head.strip() else head
    return head.rstrip(" ,.;:-") + "..."


def _refusal(code: str) -> NotTaken:
    return NotTaken(code=code, message=_("Nội dung tin nhắn không được phép gửi."), permanent=True)
