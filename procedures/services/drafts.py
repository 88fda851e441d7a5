"""The next version while it is written: saved, discarded, proposed for publication."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.accounts.choices import Role
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, RuleViolation
from portal.core.locking import durable, lock_rows
from procedures.choices import Source
from procedures.codes import is_procedure_code
from procedures.content import parse_content
from procedures.models import DraftRevision, ProcedureDraft
from procedures.selectors import access_draft


def require_catalogue_admin(actor: Actor) -> None:
    """Raises Forbidden for anybody but a catalogue admin acting as one."""
    if not actor.has_role(Role.CATALOGUE_ADMIN):
        raise Forbidden(message=_("Việc này dành cho người quản trị thủ tục hành chính."))


def save_draft(
    actor: Actor,
    code: str,
    *,
    content: dict[str, Any],
    row_version: int = 0,
    source: str = Source.OWN,
    summary: str = "",
) -> ProcedureDraft:
    """Stores the draft of a code; `row_version` is the one the editor saw, 0 for a new draft.

    The content may be incomplete; it is judged when it is proposed. Saving takes back a proposal.
    `summary` says in a few words what was changed, for the list of who changed what.
    Raises Conflict, which keeps both texts (`yours`, `theirs`, `changed_at`, `row_version`), when somebody
    saved in between. A repeat with the same row_version is such a conflict. Raises RuleViolation for a bad code.
    """
    require_catalogue_admin(actor)
    if not is_procedure_code(code):
        raise RuleViolation(errors={"code": [_("Mã thủ tục có dạng 1.001193 hoặc 1.012796.H36.")]})
    with durable():
        return write_draft(
            code=code,
            content=content,
            row_version=row_version,
            source=source,
            author_id=actor.user_id,
            summary=summary,
        )


def write_draft(
    *, code: str, content: dict[str, Any], row_version: int, source: str, author_id: Any, summary: str = ""
) -> ProcedureDraft:
    """The step of `save_draft`, inside the caller's transaction. Keeps the state it left, for undo."""
    changes: dict[str, Any] = {
        "content": content,
        "source": source,
        "author_id": author_id,
        "changed_at": clock.now(),
        "proposed_by_id": None,
        "proposed_at": None,
        "effective_from": None,
    }
    if row_version == 0:
        draft, is_new = ProcedureDraft.objects.get_or_create(code=code, defaults=changes)
        if not is_new:
            raise _conflict(draft, content)
        _keep_state(draft, parent=None, summary=summary)
        return draft
    draft = access_draft(code)
    left, next_state = draft.state, row_version + 1
    saved = ProcedureDraft.objects.filter(code=code, row_version=row_version).update(
        row_version=next_state, state=next_state, **changes
    )
    draft.refresh_from_db()
    if not saved:
        raise _conflict(draft, content)
    _keep_state(draft, parent=left, summary=summary)
    return draft


def _keep_state(draft: ProcedureDraft, *, parent: int | None, summary: str) -> None:
    DraftRevision.objects.create(
        draft_id=draft.pk,
        code=draft.code,
        number=draft.state,
        parent=parent,
        content=draft.content,
        summary=summary,
        author_id=draft.author_id,
        at=draft.changed_at,
    )


def _conflict(draft: ProcedureDraft, yours: dict[str, Any]) -> Conflict:
    return Conflict(
        message=_(
            "Người khác vừa lưu bản nháp này. Nội dung của bạn chưa bị mất; hãy so hai bản rồi lưu lại."
        ),
        yours=yours,
        theirs=draft.content,
        changed_at=draft.changed_at.isoformat(),
        row_version=draft.row_version,
    )


def propose_draft(
    actor: Actor, code: str, *, row_version: int, effective_from: date, note: str = ""
) -> ProcedureDraft:
    """Hands a complete draft to a second catalogue admin; in force from the given day, today at the earliest.

    `note` says in plain words what changes; people read it on the procedure's page.

    Raises Conflict on an old row_version, RuleViolation `invalid_content` or for a past day.
    Locks the draft.
    """
    require_catalogue_admin(actor)
    if effective_from < clock.today():
        raise RuleViolation(errors={"effective_from": [_("Ngày áp dụng không được ở trong quá khứ.")]})
    with durable():
        draft = lock_draft(code, row_version)
        content = parse_content(draft.content)
        if content.code != code:
            raise RuleViolation(errors={"code": [_("Mã trong nội dung khác mã của bản nháp.")]})
        draft.proposed_by_id = actor.user_id
        draft.proposed_at = clock.now()
        draft.effective_from = effective_from
        draft.note = note
        draft.save(update_fields=["proposed_by", "proposed_at", "effective_from", "note"])
        return draft


def discard_draft(actor: Actor, code: str, *, row_version: int) -> None:
    """Deletes a draft; what is published stays. Raises Conflict on an old row_version. Locks the draft."""
    require_catalogue_admin(actor)
    with durable():
        lock_draft(code, row_version).delete()


def lock_draft(code: str, row_version: int) -> ProcedureDraft:
    """Re-reads the draft under a lock. Raises NotFound, or Conflict when somebody saved in between."""
    access_draft(code)
    found = lock_rows(ProcedureDraft.objects.filter(code=code))
    if not found or found[0].row_version != row_version:
        raise Conflict(message=_("Bản nháp đã được thay đổi. Hãy mở lại để xem bản mới."))
    return found[0]
