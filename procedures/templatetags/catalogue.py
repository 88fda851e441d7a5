"""Names of procedures in the reader's language, and the words somebody searched for marked."""

import re
from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from portal.core.templatetags.languages import own_lang
from procedures import english
from procedures.finding import Entry
from procedures.finding.syllables import read_syllables
from procedures.finding.words import FILLERS, read_words
from procedures.models import Procedure
from procedures.richtext import render_rich
from procedures.rows import draw_row

register = template.Library()

_WORD = re.compile(r"(\W+)")
_SELECTED = " selected"
_escape = lru_cache(maxsize=2048)(escape)  # the fields of a catalogue, on every page of results


@register.filter
def name_of(procedure: Procedure) -> str:
    return english.name_of(procedure)


@register.filter
def rich(text: object) -> SafeString:
    """A long text with paragraphs, lists, bold and links; everything else escaped."""
    return render_rich(str(text or ""))


@register.simple_tag(name="result_rows")
def draw_rows(entries: Iterable[Entry], query: str | None, heading: str = "") -> SafeString:
    """The lines of a list of results, the words that were searched marked."""
    return SafeString("".join(_draw_row(entry, query, heading or "h2") for entry in entries))


def _draw_row(entry: Entry, query: str | None, heading: str) -> str:
    told = "" if entry.everyday_name == entry.name else entry.everyday_name
    texts = [format_html("<b>{}.</b>", own_lang(mark_words(told, query)))] if told else []
    if entry.summary and entry.summary != entry.name:
        texts.append(format_html("{}", own_lang(mark_words(entry.summary, query))))
    return draw_row(entry, heading, SafeString(f"<p>{' '.join(texts)}</p>" if texts else ""))


@register.simple_tag(name="field_options")
def draw_options(fields: Iterable[tuple[str, str, int]], chosen: str = "") -> SafeString:
    """<option>s of the fields with how many procedures; some hundred of them, so not by a loop of the template."""
    options = (
        f'<option value="{_escape(key)}"{_SELECTED if key == chosen else ""}>{_escape(name)} ({total})</option>'
        for key, name, total in fields
    )
    return SafeString("".join(options))


@register.filter
def mark_words(text: str, query: str | None) -> SafeString | str:
    """The text with each run of found words in <mark>; unchanged without a query."""
    wanted = _list_wanted(query or "")
    if not wanted:
        return text
    pieces = _WORD.split(text)
    found = [
        index % 2 == 0 and bool(piece) and any(syllable.bare in wanted for syllable in read_syllables(piece))
        for index, piece in enumerate(pieces)
    ]
    if not any(found):
        return text
    runs: list[tuple[str, str, str]] = []
    start = 0
    while start < len(pieces):
        end = _end_of_run(found, start)
        words = "".join(pieces[start:end])
        runs.append(("<mark>", words, "</mark>") if found[start] else ("", words, ""))
        start = end
    return format_html_join("", "{}{}{}", ((SafeString(a), words, SafeString(b)) for a, words, b in runs))


@lru_cache(maxsize=256)
def _list_wanted(query: str) -> frozenset[str]:
    return frozenset(syllable.bare for syllable in read_words(query)) - FILLERS


def _end_of_run(found: list[bool], start: int) -> int:
    """Found words with only one separator between them are one run."""
    end = start + 1
    if found[start]:
        while end + 1 < len(found) and found[end + 1]:
            end += 2
        return end
    while end < len(found) and not found[end]:
        end += 1
    return end
