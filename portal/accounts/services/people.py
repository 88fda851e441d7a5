"""Accounts: made, switched off, contact kept."""

from collections.abc import Mapping

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.accounts.choices import IdentityLevel, Language
from portal.accounts.identity import clean_phone, index_phone
from portal.accounts.models import User
from portal.accounts.services.rights import leave_trail, require_site_admin, require_someone_else
from portal.core.errors import Conflict, RuleViolation
from portal.core.jsontypes import JsonObject
from portal.core.locking import durable, lock_rows
from portal.core.text import clean_line, clean_text


def create_user(
    *,
    username: str,
    full_name: str,
    actor: Actor,
    email: str = "",
    password: str | None = None,
    language: str = Language.VIETNAMESE,
) -> User:
    """A new account by an administrator or a seed; an e-mail given here counts as confirmed.

    Without a password the person sets one by a code sent to the e-mail.
    Raises Forbidden, RuleViolation (user name not allowed), Conflict (name or e-mail taken).
    """
    require_site_admin(actor)
    user = User(
        username=clean_text(username).strip().lower(),
        full_name=clean_line(full_name),
        email=clean_text(email).strip().lower(),
        identity_level=IdentityLevel.CONTACT_CONFIRMED if email else IdentityLevel.DECLARED,
        language=language,
    )
    user.set_password(password)
    _check_fields(user)
    with durable():
        _insert(user)
        leave_trail(actor, "user.created", f"user:{user.pk}")
    return user


def update_account(user: User, *, full_name: str, language: str, actor: Actor) -> User:
    """Correct somebody's name or language. Raises Forbidden, RuleViolation. A repeat is harmless."""
    require_site_admin(actor)
    with durable():
        locked = _lock(user)
        locked.full_name, locked.language = clean_line(full_name), language
        _check_fields(locked)
        locked.save(update_fields=["full_name", "language"])
        leave_trail(actor, "user.updated", f"user:{user.pk}")
    return locked


def set_active(user: User, *, active: bool, actor: Actor) -> User:
    """Switch an account on or off; off ends every session at its next request. A repeat is harmless."""
    require_site_admin(actor)
    require_someone_else(actor, user)
    with durable():
        locked = _lock(user)
        if locked.is_active != active:
            locked.is_active = active
            locked.save(update_fields=["is_active"])
            leave_trail(actor, "user.enabled" if active else "user.disabled", f"user:{user.pk}")
    return locked


def update_contact(
    user: User, *, phone: str, address: Mapping[str, str] | None, language: str, full_name: str = ""
) -> User:
    """The holder's own contact. The name may change only until the identity is verified.

    Raises RuleViolation for a phone number of another shape. A repeat is harmless.
    """
    number = clean_phone(phone) if phone.strip() else ""
    with durable():
        locked = _lock(user)
        locked.phone = number or None
        locked.phone_index = index_phone(number) if number else None
        locked.address = _clean_address(address)
        locked.language = language
        if full_name.strip() and not locked.is_verified:
            locked.full_name = clean_line(full_name)
        _check_fields(locked)
        locked.save(update_fields=["phone", "phone_index", "address", "language", "full_name"])
    return locked


def set_language(user: User, language: str) -> None:
    """The language the holder reads, on pages and in messages. A repeat is harmless. No lock: one column."""
    User.objects.filter(pk=user.pk).exclude(language=language).update(language=language)


def confirm_contact(user: User) -> None:
    """The holder proved to receive mail at the account's e-mail: level 0 becomes 1. A repeat is harmless."""
    User.objects.filter(pk=user.pk, identity_level=IdentityLevel.DECLARED).update(
        identity_level=IdentityLevel.CONTACT_CONFIRMED
    )


def _lock(user: User) -> User:
    (locked,) = lock_rows(User.objects.filter(pk=user.pk))
    return locked


def _insert(user: User) -> None:
    taken = Conflict("account_taken", _("Tên đăng nhập hoặc thư điện tử này đã có người dùng."))
    if user.email and EmailAddress.objects.filter(email=user.email).exists():
        raise taken
    try:
        with transaction.atomic():
            user.save(force_insert=True)
            if user.email:
                EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    except IntegrityError as error:
        raise taken from error


def _check_fields(user: User) -> None:
    try:
        user.clean_fields(exclude=["password", "national_id", "phone", "birth_date", "address"])
    except ValidationError as error:
        raise RuleViolation("account_fields", errors=error.message_dict) from error


def _clean_address(address: Mapping[str, str] | None) -> JsonObject | None:
    if not address:
        return None
    return {key: clean_text(value).strip() for key, value in address.items()}
