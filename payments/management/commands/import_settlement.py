"""`manage.py import_settlement FILE --day 2026-11-23 --gateway vnpay --merchant CODE`: compare a settlement file."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from payments.services.accounts import find_by_merchant
from payments.services.settling import import_settlement
from portal.accounts.actor import Actor
from portal.core.errors import PortalError


class Command(BaseCommand):
    help = "Compares a gateway's settlement file of one day with our payments; every difference is noted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--day", type=date.fromisoformat, required=True)
        parser.add_argument("--gateway", default="vnpay")
        parser.add_argument("--merchant", required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        contract = find_by_merchant(options["gateway"], options["merchant"])
        if contract is None:
            raise CommandError("No contract has this gateway and merchant.")
        path: Path = options["file"]
        try:
            content = path.read_bytes()
            report = import_settlement(
                contract.account_id,
                day=options["day"],
                file_name=path.name,
                content=content,
                actor=Actor.system(),
            )
        except (OSError, PortalError) as error:
            raise CommandError(str(error)) from error
        for place, text in report.settlement.refused:
            self.stdout.write(f"line {place}: {text}")
        lines = len(report.settlement.lines)
        self.stdout.write(f"{lines} lines compared, {report.found} differences, {report.ended} ended")
