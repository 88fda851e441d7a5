"""A form of the right template set, rendered as PDF/A-2b.

Data reaches typst only as JSON in `sys_inputs`, so typed text is never code. The same
input gives the same bytes: the date is given, the fonts are ours, no system is asked.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import segno
import typst
from django.conf import settings

from dossiers.prints.sets import TemplateSet, choose_set
from dossiers.prints.typeface import FOLDER as FONTS
from portal.core.clock import to_local
from portal.core.jsontypes import Json

WATERMARK = "TẬP HUẤN"


def render(template: str, data: Mapping[str, Json], *, on: datetime) -> bytes:
    """The form `template` filled with `data`, of the set in force `on` (aware), as PDF/A-2b bytes.

    `data` holds ready texts (dossiers.prints.text); `qr_text`, if any, becomes the QR code.
    Raises KeyError for an unknown form, typst.TypstError for a template that is broken.
    """
    local = to_local(on)
    chosen = choose_set(local.date())
    folder = settings.BASE_DIR / "templates" / "print"
    document = {
        **data,
        "qr": _draw_qr(data.get("qr_text")),
        "on": [local.year, local.month, local.day],
        "form": chosen.describe(template),
        "desk": chosen.desk,
        "watermark": WATERMARK if settings.TRAINING else "",
    }
    return typst.compile(
        _find_template(folder, chosen, template),
        root=folder,
        format="pdf",
        pdf_standards="a-2b",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(document, ensure_ascii=False)},
        timestamp=int(on.timestamp()),
    )


def _find_template(folder: Path, chosen: TemplateSet, template: str) -> Path:
    """The layout of the set where it has its own, else the one that all sets share."""
    places = (folder / chosen.name / f"{template}.typ", folder / "shared" / f"{template}.typ")
    source = next((place for place in places if place.is_file()), None)
    if not template.isidentifier() or source is None:
        raise KeyError(f"no form {template!r} in {chosen.name}")
    return source


def _draw_qr(text: Json) -> str:
    """SVG of a QR code, error correction M so that a stamp over it does no harm; empty without text."""
    if not isinstance(text, str) or not text:
        return ""
    return str(segno.make_qr(text, error="m").svg_inline(border=1, omitsize=True))


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[Path(FONTS)])
