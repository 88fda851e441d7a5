"""The next version while it is written: saved, discarded, proposed for publication."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.accounts.choices import Role
from portal.audit.services import record
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, NotFound, RuleViolation
from portal.core.locking import durable, lock_rows
from procedures.choices import Source
from procedures.codes import is_procedure_code
from procedures.content import CURRENT_SCHEMA
from procedures.history import find_current_document, was_published
from procedures.judging import judge_document
from procedures.models import DraftRevision, Procedure, ProcedureDraft, ProcedureVersion
from procedures.selectors import access_draft, get_document


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
    draft = _find_draft(code, content)
    left, next_state = draft.state, row_version + 1
    saved = ProcedureDraft.objects.filter(code=code, row_version=row_version).update(
        row_version=next_state, state=next_state, **changes
    )
    if not saved:
        raise _conflict(_find_draft(code, content), content)
    draft.refresh_from_db()
    _keep_state(draft, parent=left, summary=summary)
    return draft


def _find_draft(code: str, yours: dict[str, Any]) -> ProcedureDraft:
    draft = ProcedureDraft.objects.filter(code=code).first()
    if draft is None:
        message = _("Bản nháp này vừa được công bố hoặc bỏ đi. Nội dung của bạn chưa bị mất.")
        raise Conflict(message=message, yours=yours, theirs=None, row_version=0)
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


def start_draft(actor: Actor, code: str) -> ProcedureDraft:
    """A draft of the newest published version; the one there is, if there is one. Raises NotFound.

    A repeat is harmless.
    """
    require_catalogue_admin(actor)
    if draft := ProcedureDraft.objects.filter(code=code).first():
        return draft
    version = _find_newest(code)
    words = _("Bắt đầu từ bản %(number)d") % {"number": version.number}
    try:
        return save_draft(actor, code, content=get_document(version.pk), summary=words)
    except Conflict:  # somebody began it at the same moment
        return access_draft(code)


def start_new(actor: Actor, code: str, *, name: str) -> ProcedureDraft:
    """A draft of a procedure that was never there. Raises RuleViolation for a code that is bad or taken."""
    require_catalogue_admin(actor)
    _check_new(code, name=name)
    content = {"schema": CURRENT_SCHEMA, "code": code, "name": {"vi": name}}
    return _save_new(actor, code, content=content, summary=_("Soạn mới"))


def copy_as_new(actor: Actor, code: str, *, source_code: str, name: str) -> ProcedureDraft:
    """A draft under a new code that says what another procedure says, its draft first. The keys stay.

    Raises RuleViolation for a code that is bad or taken, or a source that is not there.
    """
    require_catalogue_admin(actor)
    _check_new(code, name=name)
    source = ProcedureDraft.objects.filter(code=source_code).values_list("content", flat=True).first()
    if source is None:
        try:
            source = get_document(_find_newest(source_code).pk)
        except NotFound as error:
            raise RuleViolation(
                errors={"source": [_("Không có thủ tục mang mã này để sao chép.")]}
            ) from error
    content = {**source, "code": code, "name": {"vi": name}}
    return _save_new(actor, code, content=content, summary=_("Sao chép từ %(code)s") % {"code": source_code})


def _check_new(code: str, *, name: str) -> None:
    errors: dict[str, list[str]] = {}
    if not is_procedure_code(code):
        errors["code"] = [_("Mã thủ tục có dạng 1.001193 hoặc 1.012796.H36.")]
    elif Procedure.objects.filter(code=code).exists() or ProcedureDraft.objects.filter(code=code).exists():
        errors["code"] = [_("Mã này đã có. Hãy mở thủ tục ấy ra sửa, hoặc ghi mã khác.")]
    if not name.strip():
        errors["name"] = [_("Hãy ghi tên thủ tục.")]
    if errors:
        raise RuleViolation(errors=errors)


def _save_new(actor: Actor, code: str, *, content: dict[str, Any], summary: str) -> ProcedureDraft:
    try:
        return save_draft(actor, code, content=content, summary=summary)
    except Conflict as error:
        raise RuleViolation(errors={"code": [_("Người khác vừa soạn thủ tục mang mã này.")]}) from error


def _find_newest(code: str) -> ProcedureVersion:
    found = ProcedureVersion.objects.filter(procedure__code=code).defer("content").order_by("-number").first()
    if found is None:
        raise NotFound(code="procedure_not_found", message=_("Không có thủ tục mang mã này."))
    return found


def undo_draft(actor: Actor, code: str, *, row_version: int) -> DraftRevision:
    """Takes the draft back to the state before the last change; returns what was undone.

    The state that is left stays for `redo_draft`. Takes back a proposal. Locks the draft.
    Raises Conflict on an old row_version, RuleViolation at the first state.
    """
    require_catalogue_admin(actor)
    with durable():
        draft = lock_draft(code, row_version)
        left = _find_state(draft, draft.state)
        if left is None or left.parent is None or (back := _find_state(draft, left.parent)) is None:
            raise RuleViolation("nothing_to_undo", _("Không còn thay đổi nào để hoàn tác."))
        _move_to(draft, back, actor)
        return left


def redo_draft(actor: Actor, code: str, *, row_version: int) -> DraftRevision:
    """Does again what was undone last; returns that state. Refusals and lock as in `undo_draft`."""
    require_catalogue_admin(actor)
    with durable():
        draft = lock_draft(code, row_version)
        again = (
            DraftRevision.objects.filter(draft_id=draft.pk, parent=draft.state).order_by("-number").first()
        )
        if again is None:
            raise RuleViolation("nothing_to_redo", _("Không có thay đổi nào để làm lại."))
        _move_to(draft, again, actor)
        return again


def _find_state(draft: ProcedureDraft, number: int) -> DraftRevision | None:
    return DraftRevision.objects.filter(draft_id=draft.pk, number=number).first()


def _move_to(draft: ProcedureDraft, state: DraftRevision, actor: Actor) -> None:
    """Whoever moves the draft answers for what it says now, so they cannot be its second person."""
    draft.content, draft.state = state.content, state.number
    draft.row_version += 1
    draft.author_id, draft.changed_at = actor.user_id, clock.now()
    draft.proposed_by_id = draft.proposed_at = draft.effective_from = None
    draft.save(
        update_fields=[
            "content", "state", "row_version", "author", "changed_at", "proposed_by", "proposed_at",
            "effective_from",
        ]
    )  # fmt: skip


def propose_draft(
    actor: Actor, code: str, *, row_version: int, effective_from: date, note: str = ""
) -> ProcedureDraft:
    """Hands a complete draft to a second catalogue admin; in force from the given day, today at the earliest.

    `note` says in plain words what changes; people read it on the procedure's page. The row_version rises, so
    that a second person who saw an earlier day or note has to look again.

    Raises Conflict on an old row_version, RuleViolation `not_ready` while a stop of `judge_document` stands
    (`errors`: path -> messages) or for a past day. Locks the draft.
    """
    require_catalogue_admin(actor)
    if effective_from < clock.today():
        raise RuleViolation(errors={"effective_from": [_("Ngày áp dụng không được ở trong quá khứ.")]})
    with durable():
        draft = lock_draft(code, row_version)
        refuse_stops(code, draft.content)
        if draft.content.get("code") != code:
            raise RuleViolation(errors={"code": [_("Mã trong nội dung khác mã của bản nháp.")]})
        draft.proposed_by_id = actor.user_id
        draft.proposed_at = clock.now()
        draft.effective_from = effective_from
        draft.note = note
        draft.row_version += 1
        draft.save(update_fields=["proposed_by", "proposed_at", "effective_from", "note", "row_version"])
        record(
            user_id=actor.user_id,
            action="procedure.proposed",
            subject=code,
            detail={"effective_from": effective_from.isoformat()},
        )
        return draft


def refuse_stops(code: str, document: dict[str, Any]) -> None:
    """Raises RuleViolation `not_ready` that lists what has to be mended before publication.

    What was published of this code before may be published again as it is.
    """
    if was_published(code, document):
        return
    stops = [
        finding
        for finding in judge_document(document, published=find_current_document(code))
        if finding.is_stop
    ]
    if stops:
        errors: dict[str, list[str]] = {}
        for finding in stops:
            errors.setdefault(finding.path, []).append(finding.message)
        raise RuleViolation(
            code="not_ready",
            message=_("Còn %(count)d chỗ phải sửa trước khi trình công bố.") % {"count": len(stops)},
            errors=errors,
        )


def discard_draft(actor: Actor, code: str, *, row_version: int) -> None:
    """Deletes a draft; what is published stays. Raises Conflict on an old row_version. Locks the draft."""
    require_catalogue_admin(actor)
    with durable():
        lock_draft(code, row_version).delete()


def lock_draft(code: str, row_version: int) -> ProcedureDraft:
    """Re-reads the draft under a lock. Raises Conflict when somebody saved in between, or it is gone."""
    found = lock_rows(ProcedureDraft.objects.filter(code=code))
    if not found or found[0].row_version != row_version:
        raise Conflict(message=_("Bản nháp đã được thay đổi. Hãy mở lại để xem bản mới."))
    return found[0]
