"""Look after the outbox: list what could not be sent, and try it again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.notifications.selectors import list_failed
from portal.notifications.services import redrive_failed


class Command(BaseCommand):
    help = "Lists failed deliveries, or puts those named (all without a name) back as due now."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--failed", action="store_true")
        what.add_argument("--redrive", nargs="*", metavar="REFERENCE")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["failed"]:
            self._list()
        else:
            self.stdout.write(f"{redrive_failed(options['redrive'] or None)} put back")

    def _list(self) -> None:
        for delivery in list_failed():
            row = (delivery.reference, delivery.message.event, str(delivery.attempts), delivery.last_error)
            self.stdout.write("\t".join(row))
