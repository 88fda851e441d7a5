"""How short and how long a password may be."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PASSWORD_MIN_LENGTH = 8
PASSWORD_MAX_LENGTH = 1024


class LengthValidator:
    """Refuses passwords that are easily tried out, and those so long that hashing them would be an attack."""

    def validate(self, password: str, user: object = None) -> None:
        if len(password) < PASSWORD_MIN_LENGTH:
            message = _("Mật khẩu quá ngắn. Cần ít nhất %(limit)d ký tự.") % {"limit": PASSWORD_MIN_LENGTH}
            raise ValidationError(message, code="password_too_short")
        if len(password) > PASSWORD_MAX_LENGTH:
            message = _("Mật khẩu có nhiều nhất %(limit)d ký tự.") % {"limit": PASSWORD_MAX_LENGTH}
            raise ValidationError(message, code="password_too_long")

    def get_help_text(self) -> str:
        return _("Ít nhất 8 ký tự. Một câu dài dễ nhớ là tốt nhất.")
