"""Printed forms read back, and every form with a sample."""

import unicodedata
from io import BytesIO

from pypdf import PdfReader

from dossiers.prints.certification import render_certification_book
from dossiers.prints.control import render_control_slip
from dossiers.prints.forms import (
    render_decline,
    render_filing_notice,
    render_receipt,
    render_supplement_request,
)
from dossiers.prints.letters import render_apology, render_stop_notice, render_withdrawal_notice
from dossiers.prints.register import render_register
from tests.dossiers import print_samples as samples

LONG_NAME = "bản sao có chứng thực giấy chứng nhận quyền sử dụng đất"
ALL_FORMS = [
    (render_receipt, samples.RECEIPT),
    (render_filing_notice, samples.NOTICE),
    (render_supplement_request, samples.SUPPLEMENT),
    (render_decline, samples.DECLINE),
    (render_apology, samples.APOLOGY),
    (render_stop_notice, samples.STOP),
    (render_withdrawal_notice, samples.WITHDRAWAL),
    (render_control_slip, samples.CONTROL),
]
BOOKS = [(render_register, samples.REGISTER), (render_certification_book, samples.CERTIFICATION)]


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """All text on one line, as a reader or a search would find it."""
    words = " ".join(page.extract_text() for page in read(pdf).pages).replace("\u200b", "").split()
    return unicodedata.normalize("NFC", " ".join(words))
