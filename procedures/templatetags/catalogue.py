"""Names of procedures in the reader's language, and the words somebody searched for marked."""

import re

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from procedures import english
from procedures.finding.words import FILLERS, list_syllables
from procedures.models import Procedure

register = template.Library()

_WORD = re.compile(r"(\W+)")


@register.filter
def name_of(procedure: Procedure) -> str:
    return english.name_of(procedure)


@register.filter
def mark_words(text: str, query: str | None) -> SafeString | str:
    """The text with each run of found words in <mark>; unchanged without a query."""
    wanted = set(list_syllables(query or "")) - FILLERS
    if not wanted:
        return text
    pieces = _WORD.split(text)
    found = [
        index % 2 == 0 and bool(wanted & set(list_syllables(piece))) for index, piece in enumerate(pieces)
    ]
    runs: list[tuple[str, str, str]] = []
    start = 0
    while start < len(pieces):
        end = _end_of_run(found, start)
        words = "".join(pieces[start:end])
        runs.append(("<mark>", words, "</mark>") if found[start] else ("", words, ""))
        start = end
    return format_html_join("", "{}{}{}", ((SafeString(a), words, SafeString(b)) for a, words, b in runs))


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
