"""Runs the simulated VNPAY: pay page, querydr, refund, server messages, and switches for their faults."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.demo.simulators.vnpay.__main__ import main


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = "VNPAY without real money, until SIGTERM or Ctrl-C. Only in a demo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host")
        parser.add_argument("--port")
        parser.add_argument("--ipn", help="where server messages go")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("the simulated gateway runs only with DEMO=1")
        given = [(name, options[name]) for name in ("host", "port", "ipn") if options[name] is not None]
        main([f"--{name}={value}" for name, value in given])
