# ruff: noqa: E501  (rows of a table read better on one line)
"""What each type of question takes, and what it says to what it cannot take."""

from datetime import date
from typing import Any

import jsonschema
import pytest

from procedures.formschema.types import field_types
from procedures.formschema.types.base import Refused
from tests.procedures.formschema.samples import HOME, field

ON = date(2026, 11, 22)
THREE = [("a", "Một"), ("b", "Hai"), ("c", "Ba")]
SIXTY = "Nguyễn " + "Hoàng " * 8 + "Yến"

TAKEN: list[tuple[str, dict[str, Any], object, object]] = [
    ("text", {}, "  Quán   Cơm ", "Quán Cơm"),
    ("text", {}, "Cà phê", "Cà phê"),
    ("text", {}, "", None),
    ("text", {}, None, None),
    ("paragraph", {}, "một\r\nhai ", "một\nhai"),
    ("integer", {}, "12", 12),
    ("integer", {}, "1.234", 1234),
    ("integer", {}, "1 234", 1234),
    ("integer", {}, 7, 7),
    ("integer", {}, 7.0, 7),
    ("integer", {"min": -5}, "-3", -3),
    ("integer", {}, "0", 0),
    ("decimal", {}, "75,5", 75.5),
    ("decimal", {}, "75.5", 75.5),
    ("decimal", {}, "1.234", 1234),
    ("decimal", {}, "1.234,5", 1234.5),
    ("decimal", {}, "1,234.5", 1234.5),
    ("decimal", {}, 12.0, 12),
    ("decimal", {"decimals": 3}, "1,234", 1.234),
    ("money", {}, "1.234.567", 1234567),
    ("money", {}, "1,234,567", 1234567),
    ("money", {}, "1 234 567 đ", 1234567),
    ("money", {}, "1234567đồng", 1234567),
    ("money", {}, "500 nghìn", 500_000),
    ("money", {}, "500k", 500_000),
    ("money", {}, "5 triệu", 5_000_000),
    ("money", {}, "1,5 tỷ đồng", 1_500_000_000),
    ("money", {}, 250000, 250000),
    ("date", {}, "15/8/1990", "1990-08-15"),
    ("date", {}, "1/2/90", "1990-02-01"),
    ("date", {}, "1/2/26", "2026-02-01"),
    ("date", {}, "1/2/27", "1927-02-01"),
    ("date", {"min": "today"}, "1/2/27", "2027-02-01"),
    ("date", {}, "15-8-90", "1990-08-15"),
    ("date", {}, "15.8.1990", "1990-08-15"),
    ("date", {}, "15 8 1990", "1990-08-15"),
    ("date", {}, "15081990", "1990-08-15"),
    ("date", {}, "150890", "1990-08-15"),
    ("date", {}, "1990-08-15", "1990-08-15"),
    ("date", {}, "15 tháng 8 năm 1990", "1990-08-15"),
    ("date", {}, "Ngày 15 tháng 8 năm 1990", "1990-08-15"),
    ("date", {}, "29/2/2024", "2024-02-29"),
    ("date", {"max": "today"}, "22/11/2026", "2026-11-22"),
    ("partial_date", {}, "1990", "1990"),
    ("partial_date", {}, "8/1990", "1990-08"),
    ("partial_date", {}, "08-1990", "1990-08"),
    ("partial_date", {}, "081990", "1990-08"),
    ("partial_date", {}, "1990-08", "1990-08"),
    ("partial_date", {}, "150890", "1990-08-15"),
    ("partial_date", {}, "1/2/90", "1990-02-01"),
    ("partial_date", {"max": "today"}, "2026", "2026"),
    ("time", {}, "7:30", "07:30"),
    ("time", {}, "7h30", "07:30"),
    ("time", {}, "19h", "19:00"),
    ("time", {}, "0730", "07:30"),
    ("time", {}, "19 giờ 5 phút", "19:05"),
    ("choice", {"options": THREE}, "b", "b"),
    ("choices", {"options": THREE}, ["c", "a"], ["a", "c"]),
    ("choices", {"options": THREE}, ["a", "a"], ["a"]),
    ("choices", {"options": THREE}, [], None),
    ("boolean", {}, "true", True),
    ("boolean", {}, "false", False),
    ("boolean", {}, False, False),
    ("boolean", {}, "", None),
    ("declaration", {}, "on", True),
    ("declaration", {}, True, True),
    ("declaration", {}, False, None),
    ("declaration", {}, "", None),
    ("person_name", {}, "Hạnh", "Hạnh"),
    ("person_name", {}, "H'Hen Niê", "H'Hen Niê"),
    ("person_name", {}, "Yʼ Bhăm Êban", "Yʼ Bhăm Êban"),
    ("person_name", {}, "K’Brêu", "K’Brêu"),
    ("person_name", {}, "Nguye\u0302\u0303n Thi\u0323 Ha\u0323nh", "Nguyễn Thị Hạnh"),
    ("person_name", {}, "Lò Thị Mm\u0324ai", "Lò Thị Mm\u0324ai"),
    ("person_name", {}, "Anne-Marie D'Arc", "Anne-Marie D'Arc"),
    ("person_name", {}, "RAJU S/O KUMAR", "RAJU S/O KUMAR"),
    ("person_name", {}, "王小明", "王小明"),
    ("person_name", {}, SIXTY, SIXTY),
    ("national_id", {}, "037190001234", "037190001234"),
    ("national_id", {}, "037 190 001 234", "037190001234"),
    ("national_id", {}, "037.190.001.234", "037190001234"),
    ("national_id", {}, "999999999999", "999999999999"),
    ("phone", {}, "0912345678", "+84912345678"),
    ("phone", {}, "+84 912 345 678", "+84912345678"),
    ("phone", {}, "84912345678", "+84912345678"),
    ("phone", {}, "0912.345.678", "+84912345678"),
    ("phone", {}, "(0229) 3871 234", "+842293871234"),
    ("phone", {}, "+1 650 253 0000", "+16502530000"),
    ("email", {}, "Hanh.Nguyen@THU.vn", "Hanh.Nguyen@thu.vn"),
    ("ethnicity", {}, "01", "01"),
    ("ethnicity", {}, "muong", "06"),
    ("nationality", {}, "vn", "VN"),
    ("nationality", {}, "Việt Nam", "VN"),
    ("nationality", {}, "XX", "XX"),
    ("tax_code", {}, "0100233488", "0100233488"),
    ("tax_code", {}, "0100233488-001", "0100233488-001"),
    ("tax_code", {}, "037190001234", "037190001234"),
    ("address", {}, HOME, HOME),
    ("address", {}, {"province": "1", "commune": "70", "line": "2 Hàng Bài"}, {"province": "01", "commune": "00070", "line": "2 Hàng Bài"}),
    ("address", {"precision": "commune"}, HOME, {"province": "37", "commune": "14533"}),
    ("address", {"precision": "province"}, HOME, {"province": "37"}),
    ("address", {"abroad": True}, {"province": "99", "line": "1 Main St, Boston, Hoa Kỳ"}, {"province": "99", "line": "1 Main St, Boston, Hoa Kỳ"}),
    ("address", {}, {"province": "", "commune": "", "village": "", "line": ""}, None),
    ("identity_document", {}, {"type": "citizen_id", "number": "037 190 001 234"}, {"type": "citizen_id", "number": "037190001234"}),
    ("identity_document", {}, {"type": "old_id", "number": "163 123 456", "issued_on": "1/2/05"}, {"type": "old_id", "number": "163123456", "issued_on": "2005-02-01"}),
    ("identity_document", {}, {"type": "passport", "number": "b 1234567", "country": "FR"}, {"type": "passport", "number": "B1234567", "country": "FR"}),
    ("identity_document", {}, {"type": "birth_certificate", "number": "123/2019", "issued_by": "UBND xã An Bình"}, {"type": "birth_certificate", "number": "123/2019", "issued_by": "UBND xã An Bình"}),
    ("identity_document", {}, {"type": "number_only", "number": "037326001234", "issued_on": "x"}, {"type": "number_only", "number": "037326001234"}),
    ("identity_document", {}, {"type": "none", "number": "dở dang"}, {"type": "none"}),
    ("identity_document", {}, {"type": "", "number": ""}, None),
    ("identity_document", {}, {"type": "citizen_id", "number": ""}, None),
    ("file", {"requirement": "x"}, "anything", None),
    ("note", {}, "anything", None),
]  # fmt: skip

