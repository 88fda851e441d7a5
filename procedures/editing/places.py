"""Values of a raw document by their path. Drafts may hold anything, so nothing here trusts a shape."""

from typing import Any

MISSING: Any = object()


def get_at(part: object, path: str) -> Any:
    """The value at "agencies.competent"; MISSING where it is not there. An empty path is the part itself."""
    for name in path.split(".") if path else ():
        if not isinstance(part, dict) or name not in part:
            return MISSING
        part = part[name]
    return part


def put_at(part: dict[str, Any], path: str, value: Any) -> None:
    """Sets a value, making the objects on the way; MISSING removes it and objects that it leaves empty."""
    name, _dot, rest = path.partition(".")
    if not rest:
        if value is MISSING:
            part.pop(name, None)
        else:
            part[name] = value
        return
    inner = part.get(name)
    if not isinstance(inner, dict):
        if value is MISSING:
            return
        inner = part[name] = {}
    put_at(inner, rest, value)
    if not inner:
        del part[name]
