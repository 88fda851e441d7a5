"""Filling a form at home, as a browser does it."""

from typing import Any

from django.test import Client
from pypdf import PdfReader

from dossiers.prepared_code import read_code
from portal.core import clock
from procedures.samples import build_sample_answers
from procedures.selectors import current_version, get_content
from tests.onestop.intake_forms import CASES, REBIRTH, controls_of


def fill_address(code: str = REBIRTH) -> str:
    return f"/procedures/{code}/prepare/"


def sample_of(code: str = REBIRTH) -> dict[str, Any]:
    form = get_content(current_version(code).pk).form
    assert form is not None
    return build_sample_answers(form, case=CASES[code], on=clock.today())


def filled(code: str = REBIRTH, **changes: Any) -> dict[str, Any]:
    """Every control of a complete form."""
    data = {"case": CASES[code], **controls_of(code, sample_of(code)), **changes}
    return {name: value for name, value in data.items() if value is not None}


def prepare(client: Client, code: str = REBIRTH) -> str:
    """Fill and keep a form; the code on its paper."""
    answer = client.post(fill_address(code), filled(code))
    assert answer.status_code == 302, answer.content.decode()
    kept = client.session["prepared"][code][0]
    assert read_code(kept) == kept
    return str(kept)


def text_of(pdf: bytes) -> str:
    from io import BytesIO

    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