REFUSED: list[tuple[str, dict[str, Any], object, str]] = [
    ("text", {"max_length": 5}, "quá dài rồi", "Dài quá 5 chữ cái. Bạn đã gõ 11, hãy viết gọn lại."),
    ("text", {}, 5, "Phần này phải là chữ."),
    ("text", {}, "a\x00b", "Nội dung có ký tự điều khiển không dùng được. Hãy xóa và gõ lại."),
    ("text", {}, "a\ud800", "Nội dung có ký tự bị hỏng. Hãy gõ lại chỗ đó."),
    ("integer", {}, "hai", "Ghi bằng chữ số, ví dụ 12. Bạn đã gõ “hai”."),
    ("integer", {}, "1.5", "Ghi bằng chữ số, ví dụ 12. Bạn đã gõ “1.5”."),
    ("integer", {}, True, "Phần này phải là chữ."),
    ("integer", {}, "9" * 5000, "Số này dài quá 15 chữ số. Xem lại giúp."),
    ("integer", {}, 10**400, "Số này dài quá 15 chữ số. Xem lại giúp."),
    ("integer", {"max": 20}, "60", "Câu hỏi phải từ 0 đến 20. Bạn đã gõ 60."),
    ("integer", {}, "-1", "Câu hỏi phải từ 0 trở lên. Bạn đã gõ -1."),
    ("decimal", {}, "1,234", "Ghi tối đa 2 chữ số sau dấu phẩy."),
    ("decimal", {}, "rộng", "Ghi bằng chữ số, ví dụ 75,5. Bạn đã gõ “rộng”."),
    ("decimal", {}, float("nan"), "Số này không dùng được."),
    ("decimal", {}, float("inf"), "Số này dài quá 15 chữ số. Xem lại giúp."),
    ("money", {}, "1.5", "Ghi bằng chữ số, ví dụ 1.234.567. Bạn đã gõ “1.5”."),
    ("money", {}, "vài triệu", "Ghi số tiền như 1.234.567 hoặc 5 triệu. Bạn đã gõ “vài triệu”."),
    ("date", {}, "15/18/1990", "Tháng phải từ 1 đến 12. Bạn đã gõ tháng 18."),
    ("date", {}, "8/15/1990", "Tháng phải từ 1 đến 12. Bạn đã gõ tháng 15. Ghi ngày trước, tháng sau."),
    ("date", {}, "45/8/1990", "Ngày phải từ 1 đến 31. Bạn đã gõ ngày 45."),
    ("date", {}, "0/8/1990", "Ngày phải từ 1 đến 31. Bạn đã gõ ngày 0."),
    ("date", {}, "30/2/2023", "Tháng 2 năm 2023 chỉ có 28 ngày. Bạn đã gõ ngày 30."),
    ("date", {}, "15/8", "Ghi đủ ngày, tháng, năm, ví dụ 15/8/1990. Bạn đã gõ “15/8”."),
    ("date", {}, "1990", "Ghi đủ ngày, tháng, năm, ví dụ 15/8/1990. Bạn đã gõ “1990”."),
    ("date", {}, "15/8/990", "Ghi đủ 4 chữ số của năm, ví dụ 1990. Bạn đã gõ năm 990."),
    ("date", {}, "15/8/1090", "Năm phải từ 1850 đến 2150. Bạn đã gõ năm 1090."),
    ("date", {}, "hôm qua", "Chưa đọc được “hôm qua”. Ghi ngày, tháng, năm như 15/8/1990."),
    ("date", {"max": "today"}, "23/11/2026", "Ngày 23/11/2026 chưa đến. Hôm nay là 22/11/2026."),
    ("date", {"min": "today"}, "21/11/2026", "Ngày 21/11/2026 đã qua. Hôm nay là 22/11/2026."),
    ("date", {"min": "2020-01-01"}, "31/12/2019", "Ngày phải từ 01/01/2020 trở về sau."),
    ("partial_date", {}, "90", "Ghi đủ 4 chữ số của năm, ví dụ 1990. Bạn đã gõ năm 90."),
    ("partial_date", {}, "13/1990", "Tháng phải từ 1 đến 12. Bạn đã gõ tháng 13."),
    ("partial_date", {"max": "today"}, "2027", "Ngày 2027 chưa đến. Hôm nay là 22/11/2026."),
    ("time", {}, "25:00", "Giờ phải từ 0 đến 23. Bạn đã gõ 25 giờ."),
    ("time", {}, "7:75", "Phút phải từ 0 đến 59. Bạn đã gõ 75 phút."),
    ("time", {}, "sáng", "Ghi giờ và phút như 7:30 hoặc 19 giờ 5. Bạn đã gõ “sáng”."),
    ("choice", {"options": THREE}, "z", "Lựa chọn “z” không có ở đây. Chọn lại giúp."),
    ("choices", {"options": THREE}, ["a", "z"], "Lựa chọn “z” không có ở đây. Chọn lại giúp."),
    ("choices", {"options": THREE}, "a", "Chọn lại các ô cần đánh dấu."),
    ("boolean", {}, "có lẽ", "Chọn Có hoặc Không."),
    ("declaration", {}, "không", "Đánh dấu vào ô này nếu bạn đồng ý."),
    ("person_name", {}, "Hạnh 2", "Tên không có chữ số. Bạn đã gõ “2”."),
    ("person_name", {}, "Hạnh@", "Tên không có dấu “@”. Ghi như trên giấy tờ."),
    ("person_name", {}, "...", "Ghi tên bằng chữ, như trên giấy tờ."),
    ("person_name", {}, "a" * 121, "Tên dài quá 120 chữ cái. Ghi như trên giấy tờ."),
    ("national_id", {}, "03719000123", "Số định danh có 12 chữ số. Bạn đã gõ 11."),
    ("national_id", {}, "163123456", "Đây là số chứng minh nhân dân cũ, 9 số. Nhập số định danh 12 số trên thẻ căn cước."),
    ("national_id", {}, "O37190001234", "Số định danh chỉ có chữ số. Bạn đã gõ “O37190001234”."),
    ("national_id", {}, "٠٣٧١٩٠٠٠١٢٣٤", "Số định danh chỉ có chữ số. Bạn đã gõ “٠٣٧١٩٠٠٠١٢٣٤”."),
    ("phone", {}, "091234567", "Số di động có 10 chữ số, ví dụ 0912 345 678. Bạn đã gõ 9 chữ số: “091234567”."),
    ("phone", {}, "không có", "Chưa đọc được số “không có”. Gõ số điện thoại như 0912 345 678."),
    ("phone", {}, "+1 555", "Số “+1 555” không đúng với nước của mã vùng đó. Xem lại giúp."),
    ("email", {}, "hanh", "Thư điện tử cần có dấu @, ví dụ ten@thu.vn. Bạn đã gõ “hanh”."),
    ("email", {}, "ha nh@thu.vn", "Thư điện tử có dạng ten@thu.vn, không dấu cách. Bạn đã gõ “ha nh@thu.vn”."),
    ("ethnicity", {}, "Sao Hỏa", "Không có dân tộc “Sao Hỏa” trong danh sách. Chọn lại giúp."),
    ("nationality", {}, "ZZ", "Không có quốc tịch “ZZ” trong danh sách. Chọn lại giúp."),
    ("tax_code", {}, "0100233489", "Mã số thuế “0100233489” sai một chữ số. Xem lại trên giấy đăng ký."),
    ("address", {}, {"commune": "14533", "line": "4"}, "Chọn tỉnh, thành phố."),
    ("address", {}, {"province": "37"}, "Chọn xã, phường thuộc Ninh Bình."),
    ("address", {}, {"province": "37", "commune": "00070", "line": "x"}, "Xã, phường này không thuộc Ninh Bình. Chọn lại giúp."),
    ("address", {}, {"province": "37", "commune": "14533"}, "Ghi tên thôn, xóm, tổ dân phố, hoặc số nhà và đường."),
    ("address", {}, {"province": "98", "commune": "14533"}, "Tỉnh, thành phố này không có trong danh sách. Chọn lại giúp."),
    ("address", {}, {"province": "99", "line": "Boston"}, "Tỉnh, thành phố này không có trong danh sách. Chọn lại giúp."),
    ("address", {"abroad": True}, {"province": "99"}, "Ghi địa chỉ ở nước ngoài, có tên thành phố và nước."),
    ("address", {}, "Thôn Đông", "Phần này cần tỉnh, xã và địa chỉ."),
    ("identity_document", {}, {"number": "037190001234"}, "Chọn loại giấy tờ."),
    ("identity_document", {"required": True}, {"type": "passport"}, "Nhập số ghi trên giấy tờ."),
    ("identity_document", {}, {"type": "citizen_id", "number": "163123456"}, "Đây là số chứng minh nhân dân cũ, 9 số. Nhập số định danh 12 số trên thẻ căn cước."),
    ("identity_document", {}, {"type": "old_id", "number": "1631"}, "Chứng minh nhân dân cũ có 9 chữ số. Bạn đã gõ “1631”."),
    ("identity_document", {}, {"type": "passport", "number": "?"}, "Số hộ chiếu gồm chữ và số, ví dụ B1234567. Bạn đã gõ “?”."),
    ("identity_document", {}, {"type": "citizen_id", "number": "037190001234", "issued_on": "15/18/2021"}, "Tháng phải từ 1 đến 12. Bạn đã gõ tháng 18."),
    ("identity_document", {}, {"type": "citizen_id", "number": "037190001234", "issued_on": "1/1/2030"}, "Ngày cấp chưa đến. Xem lại ngày trên giấy tờ."),
    ("identity_document", {"issue": "required"}, {"type": "citizen_id", "number": "037190001234"}, "Nhập ngày cấp, ví dụ 15/8/2021."),
    ("identity_document", {"papers": ("passport",)}, {"type": "old_id", "number": "163123456"}, "Loại giấy tờ này không dùng được ở đây. Chọn lại giúp."),
]  # fmt: skip

