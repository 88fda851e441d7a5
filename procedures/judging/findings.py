"""One thing found in a document: where, how grave, what, and how to mend it."""

from dataclasses import dataclass
from typing import Any

from procedures.editing.sections import section_of

STOP, HINT = "stop", "hint"
Document = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """`severity` stop: nobody may publish it so; hint: worth a look. `path` is a place in the document.

    `message` says what is wrong, `mend` what to do, each in one sentence or two.
    """

    path: str
    section: str
    severity: str
    message: str
    mend: str

    @property
    def is_stop(self) -> bool:
        return self.severity == STOP


def stop(path: str, message: str, mend: str) -> Finding:
    return Finding(path, section_of(path), STOP, message, mend)


def hint(path: str, message: str, mend: str) -> Finding:
    return Finding(path, section_of(path), HINT, message, mend)
