"""The one typeface of our prints, and which letters it can draw."""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
REGULAR = FOLDER / "LiberationSerif-Regular.ttf"

# cmap subtables, in the OpenType specification's words
SEGMENTS, GROUPS = 4, 12
_UNICODE_TABLES = {(3, 1), (3, 10), (0, 3), (0, 4)}


@cache
def drawable() -> frozenset[int]:
    """Code points of the typeface (PDF/A forbids a letter without a drawing)."""
    font = REGULAR.read_bytes()
    start = _table_offset(font, b"cmap")
    count = struct.unpack_from(">H", font, start + 2)[0]
    found: set[int] = set()
    for index in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * index)
        if (platform, encoding) in _UNICODE_TABLES:
            found.update(_code_points(font, start + offset))
    return frozenset(found)


def _table_offset(font: bytes, tag: bytes) -> int:
    count = struct.unpack_from(">H", font, 4)[0]
    for index in range(count):
        name, _checksum, offset, _length = struct.unpack_from(">4sLLL", font, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise ValueError(f"{tag!r} is missing in the font")


def _code_points(font: bytes, offset: int) -> Iterator[int]:
    """The code points a `cmap` subtable maps; other formats than these two map none we need."""
    kind = struct.unpack_from(">H", font, offset)[0]
    if kind == SEGMENTS:
        segments = struct.unpack_from(">H", font, offset + 6)[0] // 2
        ends = struct.unpack_from(f">{segments}H", font, offset + 14)
        starts = struct.unpack_from(f">{segments}H", font, offset + 16 + 2 * segments)
        for first, last in zip(starts, ends, strict=True):
            yield from range(first, min(last, 0xFFFE) + 1)
    elif kind == GROUPS:
        groups = struct.unpack_from(">L", font, offset + 12)[0]
        for index in range(groups):
            first, last, _glyph = struct.unpack_from(">LLL", font, offset + 16 + 12 * index)
            yield from range(first, last + 1)
