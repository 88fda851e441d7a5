"""Who works where, in which roles: granted, changed, ended."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.accounts.choices import Role, SignsFor
from portal.accounts.models import Agency, Membership, User
from portal.accounts.services.rights import leave_trail, require_site_admin, require_someone_else
from portal.core import clock
from portal.core.errors import Conflict, RuleViolation
from portal.core.jsontypes import Json
from portal.core.locking import durable, lock_rows


def grant_membership(
    user: User,
    agency: Agency,
    *,
    roles: Iterable[Role | str],
    actor: Actor,
    title: str = "",
    signs_for: str = SignsFor.OWN,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Membership:
    """Let a person work for an agency, from now unless `since` is given.

    Raises Forbidden (not a site admin, or for oneself), RuleViolation (no or unknown role),
    Conflict (an open membership there exists: change that one).
    """
    require_site_admin(actor)
    require_someone_else(actor, user)
    membership = Membership(
        user=user,
        agency=agency,
        roles=clean_roles(roles),
        title=title,
        signs_for=signs_for,
        since=since or clock.now(),
        until=until,
    )
    with durable():
        _insert(membership)
        _leave_trail(actor, "membership.granted", membership)
    return membership


def change_membership(
    membership: Membership, *, roles: Iterable[Role | str], title: str, signs_for: str, actor: Actor
) -> Membership:
    """Other roles, title or form of signature at the same agency; holds from the next request.

    Raises Forbidden, RuleViolation, Conflict (it has ended). Locks the row; a repeat is harmless.
    """
    require_site_admin(actor)
    require_someone_else(actor, membership.user)
    cleaned = clean_roles(roles)
    with durable():
        locked = _lock(membership)
        if has_ended(locked):
            raise Conflict("membership_ended", _("Vai trò này đã kết thúc. Hãy thêm vai trò mới."))
        before: list[Json] = list(locked.roles)
        locked.roles, locked.title, locked.signs_for = cleaned, title, signs_for
        locked.save(update_fields=["roles", "title", "signs_for"])
        _leave_trail(actor, "membership.changed", locked, before=before)
    return locked


def revoke_membership(membership: Membership, *, actor: Actor, reason: str = "") -> Membership:
    """End a membership now; it is gone at the person's next request. A repeat is harmless."""
    require_site_admin(actor)
    with durable():
        locked = _lock(membership)
        if not has_ended(locked):
            locked.until = max(clock.now(), locked.since)
            locked.save(update_fields=["until"])
            _leave_trail(actor, "membership.revoked", locked, reason=reason)
    return locked


def has_ended(membership: Membership) -> bool:
    return membership.until is not None and membership.until <= clock.now()


def clean_roles(roles: Iterable[Role | str]) -> list[str]:
    """Known roles, each once, in the order of the list of roles. Raises RuleViolation."""
    wanted = {str(role) for role in roles}
    if not wanted or not wanted <= set(Role.values):
        message = str(_("Hãy chọn ít nhất một vai trò trong danh sách."))
        raise RuleViolation("roles_unknown", message, errors={"roles": [message]})
    return [role for role in Role.values if role in wanted]


def _lock(membership: Membership) -> Membership:
    (locked,) = lock_rows(Membership.objects.filter(pk=membership.pk))
    return locked


def _insert(membership: Membership) -> None:
    try:
        with transaction.atomic():
            membership.save(force_insert=True)
    except IntegrityError as error:
        message = _("Người này đã có vai trò tại cơ quan này. Hãy sửa vai trò đó.")
        raise Conflict("membership_exists", message) from error


def _leave_trail(actor: Actor, action: str, membership: Membership, **detail: Json) -> None:
    leave_trail(
        actor,
        action,
        f"membership:{membership.pk}",
        user=str(membership.user_id),
        agency=membership.agency_id,
        roles=list(membership.roles),
        **detail,
    )
