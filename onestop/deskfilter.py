"""What stands in the address of the work list, read and written."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from dossiers.selectors import DeskFilter
from onestop.worklist import VIEW_LABELS

MAX_QUERY = 200


@dataclass(frozen=True)
class Chip:
    """A saved view as a link (components/chips.html)."""

    label: str
    href: str
    count: str
    is_current: bool


def read_filter(params: Mapping[str, str]) -> DeskFilter:
    """Whatever stands in the address. Words without a view look through everything."""
    query = params.get("q", "").strip()[:MAX_QUERY]
    view = params.get("view", "")
    if view not in VIEW_LABELS:
        view = "all" if query else "open"
    return DeskFilter(view, query, params.get("procedure", "")[:24], params.get("cursor", "")[:500])


def read_code(query: str) -> str:
    """The code somebody scanned or typed: as it is, or out of the address in the QR of a receipt."""
    if "code=" not in query:
        return query
    return next(iter(parse_qs(urlsplit(query).query).get("code", [])), query)


def build_href(wanted: DeskFilter, **changes: str) -> str:
    """The address of the same list with these changes; the cursor only when it is one of them."""
    values = {**wanted.as_text(), **changes}
    return "?" + urlencode({key: value for key, value in values.items() if value})


def build_chips(wanted: DeskFilter, badges: Mapping[str, str]) -> list[Chip]:
    """Every saved view; a view starts without the words that were searched."""
    return [
        Chip(str(label), build_href(wanted, view=view, q=""), badges.get(view, ""), view == wanted.view)
        for view, label in VIEW_LABELS.items()
    ]
