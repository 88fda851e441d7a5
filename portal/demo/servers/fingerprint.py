"""Whether the code has changed since the database and the static files were last made ready for it."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from portal.env import BASE_DIR

# What migrations, seeds and static files are made from.
SOURCES = (
    "portal",
    "procedures",
    "dossiers",
    "payments",
    "onestop",
    "reporting",
    "static",
    "locale",
    "requirements.txt",
)


def fingerprint_code(root: Path = BASE_DIR) -> str:
    """Changes with the name, size or time of any source file; takes some milliseconds."""
    digest = hashlib.sha256()
    for path in sorted(_list_files(root)):
        status = path.stat()
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _list_files(root: Path) -> Iterator[Path]:
    for source in SOURCES:
        if (root / source).is_file():
            yield root / source
        for folder, folders, names in os.walk(root / source):
            folders[:] = [name for name in folders if name != "__pycache__"]
            yield from (Path(folder) / name for name in names)
