"""Files of a volume: each has its own key in the storage, many share their bytes."""

import hashlib
import os
from pathlib import Path
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from dossiers.models import StoredFile
from dossiers.storage import file_storage
from portal.demo.seeds.papers import build_scan

_MOST_LINKS = 30_000
"""Below what file systems allow (ext4: 65,000)."""


class Blobs:
    """Puts one scan under many keys: by hard links on a disk, by copies elsewhere."""

    def __init__(self) -> None:
        self.content = build_scan()
        self.sha256 = hashlib.sha256(self.content).digest()
        self._storage = file_storage()
        self._file = StoredFile()  # one for all: making a model's instance takes longer than the link
        self._source: Path | None = None
        self._links = 0
        self._folders: set[str] = set()

    def put(self, file_id: UUID) -> None:
        """The scan, under the key of that file. Raises OSError."""
        self._file.id = file_id
        key = self._file.key
        if not isinstance(self._storage, FileSystemStorage):
            self._storage.save(key, ContentFile(self.content))
        elif self._source is None or self._links >= _MOST_LINKS:
            self._storage.save(key, ContentFile(self.content))
            self._source, self._links = Path(self._storage.path(key)), 0
        else:
            self._link(self._storage, self._source, key)

    def _link(self, storage: FileSystemStorage, source: Path, key: str) -> None:
        folder = key.partition("/")[0]
        if folder not in self._folders:
            mode = storage.directory_permissions_mode or 0o700
            Path(storage.path(folder)).mkdir(mode=mode, parents=True, exist_ok=True)
            self._folders.add(folder)
        os.link(source, storage.path(key))
        self._links += 1
