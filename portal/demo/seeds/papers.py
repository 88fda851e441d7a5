"""Stand-ins for scanned papers: a blank page that says it is a sample."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw

_A4_AT_60_DPI = (496, 702)


@lru_cache
def build_scan() -> bytes:
    """A PNG of some kilobytes."""
    page = Image.new("L", _A4_AT_60_DPI, 255)
    pen = ImageDraw.Draw(page)
    pen.rectangle((24, 24, 471, 677), outline=160)
    pen.text((200, 330), "MAU / SAMPLE", fill=90)
    for y in range(400, 640, 24):
        pen.line((60, y, 430, y), fill=210)
    file = io.BytesIO()
    page.save(file, "PNG")
    return file.getvalue()
