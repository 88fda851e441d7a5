"""Whether an act is possible at all, on plain values: judged before what was typed is even looked at.

The order is the contract's: 404, 403, 409, then 422. The same checks run again under the lock.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from dossiers.choices import ActingRole, Status
from dossiers.models import Dossier
from dossiers.roles import acting_roles
from dossiers.workflow import BESIDE, ROLES_OF_ACTION, Action, Row, rows_for
from portal.accounts.actor import Actor
from portal.core.errors import Conflict, Forbidden


def check_act(
    dossier: Dossier, act: str, actor: Actor, relations: Iterable[tuple[int, str]], version: int | None
) -> None:
    """Raises Forbidden, Conflict `conflict` (old version) or `illegal_transition` for any named act."""
    action = Action(act) if act in set(Action) else None
    roles = acting_roles(dossier, actor, relations, action)
    if not roles & (ROLES_OF_ACTION[action] if action else BESIDE[act].by):
        raise role_lacking()
    check_version(dossier, version)
    if action is None:
        check_beside(dossier, act, roles)
    else:
        find_row(dossier, action, roles)


def find_row(dossier: Dossier, action: Action, roles: frozenset[ActingRole]) -> Row:
    """The row by which these roles may take the action now. Raises Forbidden, Conflict."""
    rows = rows_for(action, dossier.status, dossier.resume_to)
    if not rows:
        raise illegal_transition(dossier)
    row = next((row for row in rows if row.by & roles), None)
    if row is None:
        raise Forbidden("role_lacking", _("Vai trò của bạn không làm được việc này ở bước hiện tại."))
    return row


def check_beside(dossier: Dossier, act: str, roles: frozenset[ActingRole]) -> None:
    """Raises Forbidden or Conflict for an act beside the table."""
    beside = BESIDE[act]
    if not roles & beside.by:
        raise role_lacking()
    if not beside.starts_from(dossier.status, dossier.resume_to):
        raise illegal_transition(dossier)


def check_version(dossier: Dossier, version: int | None) -> None:
    """Refuse a write that was decided on an older state. None skips the check (the system)."""
    if version is not None and version != dossier.version:
        raise Conflict(
            "conflict", _("Hồ sơ vừa được người khác cập nhật. Mời bạn xem lại rồi thực hiện lại.")
        )


def role_lacking() -> Forbidden:
    return Forbidden("role_lacking", _("Vai trò của bạn không làm được việc này."))


def illegal_transition(dossier: Dossier) -> Conflict:
    return Conflict(
        "illegal_transition",
        _("Hồ sơ đang ở trạng thái “%(status)s” nên không làm được việc này.")
        % {"status": Status(dossier.status).label},
    )
