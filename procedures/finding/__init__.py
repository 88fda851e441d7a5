"""Finding a procedure by people's words: an index in memory, rebuilt when the catalogue changes."""

from procedures.finding.entries import Entry
from procedures.finding.search import Found, list_named, search_procedures

__all__ = ["Entry", "Found", "list_named", "search_procedures"]
