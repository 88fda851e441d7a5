"""Text, time and money as VNPAY writes them."""

import re
import unicodedata
from datetime import datetime

from portal.core.clock import VN_TZ, to_local

LONGEST_PURPOSE = 255
_TIME = "%Y%m%d%H%M%S"
_TIME_SHAPE = re.compile(r"[0-9]{14}")
_AMOUNT_SHAPE = re.compile(r"[0-9]{1,15}")
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9.:,\- ]+")


def write_time(moment: datetime) -> str:
    """yyyyMMddHHmmss in GMT+7."""
    return to_local(moment).strftime(_TIME)


def read_time(text: str) -> datetime | None:
    """The moment, None for an empty or impossible one."""
    if not _TIME_SHAPE.fullmatch(text):
        return None
    try:
        return datetime.strptime(text, _TIME).replace(tzinfo=VN_TZ)
    except ValueError:
        return None


def write_amount(amount: int) -> str:
    """`amount` in đồng; VNPAY counts hundredths."""
    return str(amount * 100)


def read_amount(text: str) -> int | None:
    """Đồng, None where the text is no whole number of đồng."""
    if not _AMOUNT_SHAPE.fullmatch(text):
        return None
    amount, rest = divmod(int(text), 100)
    return None if rest else amount


def write_purpose(text: str) -> str:
    """Without marks and special signs, at most 255 letters: "Hồ sơ số 5" -> "Ho so so 5"."""
    folded = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return " ".join(_NOT_PLAIN.sub(" ", bare).split())[:LONGEST_PURPOSE].rstrip()
