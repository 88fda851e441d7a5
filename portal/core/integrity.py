"""Checks over stored rows that no constraint can hold: each app registers its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from portal.core.registry import Registry


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: which row, and what."""

    subject: str
    text: str


IntegrityCheck = Callable[[], Iterator[Fault]]
integrity_checks: Registry[IntegrityCheck] = Registry("integrity checks")
