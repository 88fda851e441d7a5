"""An account of one person."""

import unicodedata
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.choices import IdentityLevel, Language
from portal.core.ids import uuid7
from portal.core.sealed import BlindIndexField, SealedJSON, SealedText

# A user name may not look like an e-mail address or a national ID: sign-in takes all three.
USERNAME_PATTERN = r"^[a-z0-9._-]*[a-z][a-z0-9._-]*$"


class UserManager(DjangoUserManager["User"]):
    """Makes accounts on the command line with the same password rule as everywhere."""

    use_in_migrations = False

    def _create_user_object(
        self, username: str, email: str | None, password: str | None, **extra: Any
    ) -> "User":
        made: User = super()._create_user_object(  # type: ignore[misc]
            username, email, normalise_password(password), **extra
        )
        return made


def normalise_password(raw: str | None) -> str | None:
    """NFC: the same Vietnamese letters typed on another keyboard are the same password."""
    return None if raw is None else unicodedata.normalize("NFC", raw)


class User(AbstractUser):
    """A person who may sign in. Organisations are parties, never accounts."""

    seal_binding: ClassVar[tuple[str, ...]] = ("pk",)

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(
        _("Tên đăng nhập"),
        max_length=150,
        unique=True,
        validators=[
            RegexValidator(
                USERNAME_PATTERN, _("Tên đăng nhập gồm chữ thường không dấu, số, và có ít nhất một chữ.")
            )
        ],
        error_messages={"unique": _("Tên đăng nhập này đã có người dùng.")},
    )
    full_name = models.CharField(_("Họ và tên"), max_length=200)
    email = models.EmailField(_("Thư điện tử"), blank=True)
    identity_level = models.PositiveSmallIntegerField(
        _("Mức xác minh danh tính"), choices=IdentityLevel, default=IdentityLevel.DECLARED
    )
    national_id = SealedText(null=True, blank=True)
    national_id_index = BlindIndexField(null=True, blank=True, editable=False)
    phone = SealedText(null=True, blank=True)
    phone_index = BlindIndexField(null=True, blank=True, editable=False, db_index=True)
    birth_date = SealedText(null=True, blank=True)
    address = SealedJSON(null=True, blank=True)
    objects: ClassVar[UserManager] = UserManager()

    language = models.CharField(_("Ngôn ngữ"), max_length=5, choices=Language, default=Language.VIETNAMESE)

    class Meta:
        verbose_name = _("Tài khoản")
        verbose_name_plural = _("Tài khoản")
        constraints = [
            models.UniqueConstraint(
                fields=["national_id_index"],
                condition=models.Q(identity_level=IdentityLevel.VERIFIED),
                name="accounts_user_verified_national_id",
            ),
            models.CheckConstraint(
                condition=models.Q(username__regex=USERNAME_PATTERN), name="accounts_user_username"
            ),
            models.CheckConstraint(
                condition=models.Q(identity_level__in=IdentityLevel.values),
                name="accounts_user_identity_level",
            ),
            models.CheckConstraint(
                condition=~models.Q(identity_level=IdentityLevel.VERIFIED)
                | models.Q(national_id_index__isnull=False),
                name="accounts_user_verified_has_national_id",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.username})"

    @property
    def is_verified(self) -> bool:
        return self.identity_level == IdentityLevel.VERIFIED

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(normalise_password(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        return super().check_password(normalise_password(raw_password))

    def get_full_name(self) -> str:
        return self.full_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()
