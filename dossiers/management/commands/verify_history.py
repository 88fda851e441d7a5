"""`manage.py verify_history [--dossier CODE]`: compute every hash chain again."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from dossiers.history import find_breaks
from dossiers.models import Dossier


class Command(BaseCommand):
    help = "Re-computes every hash chain; exit 1 and the first break of each when tampered."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dossier", metavar="CODE")

    def handle(self, *, dossier: str | None = None, **_options: object) -> None:
        if dossier is not None and not Dossier.objects.filter(code=dossier).exists():
            raise CommandError(f"no dossier {dossier}")
        breaks = 0
        for found in find_breaks(dossier):
            breaks += 1
            self.stdout.write(f"{found.code or found.dossier_id} event {found.seq}: {found.fault}")
        if breaks:
            raise CommandError(f"{breaks} broken chain(s)", returncode=1)
        self.stdout.write("history verified: every chain holds")
