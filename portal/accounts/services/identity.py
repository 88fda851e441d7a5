"""Identity levels: verified at a desk or by an identity provider, and taken back."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.accounts.choices import IdentityLevel, Role
from portal.accounts.identity import clean_national_id, index_national_id
from portal.accounts.models import User
from portal.accounts.services.rights import leave_trail, require_someone_else
from portal.core.errors import Conflict, Forbidden
from portal.core.locking import durable, lock_rows
from portal.core.text import clean_text


def verify_identity(
    user: User, *, national_id: str, actor: Actor, full_name: str = "", birth_date: date | None = None
) -> User:
    """Record that an officer or an identity provider has seen who this is: level 2.

    Name and birth date as on the paper replace what the person had typed. From then on
    the number signs in and no second account can be verified with it.
    Raises Forbidden, RuleViolation (shape), Conflict (the number is another account's).
    Locks the account; a repeat with the same number is harmless.
    """
    _require_verifier(actor, user)
    number = clean_national_id(national_id)
    with durable():
        (locked,) = lock_rows(User.objects.filter(pk=user.pk))
        _write_identity(locked, number, clean_text(full_name).strip(), birth_date)
        _save_unique(locked)
        leave_trail(actor, "identity.verified", f"user:{user.pk}", agency=actor.agency_id)
    return locked


def withdraw_identity(user: User, *, reason: str, actor: Actor) -> User:
    """Take a verification back after a mistake; the number no longer signs in. A repeat is harmless."""
    _require_verifier(actor, user)
    with durable():
        (locked,) = lock_rows(User.objects.filter(pk=user.pk))
        if locked.is_verified:
            locked.identity_level = (
                IdentityLevel.CONTACT_CONFIRMED if locked.email else IdentityLevel.DECLARED
            )
            locked.save(update_fields=["identity_level"])
            leave_trail(actor, "identity.withdrawn", f"user:{user.pk}", reason=clean_text(reason))
    return locked


def _require_verifier(actor: Actor, user: User) -> None:
    require_someone_else(actor, user)
    may = actor.has_role(Role.RECEPTION, Role.DESK_HEAD, Role.SITE_ADMIN) and not actor.is_read_only
    if not (actor.is_system or may):
        raise Forbidden("verifier_only", _("Chỉ cán bộ tiếp nhận mới xác minh danh tính được."))


def _write_identity(user: User, number: str, full_name: str, birth_date: date | None) -> None:
    user.identity_level = IdentityLevel.VERIFIED
    user.national_id = number
    user.national_id_index = index_national_id(number)
    user.full_name = full_name or user.full_name
    if birth_date is not None:
        user.birth_date = birth_date.isoformat()


def _save_unique(user: User) -> None:
    fields = ["identity_level", "national_id", "national_id_index", "full_name", "birth_date"]
    try:
        with transaction.atomic():
            user.save(update_fields=fields)
    except IntegrityError as error:
        message = _("Số định danh này đã được xác minh cho một tài khoản khác.")
        raise Conflict("national_id_taken", message) from error
