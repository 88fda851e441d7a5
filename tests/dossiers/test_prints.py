"""Printed forms: what they say, that typed text stays text, and that the file is fit for the archive."""

import unicodedata
from dataclasses import replace

import pytest

from dossiers.prints.data import MissingItem, PaperLine
from dossiers.prints.forms import (
    render_decline,
    render_filing_notice,
    render_receipt,
    render_supplement_request,
)
from dossiers.prints.render import render
from dossiers.prints.sets import choose_set
from dossiers.prints.text import print_block, print_line
from dossiers.prints.typeface import FOLDER, drawable
from portal.core.errors import RuleViolation
from tests.dossiers.print_reading import ALL_FORMS, BOOKS, LONG_NAME, read, text_of
from tests.dossiers.print_samples import (
    DECLINE,
    NOTICE,
    RECEIPT,
    SUPPLEMENT,
    at,
    receipt,
)

A5_POINTS, A4_ACROSS = (419.5, 595.3), (841.9, 595.3)


@pytest.mark.parametrize(("form", "sample"), ALL_FORMS)
@pytest.mark.parametrize("issued", ["2024-05-06T08:00", "2026-11-23T10:19"])
def test_every_form_is_one_a5_page_of_pdf_a_and_the_same_each_time(form, sample, issued):
    sample = replace(sample, issued_at=at(issued))

    pdf = form(sample)

    assert pdf == form(sample)
    reader = read(pdf)
    [page] = reader.pages
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(A5_POINTS, abs=0.5)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf
    assert "BÙI VĂN CHIẾN" in text_of(pdf).upper()
    assert reader.metadata is not None
    assert RECEIPT.code in str(reader.metadata.title)


@pytest.mark.parametrize(("form", "sample"), BOOKS)
def test_a_book_is_a4_across_and_the_same_each_time(form, sample):
    pdf = form(sample)

    assert pdf == form(sample)
    [page] = read(pdf).pages
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(A4_ACROSS, abs=0.5)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert "ỦY BAN NHÂN DÂN XÃ AN BÌNH" in text_of(pdf)


@pytest.mark.parametrize(("form", "sample"), [*ALL_FORMS, *BOOKS])
def test_only_the_committed_typeface_is_used(form, sample):
    [page] = read(form(sample)).pages
    fonts = page["/Resources"]["/Font"].values()  # type: ignore[index]

    assert {font.get_object()["/BaseFont"].split("+")[-1].split("-")[0] for font in fonts} == {
        "LiberationSerif"
    }


def test_a_receipt_says_what_the_law_wants_on_it():
    text = text_of(render_receipt(RECEIPT))

    for part in (
        "UBND XÃ AN BÌNH",
        "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Mã hồ sơ: H42.36-261123-0016",
        "Thôn Tây, xã An Bình, tỉnh Ninh Bình",
        "0987 654 321, chien.bui@example.com",
        "Cấp giấy phép xây dựng mới, nhà ở riêng lẻ (1.013225)",
        "Đơn đề nghị cấp giấy phép xây dựng",
        "Tra cơ sở dữ liệu",
        "Thời hạn giải quyết: 07 ngày làm việc",
        "Thời gian nhận hồ sơ: 10 giờ 19 phút, ngày 23/11/2026",
        "17 giờ 00, thứ Năm, ngày 03/12/2026",
        "Quầy 3, Trung tâm Phục vụ hành chính công xã An Bình",
        "75.000 đ, đã thu",
        "motcua.example/track",
        "7K3M9QXT",
        "An Bình, ngày 23 tháng 11 năm 2026",
        "Lê Thu Trang",
        "Mẫu số 01, Thông tư số 03/2025/TT-VPCP",
    ):
        assert part in text


def test_a_receipt_shows_office_time_whatever_the_zone_of_the_moment():
    utc = at("2026-12-03T17:00:00").astimezone(tz=None)

    assert "17 giờ 00, thứ Năm, ngày 03/12/2026" in text_of(render_receipt(receipt(due_at=utc)))


def test_a_receipt_without_a_due_moment_promises_none():
    text = text_of(render_receipt(receipt(due_at=None, due_text="Đang tạm dừng, chờ nộp phí.")))

    assert "Hẹn trả kết quả:" not in text
    assert "Đang tạm dừng, chờ nộp phí." in text


def test_what_is_not_known_leaves_no_empty_line():
    text = text_of(
        render_receipt(receipt(phone="", email="", identity_text="", owner_address="", fee_text=""))
    )

    for label in ("Liên hệ", "Giấy tờ tùy thân", "Địa chỉ chủ hồ sơ", "Phí, lệ phí"):
        assert label not in text


def test_the_secret_is_in_the_qr_and_not_in_the_printed_address():
    with_secret = render_receipt(RECEIPT)
    other = render_receipt(receipt(lookup_url=RECEIPT.lookup_url.replace("7K3M9QXT", "AAAABBBB")))

    assert with_secret != other
    assert "secret=" not in text_of(with_secret)


