"""`manage.py reseal`: after adding a key file, seal all older values with it."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.core.reseal import list_sealed_models, reseal


class Command(BaseCommand):
    help = "Seals every sealed value again with the newest key of SEAL_KEYS_DIR."

    def handle(self, *args: Any, **options: Any) -> None:
        for model in list_sealed_models():
            self.stdout.write(f"{model._meta.label}: {reseal(model)}")
