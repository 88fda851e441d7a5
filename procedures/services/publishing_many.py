"""Publishing many new procedures at once: the rows of a batch in four statements instead of seven each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from portal.core import clock
from portal.core.locking import require_transaction
from procedures.columns import build_columns
from procedures.content import Content
from procedures.models import Procedure, ProcedureVersion
from procedures.services.publishing import touch_catalogue


@dataclass(frozen=True)
class Publication:
    document: dict[str, Any]
    content: Content
    sha256: str


def publish_new(
    publications: Sequence[Publication],
    *,
    source: str,
    author_id: UUID | None = None,
    approver_id: UUID | None = None,
    note: str = "",
) -> None:
    """The step that publishes procedures whose codes are new here, in force from today.

    Needs the caller's transaction, and that no code of them is known. Documents that name a later day of their own
    go through `publish_document`.
    """
    require_transaction()
    touch_catalogue()
    now, today = clock.now(), clock.today()
    procedures = Procedure.objects.bulk_create(
        Procedure(code=each.content.code, source=source, revised_at=now, **build_columns(each.content))
        for each in publications
    )
    ProcedureVersion.objects.bulk_create(
        ProcedureVersion(
            procedure=procedure,
            number=1,
            content=each.document,
            schema=each.content.schema,
            sha256=each.sha256,
            level=each.content.level,
            effective_from=today,
            source=source,
            author_id=author_id,
            approver_id=approver_id,
            published_at=now,
            note=note,
        )
        for procedure, each in zip(procedures, publications, strict=True)
    )
    first = ProcedureVersion.objects.filter(procedure=OuterRef("pk")).values("pk")[:1]
    Procedure.objects.filter(pk__in=[procedure.pk for procedure in procedures]).update(
        current=Subquery(first)
    )