def test_twelve_papers_stay_on_one_page_and_fifty_flow_on():
    twelve = tuple(PaperLine(f"Giấy tờ số {n}: {LONG_NAME}", original=1) for n in range(12))

    assert len(read(render_receipt(receipt(papers=twelve))).pages) == 1
    pdf = render_receipt(receipt(papers=twelve * 4))
    pages = read(pdf).pages
    assert len(pages) > 1
    assert all("Tên giấy tờ" in page.extract_text() for page in pages[:-1])
    assert f"{RECEIPT.code}, trang 2/{len(pages)}" in text_of(pdf)


@pytest.mark.parametrize(
    "hostile",
    [
        '#import "/shared/sheet.typ": *',
        '#read("/etc/passwd")',
        "#panic()",
        "$ x^2 $ `raw` *b* _i_ <tag> @ref",
        "= Tiêu đề // ghi chú /* hết */",
        '"] } #{ [',
        "\\u{41} \\ #sys.inputs",
        "<svg onload=alert(1)>",
        "{{ submitter }} {% now %}",
    ],
)
def test_code_in_a_name_is_printed_as_it_was_typed(hostile):
    pdf = render_receipt(
        receipt(
            submitter_name=hostile, procedure_name=hostile, place=hostile, papers=(PaperLine(hostile, 1),)
        )
    )

    assert text_of(pdf).count(" ".join(hostile.split())) >= 3


@pytest.mark.parametrize(
    "name",
    [
        "W" * 300,
        "ườ" * 200,
        "Nguyễn" + "\u0301" * 60,
        "a\u0301\u0323\u0309\u0303" * 60,
        "😀👩‍👩‍👧 漢字 กขค",
        "\u202eevil\u2066",
        "Y Blăm",
        "K'Brể",
        "Á",
    ],
)
def test_a_strange_name_stays_inside_the_page(name):
    pdf = render_receipt(receipt(submitter_name=name, owner_name=name, papers=(PaperLine(name, 1),)))

    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert len(read(pdf).pages) <= 2


@pytest.mark.parametrize("bad", ["Bùi\x00Chiến", "Bùi\x1bChiến", "Bùi\ud800Chiến"])
def test_a_name_that_is_no_text_is_refused(bad):
    with pytest.raises(RuleViolation):
        render_receipt(receipt(submitter_name=bad))


def test_text_is_made_drawable_and_breakable():
    assert print_line("  Bùi \n Văn\tChiến ") == "Bùi Văn Chiến"
    assert print_block("một\r\n\r\n hai") == "một\nhai"
    assert print_line("漢\u202e😀\ufeff") == "□□"
    assert print_line("e\u0301\u0301\u0301\u0301\u0301") == "é\u0301\u0301\u0301"
    assert print_line("a" * 12) == "a" * 12
    assert max(len(piece) for piece in print_line("a" * 100).split("\u200b")) <= 5
    assert not any(unicodedata.combining(piece[0]) for piece in print_line("q\u0301" * 40).split("\u200b"))


def test_the_typeface_draws_all_of_vietnamese_and_carries_its_licence():
    vowels = "aăâeêioôơuưy"
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    letters = [unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in tones]

    assert all(len(letter) == 1 for letter in letters)
    assert {ord(form) for letter in [*letters, "đ"] for form in (letter, letter.upper())} <= drawable()
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / "OFL.txt").read_text(encoding="utf-8")


def test_the_notice_of_filing_promises_no_result():
    text = text_of(render_filing_notice(NOTICE))

    assert "10 giờ 19, thứ Tư, ngày 25/11/2026" in text
    assert "Giấy này chưa phải giấy hẹn trả kết quả." in text
    assert "Hẹn trả kết quả:" not in text


def test_a_supplement_request_lists_each_item_with_its_reason():
    items = (*SUPPLEMENT.items, MissingItem("Ảnh", "Ảnh mờ."))

    text = text_of(render_supplement_request(replace(SUPPLEMENT, items=items)))

    for item in items:
        assert item.name in text
        assert item.reason in text
    assert "17 giờ 00, thứ Tư, ngày 23/12/2026" in text
    assert "0229 3888 123" in text


def test_a_decline_gives_its_reason_and_who_signs():
    text = text_of(render_decline(DECLINE))

    assert "Thửa đất nằm trong hành lang bảo vệ đê. Cơ quan không có thẩm quyền" in text
    assert "GIÁM ĐỐC" in text
    assert "Trần Quốc Hưng" in text


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2018-01-01", "TT01-2018"),
        ("2025-09-14", "TT01-2018"),
        ("2025-09-15", "TT03-2025"),
        ("2026-11-23", "TT03-2025"),
    ],
)
def test_the_form_is_of_the_circular_in_force_on_its_day(day, name):
    assert choose_set(at(day).date()).name == name


def test_the_last_minute_of_the_old_circular_is_counted_in_viet_nam():
    old, new = at("2025-09-14T23:59:00"), at("2025-09-15T00:00:00")

    assert "01/2018/TT-VPCP" in text_of(render_receipt(receipt(issued_at=old)))
    assert "03/2025/TT-VPCP" in text_of(render_receipt(receipt(issued_at=new)))


def test_an_old_receipt_is_reprinted_on_the_old_form():
    text = text_of(render_receipt(receipt(issued_at=at("2024-05-06T08:00"))))

    assert "Thông tư số 01/2018/TT-VPCP" in text


def test_an_unknown_form_is_refused():
    with pytest.raises(KeyError):
        render("../TT01-2018/nothing", {}, on=RECEIPT.issued_at)
