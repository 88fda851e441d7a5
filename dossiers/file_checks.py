"""What may be uploaded: extension, content and declared kind must agree. Pure checks over the bytes."""

import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, UnidentifiedImageError

from portal.core.errors import RuleViolation

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 60_000_000
MAX_NAME = 200
LIMITS_TEXT = gettext_lazy("Mỗi tệp tối đa 10 MB. Nhận PDF, JPG, PNG, HEIC.")

_IMAGES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
_MIMES = {**_IMAGES, ".heic": "image/heic", ".pdf": "application/pdf"}
_STARTS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"%PDF-": "application/pdf"}
_PILLOW = {"image/jpeg": "JPEG", "image/png": "PNG"}
_ACTIVE_PDF = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/XFA")
_BAD_NAME = re.compile(r'[\x00-\x1f<>:"/\\|?*\u202a-\u202e\u2066-\u2069\u200b-\u200f]')


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A name safe to show and the kind that the content really is."""

    name: str
    mime: str


def check_file(name: str, content: bytes) -> CheckedFile:
    """Refuse what we do not take, saying which and what to do. Raises RuleViolation on field `file`."""
    shown = safe_name(name)
    if not content:
        raise _refuse(_("Tệp “%(name)s” rỗng. Hãy chọn lại tệp.") % {"name": shown})
    if len(content) > MAX_BYTES:
        raise _refuse(
            _("Tệp “%(name)s” quá 10 MB. Hãy chụp lại ở cỡ vừa, hoặc chọn tệp khác.") % {"name": shown}
        )
    mime = _MIMES.get(PurePosixPath(shown).suffix.lower())
    if mime is None:
        raise _refuse(
            _("Không nhận loại tệp của “%(name)s”. Hãy gửi PDF, JPG, PNG hoặc HEIC.") % {"name": shown}
        )
    if mime not in _sniff(content):
        raise _refuse(
            _("Nội dung của “%(name)s” không đúng với đuôi tệp. Hãy chụp lại hoặc lưu lại thành PDF.")
            % {"name": shown}
        )
    if mime in _PILLOW:
        _check_image(shown, content, _PILLOW[mime])
    elif mime == "application/pdf":
        _check_pdf(shown, content)
    return CheckedFile(shown, mime)


def safe_name(name: str) -> str:
    """The last part of a file's name without what could mislead; its ending is kept when cut."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/")).rsplit("/", 1)[-1]
    plain = _BAD_NAME.sub("", plain).strip(" .") or "tep"
    if len(plain) <= MAX_NAME:
        return plain
    path = PurePosixPath(plain)
    return path.stem[: MAX_NAME - len(path.suffix)] + path.suffix


def _sniff(content: bytes) -> set[str]:
    head = content[:16]
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        return {"image/heic"}
    return {mime for start, mime in _STARTS.items() if head.startswith(start)}


def _check_image(name: str, content: bytes, expected: str) -> None:
    try:
        with Image.open(io.BytesIO(content), formats=[expected]) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise _refuse(_("Ảnh “%(name)s” quá lớn. Hãy chụp lại ở cỡ vừa.") % {"name": name})
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        message = _("Ảnh “%(name)s” bị hỏng. Hãy chụp lại.") % {"name": name}
        raise _refuse(message) from error


def _check_pdf(name: str, content: bytes) -> None:
    if b"%%EOF" not in content[-2048:]:
        raise _refuse(_("Tệp “%(name)s” bị thiếu phần cuối. Hãy lưu lại rồi gửi.") % {"name": name})
    if b"/Encrypt" in content:
        raise _refuse(_("Tệp “%(name)s” có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.") % {"name": name})
    if any(mark in content for mark in _ACTIVE_PDF):
        raise _refuse(
            _("Tệp “%(name)s” có nội dung tự chạy nên không nhận. Hãy in ra PDF mới.") % {"name": name}
        )


def _refuse(message: str) -> RuleViolation:
    return RuleViolation("file_refused", message, errors={"file": [message]})
