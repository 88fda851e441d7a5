"""A path of the document ("requirements[2].mode") as people call the place."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as lazy

from procedures.comparing.changes import Document
from procedures.comparing.describing import Describer
from procedures.comparing.parts import Part
from procedures.comparing.shape import DOCUMENT
from procedures.comparing.speaking import build_names

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
# Parts that read as one with others, or whose value speaks for itself, when they have to be named alone.
_ALONE = {
    "label": lazy("tên"), "name": lazy("tên"), "title": lazy("tên"), "value": lazy("số"),
    "unit": lazy("đơn vị"), "per": lazy("đơn vị tính"), "amount": lazy("số tiền"), "price": lazy("đơn giá"),
    "bands": lazy("bậc"), "up_to": lazy("đến hết"), "number": lazy("số hiệu"), "channel": lazy("cách nộp"),
    "text": lazy("hướng dẫn"), "mode": lazy("người dân làm gì"), "hours": lazy("số giờ"),
    "role": lazy("vai trò"), "map": lazy("câu trả lời"), "field": lazy("câu hỏi"), "fields": lazy("câu hỏi"),
    "pages": lazy("trang"), "checks": lazy("lời báo lỗi"), "parties": lazy("người trong hồ sơ"),
    "required": lazy("bắt buộc hay không"), "en": lazy("tiếng Anh"),
    "percent": lazy("phần trăm giảm"),
}  # fmt: skip
_SILENT = frozenset({"vi", "key", "all", "any", "op"})


def label_path(document: Document, path: str) -> str:
    """ "Giấy tờ · Giấy chứng sinh". Parts that nobody has a name for are left out."""
    describer = Describer(build_names(document))
    part: Part = DOCUMENT
    value: Any = document
    trail: list[str] = []
    for name, place in _STEP.findall(path):
        if place:
            part = part.item or Part()
            value = value[int(place)] if isinstance(value, list) and int(place) < len(value) else None
            is_thing = isinstance(value, dict)
            trail.append(describer.call(part if is_thing else Part(), value or {}, int(place) + 1))
        elif name not in _SILENT:
            part = part.inside.get(name) or Part()
            value = value.get(name) if isinstance(value, dict) else None
            trail.append(str(part.label or ("" if isinstance(value, list) else _ALONE.get(name, ""))))
    return " · ".join(piece for piece in trail if piece)
