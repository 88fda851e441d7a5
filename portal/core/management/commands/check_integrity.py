"""`manage.py check_integrity`: what should agree and does not."""

from django.core.management.base import BaseCommand, CommandError

from portal.core.integrity import integrity_checks


class Command(BaseCommand):
    help = "Counters, files, money and notices against rows: a list of faults, exit 1 if any."

    def handle(self, **_options: object) -> None:
        faults = 0
        for name, check in integrity_checks.items():
            for fault in check():
                faults += 1
                self.stdout.write(f"{name}: {fault.subject}: {fault.text}")
        if faults:
            raise CommandError(f"{faults} fault(s)", returncode=1)
        self.stdout.write(f"no faults in {len(integrity_checks)} checks")
