"""The sign-in forms in our words; what they do is allauth's."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.models import EmailAddress
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.signin.validators import PASSWORD_MAX_LENGTH

_PLAIN = {"autocapitalize": "none", "spellcheck": "false"}


def _email_field() -> forms.EmailField:
    return forms.EmailField(
        label=_("Thư điện tử"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", **_PLAIN}),
    )


def _password_field(*, new: bool, label: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label or _("Mật khẩu"),
        strip=False,
        max_length=PASSWORD_MAX_LENGTH,
        help_text=_("Ít nhất 8 ký tự. Một câu dài dễ nhớ là tốt nhất.") if new else "",
        widget=forms.PasswordInput({"autocomplete": "new-password" if new else "current-password"}),
    )


def _code_field() -> forms.CharField:
    return forms.CharField(
        label=_("Mã gồm 6 chữ số trong thư"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class SignInForm(allauth_forms.LoginForm):  # type: ignore[misc]
    """`login` takes a user name, an e-mail, or the national ID of a verified account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("Thư điện tử, tên đăng nhập hoặc số định danh"),
            max_length=254,
            widget=forms.TextInput({"autocomplete": "username", **_PLAIN}),
        )
        self.fields["password"] = _password_field(new=False)
        self.order_fields(["login", "password"])

    def user_credentials(self) -> dict[str, str]:
        return {"username": self.cleaned_data["login"], "password": self.cleaned_data["password"]}

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """allauth notes in the session by which name somebody came in: never by a national ID number."""
        credentials = {**self.user_credentials(), "username": self.user.get_username()}
        response: HttpResponse = self._login_with_password(request, redirect_url, credentials)
        return response


class SignUpForm(allauth_forms.SignupForm):  # type: ignore[misc]
    """Name, e-mail, password: nothing else is needed to begin."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["full_name"] = forms.CharField(
            label=_("Họ và tên"), max_length=200, widget=forms.TextInput({"autocomplete": "name"})
        )
        self.fields["email"] = _email_field()
        self.fields["password1"] = _password_field(new=True)
        self.order_fields(["full_name", "email", "password1"])

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """An address that has an account costs the same time: its password is hashed too, for nothing."""
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])
        saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return saved


class ChangePasswordForm(allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = _password_field(new=False, label=_("Mật khẩu đang dùng"))
        _ask_once(self)


class NewPasswordForm(allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_once(self)


class ResetPasswordForm(allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """Sends a code to an address that has an account, and a letter that says so to one that has none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = _email_field()

    def clean_email(self) -> str:
        email: str = super().clean_email().lower()
        addresses = EmailAddress.objects.filter(email=email, user__is_active=True).select_related("user")
        self.users = [address.user for address in addresses.order_by("-verified", "-pk")[:1]]
        return email


class ConfirmEmailForm(allauth_forms.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field()


class ConfirmResetForm(allauth_forms.ConfirmPasswordResetCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field()


def _ask_once(form: forms.Form) -> None:
    """One field is enough: a mistyped password is reset by code, and people copy the second field anyway."""
    form.fields["password1"].label = _("Mật khẩu mới")
    form.fields["password1"].help_text = _("Ít nhất 8 ký tự. Một câu dài dễ nhớ là tốt nhất.")
    del form.fields["password2"]
