"""Finding a procedure by people's words: an index in memory, kept up to date with the catalogue."""

from procedures.finding.entries import Entry
from procedures.finding.grouping import Variant
from procedures.finding.search import (
    Found,
    Understood,
    list_named,
    list_nearest,
    search_procedures,
    suggest_procedures,
)

__all__ = [
    "Entry",
    "Found",
    "Understood",
    "Variant",
    "list_named",
    "list_nearest",
    "search_procedures",
    "suggest_procedures",
]
