"""Dossiers' own checks for `check_integrity`."""

import hashlib
from collections.abc import Iterator

from django.db.models import Max

from dossiers.choices import FileState
from dossiers.history import find_breaks
from dossiers.models import Dossier, StoredFile
from dossiers.storage import file_storage
from portal.core.counters import get_last_number
from portal.core.integrity import Fault, integrity_checks

CHUNK = 1000


def check_counters() -> Iterator[Fault]:
    """A counter behind the codes it gave out would give one out again."""
    highest: dict[str, int] = {}
    codes = Dossier.objects.exclude(code=None).values_list("code", flat=True)
    for code in codes.iterator(chunk_size=CHUNK):
        agency, day, number = str(code).rsplit("-", 2)
        series = f"dossier:{agency}:{day}"
        highest[series] = max(highest.get(series, 0), int(number))
    for series, given in highest.items():
        last = get_last_number(series)
        if last < given:
            yield Fault(series, f"counter {last} is behind code number {given}")


def check_files() -> Iterator[Fault]:
    """Every row in use has its bytes, unchanged."""
    rows = StoredFile.objects.exclude(state=FileState.DELETED).order_by("pk")
    for stored in rows.iterator(chunk_size=CHUNK):
        if not file_storage().exists(stored.key):
            yield Fault(f"file:{stored.pk}", "the file is missing from the storage")
        elif _digest(stored.key) != bytes(stored.sha256):
            yield Fault(f"file:{stored.pk}", "the file was changed in the storage")


def _digest(key: str) -> bytes:
    with file_storage().open(key, "rb") as content:
        return hashlib.file_digest(content, "sha256").digest()


def check_filings() -> Iterator[Fault]:
    """No half-written dossier: whatever was filed has a filing, an event and an owner's name."""
    filed = Dossier.objects.exclude(code=None)
    for dossier in filed.filter(filings=None).values_list("code", flat=True):
        yield Fault(f"dossier:{dossier}", "it has no filing")
    for dossier in filed.filter(last_seq=0).values_list("code", flat=True):
        yield Fault(f"dossier:{dossier}", "it has no event")
    counted = filed.annotate(newest=Max("events__seq")).values_list("code", "last_seq", "newest")
    for code, last_seq, newest in counted.iterator(chunk_size=CHUNK):
        if last_seq != newest:
            yield Fault(f"dossier:{code}", f"last event {last_seq}, found {newest}")


def check_history() -> Iterator[Fault]:
    """Every hash chain holds."""
    for found in find_breaks():
        yield Fault(f"dossier:{found.code}", f"history broken at event {found.seq}: {found.fault}")


def register_checks() -> None:
    """Called once when the app is ready."""
    integrity_checks.register("counters", check_counters)
    integrity_checks.register("files", check_files)
    integrity_checks.register("filings", check_filings)
    integrity_checks.register("history", check_history)
