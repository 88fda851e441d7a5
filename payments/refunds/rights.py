"""Who may propose that money goes back, who decides, who pays it out; all of the agency that took it."""

from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.accounts.choices import Role
from portal.core.errors import Forbidden

READERS = (Role.RECEPTION, Role.DESK_HEAD, Role.CASE_OFFICER, Role.APPROVER, Role.LEADER)
PROPOSERS = (Role.RECEPTION, Role.CASE_OFFICER)
DECIDERS = (Role.DESK_HEAD, Role.LEADER)


def may_propose(actor: Actor, agency_id: int) -> bool:
    return _works_at(actor, agency_id) and actor.has_role(*PROPOSERS)


def may_decide(actor: Actor, agency_id: int) -> bool:
    return _works_at(actor, agency_id) and actor.has_role(*DECIDERS)


def may_pay_out(actor: Actor, agency_id: int) -> bool:
    """Paying out what two others decided: the till, or who notes the number of the transfer."""
    return _works_at(actor, agency_id) and actor.has_role(Role.RECEPTION)


def require(allowed: bool) -> None:
    """Raises Forbidden `role_lacking`."""
    if not allowed:
        raise Forbidden(
            "role_lacking",
            _("Vai trò của bạn ở cơ quan này không làm được việc này với khoản hoàn trả."),
        )


def _works_at(actor: Actor, agency_id: int) -> bool:
    return actor.is_officer and not actor.is_read_only and actor.agency_id == agency_id
