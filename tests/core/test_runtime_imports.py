"""The product runs with requirements.txt alone: what only developers install is imported only for types."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROOMS = ("portal", "procedures", "dossiers", "payments", "onestop", "reporting")


def list_imports(body: list[ast.stmt]) -> Iterator[str]:
    """Top names of what a module imports when it is loaded."""
    for node in body:
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]


def normalize(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_nothing_is_imported_that_only_developers_install() -> None:
    locked = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    installed = {normalize(name) for name in re.findall(r"^([\w.-]+)(?:\[.*\])?==", locked, re.MULTILINE)}
    brings = packages_distributions()
    wrong = {
        f"{path.relative_to(ROOT)}: {name}"
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for name in list_imports(ast.parse(path.read_text(encoding="utf-8")).body)
        if name in brings and name not in sys.stdlib_module_names
        if installed.isdisjoint(normalize(found) for found in brings[name])
    }
    assert wrong == set()
