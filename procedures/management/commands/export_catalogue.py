"""Exports the catalogue as readable files, one per procedure."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from procedures.services import export_catalogue


class Command(BaseCommand):
    help = "Writes the versions in force as files that import_catalogue reads back exactly."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)

    def handle(self, *args: Any, directory: Path, **options: Any) -> None:
        for path in export_catalogue(directory):
            self.stdout.write(str(path))
