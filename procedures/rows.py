"""Lines of lists of procedures: their HTML is drawn once for each shape of an entry, then only filled."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape
from typing import Protocol

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from portal.core.reading import reads_english
from portal.core.templatetags.languages import own_lang
from procedures.choices import ServiceLevel
from procedures.finding import Entry, Variant
from procedures.slots import Form, cut, fill, slot

# What stands in a line if the entry has it.
_OPTIONAL = ("province", "limit_text", "fee_text", "agency_text")
_MANY = 2
Shape = tuple[str, str, ServiceLevel, bool, int, tuple[bool, ...]]


class Say(Protocol):
    """A text as HTML in the reader's language; `html`: the same with marks in it."""

    def __call__(self, text: str, html: str = "") -> str: ...


def draw_rows(entries: Iterable[Entry], heading: str, draw_texts: Callable[[Entry, Say], str]) -> SafeString:
    """The HTML of the lines; `draw_texts` draws the everyday name and the summary of one."""
    language = get_language() or ""
    say = _say_for_english if reads_english() else _say  # asked once, for some hundred texts
    return SafeString(
        "".join([_draw(entry, language, heading, say, draw_texts(entry, say)) for entry in entries])
    )


def _say(text: str, html: str = "") -> str:
    return html or escape(text)


def _say_for_english(text: str, html: str = "") -> str:
    return str(own_lang(SafeString(html or escape(text))))


def _draw(entry: Entry, language: str, heading: str, say: Say, texts: str) -> str:
    values = {
        "code": entry.code,
        "gap": texts,
        "name": say(entry.name),
        "province": escape(entry.province),
        "limit_text": say(entry.limit_text),
        "fee_text": say(entry.fee_text),
        "agency_text": say(entry.agency_text),
    }
    if entry.variants:
        values["provinces"] = str(len(entry.provinces))
        values["variants"] = "".join([_draw_variant(variant, language, say) for variant in entry.variants])
    return fill(_draw_shape(_shape_of(entry, language, heading)), values)


def draw_shapes(entries: Iterable[Entry], heading: str = "h2") -> None:
    """Beforehand, so that nobody waits for it."""
    for shape in {_shape_of(entry, get_language() or "", heading) for entry in entries}:
        _draw_shape(shape)


def _shape_of(entry: Entry, language: str, heading: str) -> Shape:
    """The active language belongs to it."""
    has = (bool(entry.province), bool(entry.limit_text), bool(entry.fee_text), bool(entry.agency_text))
    provinces = min(len(entry.provinces), _MANY) if entry.variants else 0
    return language, heading, entry.level, entry.is_closed, provinces, has


@lru_cache(maxsize=512)
def _draw_shape(shape: Shape) -> Form:
    _language, heading, level, is_closed, provinces, has = shape
    entry = {name: slot(name) if there else "" for name, there in zip(_OPTIONAL, has, strict=True)}
    context = {
        "entry": {
            **entry,
            "code": slot("code"),
            "name": slot("name"),
            "level": level,
            "is_closed": is_closed,
            "provinces": range(provinces),
        },
        "heading": heading,
        "gap": slot("gap"),
        "variants": SafeString(slot("variants")) if provinces else "",
        "provinces": slot("provinces"),
    }
    return cut(render_to_string("procedures/partials/results_row.html", context))


def _draw_variant(variant: Variant, language: str, say: Say) -> str:
    values = {"code": variant.code, "province": say(variant.province), "name": say(variant.name)}
    return fill(_draw_variant_shape(language, variant.is_here), values)


@lru_cache(maxsize=16)
def _draw_variant_shape(_language: str, is_here: bool) -> Form:
    shape = {**{name: slot(name) for name in ("code", "province", "name")}, "is_here": is_here}
    return cut(render_to_string("procedures/partials/results_variant.html", {"variant": shape}))
