"""What came with a request, read strictly, and what is wrong with it, for the error summary."""

from collections.abc import Iterable
from uuid import UUID


def read_id(text: str) -> UUID | None:
    """None for what is no id."""
    try:
        return UUID(text)
    except ValueError:
        return None


def list_named(found: Iterable[tuple[str, Iterable[object]]]) -> list[dict[str, str]]:
    """Messages by name as entries of the error summary, where controls are named as their fields are."""
    return [{"text": str(text), "id": name} for name, texts in found for text in texts]
