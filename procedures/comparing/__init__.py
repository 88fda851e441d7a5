"""What differs between two documents of a procedure, in everyday words. Pure."""

from procedures.comparing.changes import ADDED, CHANGED, MOVED, REMOVED, Change, Document, Piece, mark_words
from procedures.comparing.comparison import compare_documents
from procedures.comparing.labelling import label_path

__all__ = [
    "ADDED", "CHANGED", "MOVED", "REMOVED", "Change", "Document", "Piece", "compare_documents", "label_path",
    "mark_words",
]  # fmt: skip
