"""A demo that is seeded once for all tests of a module; each test undoes only what it does itself."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker


def keep_files_in(folder: Path) -> override_settings:
    """Files of dossiers lie in this folder."""
    storages: dict[str, Any] = settings.STORAGES
    dossiers = {**storages["dossiers"], "OPTIONS": {"location": folder / "files"}}
    return override_settings(DATA_DIR=folder, STORAGES={**storages, "dossiers": dossiers})


@pytest.fixture(scope="module")
def seeded(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The people, procedures and sample dossiers of the demo, in a transaction around the tests' own."""
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined]  # as Django's own test cases mark theirs
    with (
        keep_files_in(tmp_path_factory.mktemp("demo")),
        django_db_blocker.unblock(),
        around,
    ):
        call_command("seed_demo", stdout=StringIO())
        yield
        transaction.set_rollback(True)
