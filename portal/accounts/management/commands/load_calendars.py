"""manage.py load_calendars: the shipped working calendars into the database."""

from django.core.management.base import BaseCommand

from portal.accounts.services import load_calendars


class Command(BaseCommand):
    help = "Loads or extends the shipped working calendars; edited days are kept."

    def handle(self, *_args: object, **_options: object) -> None:
        for name, outcome in load_calendars().items():
            self.stdout.write(f"{name}: {outcome}")
