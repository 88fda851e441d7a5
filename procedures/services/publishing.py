"""Publishing a document: the version is written once and the procedure's columns follow it."""

import uuid
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.core import clock
from portal.core.errors import Forbidden
from portal.core.locking import durable, require_transaction
from procedures.choices import Source
from procedures.columns import build_columns
from procedures.content import Content, parse_content
from procedures.documents import document_sha256
from procedures.models import CatalogueRevision, Procedure, ProcedureVersion
from procedures.selectors import list_versions_to_put_in_force
from procedures.services.drafts import lock_draft, refuse_stops, require_catalogue_admin
from procedures.services.reviewing import refuse_unproposed


def publish_draft(actor: Actor, code: str, *, row_version: int) -> ProcedureVersion:
    """Publishes a proposed draft as the next version and deletes the draft; its saved states stay.

    The approver is a second catalogue admin: neither the proposer nor the last editor. The draft is read and
    judged again under its lock. A day that has passed meanwhile becomes today.
    Raises Forbidden for one of those two, Conflict on an old row_version, RuleViolation when the draft was
    not proposed or is no longer valid. Locks the catalogue's revision, then the draft.
    """
    require_catalogue_admin(actor)
    with durable():
        touch_catalogue()
        draft = lock_draft(code, row_version)
        refuse_unproposed(draft)
        if actor.user_id in (draft.proposed_by_id, draft.author_id):
            raise Forbidden(
                code="same_person", message=_("Người soạn không tự công bố. Hãy nhờ người quản trị thứ hai.")
            )
        refuse_stops(code, draft.content)
        today = clock.today()
        version = publish_document(
            draft.content,
            source=Source.OWN,
            effective_from=max(draft.effective_from or today, today),
            author_id=draft.proposed_by_id,
            approver_id=actor.user_id,
            note=draft.note,
        )
        draft.delete()
        record(
            user_id=actor.user_id,
            action="procedure.published",
            subject=code,
            detail={
                "number": version.number,
                "sha256": version.sha256,
                "author": str(version.author_id),
                "effective_from": version.effective_from.isoformat(),
            },
        )
        return version


def publish_document(
    document: dict[str, Any],
    *,
    source: str,
    effective_from: date | None = None,
    author_id: UUID | None = None,
    approver_id: UUID | None = None,
    note: str = "",
) -> ProcedureVersion:
    """The step that writes the next version of the document's code, creating the procedure if it is new.

    Needs the caller's transaction. `effective_from` defaults to the document's own day, then to today. A version
    that is scheduled for a later day still begins on it; one scheduled for the same day never comes into force.
    Raises RuleViolation `invalid_content`; a national source at level 3 or 4 is refused by the database.
    """
    require_transaction()
    touch_catalogue()
    content = parse_content(document)
    procedure, _is_new = Procedure.objects.get_or_create(
        code=content.code, defaults={**build_columns(content), "source": source, "revised_at": clock.now()}
    )
    last = procedure.versions.defer("content").order_by("-number").first()
    first_day = _first_day(effective_from or content.effective_from, is_first=last is None)
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        number=last.number + 1 if last else 1,
        content=document,
        schema=content.schema,
        sha256=document_sha256(document),
        level=content.level,
        effective_from=first_day,
        effective_to=_last_day(procedure, first_day),
        source=source,
        author_id=author_id,
        approver_id=approver_id,
        published_at=clock.now(),
        note=note,
    )
    _end_others(version)
    if version.effective_from <= clock.today():
        _put_in_force(procedure, version, content)
    return version


def _first_day(wanted: date | None, *, is_first: bool) -> date:
    """Only the first version of a procedure reaches back: later ones never change what was in force."""
    today = clock.today()
    return (wanted or today) if is_first else max(wanted or today, today)


def _last_day(procedure: Procedure, first_day: date) -> date | None:
    """The day before a version that is already scheduled for later."""
    later = procedure.versions.filter(effective_from__gt=first_day).order_by("effective_from")
    begins = later.values_list("effective_from", flat=True).first()
    return begins - timedelta(days=1) if begins else None


def _end_others(version: ProcedureVersion) -> None:
    """Those in force on its first day end the day before; one of the same day keeps it, but the newest counts."""
    others = version.procedure.versions.in_force(version.effective_from).exclude(pk=version.pk)
    for other in others.defer("content"):
        other.effective_to = max(other.effective_from, version.effective_from - timedelta(days=1))
        other.save(update_fields=["effective_to"])


def _put_in_force(procedure: Procedure, version: ProcedureVersion, content: Content) -> None:
    columns = build_columns(content)
    for name, value in columns.items():
        setattr(procedure, name, value)
    procedure.current = version
    procedure.source = version.source
    procedure.revised_at = clock.now()
    procedure.save(update_fields=[*columns, "current", "source", "revised_at"])


def put_into_force() -> int:
    """Makes versions current whose first day has come; returns how many. A repeat is harmless."""
    with durable():
        due = list_versions_to_put_in_force(clock.today())
        if due:
            touch_catalogue()
        for version in due:
            _put_in_force(version.procedure, version, parse_content(version.content))
        return len(due)


def touch_catalogue() -> None:
    """Changes the catalogue's token, and waits for whoever else is changing the catalogue."""
    token = uuid.uuid4()
    if not CatalogueRevision.objects.filter(pk=1).update(token=token):
        CatalogueRevision.objects.bulk_create([CatalogueRevision(pk=1, token=token)], ignore_conflicts=True)
        CatalogueRevision.objects.filter(pk=1).update(token=token)
