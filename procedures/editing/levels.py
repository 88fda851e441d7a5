"""The service level: what each one lets people do, and what this procedure lacks for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from procedures.choices import ServiceLevel
from procedures.editing.faults import list_faults
from procedures.editing.fields import Posted, Spec, read_number, show

_SPEC = Spec("level", "", "number")
_PARTS = ("partial", "channels", "form", "steps")
"""What a level asks of the rest of the document."""


@dataclass(frozen=True)
class LevelChoice:
    value: str
    title: str
    promise: str
    gives: tuple[str, ...]
    lacks: tuple[str, ...]
    is_chosen: bool


@dataclass(frozen=True)
class LevelForm:
    choices: tuple[LevelChoice, ...]


def build_level(document: Mapping[str, Any]) -> LevelForm:
    """The four levels with what the document as it is now lacks for each."""
    shown = show(_SPEC, document)[""][0]
    return LevelForm(tuple(_choice(level, document, shown) for level in ServiceLevel))


def write_level(document: dict[str, Any], posted: Posted) -> None:
    typed = posted("level")
    if typed and typed[0] != show(_SPEC, document)[""][0]:
        document["level"] = read_number(typed[0])


def _choice(level: ServiceLevel, document: Mapping[str, Any], shown: str) -> LevelChoice:
    return LevelChoice(
        value=str(level.value),
        title=_("Mức độ %(number)d: %(name)s") % {"number": level.value, "name": level.label.lower()},
        promise=level.promise,
        gives=tuple(_gives(level)),
        lacks=tuple(_lacks(level, document)),
        is_chosen=shown == str(level.value),
    )


def _gives(level: ServiceLevel) -> list[str]:
    """Everything the level switches on."""
    found = [_("Xem đủ hướng dẫn và nơi nộp")]
    if level.can_download_forms:
        found.append(_("Tải mẫu, xem mẫu điền sẵn, điền sẵn rồi in mang đến quầy"))
    if level.can_submit_online:
        found.append(_("Nộp hồ sơ và trao đổi với cán bộ qua mạng"))
    if level.can_pay_online:
        found.append(_("Nộp phí, lệ phí qua mạng"))
    if level.can_receive_online:
        found.append(_("Nhận kết quả bản điện tử"))
    return found


def _lacks(level: ServiceLevel, document: Mapping[str, Any]) -> list[str]:
    if not level.can_submit_online:
        return []
    faults = list_faults({**document, "level": level.value})
    vague = {line for lines in list_faults({**document, "level": 2}).values() for line in lines}
    own = [line for path, lines in faults.items() if path in _PARTS for line in lines if line not in vague]
    if any(path.startswith("form.") for path in faults):
        own.append(_("Mẫu điện tử còn chỗ chưa đúng."))
    return list(dict.fromkeys(own))
