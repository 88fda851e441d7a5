"""What Django, the database and the network raise, said as one of ours."""

from collections.abc import Callable

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DatabaseError, InterfaceError
from django.http import Http404, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.errors import DatabaseAway, Forbidden, LockTimeout, NotFound, PortalError, SignedOut
from portal.core.locking import is_away, is_try_again

_TITLES = {
    400: gettext_lazy("Máy chủ không hiểu yêu cầu này"),
    401: gettext_lazy("Bạn cần đăng nhập"),
    403: gettext_lazy("Bạn không được làm việc này"),
    404: gettext_lazy("Không tìm thấy"),
    405: gettext_lazy("Trang này không nhận cách gửi đó"),
    409: gettext_lazy("Dữ liệu vừa thay đổi"),
    413: gettext_lazy("Nội dung gửi lên quá lớn"),
    415: gettext_lazy("Máy chủ không đọc được kiểu nội dung này"),
    422: gettext_lazy("Chưa làm được việc này"),
    429: gettext_lazy("Bạn đã thử quá nhiều lần"),
    502: gettext_lazy("Hệ thống bên ngoài chưa trả lời"),
    503: gettext_lazy("Hệ thống đang bận"),
}


class TooLarge(PortalError):  # noqa: N818 - one of the family of portal.core.errors
    """More was sent than this installation takes at once."""

    http_status = 413
    default_code = "too_large"
    default_message = gettext_lazy("Nội dung gửi lên quá lớn hoặc có quá nhiều mục.")


def _from_database(exc: BaseException) -> PortalError | None:
    if is_try_again(exc):
        return LockTimeout()
    return DatabaseAway() if is_away(exc) else None


def _from_session(exc: BaseException) -> PortalError:
    """Django says of every session it could not store that it was deleted, also when the database was away."""
    update_error = exc.__context__
    reason = update_error.__context__ if update_error else None
    return (_from_database(reason) if reason else None) or SignedOut()


def _from_malformed(exc: BaseException) -> PortalError:
    return PortalError("malformed", _("Máy chủ không hiểu yêu cầu này. Hãy tải lại trang rồi gửi lại."))


_Meaning = Callable[[BaseException], PortalError | None]
_MEANINGS: tuple[tuple[tuple[type[BaseException], ...], _Meaning], ...] = (
    ((Http404,), lambda exc: NotFound()),
    ((PermissionDenied,), lambda exc: Forbidden()),
    ((DatabaseError, InterfaceError), _from_database),
    ((SessionInterrupted,), _from_session),
    ((RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent), lambda exc: TooLarge()),
    ((BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError), _from_malformed),
)


def as_portal_error(exc: BaseException | None) -> PortalError | None:
    """The error people may read for an exception, None for one that nobody foresaw."""
    if isinstance(exc, PortalError):
        return exc
    error = next((build(exc) for kinds, build in _MEANINGS if exc and isinstance(exc, kinds)), None)
    if error is not None:
        error.__cause__ = exc  # for the log, never for the page
    return error


def get_title(status: int) -> str:
    """A short heading for a status."""
    return str(_TITLES.get(status, _("Trang này đang gặp sự cố")))
