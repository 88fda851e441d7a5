"""Reads of the editor: a procedure with what is published of it and its draft, and who changed what."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from portal.core.errors import NotFound
from procedures.codes import is_procedure_code
from procedures.models import DraftRevision, Procedure, ProcedureDraft, ProcedureVersion
from procedures.selectors import get_document


@dataclass(frozen=True)
class Desk:
    """What lies on the desk for one code: the published procedure, its draft, or both; never neither."""

    code: str
    procedure: Procedure | None
    draft: ProcedureDraft | None
    coming: ProcedureVersion | None

    @property
    def name(self) -> str:
        if self.procedure is not None:
            return self.procedure.name
        return read_vi(self.draft.content.get("name")) if self.draft else ""

    @property
    def row_version(self) -> int:
        """The one a save must carry; 0 where the save begins the draft."""
        return self.draft.row_version if self.draft else 0

    @property
    def base(self) -> ProcedureVersion | None:
        """The published version a new draft starts from: the newest, also one that is not in force yet."""
        return self.coming or (self.procedure.current if self.procedure else None)

    @property
    def base_token(self) -> str:
        """Names the text a form shows, so that what is typed over it can be told from what others typed."""
        if self.draft is not None:
            return f"d{self.draft.pk}.{self.draft.state}"
        return f"v{self.base.pk}" if self.base else ""

    def read_document(self) -> dict[str, Any]:
        """The document to work on: the draft, or what a new draft would start with. At most one query."""
        if self.draft is not None:
            content: dict[str, Any] = self.draft.content
            return content
        return get_document(self.base.pk) if self.base else {}


def read_vi(text: object) -> str:
    """The Vietnamese of a text of a raw document, which may be anything."""
    vi = text.get("vi") if isinstance(text, dict) else None
    return vi if isinstance(vi, str) else ""


def access_desk(code: str) -> Desk:
    """A procedure by its code for catalogue admins, published, closed or only drafted. Three queries.

    Raises NotFound.
    """
    found = is_procedure_code(code)
    draft = _find_draft(code) if found else None
    procedure = _find_procedure(code) if found else None
    if draft is None and procedure is None:
        raise NotFound(code="procedure_not_found", message=_("Không có thủ tục mang mã này."))
    return Desk(code, procedure, draft, _find_coming(procedure) if procedure else None)


def _find_draft(code: str) -> ProcedureDraft | None:
    return (
        ProcedureDraft.objects.select_related("author", "proposed_by", "returned_by")
        .filter(code=code)
        .first()
    )


def _find_procedure(code: str) -> Procedure | None:
    found = Procedure.objects.select_related("current", "successor").defer("current__content")
    return found.filter(code=code).first()


def _find_coming(procedure: Procedure) -> ProcedureVersion | None:
    """The version that waits for its day."""
    last = procedure.versions.defer("content").order_by("-number").first()
    return last if last is not None and last.pk != procedure.current_id else None


def read_base(code: str, token: str) -> dict[str, Any] | None:
    """The text a form was made from, by its token; None where it is not one of this code. One query."""
    kind, rest = token[:1], token[1:]
    if kind == "v" and rest.isdecimal():
        versions = ProcedureVersion.objects.filter(pk=int(rest), procedure__code=code)
        return get_document(int(rest)) if versions.exists() else None
    draft, _dot, number = rest.partition(".")
    if kind != "d" or not number.isdecimal() or not _is_uuid(draft):
        return None
    states = DraftRevision.objects.filter(code=code, draft_id=draft, number=int(number))
    return states.values_list("content", flat=True).first()


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class Moves:
    """What undo would take back and redo would bring, in words; empty where there is nothing."""

    undo: str = ""
    redo: str = ""


def find_moves(draft: ProcedureDraft | None) -> Moves:
    """One query."""
    if draft is None:
        return Moves()
    near = DraftRevision.objects.filter(Q(number=draft.state) | Q(parent=draft.state), draft_id=draft.pk)
    undo = redo = ""
    for number, parent, summary in near.order_by("number").values_list("number", "parent", "summary"):
        words = summary or _("thay đổi gần nhất")
        if number == draft.state:
            undo = words if parent is not None else ""
        else:
            redo = words
    return Moves(undo, redo)


def list_revisions(code: str, *, limit: int = 12) -> list[DraftRevision]:
    """Who changed what in the drafts of a code, newest first, without the texts. One query."""
    rows = DraftRevision.objects.filter(code=code).select_related("author").defer("content")
    return list(rows.order_by("-id")[:limit])


def list_used_keys(code: str, name: str) -> set[str]:
    """Keys that parts of one list ever had, in versions and drafts of a code. Two queries."""
    field = f"content__{name}"
    versions = ProcedureVersion.objects.filter(procedure__code=code).values_list(field, flat=True)
    states = DraftRevision.objects.filter(code=code).values_list(field, flat=True)
    rows = (row for found in (*versions, *states) if isinstance(found, list) for row in found)
    return {row["key"] for row in rows if isinstance(row, dict) and isinstance(row.get("key"), str)}
