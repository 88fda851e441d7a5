"""`manage.py seed_volume --dossiers N [--events 3]`: a realistic volume for benchmarks.

As the role that owns the tables (DATABASE_ROLE=owner) large volumes are copied without indexes, which are
built at the end; as the product's role they are kept up to date all the time, which takes longer.
"""

import os
import time
from argparse import ArgumentParser

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal.demo.seeds.people import seed_people
from portal.demo.seeds.places import seed_places
from portal.demo.seeds.volume.filling import fill
from portal.demo.seeds.volume.scenery import build_scenery

FEWEST_EVENTS, MOST_EVENTS = 3, 50


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = "Adds dossiers over agencies, states and two years: some events, one file, one notice each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dossiers", type=int, required=True, metavar="N")
        parser.add_argument("--events", type=int, default=FEWEST_EVENTS)
        parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)

    def handle(self, *, dossiers: int, events: int, workers: int, **_options: object) -> None:
        if not (settings.DEMO or settings.TEST):
            raise CommandError("made-up dossiers are for a demo or a benchmark only: set DEMO=1")
        if dossiers < 1 or workers < 1 or not FEWEST_EVENTS <= events <= MOST_EVENTS:
            raise CommandError(f"at least one dossier and worker, {FEWEST_EVENTS} to {MOST_EVENTS} events")
        started = time.monotonic()
        call_command("seed_demo", stdout=self.stdout, stderr=self.stderr)
        places = seed_places()
        scenery = build_scenery(places, seed_people(places), dossiers)
        fill(scenery, dossiers, events=events, workers=min(workers, dossiers))
        self.stdout.write(f"volume: {dossiers} dossiers in {time.monotonic() - started:.1f} s")
