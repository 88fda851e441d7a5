"""Lines of lists of procedures: their HTML is drawn once for each shape of an entry, then only filled."""

from __future__ import annotations

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.translation import get_language

from portal.core.templatetags.languages import own_lang
from procedures.choices import ServiceLevel
from procedures.finding import Entry
from procedures.slots import Form, cut, fill, slot

_TEMPLATE = "procedures/partials/results_row.html"
# What stands in a line if the entry has it.
_OPTIONAL = ("province", "limit_text", "fee_text", "agency_text")


def draw_row(entry: Entry, heading: str, texts: str) -> str:
    """The HTML of one line; `texts`: its everyday name and summary, drawn. One with variants is drawn whole."""
    if entry.variants:
        return render_to_string(_TEMPLATE, {"entry": entry, "heading": heading, "gap": texts})
    shape = (heading, entry.level, entry.is_closed, *(bool(getattr(entry, name)) for name in _OPTIONAL))
    return fill(
        _draw_shape(get_language() or "", *shape),
        {
            "code": entry.code,
            "gap": texts,
            "name": conditional_escape(own_lang(entry.name)),
            "province": conditional_escape(entry.province),
            "limit_text": conditional_escape(own_lang(entry.limit_text)),
            "fee_text": conditional_escape(own_lang(entry.fee_text)),
            "agency_text": conditional_escape(own_lang(entry.agency_text)),
        },
    )


@lru_cache(maxsize=512)
def _draw_shape(_language: str, heading: str, level: ServiceLevel, is_closed: bool, *has: bool) -> Form:  # noqa: FBT001
    """`_language` is the active one."""
    entry = {name: slot(name) if there else "" for name, there in zip(_OPTIONAL, has, strict=True)}
    entry |= {name: slot(name) for name in ("code", "name")}
    shape = {**entry, "level": level, "is_closed": is_closed}
    return cut(render_to_string(_TEMPLATE, {"entry": shape, "heading": heading, "gap": slot("gap")}))
