"""A filled e-form of a shipped procedure, and whom it names."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sample:
    """Answers of one case. `parties`: role, kind and name of everybody they make, in order."""

    code: str
    case: str
    answers: dict[str, Any]
    parties: tuple[tuple[str, str, str], ...]

    def __str__(self) -> str:
        return "-".join(filter(None, (self.code, self.case, self.answers.get("target_group"))))
