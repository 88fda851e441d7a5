"""A form of the right template set, rendered as PDF/A-2b.

Data reaches typst only as JSON in `sys_inputs`, so typed text is never code. The same
input gives the same bytes: the date is given, the fonts are ours, no system is asked.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path

import segno
import typst
from django.conf import settings

from dossiers.prints.typeface import FOLDER as FONTS
from portal.core.clock import to_local
from portal.core.jsontypes import Json

TEMPLATE_SETS = (
    ("TT03-2025", date(2025, 9, 15)),
    ("TT01-2018", date(2018, 11, 23)),
)


def choose_template_set(day: date) -> str:
    """The set of forms in force on a day; the oldest one before that (Circulars 01/2018, 03/2025)."""
    return next((name for name, since in TEMPLATE_SETS if day >= since), TEMPLATE_SETS[-1][0])


def render(template: str, data: Mapping[str, Json], *, on: datetime) -> bytes:
    """The form `template` filled with `data`, dated `on` (aware), as PDF/A-2b bytes.

    `data` holds ready texts (dossiers.prints.text); `qr_text`, if any, becomes the QR code.
    Raises KeyError for an unknown form, typst.TypstError for a template that is broken.
    """
    local = to_local(on)
    folder = settings.BASE_DIR / "templates" / "print"
    source = folder / choose_template_set(local.date()) / f"{template}.typ"
    if not template.isidentifier() or not source.is_file():
        raise KeyError(f"no form {template!r} in {source.parent.name}")
    document = {**data, "qr": _draw_qr(data.get("qr_text")), "on": [local.year, local.month, local.day]}
    return typst.compile(
        source,
        root=folder,
        format="pdf",
        pdf_standards="a-2b",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(document, ensure_ascii=False)},
        timestamp=int(on.timestamp()),
    )


def _draw_qr(text: Json) -> str:
    """SVG of a QR code, error correction M so that a stamp over it does no harm; empty without text."""
    if not isinstance(text, str) or not text:
        return ""
    return str(segno.make_qr(text, error="m").svg_inline(border=1, omitsize=True))


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[Path(FONTS)])
