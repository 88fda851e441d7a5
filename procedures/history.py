"""Reads of what was published and who changed what; the caller has checked the right to see drafts."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.accounts.choices import Role
from portal.core.errors import NotFound
from procedures.content import upgrade
from procedures.documents import document_sha256
from procedures.models import DraftRevision, Procedure, ProcedureDraft, ProcedureVersion

MOST_REVISIONS = 100


@dataclass(frozen=True)
class Pointing:
    """What leads people to a procedure: its own draft, other drafts and published ones that name it as next."""

    has_draft: bool
    drafts: tuple[str, ...]
    published: tuple[str, ...]


def list_waiting_reviews(actor: Actor) -> list[ProcedureDraft]:
    """Proposed drafts that this catalogue admin may decide on, longest waiting first; nothing for others."""
    if not actor.has_role(Role.CATALOGUE_ADMIN):
        return []
    waiting = ProcedureDraft.objects.filter(proposed_by__isnull=False)
    others = waiting.exclude(proposed_by_id=actor.user_id).exclude(author_id=actor.user_id)
    return list(others.select_related("proposed_by", "author").defer("content").order_by("proposed_at"))


def list_versions(code: str) -> list[ProcedureVersion]:
    """All published versions without their documents, newest first, with who wrote and who approved."""
    found = ProcedureVersion.objects.filter(procedure__code=code).defer("content")
    return list(found.select_related("author", "approver").order_by("-number"))


def access_version(code: str, number: int) -> ProcedureVersion:
    """One published version with its document as it was published. One query. Raises NotFound."""
    found = ProcedureVersion.objects.filter(procedure__code=code, number=number)
    version = found.select_related("procedure", "author", "approver").first()
    if version is None:
        raise NotFound(message=_("Không có bản thủ tục này."))
    return version


def list_scheduled(code: str, on: date) -> list[ProcedureVersion]:
    """Versions whose first day is still to come and that nothing replaces before, soonest first."""
    coming = ProcedureVersion.objects.filter(procedure__code=code, effective_from__gt=on).defer("content")
    by_day = {version.effective_from: version for version in coming.order_by("number")}
    return [by_day[day] for day in sorted(by_day)]


def find_version_on(code: str, on: date) -> ProcedureVersion | None:
    """The version in force on a day, without its document; not cached."""
    found = ProcedureVersion.objects.in_force(on).filter(procedure__code=code)
    return found.defer("content").first()


def find_current_document(code: str) -> dict[str, Any] | None:
    """The document in force in today's shape, None for a procedure that has none yet. One query."""
    found = Procedure.objects.filter(code=code, current__isnull=False)
    document = found.values_list("current__content", flat=True).first()
    return None if document is None else upgrade(document)


def was_published(code: str, document: dict[str, Any]) -> bool:
    """Whether a version of this code said exactly this."""
    return ProcedureVersion.objects.filter(procedure__code=code, sha256=document_sha256(document)).exists()


def list_revisions(code: str, *, draft_id: UUID | None = None) -> list[DraftRevision]:
    """Who saved what in the drafts of a code, newest first, without the documents; of one draft if it is given."""
    found = DraftRevision.objects.filter(code=code)
    if draft_id is not None:
        found = found.filter(draft_id=draft_id)
    return list(found.select_related("author").defer("content").order_by("-id")[:MOST_REVISIONS])


def find_pointing(code: str) -> Pointing:
    """Who would lead people to a procedure that is closed. Two queries."""
    names_it = Q(content__next_codes__contains=[code])
    drafts = ProcedureDraft.objects.filter(Q(code=code) | names_it).values_list("code", flat=True)
    listed = sorted(drafts)
    published = Procedure.objects.filter(current__content__next_codes__contains=[code], status="open")
    return Pointing(
        has_draft=code in listed,
        drafts=tuple(other for other in listed if other != code),
        published=tuple(published.order_by("code").values_list("code", flat=True)),
    )
