"""Signs in by user name, e-mail, or the national ID of a verified account, with one rule and one cost."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from portal.accounts import caller, selectors
from portal.accounts.models import User
from portal.accounts.signin.validators import PASSWORD_MAX_LENGTH


class PortalBackend(AuthenticationBackend):  # type: ignore[misc]
    """One password is hashed for every attempt, whether the name is known, unknown or switched off."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        login = credentials.get("username") or credentials.get("email") or ""
        password: str = credentials["password"]
        user = selectors.find_user_by_login(login)
        if user is None or len(password) > PASSWORD_MAX_LENGTH:
            return None
        self._did_check_password = True
        is_right = user.check_password(password)
        return user if is_right and self.user_can_authenticate(user) else None

    def get_user(self, user_id: UUID) -> User | None:
        """Whom a session names: asked on every request."""
        user = caller.find_caller(user_id)
        return None if user is None or not self.user_can_authenticate(user) else user

    def _mitigate_timing_attack(self, password: str) -> None:
        User().set_password(password[:PASSWORD_MAX_LENGTH])
