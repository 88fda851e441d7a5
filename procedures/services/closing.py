"""Closing a procedure that the law ended, and pointing to what replaces it."""

from datetime import date

from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.core import clock
from portal.core.errors import NotFound, RuleViolation
from portal.core.jsontypes import JsonObject
from portal.core.locking import durable, lock_rows
from procedures.choices import ProcedureStatus
from procedures.models import Procedure
from procedures.selectors import access_procedure
from procedures.services.drafts import require_catalogue_admin
from procedures.services.publishing import touch_catalogue


def close_procedure(actor: Actor, code: str, *, successor: str | None = None) -> Procedure:
    """Closes a procedure today; filed dossiers go on. A repeat with the same successor changes nothing.

    One person closes, because `reopen_procedure` takes it back at once; both are recorded.

    Raises NotFound for an unknown code or successor, RuleViolation when the successor is closed or the same.
    """
    require_catalogue_admin(actor)
    with durable():
        procedure = mark_closed(code, successor=successor)
        record(
            user_id=actor.user_id,
            action="procedure.closed",
            subject=code,
            detail={"successor": successor},
        )
        return procedure


def reopen_procedure(actor: Actor, code: str, *, reason: str) -> Procedure:
    """Takes a closing back that was a mistake; recorded with its reason. A repeat changes nothing.

    What was in force before is in force again. Raises NotFound for an unknown code, RuleViolation without a
    reason. Locks the catalogue's revision, then the procedure.
    """
    require_catalogue_admin(actor)
    if not reason.strip():
        raise RuleViolation(errors={"reason": [_("Ghi lý do mở lại thủ tục.")]})
    with durable():
        touch_catalogue()
        access_procedure(code)
        [procedure] = lock_rows(Procedure.objects.filter(code=code))
        if not procedure.is_closed:
            return procedure
        procedure.status, procedure.closed_on, procedure.successor = ProcedureStatus.OPEN, None, None
        procedure.revised_at = clock.now()
        procedure.save(update_fields=["status", "closed_on", "successor", "revised_at"])
        detail: JsonObject = {"reason": reason.strip()}
        record(user_id=actor.user_id, action="procedure.reopened", subject=code, detail=detail)
        return procedure


def mark_closed(code: str, *, successor: str | None, on: date | None = None) -> Procedure:
    """The step of `close_procedure`, inside the caller's transaction. `on`: its first day without, else today."""
    touch_catalogue()
    next_one = _access_successor(successor) if successor else None
    if next_one and (next_one.is_closed or next_one.code == code):
        raise RuleViolation(
            code="bad_successor",
            errors={"successor": [_("Thủ tục thay thế phải là thủ tục khác đang áp dụng.")]},
        )
    access_procedure(code)
    [procedure] = lock_rows(Procedure.objects.filter(code=code))
    closed_on = on or procedure.closed_on or clock.today()
    after = (closed_on, next_one.pk if next_one else None)
    if procedure.is_closed and (procedure.closed_on, procedure.successor_id) == after:
        return procedure
    procedure.status = ProcedureStatus.CLOSED
    procedure.closed_on = closed_on
    procedure.successor = next_one
    procedure.revised_at = clock.now()
    procedure.save(update_fields=["status", "closed_on", "successor", "revised_at"])
    return procedure


def _access_successor(code: str) -> Procedure:
    """Also one that is published and comes into force later. Raises NotFound."""
    successor = Procedure.objects.filter(code=code).first()
    if successor is None:
        raise NotFound(code="procedure_not_found", message=_("Không có thủ tục mang mã này."))
    return successor
