"""A file of one record a line, plain or gzip, read line by line: memory stays that of one line."""

import gzip
import zlib
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from procedures.loading.entries import Entry, parse_bytes

MOST_LINE = 4 * 2**20
MOST_BYTES = 2**30
MOST_LINES = 100_000
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"


def read_lines(file: IO[bytes], *, after: int = 0) -> Iterator[Entry]:
    """Each line from number `after` + 1 on; a bad line is a fault and the rest goes on. Never raises.

    Reading ends at the first damage of a gzip stream, and where a file is larger than any catalogue.
    """
    file.seek(0)
    is_packed = file.read(len(_GZIP)) == _GZIP
    file.seek(0)
    reader = _Reader(gzip.GzipFile(fileobj=file) if is_packed else file)
    number = 0
    try:
        for raw in reader.lines():
            number += 1
            if reader.total > MOST_BYTES or number > MOST_LINES:
                yield Entry(number, fault=_("Tệp quá lớn. Từ dòng này trở đi không đọc nữa."))
                return
            if number > after and (raw is None or raw.strip()):
                yield _entry(raw, number)
    except (OSError, EOFError, zlib.error):
        yield Entry(number + 1, fault=_("Tệp nén bị hỏng. Từ dòng này trở đi không đọc được."))


def _entry(raw: bytes | None, number: int) -> Entry:
    if raw is None:
        most = MOST_LINE // 2**20
        return Entry(number, fault=_("Dòng dài quá %(most)d MB nên không đọc.") % {"most": most})
    return parse_bytes(raw.removeprefix(_BOM) if number == 1 else raw, number)


class _Reader:
    """Lines of bounded size; one that is longer is skipped to its end and given as None."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile) -> None:
        self._stream = stream
        self.total = 0

    def lines(self) -> Iterator[bytes | None]:
        while raw := self._read():
            if len(raw) <= MOST_LINE:
                yield raw
                continue
            while raw and not raw.endswith(b"\n") and self.total <= MOST_BYTES:
                raw = self._read()
            yield None

    def _read(self) -> bytes:
        raw = self._stream.readline(MOST_LINE + 1)
        self.total += len(raw)
        return raw
