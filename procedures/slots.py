"""HTML drawn by a template once, with slots that are filled for each request: filling costs a join."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Pieces of HTML and the names of the slots between them, by turns.
Form = tuple[str, ...]
_SLOT = re.compile(r"slot-([a-z_0-9]+)-")
_INDENT = re.compile(r"\s*\n\s*")


def slot(name: str) -> str:
    """What a template is given instead of the value; nothing in it needs escaping."""
    return f"slot-{name}-"


def cut(html: str) -> Form:
    """Without the indents of templates."""
    return tuple(_SLOT.split(_INDENT.sub("\n", html)))


def fill(form: Form, values: Mapping[str, str]) -> str:
    """`values` are HTML; slots that stand in them stay text."""
    return "".join([values[piece] if place % 2 else piece for place, piece in enumerate(form)])
