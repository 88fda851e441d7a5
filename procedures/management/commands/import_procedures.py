"""Imports procedures in the national database's shape."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.core.errors import PortalError
from procedures.services.importing import LoadReport, import_procedures


class Command(BaseCommand):
    help = "Publishes the records of a jsonl or jsonl.gz file, one a line; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--scope", choices=("national", "province"), default="")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")

    def handle(self, *args: Any, file: Path, scope: str, dry_run: bool, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"{file} is not a file")
        try:
            report = import_procedures(file, scope=scope, dry_run=dry_run)
        except PortalError as error:
            raise CommandError(str(error.message)) from error
        self._print(report, verbosity=options["verbosity"])

    def _print(self, report: LoadReport, *, verbosity: int) -> None:
        for name in ("created", "updated", "unchanged"):
            codes = getattr(report, name)
            self.stdout.write(f"{name}: {len(codes)} {' '.join(codes)}".rstrip())
        self.stdout.write(f"skipped: {len(report.skipped)}")
        for code, why, number, sentences in report.skipped:
            told = f" (line {number}) {' '.join(sentences)}" if sentences else f" (line {number})"
            self.stdout.write(f"  {code or '-'} {why}{told}")
        if report.losses:
            self.stdout.write("not mapped:")
        for loss, count in sorted(report.losses.items(), key=lambda item: -item[1]):
            self.stdout.write(f"  {count} {loss}")
        if verbosity > 1:
            for code, losses in report.lossy.items():
                self.stdout.write(f"  {code}: {' '.join(losses)}")
