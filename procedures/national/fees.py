"""Fees of a record by way of filing. No words mean unknown; a 0 is free only where the words say so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from procedures.choices import FeeKind, FeeMode
from procedures.national.words import says_nothing

_MONEY = r"[\d.,]*\d"
_HEAD = re.compile(
    rf"(?:(Phí|Lệ phí)\s*:\s*)?(?:(miễn phí|không thu(?: phí| lệ phí)?)|({_MONEY})\s*(?:Việt Nam Đồng|VNĐ|VND|Đồng|đ)"
    r"|(không)\s*Đồng)\s*(?:\((.*)\))?[\s.]*",
    re.IGNORECASE | re.DOTALL,
)
_AMOUNT = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d{3,})\s*(?:đồng|vnđ|vnd|đ\b|việt nam đồng)", re.IGNORECASE)
_FREE = re.compile(
    r"[\W_]*(?:không thu|không phải nộp|không mất phí|miễn (?:lệ )?phí|được miễn)\b", re.IGNORECASE
)
_NOT_ALL = re.compile(r"đối với|phí cho |từ ngày|kể từ|mức (?:lệ )?phí|mức thu|\d{5,}", re.IGNORECASE)
_PER_PIECE = re.compile(
    r"(?:đồng|đ)\s*/\s*(?!\s*(?:01 |1 )?(?:hồ sơ|lần|giấy|thẻ|trường hợp|việc|bộ|chứng chỉ|bản|hộ chiếu))",
    re.IGNORECASE,
)
_COUNCIL = re.compile(r"Hội đồng nhân dân|HĐND|Ủy ban nhân dân", re.IGNORECASE)
_NO_WORD = re.compile(r"không có thông tin(?:\s*\(\d+\))?[\s.]*", re.IGNORECASE)
_LEAST = 1000
_LEAST_NOTE = 3  # "a", "1)" are no words
KEY = "muc_thu"
UNSTATED = "Cơ sở dữ liệu quốc gia không ghi mức thu cho cách nộp này."
# What could not be mapped.
UNKNOWN = "Không ghi phí, lệ phí: chưa rõ, không phải miễn phí."
TARIFF = "Phí ghi thành biểu hoặc nhiều mức: giữ nguyên lời, không thành số."
COUNCIL = "Mức thu do địa phương quy định, không có số."


@dataclass(frozen=True)
class Fees:
    fees: list[dict[str, Any]]
    is_known: bool
    losses: list[str]


@dataclass(frozen=True)
class _Fee:
    amount: int | None
    basis: str
    kind: FeeKind
    label: str
    loss: str = ""


def read_fees(texts: Sequence[tuple[str, str]], channels: Sequence[str]) -> Fees:
    """`texts`: (way of filing, words). Rules of one key, so that they are alternatives and never add up."""
    words: dict[str, list[str]] = {channel: [] for channel in channels}
    for channel, text in texts:
        if text and not _NO_WORD.fullmatch(text) and text not in words.setdefault(channel, []):
            words[channel].append(text)
    stated = {channel: _read("\n".join(lines)) for channel, lines in words.items() if lines}
    if not stated:
        return Fees([], is_known=False, losses=[UNKNOWN])
    losses = list(dict.fromkeys(fee.loss for fee in stated.values() if fee.loss))
    if len(stated) == len(words) and len(set(stated.values())) == 1:
        return Fees([_rule(next(iter(stated.values())), None)], is_known=True, losses=losses)
    unstated = _Fee(None, UNSTATED, FeeKind.PHI, "Phí, lệ phí")
    rules = [_rule(stated.get(channel, unstated), channel) for channel in words]
    if len(stated) < len(words):
        losses.append(UNKNOWN)
    return Fees(rules, is_known=True, losses=losses)


def _rule(fee: _Fee, channel: str | None) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "key": KEY,
        "kind": fee.kind.value,
        "mode": FeeMode.AFTER.value,
        "label": {"vi": fee.label},
    }
    if channel:
        rule["channel"] = channel
    if fee.amount is not None:
        rule["amount"] = fee.amount
    if fee.basis:
        rule["basis"] = {"vi": fee.basis}
    return rule


def _read(text: str) -> _Fee:
    kind = FeeKind.LE_PHI if "lệ phí" in text.lower() else FeeKind.PHI
    head = _HEAD.fullmatch(text)
    if head is None or len(text.split("\n")) > 1:
        return _unknown(text, kind, "Phí, lệ phí")
    label = head[1] or "Phí, lệ phí"
    note = (head[5] or "").strip()
    if head[2]:
        return _free_or_unknown(note, kind, label)
    if head[4]:
        return _unknown(text, kind, label)
    return _amount_or_unknown(text, _to_int(head[3]), note, kind, label)


def _free_or_unknown(note: str, kind: FeeKind, label: str) -> _Fee:
    """ "Miễn phí" is also how a 0 is shown: the words beside it say what the 0 means."""
    if len(note) < _LEAST_NOTE or says_nothing(note):
        return _Fee(0, "", kind, label)
    return _Fee(0, note, kind, label) if _is_free(note) else _unknown(note, kind, label)


def _is_free(note: str) -> bool:
    """The words free everybody, not some people or some months."""
    if _FREE.match(note) is None:
        return False
    return not any(found.search(note) for found in (_NOT_ALL, _AMOUNT, _COUNCIL))


def _amount_or_unknown(text: str, amount: int, note: str, kind: FeeKind, label: str) -> _Fee:
    if amount == 0 and _is_free(note):
        return _Fee(0, note, kind, label)
    others = {_to_int(found) for found in _AMOUNT.findall(note)} - {amount}
    if amount < _LEAST or others or _PER_PIECE.search(note) or _COUNCIL.search(note):
        return _unknown(note if amount == 0 and note else text, kind, label)
    return _Fee(amount, "" if says_nothing(note) else note, kind, label)


def _unknown(text: str, kind: FeeKind, label: str) -> _Fee:
    return _Fee(None, text, kind, label, COUNCIL if _COUNCIL.search(text) else TARIFF)


def _to_int(text: str) -> int:
    return int("".join(char for char in text if char in "0123456789")[:12] or 0)
