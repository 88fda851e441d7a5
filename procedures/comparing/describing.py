"""What came or went as a whole, in one line: everything it says, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from procedures.comparing.parts import Item, Part
from procedures.comparing.speaking import Names, vietnamese
from procedures.comparing.values import MISSING, is_list_of_things, is_text
from procedures.comparing.wording import plain

_TITLES = ("label", "name", "title", "text", "question")


class Describer:
    """Says values of any part."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def call(self, part: Part, item: Any, place: int) -> str:
        """The name of an item of a list; without one, its place."""
        if part.call is not None:
            return part.call(item, self.names)
        if isinstance(item, Mapping) and not is_text(item):
            titles = (vietnamese(item.get(name)) for name in _TITLES)
            if title := next(filter(None, titles), ""):
                return title
        return _("mục %(place)d") % {"place": place}

    def say(self, part: Part | None, value: Any) -> str:
        if part is not None and part.words is not None:
            return part.words(value, self.names) or plain(value, self.names)
        if is_list_of_things(value) and value:
            item = (part.item if part else None) or Part()
            return "; ".join(self._say_item(item, thing, n) for n, thing in enumerate(value, start=1))
        if isinstance(value, Mapping) and not is_text(value):
            return self.describe(part or Part(), value)
        if is_text(value) and value.get("en"):
            return f"{vietnamese(value)} / {plain(value['en'], self.names)}"
        return plain(value, self.names)

    def say_or_default(self, part: Part, value: Any) -> str:
        """What is not written, as it counts when it has a default in words."""
        if value is not MISSING:
            return self.say(part, value)
        said = part.words(None, self.names) if part.words else ""
        return "" if said in ("", plain(None, self.names)) else said

    def describe(self, part: Part, value: Any, *, called: str = "") -> str:
        """All that an object says but the name it is called by, and but what is told apart."""
        if not isinstance(value, Mapping) or is_text(value):
            return self.say(part, value)
        return "; ".join(said for said in self._parts(part, value) if said and said != called)

    def _parts(self, part: Part, value: Item) -> Iterator[str]:
        told = {"key", *part.told, *part.apart}
        for group in part.together:
            if any(name in value for name in group.names):
                told.update(group.names)
                yield group.words(value, self.names)
        known = [name for name in part.inside if name in value]
        for name in (*known, *sorted(value.keys() - set(known))):
            if name in told:
                continue
            inner = part.inside.get(name) or Part("" if name in _TITLES else name)
            said = self.say(inner, value[name])
            yield f"{inner.label}: {said}" if inner.label else said

    def _say_item(self, part: Part, item: Any, place: int) -> str:
        name = self.call(part, item, place)
        said = self.describe(part, item, called=name)
        return f"{name} ({said})" if said and not is_text(item) else said or name
