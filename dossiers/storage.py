"""Where uploaded files lie: disk by default, anything Django can store on by setting."""

import os
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage, Storage, storages


class DurableFileSystemStorage(FileSystemStorage):
    """A file is on disk, and so is its name, before the row that points to it is written."""

    def save(self, name: str | None, content: "IO[Any]", max_length: int | None = None) -> str:
        saved = super().save(name, content, max_length)
        path = Path(self.path(saved))
        for target in (path, path.parent):
            _sync(target)
        return saved


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def file_storage() -> Storage:
    """The storage of uploaded files (STORAGES["dossiers"])."""
    return storages["dossiers"]


def open_stored(key: str) -> IO[Any]:
    """Open a stored file for reading. Raises FileNotFoundError."""
    return file_storage().open(key, "rb")
