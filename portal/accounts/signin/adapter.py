"""What allauth asks us: limits, user names, words, mail, and what follows a sign-in."""

import secrets
from smtplib import SMTPException
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.accounts import parked, services
from portal.accounts.models import User
from portal.accounts.models.users import normalise_password
from portal.accounts.signin import limits
from portal.core.errors import ExternalServiceError
from portal.core.text import clean_line

WRONG_LOGIN = _("Tên đăng nhập hoặc mật khẩu chưa đúng.")


def display_user(user: User) -> str:
    return user.get_full_name()


class PortalAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The one place where allauth meets our rules."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG_LOGIN,
        "email_password_mismatch": WRONG_LOGIN,
        "invalid_login": WRONG_LOGIN,
        "account_inactive": WRONG_LOGIN,
        "email_taken": _("Thư điện tử này đã có tài khoản."),
        "enter_current_password": _("Hãy nhập mật khẩu đang dùng."),
        "incorrect_password": _("Mật khẩu chưa đúng."),
        "incorrect_code": _("Mã chưa đúng. Hãy xem lại thư mới nhất."),
        "invalid_password_reset": _("Yêu cầu đặt lại mật khẩu không còn hiệu lực."),
        "invalid_or_expired_key": _("Mã không đúng hoặc đã hết hạn."),
        "too_many_login_attempts": _("Mã đã sai quá số lần cho phép. Hãy xin mã mới."),
        "rate_limited": _("Bạn đã thử quá nhiều lần. Hãy chờ một lúc rồi thử lại."),
        "username_taken": _("Tên đăng nhập này đã có người dùng."),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        limits.begin_attempt(request, _get_login(credentials))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            limits.attempt_succeeded(_get_login(credentials))
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        limits.attempt_failed(request, _get_login(credentials))

    def get_login_stages(self) -> list[str]:
        return ["portal.accounts.signin.stages.ConfirmEmailStage"]

    def clean_password(self, password: str, user: User | None = None) -> str:
        cleaned: str = super().clean_password(normalise_password(password), user)
        return cleaned

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """People sign in by e-mail; the user name is only there to be unique and says nothing about them."""
        user.username = user.username or f"cd-{secrets.token_hex(6)}"

    def save_user(self, request: HttpRequest, user: User, form: Form, commit: bool = True) -> User:
        user.full_name = clean_line(form.cleaned_data["full_name"])
        user.language = get_language() or settings.LANGUAGE_CODE
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """By now the stages have seen the e-mail confirmed, where there is one."""
        if user.email:
            services.confirm_contact(user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        parked.remember_owner(response, user.pk)
        return response

    def is_ajax(self, request: HttpRequest) -> bool:
        """These are pages for people: allauth's second, JSON face of each form is not served."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Raises RateLimited, and ExternalServiceError where no mail server answers."""
        limits.count_mail(allauth_context.request, email)
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            message = _("Chưa gửi được thư. Hãy thử lại sau ít phút.")
            raise ExternalServiceError("mail_away", message) from error


def _get_login(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username") or credentials.get("email") or "")
