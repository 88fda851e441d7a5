"""`manage.py seed_demo`: what a demo starts with; idempotent."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.core.errors import PortalError
from portal.demo.seeds.contracts import seed_contracts
from portal.demo.seeds.people import seed_people
from portal.demo.seeds.places import seed_places
from portal.demo.seeds.sample_list import SAMPLES
from portal.demo.seeds.samples import seed_samples
from procedures.services import import_catalogue, load_shipped_blocks, load_shipped_knowledge

CATALOGUE = Path(settings.BASE_DIR) / "procedures" / "catalogue"


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # migrate, which runs just before, has made them
    help = "Agencies, people, catalogue and a few dossiers of a demo. A second run changes nothing."

    def handle(self, **_options: object) -> None:
        if not (settings.DEMO or settings.TEST):
            raise CommandError("people whose password everybody knows are for a demo only: set DEMO=1")
        places = seed_places()
        cast = seed_people(places)
        catalogue = import_catalogue(CATALOGUE)
        load_shipped_knowledge()
        load_shipped_blocks()
        self.stdout.write(f"contracts: {seed_contracts(places)} new")
        self.stdout.write(f"agencies: {len(places)}, people: {len(cast.citizens) + len(cast.employees)}")
        self.stdout.write(f"procedures: {len(catalogue.created)} new, {len(catalogue.updated)} updated")
        try:
            self.stdout.write(f"dossiers: {seed_samples(SAMPLES, cast)} new")
        except PortalError as error:  # a demo without samples is still a demo
            self.stderr.write(f"no more sample dossiers: {error.code}: {error.message}")
