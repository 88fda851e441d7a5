"""What the API says about a field, in Vietnamese: the framework's own catalogue of the language is half empty.

The values that were sent are not repeated in the messages: they may be long, and may be private.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_WHOLE: dict[str, StrOrPromise] = {
    "invalid": _("Mục này cần một số nguyên."),
    "min_value": _("Số này phải từ {min_value} trở lên."),
    "max_value": _("Số này không được quá {max_value}."),
    "max_string_length": _("Số này quá dài."),
}
_LIST: dict[str, StrOrPromise] = {
    "not_a_list": _("Mục này cần một danh sách."),
    "empty": _("Danh sách này không được để trống."),
    "min_length": _("Danh sách này cần ít nhất {min_length} mục."),
    "max_length": _("Danh sách này có nhiều nhất {max_length} mục."),
}
WORDS: dict[type[serializers.Field], dict[str, StrOrPromise]] = {  # type: ignore[type-arg]
    serializers.Field: {"required": _("Thiếu mục này."), "null": _("Mục này không được để trống.")},
    serializers.BooleanField: {"invalid": _("Mục này chỉ nhận true hoặc false.")},
    serializers.CharField: {
        "invalid": _("Mục này cần chữ."),
        "blank": _("Mục này không được để trống."),
        "max_length": _("Mục này có nhiều nhất {max_length} ký tự."),
        "min_length": _("Mục này cần ít nhất {min_length} ký tự."),
    },
    serializers.EmailField: {"invalid": _("Địa chỉ thư điện tử chưa đúng dạng.")},
    serializers.RegexField: {"invalid": _("Mục này chưa đúng dạng.")},
    serializers.UUIDField: {"invalid": _("Mục này cần một mã UUID.")},
    serializers.IntegerField: _WHOLE,
    serializers.DateField: {
        "invalid": _("Ngày cần có dạng 2026-01-31 và có thật."),
        "datetime": _("Mục này chỉ cần ngày, không cần giờ."),
    },
    serializers.DateTimeField: {
        "invalid": _("Thời điểm cần có dạng 2026-01-31T10:00:00+07:00."),
        "date": _("Mục này cần cả ngày và giờ."),
        "make_aware": _("Thời điểm này không có ở múi giờ đó."),
        "overflow": _("Thời điểm này quá xa."),
    },
    serializers.ChoiceField: {"invalid_choice": _("Giá trị này không có trong danh sách cho phép.")},
    serializers.ListField: _LIST,
    serializers.ListSerializer: _LIST,
    serializers.DictField: {
        "not_a_dict": _("Mục này cần một đối tượng gồm tên và giá trị."),
        "empty": _("Đối tượng này không được để trống."),
    },
    serializers.Serializer: {"invalid": _("Mục này cần một đối tượng gồm tên và giá trị.")},
}


def install_words() -> None:
    """Put our sentences where every field of the framework looks for them. A repeat is harmless."""
    for kind, words in WORDS.items():
        kind.default_error_messages = {**vars(kind).get("default_error_messages", {}), **words}
