"""What a page says when a save was refused or somebody else saved first."""

from typing import Any

from portal.core.errors import Conflict, RuleViolation
from procedures.editing.words.conflicting import list_changes

OK, CONFLICT, UNPROCESSABLE = 200, 409, 422
Refusal = RuleViolation | Conflict


def describe_refusal(error: Refusal | None, row_version: int) -> tuple[dict[str, Any], int]:
    """Context and status of the page that shows what was typed; `row_version` is what it carried.

    After a conflict the page carries the newer one, so that saving again is a decision.
    """
    refused = error.errors if isinstance(error, RuleViolation) else {}
    said = {name: " ".join(lines) for name, lines in refused.items()}
    context = {
        "row_version": error.extra["row_version"] if isinstance(error, Conflict) else row_version,
        "said": said,
        "errors": [{"text": text, "id": name} for name, text in said.items()],
        "differences": list_changes(error) if isinstance(error, Conflict) else (),
        "has_errors": error is not None,
    }
    status = CONFLICT if isinstance(error, Conflict) else UNPROCESSABLE if error else OK
    return context, status
