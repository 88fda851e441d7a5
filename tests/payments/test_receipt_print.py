"""Biên lai on paper."""

import unicodedata
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from payments.lines import FeeLine
from payments.receipts import FeeReceiptData, print_receipt, render_fee_receipt
from payments.selectors import access_receipt
from portal.core.clock import VN_TZ
from tests.payments.owed import Owed

SAMPLE = FeeReceiptData(
    number="0000012",
    sign="H42.36/2026",
    agency_name="Trung tâm Phục vụ hành chính công",
    parent_agency_name="UBND xã An Bình",
    payer_name="Hờ A Páo",
    dossier_code="H42.36-261123-0016",
    procedure_name="Cấp giấy phép xây dựng",
    method_text="Tiền mặt",
    lines=(
        FeeLine("le_phi", "Lệ phí cấp giấy phép", 75_000, ""),
        FeeLine("phi", "Phí thẩm định", 21_500, "43 trang × 500 đ"),
        FeeLine("phi", "Phí bản sao", 8_000, "1 bản × 8.000 đ"),
        FeeLine("phi", "Phí không phát sinh", 0, ""),
    ),
    amount=104_500,
    collector_name="Lê Thu Trang",
    issued_at=datetime(2026, 11, 23, 10, 19, tzinfo=VN_TZ),
    check_code="B4T0-001F-XQDN-TG2",
    check_url="https://dichvucong.example.vn/verify/?code=B4T0-001F-XQDN-TG2",
)


def text_of(pdf: bytes) -> str:
    words = (
        " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\u200b", "").split()
    )
    return unicodedata.normalize("NFC", " ".join(words))


def test_a_receipt_says_who_paid_what_to_whom_and_when() -> None:
    text = text_of(render_fee_receipt(SAMPLE))

    for part in (
        "UBND XÃ AN BÌNH",
        "BIÊN LAI THU TIỀN PHÍ, LỆ PHÍ",
        "Ký hiệu: H42.36/2026",
        "Số: 0000012",
        "Người nộp tiền: Hờ A Páo",
        "Mã hồ sơ: H42.36-261123-0016",
        "Nội dung: Cấp giấy phép xây dựng",
        "Hình thức nộp: Tiền mặt",
        "Thời gian nộp: 10 giờ 19 phút, ngày 23/11/2026",
        "43 trang × 500 đ",
        "Tổng cộng 104.500 đ",
        "Bằng chữ: Một trăm linh bốn nghìn năm trăm đồng",
        "Ngày 23 tháng 11 năm 2026",
        "Lê Thu Trang",
    ):
        assert part in text


def test_phi_and_le_phi_are_added_up_apart() -> None:
    text = text_of(render_fee_receipt(SAMPLE))

    assert text.index("Phí 29.500 đ") < text.index("Phí thẩm định") < text.index("Lệ phí 75.000 đ")
    assert "Phí không phát sinh" not in text


@pytest.mark.parametrize("lines", [1, 9])
def test_it_is_one_a5_page_of_pdf_a_and_the_same_each_time(lines: int) -> None:
    form = replace(SAMPLE, lines=SAMPLE.lines[:1] * lines, amount=75_000 * lines)
    pdf = render_fee_receipt(form)

    assert pdf == render_fee_receipt(form)
    [page] = PdfReader(BytesIO(pdf)).pages
    size = (float(page.mediabox.width), float(page.mediabox.height))
    assert size == pytest.approx((419.5, 595.3), abs=0.5)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf


def test_what_was_typed_stays_text() -> None:
    hostile = '#read("/etc/passwd") $x$ `a` *b* <c>'

    assert hostile in text_of(render_fee_receipt(replace(SAMPLE, payer_name=hostile)))


def test_the_older_template_set_has_it_too() -> None:
    older = replace(SAMPLE, issued_at=datetime(2024, 5, 6, 8, 0, tzinfo=VN_TZ))

    assert "Ngày 06 tháng 5 năm 2024" in text_of(render_fee_receipt(older))


@pytest.mark.django_db
def test_the_print_is_made_of_what_was_frozen(owed: Owed) -> None:
    receipt = access_receipt(owed.desk.cashier.actor, owed.pay().pk)
    before = print_receipt(receipt)
    owed.desk.agency.name = "Tên mới"
    owed.desk.agency.save(update_fields=["name"])
    owed.dossier.fees.update(lines=[])

    again = print_receipt(access_receipt(owed.desk.cashier.actor, receipt.pk))

    assert again == before
    text = text_of(again)
    for part in ("Số: 0000001", "Bùi Văn Chiến", "Phí 12.000 đ", "Lệ phí 3.000 đ", "Mười lăm nghìn đồng"):
        assert part in text
