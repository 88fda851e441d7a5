"""Walks through two documents side by side; what differs is always told, whether it has a name or not."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.comparing.changes import ADDED, CHANGED, MOVED, REMOVED, Change
from procedures.comparing.describing import Describer
from procedures.comparing.matching import Placed, match_items, take_travellers
from procedures.comparing.parts import Part
from procedures.comparing.speaking import Names
from procedures.comparing.values import MISSING, differ, is_list_of_things, is_text
from procedures.comparing.wording import written

Trail = tuple[str, ...]
Lists = tuple[list[Any], list[Any]]
_TEXT = {"vi": Part(), "en": Part(gettext_lazy("tiếng Anh"))}


class Walker:
    """Compares the values of one section of the document. Each level tells of every name that differs in it."""

    def __init__(self, section: str, names: Names) -> None:
        self.section = section
        self.describer = Describer(names)

    def compare(self, trail: Trail, part: Part, old: Any, new: Any) -> list[Change]:
        """Empty if and only if the values are equal."""
        if not differ(old, new):
            return []
        return list(self._look(trail, part, old, new)) or [self._tell(trail, old, new, as_written=True)]

    def _look(self, trail: Trail, part: Part, old: Any, new: Any) -> Iterator[Change]:
        pair = [value for value in (old, new) if value is not MISSING]
        if part.words is not None:
            yield self._tell(trail, old, new, part)
        elif all(map(is_text, pair)):
            yield from self._look_inside(trail, Part(inside=_TEXT), _object(old), _object(new))
        elif all(isinstance(value, Mapping) for value in pair) and (len(pair) > 1 or part.inside):
            yield from self._look_inside(trail, part, _object(old), _object(new))
        elif all(map(is_list_of_things, pair)):
            yield from self._look_through(trail, part, _list(old), _list(new))
        else:
            yield self._tell(trail, old, new, part)

    def _look_inside(
        self, trail: Trail, part: Part, old: Mapping[str, Any], new: Mapping[str, Any], *, but: Trail = ()
    ) -> Iterator[Change]:
        told = set(but)
        for group in part.together:
            if not any(differ(old.get(name, MISSING), new.get(name, MISSING)) for name in group.names):
                continue
            before, after = (group.words(value, self.describer.names) for value in (old, new))
            if before != after:
                told.update(group.names)
                yield self._change(_under(trail, str(group.label)), before, after)
        known = [name for name in part.inside if name in old or name in new]
        rest = sorted((old.keys() | new.keys()) - set(known))
        for name in (*known, *rest):
            if name not in told:
                inner = part.inside.get(name) or Part(name)
                label = _under(trail, str(inner.label))
                yield from self.compare(label, inner, old.get(name, MISSING), new.get(name, MISSING))

    def _look_through(self, trail: Trail, part: Part, old: list[Any], new: list[Any]) -> Iterator[Change]:
        if part.travels:
            old, new, moved = take_travellers(part, old, new)
            for traveller in moved:
                yield from self._tell_of_traveller(trail, part, *traveller)
        item = part.item or Part()
        for place, (before, after) in enumerate(match_items(item, old, new), start=1):
            subject = before if after is None else after
            if subject is None:
                continue
            label = _under(trail, self.describer.call(item, subject.value, place))
            if before is None or after is None:
                lists = (old, new)
                yield from self._tell_against_rule(label, item, before, after, lists) or self._tell_of_item(
                    label, item, before and before.value, after and after.value
                )
                continue
            if after.moved_from is not None:
                yield self._change(label, _nth(after.moved_from), _nth(after.position), MOVED)
            yield from self.compare(label, item, before.value, after.value)

    def _tell_against_rule(
        self, trail: Trail, item: Part, before: Placed | None, after: Placed | None, lists: Lists
    ) -> list[Change]:
        """An exception that came or went, against the general item it takes the place of."""
        one, others = (after, lists[0]) if before is None else (before, lists[1])
        if item.stands_for is None or one is None or not isinstance(one.value, Mapping):
            return []
        general = item.stands_for(one.value, others)
        if general is None:
            return []
        was, now = (general, one.value) if before is None else (one.value, general)
        return list(self._look_inside(trail, item, was, now, but=("key", *item.told)))

    def _tell_of_item(self, trail: Trail, item: Part, old: Any, new: Any) -> Iterator[Change]:
        """An item that came or went: itself in one line, and each thing of the lists that stand apart."""
        kind, value = (ADDED, new) if old is None else (REMOVED, old)
        said = self.describer.describe(item, value, called=trail[-1])
        yield self._change(trail, said if kind == REMOVED else "", said if kind == ADDED else "", kind)
        for name in item.apart:
            things = value.get(name) if isinstance(value, Mapping) else None
            if is_list_of_things(things):
                gone, come = (things, MISSING) if kind == REMOVED else (MISSING, things)
                yield from self._look_through(trail, item.inside[name], _list(gone), _list(come))

    def _tell_of_traveller(
        self, trail: Trail, part: Part, old_home: Any, new_home: Any, old: Any, new: Any
    ) -> Iterator[Change]:
        home = part.item or Part()
        things = home.inside[part.travels].item or Part()
        before, after = (self.describer.call(home, value, 0) for value in (old_home, new_home))
        label = (*trail, after, self.describer.call(things, new, 0))
        yield self._change(label, before, after, MOVED)
        yield from self.compare(label, things, old, new)

    def _tell(
        self, trail: Trail, old: Any, new: Any, part: Part | None = None, *, as_written: bool = False
    ) -> Change:
        before, after = (
            "" if value is MISSING else written(value) if as_written else self.describer.say(part, value)
            for value in (old, new)
        )
        if part is not None and part.words is not None and not as_written:
            before, after = (self.describer.say_or_default(part, value) for value in (old, new))
            if before == after:
                return self._tell_alike(trail, part, old, new)
        kind = ADDED if old is MISSING else REMOVED if new is MISSING else CHANGED
        if as_written and kind != CHANGED:
            return self._change(trail, before or _("không ghi"), after or _("không ghi"))
        if before and after:
            kind = CHANGED
        return self._change(trail, before, after, kind)

    def _tell_alike(self, trail: Trail, part: Part, old: Any, new: Any) -> Change:
        """Values that read alike: a default that one of them writes out, or odd values as they are written."""
        if old is not MISSING and new is not MISSING:
            return self._tell(trail, old, new, as_written=True)
        said = self.describer.say(part, new if old is MISSING else old)
        blank = _("không ghi, nghĩa là %(said)s") % {"said": said}
        return self._change(trail, *((blank, said) if old is MISSING else (said, blank)))

    def _change(self, trail: Trail, before: str, after: str, kind: str = CHANGED) -> Change:
        if kind == CHANGED and before.split() == after.split():
            trail = (*trail, _("chỉ khác khoảng trắng hoặc cách ghi"))
        return Change(self.section, " · ".join(trail), kind, before, after)


def _under(trail: Trail, label: str) -> Trail:
    return (*trail, label) if label else trail


def _object(value: Any) -> Mapping[str, Any]:
    return {} if value is MISSING else value


def _list(value: Any) -> list[Any]:
    return [] if value is MISSING else value


def _nth(position: int) -> str:
    return _("thứ %(position)d") % {"position": position}