SHOWN: list[tuple[str, dict[str, Any], object, str]] = [
    ("integer", {}, 1234, "1.234"),
    ("decimal", {}, 1234.5, "1.234,5"),
    ("money", {}, 1234567, "1.234.567 đ"),
    ("date", {}, "1990-08-15", "15/08/1990"),
    ("partial_date", {}, "1990-08", "08/1990"),
    ("partial_date", {}, "1990", "1990"),
    ("choice", {"options": THREE}, "b", "Hai"),
    ("choice", {"options": THREE}, "gone", "gone"),
    ("choices", {"options": THREE}, ["a", "c"], "Một, Ba"),
    ("boolean", {}, False, "Không"),
    ("declaration", {}, True, "Đã cam đoan"),
    ("national_id", {}, "037190001234", "037 190 001 234"),
    ("phone", {}, "+84912345678", "0912 345 678"),
    ("phone", {}, "+16502530000", "+1 650-253-0000"),
    ("ethnicity", {}, "06", "Mường"),
    ("nationality", {}, "VN", "Việt Nam"),
    ("address", {}, HOME, "Số 4, Thôn Đông, phường Tây Hoa Lư, tỉnh Ninh Bình"),
    ("address", {}, {"province": "99", "line": "Boston"}, "Boston, ở nước ngoài"),
    ("identity_document", {}, {"type": "citizen_id", "number": "037190001234", "issued_on": "2021-08-15"},
     "Căn cước, căn cước công dân 037 190 001 234, cấp ngày 15/08/2021"),
    ("identity_document", {}, {"type": "none"}, "Chưa có giấy tờ"),
]  # fmt: skip


