"""What a simulated provider gives back for one request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from portal.demo.simulators.phones.faults import Faults


@dataclass(frozen=True)
class Reply:
    """status: of HTTP; body: JSON object; is_dropped: the connection is closed without an answer."""

    status: int
    body: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    is_dropped: bool = False
    is_garbage: bool = False


class Gateway(Protocol):
    """One provider: its name is the first part of its addresses."""

    name: str
    faults: Faults

    def answer(self, path: str, headers: Mapping[str, str], body: Mapping[str, Any]) -> Reply:
        """Take a request at `/<name><path>`; the names of headers are in lower case."""
