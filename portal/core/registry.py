"""One registry for everything pluggable: field types, channels, gateways, events, kinds of proposal."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Named things, registered once while the apps load and read from then on."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._items: dict[str, T] = {}

    def register(self, key: str, item: T) -> T:
        """Add an item and return it. Raises ValueError when the key is taken by another one."""
        if self._items.get(key, item) is not item:
            raise ValueError(f"{self.name}: {key!r} is registered already")
        self._items[key] = item
        return item

    def get(self, key: str) -> T:
        """The item. Raises KeyError that names the known keys."""
        if key not in self._items:
            raise KeyError(
                f"{self.name}: {key!r} is unknown; known: {', '.join(sorted(self._items)) or 'none'}"
            )
        return self._items[key]

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._items))

    def __len__(self) -> int:
        return len(self._items)

    def items(self) -> list[tuple[str, T]]:
        """Pairs of key and item, sorted by key."""
        return sorted(self._items.items(), key=lambda pair: pair[0])
