"""The one family of errors people may read; `portal.core.errorpages` turns them into pages and problem+json.

`code` is stable and part of the API contract; `message` is Vietnamese, whole sentences, safe to show.
Anything in `extra` is added to the problem document; `what_next` is shown under the message of a page.
"""

# ruff: noqa: N818 - the names say what happened, as people say it
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class PortalError(Exception):
    """A refusal with a stable code and a message people understand."""

    http_status: int = 400
    default_code: ClassVar[str] = "invalid_request"
    default_message: ClassVar[StrOrPromise] = _("Yêu cầu này không thực hiện được.")

    def __init__(self, code: str = "", message: StrOrPromise = "", **extra: Any) -> None:
        self.code = code or self.default_code
        self._message = message or self.default_message
        self.extra = extra
        super().__init__(self.code)

    @property
    def message(self) -> str:
        """The message in the language of whoever reads it now."""
        return str(self._message)

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class NotFound(PortalError):
    """Does not exist, or is not yours: people cannot tell which."""

    http_status = 404
    default_code = "not_found"
    default_message = _("Không có gì ở địa chỉ này, hoặc bạn không được xem.")


class Forbidden(PortalError):
    """Seen, but not allowed to act."""

    http_status = 403
    default_code = "forbidden"
    default_message = _("Bạn không có quyền làm việc này.")


class Conflict(PortalError):
    """Somebody else was first; nothing was changed."""

    http_status = 409
    default_code = "conflict"
    default_message = _("Nội dung đã được người khác thay đổi. Hãy mở lại trang để xem bản mới.")


class SignedOut(PortalError):
    """The session ended while its page was being made."""

    http_status = 401
    default_code = "not_authenticated"
    default_message = _("Phiên đăng nhập của bạn vừa kết thúc. Hãy đăng nhập lại.")


class RuleViolation(PortalError):
    """What was sent breaks a rule. `errors`: field path -> messages, empty when it is no field's fault."""

    http_status = 422
    default_code = "invalid"
    default_message = _("Có chỗ chưa đúng. Hãy xem lại những mục được đánh dấu.")

    def __init__(
        self,
        code: str = "",
        message: StrOrPromise = "",
        *,
        errors: Mapping[str, Sequence[str]] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(code, message, **extra)
        self.errors: dict[str, list[str]] = {path: list(lines) for path, lines in (errors or {}).items()}


class RateLimited(PortalError):
    """Too many tries. `retry_after`: seconds until the next one is worth making."""

    http_status = 429
    default_code = "rate_limited"
    default_message = _("Bạn đã thử quá nhiều lần. Hãy chờ một lúc rồi thử lại.")

    def __init__(self, code: str = "", message: StrOrPromise = "", *, retry_after: int, **extra: Any) -> None:
        super().__init__(code, message, **extra)
        self.retry_after = max(1, retry_after)


class LockTimeout(PortalError):
    """Another action held the row too long; trying again is harmless. `retry_after`: seconds."""

    http_status = 503
    default_code = "lock_timeout"
    default_message = _("Hồ sơ này đang được người khác xử lý. Hãy thử lại sau vài giây.")

    def __init__(
        self, code: str = "", message: StrOrPromise = "", *, retry_after: int = 3, **extra: Any
    ) -> None:
        super().__init__(code, message, **extra)
        self.retry_after = retry_after


class DatabaseAway(PortalError):
    """The database cannot be reached or is restarting. `retry_after`: seconds."""

    http_status = 503
    default_code = "unavailable"
    default_message = _("Hệ thống đang bận hoặc đang khởi động lại. Hãy thử lại sau ít giây.")

    def __init__(
        self, code: str = "", message: StrOrPromise = "", *, retry_after: int = 5, **extra: Any
    ) -> None:
        super().__init__(code, message, **extra)
        self.retry_after = retry_after


class SealBroken(PortalError):
    """A sealed value cannot be opened: changed outside the portal, moved to another row, or keyless."""

    http_status = 500
    default_code = "seal_broken"
    default_message = _("Một phần dữ liệu không mở được. Đội kỹ thuật cần kiểm tra.")


class ExternalServiceError(PortalError):
    """A system outside failed. `permanent`: asking again will not help."""

    http_status = 502
    default_code = "external_service"
    default_message = _("Hệ thống bên ngoài đang gặp sự cố. Hãy thử lại sau.")

    def __init__(
        self, code: str = "", message: StrOrPromise = "", *, permanent: bool = False, **extra: Any
    ) -> None:
        super().__init__(code, message, **extra)
        self.permanent = permanent
