"""One record of the national shape, read with care: each part has a type and a size, or the record is refused."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from procedures.richtext import clean_text, reduce_html

MOST_CHARS = 100_000
MOST_PARTS = 1000


class Source:
    """Getters never raise: they note the fault and give a harmless value. Missing and null are the same."""

    def __init__(self, value: Mapping[str, Any], path: str = "", faults: list[str] | None = None) -> None:
        self._value = value
        self._path = path
        self.faults: list[str] = [] if faults is None else faults

    def line(self, name: str) -> str:
        """Plain words on one line."""
        return " ".join(self.prose(name).replace("**", "").split())

    def prose(self, name: str) -> str:
        """A long text with the few marks of `procedures.richtext`."""
        return self._prose(self._value.get(name), name)

    def _prose(self, value: object, name: str) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            self._fault(name, _("phải là chữ"))
            return ""
        if len(value) > MOST_CHARS:
            self._fault(
                name,
                _("dài %(size)d ký tự, nhiều nhất là %(most)d") % {"size": len(value), "most": MOST_CHARS},
            )
            return ""
        return reduce_html(value)

    def lines(self, name: str) -> list[str]:
        """Words of a list, each once; empty ones left out."""
        found = [" ".join(self._prose(item, name).split()) for item in self._items(name)]
        return list(dict.fromkeys(item for item in found if item))

    def texts(self, name: str) -> list[str]:
        """Names in a list, or one name alone, or none."""
        value = self._value.get(name)
        if isinstance(value, str):
            return [clean_text(value)[:MOST_CHARS]]
        return self.lines(name)

    def parts(self, name: str) -> Iterator["Source"]:
        for number, item in enumerate(self._items(name), start=1):
            if isinstance(item, dict):
                yield Source(item, f"{self._path}{name}[{number}].", self.faults)
            else:
                self._fault(name, _("mục %(number)d phải là một đối tượng") % {"number": number})

    def _items(self, name: str) -> list[Any]:
        value = self._value.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self._fault(name, _("phải là một danh sách"))
            return []
        if len(value) > MOST_PARTS:
            self._fault(
                name, _("có %(size)d mục, nhiều nhất là %(most)d") % {"size": len(value), "most": MOST_PARTS}
            )
            return []
        return value

    def number(self, name: str) -> float | None:
        value = self._value.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not _is_sane(value):
            self._fault(name, _("phải là một số không âm"))
            return None
        return float(value)

    def count(self, name: str) -> int:
        value = self.number(name)
        if value is not None and not value.is_integer():
            self._fault(name, _("phải là số nguyên"))
            return 0
        return int(value or 0)

    def _fault(self, name: str, message: str) -> None:
        self.faults.append(
            _("Phần %(part)s %(message)s.") % {"part": f"{self._path}{name}", "message": message}
        )


def _is_sane(value: float) -> bool:
    return not (isinstance(value, float) and not math.isfinite(value)) and 0 <= value < 10**12
