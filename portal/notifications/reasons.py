"""What the codes of failed deliveries mean, in words that say whether anything can be done."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

BAD_ADDRESS: Final = frozenset(
    {
        "bad_address", "bad_number", "bad_phone", "no_number", "no_such_number", "not_on_zalo", "bounced", "refused",
        "smtp_550", "smtp_551", "smtp_553", "smtp_511", "smtp_556",
    }
)  # fmt: skip
"""The address itself does not work: only a new one helps (RFC 5321 section 4.2.3 for e-mail)."""

_WORDS: Final[Mapping[str, "StrOrPromise"]] = {
    "bad_address": _("địa chỉ sai"),
    "bad_number": _("số điện thoại sai"),
    "bad_phone": _("số điện thoại sai"),
    "no_number": _("số không liên lạc được"),
    "no_such_number": _("số không liên lạc được"),
    "not_on_zalo": _("số này không dùng Zalo"),
    "bounced": _("thư bị trả lại"),
    "refused": _("nơi nhận từ chối"),
    "smtp_550": _("không có hộp thư này"),
    "smtp_551": _("không có hộp thư này"),
    "smtp_511": _("không có hộp thư này"),
    "smtp_553": _("địa chỉ sai"),
    "smtp_556": _("tên miền không nhận thư"),
    "smtp_552": _("hộp thư đầy"),
    "smtp_452": _("hộp thư đầy"),
    "smtp_unreachable": _("chưa nối được máy chủ thư"),
    "smtp_disconnected": _("máy chủ thư ngắt giữa chừng"),
    "lease_lost": _("máy gửi dừng giữa chừng"),
    "fault": _("lỗi trong hệ thống"),
    "id_number": _("nội dung có số định danh"),
    "zalo_template": _("chưa có mẫu tin Zalo"),
    "zalo_parameters": _("mẫu tin Zalo không nhận nội dung này"),
    "text": _("nội dung không gửi được"),
    "link": _("nội dung có đường dẫn"),
    "too_long": _("nội dung quá dài"),
}
_BY_PREFIX: Final[tuple[tuple[str, "StrOrPromise"], ...]] = (
    ("smtp_5", _("máy chủ thư từ chối")),
    ("smtp", _("máy chủ thư đang bận")),
    ("sms", _("nhà mạng chưa nhận tin")),
    ("zalo", _("Zalo chưa nhận tin")),
    ("lost", _("nhà mạng báo không đến")),
)


def describe_error(code: str) -> str:
    """A reason in words that stands after a colon; an unknown code is named, so that it can be asked about."""
    if not code:
        return ""
    known = _WORDS.get(code) or next((words for start, words in _BY_PREFIX if code.startswith(start)), None)
    return str(known) if known else str(_("lỗi %(code)s")) % {"code": code}


def is_bad_address(code: str) -> bool:
    """Does only another address help?"""
    return code in BAD_ADDRESS
