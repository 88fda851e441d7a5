"""What stands around a procedure on its page: its news, what comes next, what lies beside it, whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from procedures.browsing.pages import translate_own
from procedures.browsing.related import list_related
from procedures.browsing.shelf import get_shelf
from procedures.content import Content
from procedures.finding import Entry
from procedures.finding.grouping import is_here
from procedures.models import Procedure
from procedures.news import News, read_news


@dataclass(frozen=True)
class Surroundings:
    """`elsewhere`: the other province whose own procedure this is; `variants`: near copies of other provinces."""

    news: News
    following: tuple[Entry, ...]
    related: tuple[Entry, ...]
    variants: tuple[Entry, ...]
    elsewhere: str


def look_around(procedure: Procedure, content: Content, on: date) -> Surroundings:
    """A few queries, none of them longer with more procedures."""
    shelf = get_shelf()
    entry = shelf.by_code.get(procedure.code)
    following = shelf.pick(content.next_codes)
    is_elsewhere = bool(content.province) and not is_here(content.province)
    return Surroundings(
        news=read_news(procedure, on),
        following=translate_own(following),
        related=translate_own(list_related(shelf, procedure.code, without=content.next_codes)),
        variants=shelf.list_variants(entry) if entry is not None else (),
        elsewhere=content.province if is_elsewhere else "",
    )
