"""Closing a procedure that the law ended, and pointing to what replaces it."""

from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.core import clock
from portal.core.errors import RuleViolation
from portal.core.locking import durable, lock_rows
from procedures.choices import ProcedureStatus
from procedures.models import Procedure
from procedures.selectors import access_procedure
from procedures.services.drafts import require_catalogue_admin
from procedures.services.publishing import touch_catalogue


def close_procedure(actor: Actor, code: str, *, successor: str | None = None) -> Procedure:
    """Closes a procedure today; filed dossiers go on. A repeat with the same successor changes nothing.

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


def mark_closed(code: str, *, successor: str | None) -> Procedure:
    """The step of `close_procedure`, inside the caller's transaction."""
    touch_catalogue()
    next_one = access_procedure(successor) if successor else None
    if next_one and (next_one.is_closed or next_one.code == code):
        raise RuleViolation(
            code="bad_successor",
            errors={"successor": [_("Thủ tục thay thế phải là thủ tục khác đang áp dụng.")]},
        )
    access_procedure(code)
    [procedure] = lock_rows(Procedure.objects.filter(code=code))
    if procedure.is_closed and procedure.successor_id == (next_one.pk if next_one else None):
        return procedure
    procedure.status = ProcedureStatus.CLOSED
    procedure.closed_on = procedure.closed_on or clock.today()
    procedure.successor = next_one
    procedure.revised_at = clock.now()
    procedure.save(update_fields=["status", "closed_on", "successor", "revised_at"])
    return procedure
