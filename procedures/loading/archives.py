"""A .zip of catalogue files, read one by one within bounds; and written the same way."""

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import IO, cast

from django.utils.translation import gettext as _

from procedures.loading.entries import Entry, parse_bytes
from procedures.richtext import clean_text

MOST_FILE = 4 * 2**20
MOST_FILES = 20_000
MOST_BYTES = 2**29
_EPOCH = (2025, 7, 1, 0, 0, 0)  # the same files give the same archive, whenever it is made


def read_archive(file: IO[bytes], *, after: int = 0) -> Iterator[Entry]:
    """Each .json file of the archive by its place; a bad one is a fault and the rest goes on. Never raises."""
    total = 0
    try:
        with zipfile.ZipFile(file) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            for number, member in enumerate(members[:MOST_FILES], start=1):
                total += member.file_size
                if total > MOST_BYTES:
                    yield Entry(number, fault=_("Tệp quá lớn. Từ tệp này trở đi không đọc nữa."))
                    return
                if number > after:
                    yield _read_member(archive, member, number)
            if len(members) > MOST_FILES:
                yield Entry(MOST_FILES + 1, fault=_("Tệp nén có quá nhiều tệp. Phần còn lại không đọc."))
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
        if not after:
            yield Entry(1, fault=_("Đây không phải tệp nén .zip đọc được."))


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, number: int) -> Entry:
    label = clean_text(member.filename.rsplit("/", 1)[-1][:64])
    if not label.endswith(".json"):
        return Entry(number, fault=_("Không phải tệp .json của danh mục."), label=label)
    if member.file_size > MOST_FILE:
        return Entry(number, fault=_("Tệp lớn quá 4 MB nên không đọc."), label=label)
    try:
        with archive.open(member) as opened:
            raw = opened.read(MOST_FILE + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError):
        return Entry(number, fault=_("Tệp bị hỏng hoặc đặt mật khẩu."), label=label)
    if len(raw) > MOST_FILE:
        return Entry(number, fault=_("Tệp lớn quá 4 MB nên không đọc."), label=label)
    return parse_bytes(raw, number, label)


def write_archive(files: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    """The archive of (name, text), piece by piece, while the files are still being made."""
    sink = _Sink()
    with zipfile.ZipFile(cast("IO[bytes]", sink), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files:
            info = zipfile.ZipInfo(name, date_time=_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, text)
            yield sink.take()
    yield sink.take()


class _Sink:
    """What a ZipFile needs of a stream that only goes forward."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        pieces, self._pieces = b"".join(self._pieces), []
        return pieces