def clean(kind: str, settings: dict[str, Any], raw: object) -> object:
    return field_types.get(kind).clean(raw, field(kind, **settings), ON)


@pytest.mark.parametrize(("kind", "settings", "raw", "value"), TAKEN)
def test_it_takes_what_people_type(kind: str, settings: dict[str, Any], raw: object, value: object) -> None:
    assert clean(kind, settings, raw) == value


@pytest.mark.parametrize(("kind", "settings", "raw", "message"), REFUSED)
def test_it_says_what_is_wrong_and_how_to_mend_it(
    kind: str, settings: dict[str, Any], raw: object, message: str
) -> None:
    with pytest.raises(Refused) as refused:
        clean(kind, settings, raw)
    assert refused.value.message == message
    assert all(len(sentence.split()) <= 20 for sentence in message.split(". "))


@pytest.mark.parametrize(("kind", "settings", "raw", "value"), TAKEN)
def test_cleaning_twice_changes_nothing(
    kind: str, settings: dict[str, Any], raw: object, value: object
) -> None:
    assert clean(kind, settings, value) == value


@pytest.mark.parametrize(("kind", "settings", "raw", "value"), TAKEN)
def test_what_is_shown_in_the_controls_is_understood_again(
    kind: str, settings: dict[str, Any], raw: object, value: object
) -> None:
    shown = field_types.get(kind).show(value, field(kind, **settings))
    assert clean(kind, settings, shown.get("", dict(shown))) == value


