"""Letters, slips and books on paper: what each says, in both sets of forms, long ones and those of a training."""

from dataclasses import replace

import pytest

from dossiers.prints.certification import render_certification_book
from dossiers.prints.control import render_control_slip
from dossiers.prints.data import PaperLine
from dossiers.prints.forms import render_decline, render_receipt, render_supplement_request
from dossiers.prints.letters import render_apology, render_stop_notice, render_withdrawal_notice
from dossiers.prints.register import render_register
from dossiers.prints.sets import TT01, TT03
from tests.dossiers.print_reading import ALL_FORMS, BOOKS, LONG_NAME, read, text_of
from tests.dossiers.print_samples import (
    APOLOGY,
    CERTIFICATION,
    CONTROL,
    DECLINE,
    RECEIPT,
    REGISTER,
    STOP,
    SUPPLEMENT,
    WITHDRAWAL,
    at,
    receipt,
    register_line,
)

BEFORE = {"issued_at": at("2024-05-06T08:00")}
SETS = [
    (render_receipt, RECEIPT, "01", "01", "(Liên: Lưu / giao cho người nộp hồ sơ)", "Bản chụp"),
    (render_supplement_request, SUPPLEMENT, "02", "02", "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ", "Lý do"),
    (render_decline, DECLINE, "03", "03", "Bộ phận Tiếp nhận và Trả kết quả", "Bộ phận Một cửa thông báo"),
    (render_apology, APOLOGY, "04", "04", "PHIẾU XIN LỖI", "GIA HẠN THỜI GIAN GIẢI QUYẾT"),
    (render_stop_notice, STOP, "", "05", "DỪNG GIẢI QUYẾT HỒ SƠ", "DỪNG GIẢI QUYẾT HỒ SƠ"),
    (render_control_slip, CONTROL, "05", "06", "QUÁ TRÌNH GIẢI QUYẾT", "QUÁ TRÌNH GIẢI QUYẾT"),
    (render_register, REGISTER, "06", "07", "SỔ THEO DÕI HỒ SƠ", "SỔ THEO DÕI HỒ SƠ"),
    (render_withdrawal_notice, WITHDRAWAL, "", "", "ĐÃ RÚT HỒ SƠ", "ĐÃ RÚT HỒ SƠ"),
]


@pytest.mark.parametrize(("form", "sample", "old", "new", "old_words", "new_words"), SETS)
def test_each_set_has_its_own_numbers_and_words(form, sample, old, new, old_words, new_words):
    changes = {**BEFORE, **({"received_at": BEFORE["issued_at"]} if form is render_control_slip else {})}
    before, after = text_of(form(replace(sample, **changes))), text_of(form(sample))

    for text, number, chosen, words in ((before, old, TT01, old_words), (after, new, TT03, new_words)):
        assert words in text
        assert (f"Mẫu số {number}, {chosen.circular}" in text) is bool(number)
        assert ("Mẫu số" in text) is bool(number)


def test_the_old_receipt_lists_papers_in_words_and_its_number_in_the_register():
    text = text_of(render_receipt(receipt(**BEFORE, book_number="0016")))

    assert "Tra cơ sở dữ liệu" in text
    assert "2 bản chính, 1 bản sao chứng thực" in text
    assert "Vào Sổ theo dõi hồ sơ, số thứ tự: 0016" in text


def test_an_apology_says_the_old_and_the_new_date_and_why():
    text = text_of(render_apology(APOLOGY))

    for part in (
        "Kính gửi: Bùi Văn Chiến",
        "Ngày 12 tháng 11 năm 2026, Ủy ban nhân dân xã An Bình tiếp nhận",
        "Thời gian hẹn trả kết quả: 17 giờ 00, thứ Ba, ngày 24/11/2026",
        "17 giờ 00, thứ Ba, ngày 01/12/2026",
        "Lý do chậm: Phải lấy thêm ý kiến",
        "thành thật xin lỗi",
        "CHỦ TỊCH",
        "7K3M9QXT",
    ):
        assert part in text


def test_a_notice_of_stopping_says_on_what_it_rests_and_what_comes_back():
    text = text_of(render_stop_notice(STOP))

    for part in (
        "Theo đề nghị dừng giải quyết hồ sơ",
        "Lý do: Gia đình chưa thu xếp được tiền",
        "từ ngày 23 tháng 11 năm 2026",
        "2 bản chính, 1 bản sao chứng thực",
        "Số tiền 75.000 đ đã nộp được hoàn lại.",
        "KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
    ):
        assert part in text


