"""Who may administer accounts, and the trail every such act leaves."""

from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.accounts.choices import Role
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.errors import Forbidden
from portal.core.jsontypes import Json


def require_site_admin(actor: Actor) -> None:
    """Raises Forbidden for everybody but a site admin and the system itself."""
    if not actor.is_system and not actor.has_role(Role.SITE_ADMIN):
        raise Forbidden("site_admin_only", _("Chỉ người quản trị hệ thống làm được việc này."))


def require_someone_else(actor: Actor, user: User) -> None:
    """Nobody changes the own rights or confirms the own identity."""
    if actor.user_id == user.pk:
        raise Forbidden("own_account", _("Bạn không tự làm việc này cho tài khoản của mình được."))


def leave_trail(actor: Actor, action: str, subject: str, **detail: Json) -> None:
    """Write who did it into the audit, in the transaction of the change itself. No personal data goes in."""
    record(user_id=actor.user_id, action=action, subject=subject, detail=dict(detail))
