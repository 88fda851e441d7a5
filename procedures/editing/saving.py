"""Saving a section: what was typed over one text, put beside what others saved meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.core.errors import Conflict
from procedures import services
from procedures.comparing import Change, compare_documents
from procedures.editing.applying import apply_typed, press
from procedures.editing.merging import MINE, THEIRS, Difference, list_differences, merge, with_item
from procedures.editing.reads import Desk, list_used_keys, read_base
from procedures.editing.rows import Done
from procedures.editing.sections import Section

Document = dict[str, Any]
OWN_NAMES = frozenset({"csrfmiddlewaretoken", "theirs"})
_LONGEST_SUMMARY = 200
_PRESSED = "press"


@dataclass(frozen=True)
class Typed:
    """What an editor sent: the text it was typed over, the text as typed, and what a button did to it."""

    base: Document
    mine: Document
    row_version: int
    done: Done | None


@dataclass(frozen=True)
class Item:
    """One difference on the page of two texts. `name`: of its choice in the form."""

    name: str
    changes: tuple[Change, ...]
    both: bool
    chosen: str
    error: str = ""


def read_typed(desk: Desk, section: Section, posted: QueryDict) -> Typed:
    """What was sent. Raises Conflict where it names no text of this procedure: the page is too old."""
    base = read_base(desk.code, posted.get("base", ""))
    if base is None:
        raise Conflict(message=_("Trang này mở đã lâu. Hãy mở lại phần này rồi sửa tiếp."))
    used = partial(list_used_keys, desk.code)
    mine = apply_typed(section.key, base, posted.getlist, used)
    done = press(section.key, mine, posted.get(_PRESSED, ""), used)
    return Typed(base, mine, read_number(posted.get("row_version")), done)


def read_number(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 10 else 0  # noqa: PLR2004  digits of an int


def save(actor: Actor, desk: Desk, section: Section, typed: Typed) -> bool:
    """Saves what was typed as the draft's next state; False where nothing was changed. Raises Conflict."""
    if desk.row_version != typed.row_version:
        raise Conflict
    if typed.mine == typed.base:
        return False
    summary = typed.done.summary if typed.done else summarise(section, typed.base, typed.mine)
    _save(actor, desk, typed.mine, typed.row_version, summary)
    return True


def _save(actor: Actor, desk: Desk, content: Document, row_version: int, summary: str) -> None:
    """The first change of a draft is saved over what is published, so that it can be undone too."""
    if desk.draft is None and desk.procedure is not None:
        started = services.start_draft(actor, desk.code)
        if started.row_version != 1:
            raise Conflict
        row_version = started.row_version
    services.save_draft(
        actor, desk.code, content=content, row_version=row_version, summary=summary[:_LONGEST_SUMMARY]
    )


def summarise(section: Section, old: Document, new: Document) -> str:
    """What changed, for the history: the first difference in words, and how many more there are."""
    changes = compare_documents(old, new)
    if not changes:
        return str(section.title)
    first, more = changes[0], len(changes) - 1
    words = f"{first.label}: {first.before} → {first.after}" if first.before and first.after else first.label
    if len(words) > _LONGEST_SUMMARY // 2:
        words = first.label
    return _("%(first)s và %(more)d chỗ khác") % {"first": words, "more": more} if more else words


def list_items(desk: Desk, section: Section, typed: Typed, posted: Mapping[str, str]) -> list[Item]:
    """What differs between what was typed and what is saved now, item by item, in words."""
    theirs = desk.read_document()
    return [
        Item(
            name=f"choice-{n}",
            changes=compare_documents(theirs, with_item(theirs, typed.mine, difference.item)),
            both=difference.both,
            chosen=posted.get(f"choice-{n}", "") or difference.proposed,
            error=_("Hãy chọn một trong hai bản.") if _lacks_choice(n, difference, posted) else "",
        )
        for n, difference in enumerate(list_differences(typed.base, typed.mine, theirs, section.parts))
    ]


def _lacks_choice(n: int, difference: Difference, posted: Mapping[str, str]) -> bool:
    return "theirs" in posted and difference.both and posted.get(f"choice-{n}") not in (MINE, THEIRS)


def save_choices(actor: Actor, desk: Desk, section: Section, typed: Typed, posted: Mapping[str, str]) -> None:
    """Saves one text made of both by the choices. Raises Conflict when a third text came in between,

    or where somebody still has to choose.
    """
    theirs = desk.read_document()
    differences = list_differences(typed.base, typed.mine, theirs, section.parts)
    is_newest = posted.get("theirs") == desk.base_token
    if not is_newest or any(_lacks_choice(n, difference, posted) for n, difference in enumerate(differences)):
        raise Conflict
    choices = {
        item.item: posted.get(f"choice-{n}", "") or item.proposed for n, item in enumerate(differences)
    }
    merged = merge(typed.base, typed.mine, theirs, section.parts, choices)
    if merged != theirs:
        words = _("Gộp hai bản: %(what)s") % {"what": summarise(section, theirs, merged)}
        _save(actor, desk, merged, desk.row_version, words)