@pytest.mark.parametrize(("kind", "settings", "raw", "value"), TAKEN)
def test_a_canonical_value_fits_its_json_schema(
    kind: str, settings: dict[str, Any], raw: object, value: object
) -> None:
    if value is not None:
        jsonschema.validate(value, field_types.get(kind).json_schema(field(kind, **settings)))


@pytest.mark.parametrize(("kind", "settings", "value", "text"), SHOWN)
def test_it_is_shown_the_vietnamese_way(
    kind: str, settings: dict[str, Any], value: object, text: str
) -> None:
    assert field_types.get(kind).display(value, field(kind, **settings)).startswith(text)


@pytest.mark.parametrize("kind", list(field_types))
@pytest.mark.parametrize("odd", [None, "", "x", 5, 1.5, True, [], ["x"], {}, {"x": 1}, "15/18/1990"])
def test_showing_never_fails_on_values_of_older_rules(kind: str, odd: object) -> None:
    asked = field(kind, options=THREE)
    assert isinstance(field_types.get(kind).display(odd, asked), str)
    field_types.get(kind).inputs(asked, field_types.get(kind).show(odd, asked))


@pytest.mark.parametrize(
    ("kind", "label", "message"),
    [
        ("text", "Nơi làm việc", "Nhập nơi làm việc."),
        ("person_name", "Họ, chữ đệm, tên", "Nhập họ, chữ đệm, tên."),
        ("date", "Ngày sinh", "Nhập ngày sinh, ví dụ 15/8/1990."),
        ("choice", "Quan hệ với bạn", "Chọn quan hệ với bạn."),
        ("choice", "Bạn là gì của trẻ?", "Trả lời câu này: “Bạn là gì của trẻ?”"),
        ("address", "Nơi ở", "Chọn tỉnh, thành phố."),
        ("text", "UBND nơi cấp", "Nhập UBND nơi cấp."),
    ],
)
def test_a_missing_answer_is_asked_for_by_its_name(kind: str, label: str, message: str) -> None:
    assert field_types.get(kind).missing(field(kind, label)).message == message


def test_every_type_of_the_plan_is_registered() -> None:
    plan = (
        "text paragraph integer decimal money date partial_date time choice choices boolean declaration person_name"
        " identity_document national_id phone email address ethnicity nationality tax_code file group note"
    )
    assert set(field_types) == set(plan.split())
