"""Reads of the catalogue. Documents are parsed once per version and kept; they never change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.accounts.choices import AgencyKind
from portal.accounts.selectors import list_agencies, stands_for
from portal.core import clock
from portal.core.errors import NotFound
from procedures.codes import is_procedure_code
from procedures.content import Content, parse_content, upgrade
from procedures.finding import search_procedures
from procedures.models import Procedure, ProcedureDraft, ProcedureVersion
from procedures.revision import catalogue_token

if TYPE_CHECKING:
    from portal.accounts.models import Agency

__all__ = [
    "access_draft",
    "access_procedure",
    "catalogue_token",
    "current_version",
    "get_content",
    "get_document",
    "list_performing_agencies",
    "list_versions_to_put_in_force",
    "performs",
    "search_procedures",
]


@lru_cache(maxsize=1024)
def get_content(version_id: int) -> Content:
    """The parsed document of a published version. One query the first time, none after. Raises NotFound."""
    return parse_content(get_document(version_id))


def get_document(version_id: int) -> dict[str, Any]:
    """The document of a version in today's shape. One query. Raises NotFound."""
    document = ProcedureVersion.objects.filter(pk=version_id).values_list("content", flat=True).first()
    if document is None:
        raise NotFound(message=_("Không có bản thủ tục này."))
    return upgrade(document)


def access_procedure(code: str) -> Procedure:
    """A procedure anybody may read, open or closed, with its version in force. One query. Raises NotFound."""
    found = Procedure.objects.with_version().filter(code=code)[:1] if is_procedure_code(code) else ()
    for procedure in found:
        return procedure
    raise NotFound(code="procedure_not_found", message=_("Không có thủ tục mang mã này."))


def current_version(code: str, on: date | None = None) -> ProcedureVersion:
    """The version in force on a day (today by default), without its document; not to be changed. Raises NotFound.

    One query: for the token of the catalogue, as long as that stays the same.
    """
    return _find_version(code, on or clock.today(), catalogue_token())


@lru_cache(maxsize=1024)
def _find_version(code: str, on: date, _token: UUID) -> ProcedureVersion:
    versions = ProcedureVersion.objects.in_force(on).filter(procedure__code=code)
    version = versions.select_related("procedure").defer("content").first()
    if version is None:
        raise NotFound(code="procedure_not_found", message=_("Không có thủ tục mang mã này."))
    return version


def access_draft(code: str) -> ProcedureDraft:
    """The draft of a code; services check that the reader is a catalogue admin. Raises NotFound."""
    draft = ProcedureDraft.objects.filter(code=code).first()
    if draft is None:
        raise NotFound(message=_("Không có bản nháp của thủ tục này."))
    return draft


def list_performing_agencies(content: Content) -> Sequence[Agency]:
    """Agencies at work today of the kinds and codes that the document names. One query, some more with codes."""
    kinds = [name for name in content.performed_by if name in AgencyKind.values]
    return list_agencies(kinds=kinds, codes=_named_codes(content))


def performs(agency: Agency, content: Content) -> bool:
    """Whether this agency performs the procedure, also as the successor of one that the document names."""
    if agency.kind in content.performed_by or agency.code in content.performed_by:
        return True
    return stands_for(agency, _named_codes(content))


def _named_codes(content: Content) -> list[str]:
    return [name for name in content.performed_by if name not in AgencyKind.values]


def list_versions_to_put_in_force(on: date) -> list[ProcedureVersion]:
    """The newest version in force of each procedure that still shows another one."""
    newest = (
        ProcedureVersion.objects.in_force(on).order_by("procedure_id", "-number").distinct("procedure_id")
    )
    return [
        version
        for version in newest.defer("content").select_related("procedure")
        if version.pk != version.procedure.current_id
    ]
