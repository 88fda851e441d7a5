"""Reads a JSON document part by part and remembers each fault with its exact path."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from procedures.texts import EMPTY, Text

T = TypeVar("T")
KEY = re.compile(r"[a-z][a-z0-9_]{0,62}")


class Node:
    """One object of the document. Getters never raise: they note the fault and give a harmless value.

    `close()` notes every name nobody asked for, so a misspelt name is a fault and not a silent default.
    """

    def __init__(self, value: object, path: str, faults: dict[str, list[str]] | None = None) -> None:
        self.path = path
        self.faults: dict[str, list[str]] = defaultdict(list) if faults is None else faults
        self._asked: set[str] = set()
        if not isinstance(value, dict):
            self.fault("", _("Phần này phải là một đối tượng."))
            value = {}
        self._value: dict[str, Any] = value

    def at(self, name: str) -> str:
        if not name:
            return self.path
        return f"{self.path}.{name}" if self.path else name

    def fault(self, name: str, message: str) -> None:
        self.faults[self.at(name)].append(message)

    def take(self, name: str) -> Any:
        self._asked.add(name)
        return self._value.get(name)

    def has(self, name: str) -> bool:
        return self._value.get(name) is not None

    def close(self) -> None:
        for name in self._value.keys() - self._asked:
            self.fault(name, _("Tên này không có trong mẫu tài liệu."))

    def string(self, name: str, *, required: bool = False) -> str:
        value = self.take(name)
        if value is None:
            if required:
                self.fault(name, _("Thiếu nội dung này."))
            return ""
        if not isinstance(value, str) or (required and not value.strip()):
            self.fault(name, _("Phần này phải là chữ và không để trống."))
            return ""
        return value

    def key(self, name: str = "key") -> str:
        value = self.string(name, required=True)
        if value and not KEY.fullmatch(value):
            self.fault(name, _("Khóa chỉ gồm chữ thường không dấu, số và gạch dưới, bắt đầu bằng chữ."))
        return value

    def text(self, name: str, *, required: bool = False) -> Text:
        value = self.take(name)
        if value is None:
            if required:
                self.fault(name, _("Thiếu nội dung này."))
            return EMPTY
        return self._text(value, name)

    def _text(self, value: object, name: str) -> Text:
        if not isinstance(value, dict) or set(value) - {"vi", "en"}:
            self.fault(name, _("Phần này phải có dạng vi và en."))
            return EMPTY
        vi, en = value.get("vi"), value.get("en", "")
        if not isinstance(vi, str) or not vi.strip() or not isinstance(en, str):
            self.fault(f"{name}.vi", _("Thiếu nội dung tiếng Việt."))
            return EMPTY
        return Text(vi, en)

    def texts(self, name: str) -> tuple[Text, ...]:
        return tuple(self._text(value, f"{name}[{n}]") for n, value in enumerate(self._list(name)))

    def integer(self, name: str, *, default: int | None = None, least: int = 0) -> int:
        value = self.take(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            self.fault(name, _("Phần này phải là số nguyên từ %(least)d trở lên.") % {"least": least})
            return default if default is not None else least
        return value

    def optional_integer(self, name: str) -> int | None:
        return self.integer(name) if self.has(name) else self.take(name)

    def boolean(self, name: str, *, default: bool = False) -> bool:
        value = self.take(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fault(name, _("Phần này phải là đúng hoặc sai."))
            return default
        return value

    def day(self, name: str) -> date | None:
        value = self.take(name)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.fault(name, _("Ngày phải có dạng năm-tháng-ngày, ví dụ 2026-12-31."))
            return None

    def one_of(self, name: str, allowed: Iterable[str], *, default: str | None = None) -> str:
        value = self.take(name)
        known = list(allowed)
        if value is None and default is not None:
            return default
        if value not in known:
            self.fault(name, _("Giá trị phải là một trong: %(known)s.") % {"known": ", ".join(known)})
            return default or (known[0] if known else "")
        return str(value)

    def optional_one_of(self, name: str, allowed: Iterable[str]) -> str | None:
        return self.one_of(name, allowed) if self.has(name) else self.take(name)

    def strings(self, name: str, *, allowed: Iterable[str] | None = None) -> tuple[str, ...]:
        known = None if allowed is None else list(allowed)
        found: list[str] = []
        for n, value in enumerate(self._list(name)):
            if not isinstance(value, str) or not value.strip():
                self.fault(f"{name}[{n}]", _("Phần này phải là chữ và không để trống."))
            elif known is not None and value not in known:
                self.fault(
                    f"{name}[{n}]", _("Giá trị phải là một trong: %(known)s.") % {"known": ", ".join(known)}
                )
            elif value in found:
                self.fault(f"{name}[{n}]", _("Giá trị này bị lặp lại."))
            else:
                found.append(value)
        return tuple(found)

    def _list(self, name: str) -> list[Any]:
        value = self.take(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(name, _("Phần này phải là một danh sách."))
            return []
        return value

    def parts(self, name: str) -> Iterator["Node"]:
        for n, value in enumerate(self._list(name)):
            yield Node(value, f"{self.at(name)}[{n}]", self.faults)

    def part(self, name: str) -> "Node | None":
        value = self.take(name)
        return None if value is None else Node(value, self.at(name), self.faults)

    def read_all(self, name: str, read: Callable[["Node"], T]) -> tuple[T, ...]:
        """Reads each object of a list and closes it."""
        found = []
        for part in self.parts(name):
            found.append(read(part))
            part.close()
        return tuple(found)

    def refuse_repeats(self, name: str, keys: Iterable[object]) -> None:
        """Keys of one list are unique: parts are addressed by them and never reused."""
        seen: set[object] = set()
        for n, key in enumerate(keys):
            if key in seen:
                self.fault(f"{name}[{n}].key", _("Khóa này đã dùng ở trên."))
            seen.add(key)
