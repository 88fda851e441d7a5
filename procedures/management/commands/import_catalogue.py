"""Imports the catalogue as readable files, one per procedure."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.core.errors import PortalError
from procedures.services import import_catalogue, load_shipped_blocks, load_shipped_knowledge


class Command(BaseCommand):
    help = (
        "Publishes the catalogue files of a directory, and the shipped words; a second run changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)

    def handle(self, *args: Any, directory: Path, **options: Any) -> None:
        if not directory.is_dir():
            raise CommandError(f"{directory} is not a directory")
        try:
            report = import_catalogue(directory)
        except PortalError as error:
            raise CommandError(error.message) from error
        for name in ("created", "updated", "unchanged"):
            codes = getattr(report, name)
            self.stdout.write(f"{name}: {len(codes)} {' '.join(codes)}".rstrip())
        self.stdout.write(f"skipped: {len(report.skipped)}")
        for code, reason in report.skipped.items():
            self.stdout.write(f"  {code} {reason}")
        words = load_shipped_knowledge()
        self.stdout.write(f"words: {words.created} new, {words.updated} updated, {words.kept} kept as edited")
        self.stdout.write(f"blocks: {load_shipped_blocks()} written")
