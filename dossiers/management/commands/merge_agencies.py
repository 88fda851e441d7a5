"""`manage.py merge_agencies FROM [FROM…] --into CODE [--on DATE] [--dry-run]`."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from dossiers.handover import count_waiting, weigh
from dossiers.services.merging import HandOver, hand_over, merge_agencies
from portal.accounts.actor import Actor
from portal.accounts.mergers import Merger, plan_merger
from portal.core import clock
from portal.core.errors import PortalError, RuleViolation


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text}: a date is written 2026-12-31") from error


class Command(BaseCommand):
    help = (
        "Closes agencies into a successor and hands over people, open and ended dossiers. Old codes keep leading "
        "to it. Run it again to go on after an interruption. With a day to come, the worker hands over on that day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sources", nargs="+", metavar="FROM", help="code of an agency that ends")
        parser.add_argument("--into", required=True, metavar="CODE", help="code of the successor")
        parser.add_argument(
            "--on", type=_day, metavar="DATE", help="first day of the successor; today by default"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")

    def handle(
        self,
        *,
        sources: list[str],
        into: str,
        on: date | None = None,
        dry_run: bool = False,
        **_options: object,
    ) -> None:
        try:
            merger = plan_merger(sources, into=into, on=on or clock.today())
            self._describe(merger)
            if dry_run:
                self.stdout.write("dry run: nothing was changed")
                return
            self._carry_out(merger)
        except RuleViolation as error:
            raise CommandError(
                "\n".join(line for lines in error.errors.values() for line in lines)
            ) from error
        except PortalError as error:
            raise CommandError(f"{error.message} Run the same command again to go on.") from error

    def _describe(self, merger: Merger) -> None:
        for load in weigh(merger):
            self.stdout.write(
                f"{load.agency.code} {load.agency.name} -> {merger.target.code} {merger.target.name} on {merger.on}: "
                f"{load.people} people, {len(load.units)} units, {load.open} open dossiers, {load.drafts} drafts, "
                f"{load.ended} ended dossiers"
            )

    def _carry_out(self, merger: Merger) -> None:
        done = merge_agencies(merger, actor=Actor.system())
        if not merger.is_due:
            self.stdout.write(f"closed as of {merger.on}; the worker hands over on that day")
            return
        successors = {source.pk: merger.target.pk for source in merger.sources}
        while done.moved_any:
            self._report(done)
            done = hand_over(successors)
        for dossier_id, why in done.failed.items():
            self.stderr.write(f"{dossier_id}: {why}")
        left = count_waiting(successors)
        if left:
            raise CommandError(f"{left} dossiers are still to be handed over: run the same command again")
        self.stdout.write("everything was handed over")

    def _report(self, done: HandOver) -> None:
        self.stdout.write(f"moved {done.people} people, {done.dossiers} dossiers, {done.drafts} drafts")