def test_without_papers_or_money_nothing_is_said_of_them():
    text = text_of(render_stop_notice(replace(STOP, papers=(), refund_text="", reason="")))

    assert not any(part in text for part in ("Giấy tờ trả lại", "Nhận lại giấy tờ", "Số tiền", "Lý do"))


def test_a_control_slip_has_a_line_for_both_sides_of_each_hand_over():
    text = text_of(render_control_slip(CONTROL))

    for part in (
        "Giao: Bộ phận Một cửa xã An Bình Lê Thu Trang Nhận: Phòng Kinh tế Đỗ Thị Lý",
        "10 giờ 30 phút, ngày 23/11/2026",
        "Trước hạn",
        "Đã kiểm tra thực địa.",
        "Thành phần hồ sơ: (1) Đơn đề nghị cấp giấy phép xây dựng; (2)",
    ):
        assert part in text
    assert text.count("Người giao") == text.count("Người nhận") == len(CONTROL.hand_overs)


def test_a_long_control_slip_keeps_its_rows_whole_and_repeats_its_head():
    papers = tuple(PaperLine(f"Giấy tờ số {n}: {LONG_NAME}", original=1) for n in range(94))
    pdf = render_control_slip(replace(CONTROL, hand_overs=CONTROL.hand_overs * 8, papers=papers))
    pages = [" ".join(page.extract_text().split()) for page in read(pdf).pages]

    assert len(pages) > 2
    assert all("Kết quả" in page and page.count("Giao:") == page.count("Người nhận") for page in pages)
    assert "94 loại giấy tờ" in pages[0]


@pytest.mark.parametrize("issued", ["2024-05-06T08:00", "2026-11-23T10:19"])
def test_ninety_four_papers_flow_on_and_the_signatures_stay_with_the_promise(issued):
    papers = tuple(PaperLine(f"Giấy tờ số {n}: {LONG_NAME}", original=1) for n in range(94))
    pages = read(render_receipt(receipt(papers=papers, issued_at=at(issued)))).pages
    last = pages[-1].extract_text()

    assert len(pages) > 3
    assert "Hẹn trả kết quả" in last
    assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in last
    assert all(f"Giấy tờ số {n}:" in " ".join(p.extract_text() for p in pages) for n in (0, 50, 93))


def test_a_register_repeats_its_head_counts_its_lines_and_says_when_it_is_empty():
    rows = tuple(register_line(n, owner="Hờ A Páo " * (1 + n % 7)) for n in range(1, 61))
    pdf = render_register(replace(REGISTER, lines=rows))
    pages = read(pdf).pages

    assert len(pages) > 2
    assert all("Mã hồ sơ" in page.extract_text() for page in pages[:-1])
    assert "Cộng: 60 hồ sơ." in text_of(pdf)
    assert f"trang 2/{len(pages)}" in text_of(pdf)
    assert "Không có hồ sơ nào" in text_of(render_register(replace(REGISTER, lines=())))


def test_a_book_of_certifications_adds_up_what_was_not_struck():
    struck = replace(CERTIFICATION.lines[0], number=3, is_struck=True, note="Đã gạch bỏ: nhầm người")
    text = text_of(render_certification_book(replace(CERTIFICATION, lines=(*CERTIFICATION.lines, struck))))

    for part in (
        "SỔ CHỨNG THỰC BẢN SAO TỪ BẢN CHÍNH",
        "Quyển số: H42.36/2026",
        "Bằng tốt nghiệp",
        "Đã gạch bỏ: nhầm người",
        "Cộng: 2 việc, số bản: 5, lệ phí: 20.000 đ.",
    ):
        assert part in text


@pytest.mark.parametrize(("form", "sample"), [*ALL_FORMS, *BOOKS])
def test_a_print_of_the_training_is_marked_on_each_page(settings, form, sample):
    assert "TẬP HUẤN" not in text_of(form(sample))
    settings.TRAINING = True

    marked = form(sample)

    assert all("TẬP HUẤN" in page.extract_text() for page in read(marked).pages)
    assert "không có giá trị" in text_of(marked)
    assert b"<pdfaid:part>2</pdfaid:part>" in marked
