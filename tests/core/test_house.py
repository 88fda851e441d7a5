"""The house rules that no linter knows: sizes, policies of addresses, migrations, files that stay away."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

from portal.core.policy import Policy

ROOT: Path = settings.BASE_DIR
OWN = ("portal", "procedures", "dossiers", "payments", "onestop", "reporting", "tests", "bench")
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
# Views of others below these addresses; everything else is ours and states its policy.
FOREIGN_MODULES = ("django.contrib.admin.", "django.views.i18n")


def list_sources() -> list[Path]:
    files = [ROOT / "manage.py", ROOT / "script" / "bootstrap", ROOT / "script" / "compile-messages"]
    for package in OWN:
        files += sorted((ROOT / package).rglob("*.py"))
    return [file for file in files if "migrations" not in file.parts]


def list_functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def list_routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        address = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from list_routes(entry, address)
        else:
            yield address, entry


def find_policy(view: Any) -> object:
    """Of the view itself, or of the class behind it."""
    behind = getattr(view, "cls", None) or getattr(view, "view_class", None)
    return getattr(view, "policy", None) or getattr(behind, "policy", None)


def test_no_file_grows_beyond_a_concept() -> None:
    too_long = {
        str(file.relative_to(ROOT)): lines
        for file in list_sources()
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert too_long == {}


def test_no_function_grows_beyond_a_page() -> None:
    too_long = [
        f"{file.relative_to(ROOT)}:{function.lineno} {function.name}"
        for file in list_sources()
        for function in list_functions(ast.parse(file.read_text(encoding="utf-8")))
        if (function.end_lineno or function.lineno) - function.lineno + 1 > LONGEST_FUNCTION
    ]
    assert too_long == []


def test_every_address_states_who_may_call_it() -> None:
    silent = [
        f"{address} ({view.callback.__module__})"
        for address, view in list_routes(get_resolver())
        if not view.callback.__module__.startswith(FOREIGN_MODULES)
        and not isinstance(find_policy(view.callback), Policy)
    ]
    assert silent == []


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("word", ["signals.py", "utils.py", "helpers.py", "managers.py"])
def test_no_module_becomes_a_magnet(word: str) -> None:
    assert [str(file) for file in list_sources() if file.name == word] == []


def test_no_stub_is_left_behind() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "X" * 3)
    left = [
        f"{file.relative_to(ROOT)}: {mark}"
        for file in list_sources()
        for mark in marks
        if f"# {mark}" in file.read_text(encoding="utf-8")
    ]
    assert left == []
