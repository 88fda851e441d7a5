"""Names of procedures in the reader's language, and the words somebody searched for marked."""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django import template
from django.utils.safestring import SafeString

from procedures import english
from procedures.finding import Entry
from procedures.finding.syllables import read_syllables
from procedures.finding.words import FILLERS, read_words
from procedures.models import Procedure
from procedures.richtext import render_rich
from procedures.rows import Say, draw_rows

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
def draw_results(entries: Iterable[Entry], query: str | None, heading: str = "") -> SafeString:
    """The lines of a list of results, the words that were searched marked."""
    wanted = _list_wanted(query or "")
    return draw_rows(entries, heading or "h2", lambda entry, say: _draw_texts(entry, wanted, say))


def _draw_texts(entry: Entry, wanted: frozenset[str], say: Say) -> str:
    """Everyday name and summary, where they say something else than the name."""
    texts = []
    if entry.everyday_name != entry.name:
        texts.append(f"<b>{say(entry.everyday_name, _mark(entry.everyday_name, wanted))}.</b>")
    if entry.summary and entry.summary != entry.name:
        texts.append(say(entry.summary, _mark(entry.summary, wanted)))
    return f"<p>{' '.join(texts)}</p>" if texts else ""


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
    marked = _mark(text, _list_wanted(query or ""))
    return SafeString(marked) if "<mark>" in marked else text


def _mark(text: str, wanted: frozenset[str]) -> str:
    """The text as HTML."""
    pieces = _WORD.split(text) if wanted else []
    found = [
        place % 2 == 0 and not wanted.isdisjoint(_read_bares(piece)) for place, piece in enumerate(pieces)
    ]
    if True not in found:
        return escape(text)
    runs = []
    start = 0
    while start < len(pieces):
        end = _end_of_run(found, start)
        words = escape("".join(pieces[start:end]))
        runs.append(f"<mark>{words}</mark>" if found[start] else words)
        start = end
    return "".join(runs)


@lru_cache(maxsize=8192)
def _read_bares(piece: str) -> tuple[str, ...]:
    return tuple(syllable.bare for syllable in read_syllables(piece))


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
