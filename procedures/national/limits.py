"""Time limits of a record by way of filing. What its words do not settle stays in the note, never in a number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from procedures.choices import LimitUnit
from procedures.national.words import said

_HOURS_A_DAY = 8
_MOST = 3650
_SAME_DAY_FIELDS = ("hộ tịch", "chứng thực")
_SPAN = re.compile(r"(\d{1,5}(?:[.,]\d{1,2})?)\s*(ngày làm việc|ngày|giờ|tháng)?", re.IGNORECASE)
_WITH_UNIT = re.compile(r"(\d{1,5}(?:[.,]\d{1,2})?)\s*(ngày làm việc|ngày|giờ|tháng)", re.IGNORECASE)
_SAME_DAY = re.compile(r"(?:trong|ngay trong) ngày(?: làm việc)?(?! kể| tính|\s*\d)", re.IGNORECASE)
_UNITS = {
    "ngày làm việc": LimitUnit.WORKING_DAY,
    "ngày": LimitUnit.CALENDAR_DAY,
    "giờ": LimitUnit.HOUR,
    "tháng": LimitUnit.MONTH,
    "working_day": LimitUnit.WORKING_DAY,
    "day": LimitUnit.CALENDAR_DAY,
    "hour": LimitUnit.HOUR,
    "month": LimitUnit.MONTH,
}
# Texts of ours that stand in the note.
PLAIN_DAYS = "Nguồn chỉ ghi “ngày”, không nói ngày làm việc, nên tính theo ngày lịch."
NO_UNIT = "Nguồn ghi số mà không ghi đơn vị, nên hiểu là ngày lịch."
SEVERAL = "Nguồn nêu nhiều thời hạn cho cùng một cách nộp; trên đây là thời hạn dài nhất."
PART_DAYS = "Nguồn ghi {days} ngày làm việc; một ngày tính là 8 giờ làm việc."
HALF_HOURS = "Nguồn ghi {hours} giờ; phần lẻ được làm tròn lên."
# What could not be mapped.
IN_WORDS = "Thời hạn chỉ ghi bằng lời, không thành số."
MANY = "Một cách nộp có nhiều thời hạn; lấy thời hạn dài nhất."
_WEIGHTS = {
    LimitUnit.SAME_DAY: 8,
    LimitUnit.HOUR: 1,
    LimitUnit.WORKING_DAY: 11,
    LimitUnit.CALENDAR_DAY: 8,
    LimitUnit.MONTH: 240,
}


@dataclass(frozen=True)
class Offer:
    """One row of ways: the limit's words, the number and unit the source drew from them."""

    channel: str
    text: str
    value: float | None
    unit: str


@dataclass(frozen=True)
class Limits:
    limits: list[dict[str, Any]]
    note: str
    losses: list[str]


Found = tuple[int, LimitUnit]


def read_limits(offers: Sequence[Offer], channels: Sequence[str], field: str) -> Limits:
    """One limit for every way when all agree; else one per way. Keeps the longest of several.

    A plain "ngày" is a calendar day: the Civil Code 2015 counts it so (Art. 147, 148), and so does compute_due.
    """
    by_channel: dict[str, list[Found]] = {}
    notes: list[str] = []
    losses: list[str] = []
    for offer in offers:
        found, words = _read(offer, field)
        notes += words
        if found is not None:
            by_channel.setdefault(offer.channel, []).append(found)
        elif said(offer.text):
            notes += [] if _SPAN.fullmatch(offer.text) else [offer.text]
            losses.append(IN_WORDS)
    if any(len(set(found)) > 1 for found in by_channel.values()):
        notes.append(SEVERAL)
        losses.append(MANY)
    chosen = {channel: max(found, key=_weight) for channel, found in by_channel.items()}
    return Limits(
        _list_limits(chosen, channels), "\n".join(dict.fromkeys(notes)), list(dict.fromkeys(losses))
    )


def _list_limits(chosen: dict[str, Found], channels: Sequence[str]) -> list[dict[str, Any]]:
    if chosen and len(set(chosen.values())) == 1 and set(chosen) == set(channels):
        value, unit = next(iter(chosen.values()))
        return [{"value": value, "unit": unit.value}]
    return [
        {"value": chosen[channel][0], "unit": chosen[channel][1].value, "channel": channel}
        for channel in channels
        if channel in chosen
    ]


def _weight(found: Found) -> int:
    return found[0] * _WEIGHTS[found[1]]


def _read(offer: Offer, field: str) -> tuple[Found | None, list[str]]:
    """The limit in our units, and what its reader should know."""
    text = " ".join(offer.text.split())
    if _SAME_DAY.search(text):
        return (1, LimitUnit.SAME_DAY), []
    if (plain := _SPAN.fullmatch(text)) is not None:
        return _settle(_number(plain[1]), (plain[2] or "").lower(), field)
    if offer.value is None:
        return None, []
    written = _WITH_UNIT.search(text)
    if written:
        found, words = _settle(_number(written[1]), written[2].lower(), field)
        return found, [*words, text]
    return _settle(offer.value, offer.unit, field)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _settle(value: float, unit: str, field: str) -> tuple[Found | None, list[str]]:
    kind = _UNITS.get(unit, LimitUnit.CALENDAR_DAY)
    if not 0 < value <= _MOST:
        return None, []
    if kind == LimitUnit.CALENDAR_DAY and value == 1 and field.lower() in _SAME_DAY_FIELDS:
        return (1, LimitUnit.SAME_DAY), []
    words = [] if kind != LimitUnit.CALENDAR_DAY else [PLAIN_DAYS if unit else NO_UNIT]
    if value.is_integer():
        return (int(value), kind), words
    if kind in (LimitUnit.WORKING_DAY, LimitUnit.CALENDAR_DAY) and (value * _HOURS_A_DAY).is_integer():
        return (int(value * _HOURS_A_DAY), LimitUnit.HOUR), [PART_DAYS.format(days=_written(value))]
    return (int(value) + 1, kind), [*words, HALF_HOURS.format(hours=_written(value))]


def _written(value: float) -> str:
    return f"{value:g}".replace(".", ",")
