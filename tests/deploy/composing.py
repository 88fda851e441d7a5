"""docker-compose.yml as Docker reads it: variables filled in, extensions merged."""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from portal.env import BASE_DIR

FILE = BASE_DIR / "docker-compose.yml"
_VARIABLE = re.compile(r"\$\{(?P<name>[A-Z_]+)(?::\?(?P<message>[^}]*))?\}")


@dataclass(frozen=True)
class Variable:
    """A value that the operator gives in .env; `message` is what Docker says while it is missing."""

    name: str
    message: str


def read_text() -> str:
    return FILE.read_text(encoding="utf-8")


def list_variables() -> list[Variable]:
    return [Variable(found["name"], found["message"] or "") for found in _VARIABLE.finditer(read_text())]


def read_compose(values: dict[str, str]) -> dict[str, Any]:
    """The document with the operator's values. Raises KeyError for one that is missing."""
    document = fill_in(yaml.safe_load(read_text()), values)
    assert isinstance(document, dict)
    return document


def fill_in(part: Any, values: dict[str, str]) -> Any:
    """After parsing, as Docker does it: a number that stands for a variable stays a text."""
    if isinstance(part, str):
        return _VARIABLE.sub(lambda found: values[found["name"]], part)
    if isinstance(part, list):
        return [fill_in(item, values) for item in part]
    if isinstance(part, dict):
        return {key: fill_in(value, values) for key, value in part.items()}
    return part
