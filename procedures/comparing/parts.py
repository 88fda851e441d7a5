"""What the parts of a document are called, how their items are told apart, and how their values read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from procedures.comparing.speaking import Names

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Item = Mapping[str, Any]
Words = Callable[[Any, Names], str]


@dataclass(frozen=True)
class Together:
    """Names of one object that read as one value: a number and its unit."""

    names: tuple[str, ...]
    label: StrOrPromise
    words: Callable[[Item, Names], str]


@dataclass(frozen=True)
class Part:
    """How one part is compared.

    `label`: its name, "" when the value speaks for itself. `words`: the value as it reads. `inside`: the parts
    of an object, `together`: those that read as one. `item`: each item of a list; an item has a `key` that
    identifies it, is called by `call`, and `told` names what its title already tells. `apart`: lists of an item
    whose own items are told one by one, also when the item is new. `travels`: the list of an item whose things
    may move to another item. `stands_for`: the item of a list that held where this one came or went, so that only
    what differs from it is told.
    """

    label: StrOrPromise = ""
    inside: Mapping[str, Part] = field(default_factory=dict)
    together: tuple[Together, ...] = ()
    item: Part | None = None
    key: Callable[[Item], object] | None = None
    call: Callable[[Item, Names], str] | None = None
    told: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    words: Words | None = None
    travels: str = ""
    stands_for: Callable[[Item, Sequence[Item]], Item | None] | None = None
