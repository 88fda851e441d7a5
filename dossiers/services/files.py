"""Uploading: checked, written durably, then known to the database; used for one paper afterwards."""

import hashlib
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from dossiers.choices import FileState
from dossiers.file_checks import MAX_BYTES, check_file
from dossiers.models import StoredFile
from dossiers.storage import file_storage
from portal.accounts.actor import Actor
from portal.core import clock
from portal.core.errors import RuleViolation
from portal.core.locking import durable, lock_rows

MAX_UNCLAIMED = 100


def store_upload(upload: "UploadedFile[Any]", *, actor: Actor) -> StoredFile:
    """Check one uploaded file and keep it, not yet used for anything.

    The bytes are on disk before the row is: a row never lacks its file. Raises RuleViolation `file_refused`
    (field `file`) or `too_many_files`. A repeat stores a second file.
    """
    content = upload.read(MAX_BYTES + 1)
    checked = check_file(upload.name or "", content)
    _check_quota(actor)
    stored = StoredFile(
        name=checked.name,
        size=len(content),
        sha256=hashlib.sha256(content).digest(),
        mime=checked.mime,
        state=FileState.CLEAN,
        uploaded_by_id=actor.user_id,
        uploaded_at=clock.now(),
    )
    file_storage().save(stored.key, ContentFile(content))
    stored.save(force_insert=True)
    return stored


def _check_quota(actor: Actor) -> None:
    waiting = StoredFile.objects.filter(uploaded_by_id=actor.user_id, claimed_at=None, deleted_at=None)
    if waiting[MAX_UNCLAIMED : MAX_UNCLAIMED + 1].exists():
        message = _("Bạn đang giữ quá nhiều tệp chưa dùng. Hãy nộp hoặc bỏ bớt rồi gửi tiếp.")
        raise RuleViolation("too_many_files", message, errors={"file": [message]})


def delete_abandoned(older_than_hours: int = 48) -> int:
    """Delete uploads never used: a tombstone first, then the bytes. Returns how many. A repeat is harmless."""
    before = clock.now() - timedelta(hours=older_than_hours)
    with durable():
        rows = lock_rows(
            StoredFile.objects.filter(claimed_at=None, deleted_at=None, uploaded_at__lt=before)[:500]
        )
        for stored in rows:
            stored.state, stored.deleted_at = FileState.DELETED, clock.now()
        StoredFile.objects.bulk_update(rows, ["state", "deleted_at"])
    for stored in rows:
        file_storage().delete(stored.key)
    return len(rows)
