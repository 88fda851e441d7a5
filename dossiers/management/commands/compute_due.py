"""`compute_due FILE`: due moments for a JSON list of receipts, without a database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dossiers.deadlines.rows import RowError, answer_row


class Command(BaseCommand):
    """Prints a JSON list of `{id, due_at or null, lines}` in the order of the file."""

    help = "Computes the due moments of a JSON list of receipts and prints them as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="JSON list, see docs/deadlines.md")

    def handle(self, *_args: Any, **options: Any) -> None:
        rows = _read(options["file"])
        try:
            answers = [answer_row(row) for row in rows]
        except RowError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(answers, ensure_ascii=False, indent=2))


def _read(path: Path) -> list[Any]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: {error}") from error
    if not isinstance(rows, list):
        raise CommandError(f"{path}: a JSON list is expected")
    return rows
