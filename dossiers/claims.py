"""Taking uploaded files into use: a step within the transaction that uses them."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from dossiers.choices import FileState
from dossiers.models import StoredFile
from portal.accounts.actor import Actor
from portal.core import clock
from portal.core.errors import NotFound
from portal.core.locking import lock_rows


def claim_files(file_ids: Iterable[UUID], *, actor: Actor) -> dict[UUID, StoredFile]:
    """Take files of this person into use, under lock, within the use case's transaction.

    Raises NotFound for files of others or used already: the two look alike.
    """
    ids = list(dict.fromkeys(file_ids))
    rows = lock_rows(StoredFile.objects.filter(pk__in=ids))
    for stored in rows:
        if not _is_free(stored, actor):
            raise NotFound("upload_not_found", _("Không tìm thấy tệp đã gửi. Hãy gửi lại tệp."))
    if len(rows) != len(ids):
        raise NotFound("upload_not_found", _("Không tìm thấy tệp đã gửi. Hãy gửi lại tệp."))
    StoredFile.objects.filter(pk__in=ids).update(claimed_at=clock.now())
    return {stored.pk: stored for stored in rows}


def _is_free(stored: StoredFile, actor: Actor) -> bool:
    mine = stored.uploaded_by_id == actor.user_id and actor.user_id is not None
    return (
        mine and stored.state == FileState.CLEAN and stored.claimed_at is None and stored.deleted_at is None
    )
