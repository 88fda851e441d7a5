"""National ID and phone numbers: how they are written, and the index by which they are found."""

import re

from django.utils.translation import gettext_lazy as _

from portal.core.errors import RuleViolation
from portal.core.sealed import blind_index

NATIONAL_ID = re.compile(r"[0-9]{12}", re.ASCII)
_PHONE_NOISE = re.compile(r"[ .()-]")
_PHONE = re.compile(r"0[0-9]{9,10}", re.ASCII)


def looks_like_national_id(value: str) -> bool:
    return NATIONAL_ID.fullmatch(value) is not None


def clean_national_id(value: str) -> str:
    """Twelve digits without spaces. Raises RuleViolation.

    Only the shape is checked: province, sex and birth year inside the number are hints, never a refusal.
    """
    number = re.sub(r"\s", "", value)
    if not looks_like_national_id(number):
        message = str(_("Số định danh cá nhân có đúng 12 chữ số."))
        raise RuleViolation("national_id_shape", message, errors={"national_id": [message]})
    return number


def clean_phone(value: str) -> str:
    """A Vietnamese number as 10 or 11 digits from 0; +84 is understood. Raises RuleViolation."""
    number = _PHONE_NOISE.sub("", value.strip())
    number = re.sub(r"^(\+84|0084)", "0", number)
    if _PHONE.fullmatch(number) is None:
        message = str(_("Số điện thoại có 10 hoặc 11 chữ số, bắt đầu bằng số 0."))
        raise RuleViolation("phone_shape", message, errors={"phone": [message]})
    return number


def index_national_id(number: str) -> bytes:
    return blind_index(number, "national_id")


def index_phone(number: str) -> bytes:
    return blind_index(number, "phone")
