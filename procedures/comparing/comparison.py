"""Two documents of a procedure, section by section."""

from procedures.comparing.changes import Change, Document
from procedures.comparing.parts import Part
from procedures.comparing.shape import DOCUMENT
from procedures.comparing.speaking import build_names
from procedures.comparing.values import MISSING
from procedures.comparing.walking import Walker
from procedures.editing.sections import SECTIONS, section_of


def compare_documents(old: Document, new: Document) -> tuple[Change, ...]:
    """Every difference in words, in the order of the editor's sections; empty if and only if they are equal.

    Drafts may be incomplete or wrong in shape: nothing is refused, a part without a name of its own is told
    by the name it is written under.
    """
    names = build_names(old, new)
    changes: list[Change] = []
    for name in sorted(old.keys() | new.keys(), key=_rank):
        part = DOCUMENT.inside.get(name) or Part(name)
        walker = Walker(section_of(name), names)
        changes += walker.compare((str(part.label),), part, old.get(name, MISSING), new.get(name, MISSING))
    return tuple(changes)


def _rank(name: str) -> tuple[int, int, str]:
    sections = [section.key for section in SECTIONS]
    known = list(DOCUMENT.inside)
    return (
        sections.index(section_of(name)),
        known.index(name) if name in known else len(known),
        name,
    )
