"""Forms filled with people who could exist, for the tests of the prints."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from dossiers.prints.certification import CertificationBookData, CertificationLine
from dossiers.prints.control import ControlSlipData, HandOver, Side
from dossiers.prints.data import (
    ApologyData,
    DeclineData,
    FilingNoticeData,
    MissingItem,
    PaperLine,
    ReceiptData,
    StopNoticeData,
    SupplementRequestData,
    WithdrawalNoticeData,
)
from dossiers.prints.register import RegisterData, RegisterLine
from portal.core.clock import VN_TZ

URL = "https://motcua.example/track/?code=H42.36-261123-0016&secret=7K3M9QXT"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VN_TZ)


PAPERS = (
    PaperLine("Đơn đề nghị cấp giấy phép xây dựng", original=1),
    PaperLine("Giấy chứng nhận quyền sử dụng đất", note="Tra cơ sở dữ liệu"),
    PaperLine("Bản vẽ thiết kế xây dựng kèm theo giấy chứng nhận thẩm duyệt", original=2, certified=1),
)

RECEIPT = ReceiptData(
    code="H42.36-261123-0016",
    place="An Bình",
    issued_at=at("2026-11-23T10:19:00"),
    agency_name="Trung tâm Phục vụ hành chính công",
    parent_agency_name="UBND xã An Bình",
    submitter_name="Bùi Văn Chiến",
    submitter_address="Thôn Tây, xã An Bình, tỉnh Ninh Bình",
    phone="0987 654 321",
    email="chien.bui@example.com",
    identity_text="Căn cước số 037 085 *** 917",
    procedure_name="Cấp giấy phép xây dựng mới, nhà ở riêng lẻ (1.013225)",
    owner_name="Bùi Văn Chiến (người nộp)",
    owner_address="",
    papers=PAPERS,
    sets=1,
    limit_text="07 ngày làm việc",
    received_at=at("2026-11-23T10:19:00"),
    due_at=at("2026-12-03T17:00:00"),
    due_text="",
    lookup_url=URL,
    secret="7K3M9QXT",
    return_place="Quầy 3, Trung tâm Phục vụ hành chính công xã An Bình",
    channel_text="Nhận trực tiếp",
    officer_name="Lê Thu Trang",
    fee_text="75.000 đ, đã thu",
    agency_phone="1022",
)

NOTICE = FilingNoticeData(
    code=RECEIPT.code,
    place=RECEIPT.place,
    issued_at=RECEIPT.issued_at,
    agency_name=RECEIPT.agency_name,
    parent_agency_name=RECEIPT.parent_agency_name,
    submitter_name=RECEIPT.submitter_name,
    procedure_name=RECEIPT.procedure_name,
    owner_name=RECEIPT.owner_name,
    papers=(PaperLine("Đơn đề nghị cấp giấy phép xây dựng", photo_or_copies=1), PAPERS[1]),
    submitted_at=RECEIPT.received_at,
    check_by=at("2026-11-25T10:19:00"),
    lookup_url=URL,
    secret=RECEIPT.secret,
    agency_phone="1022",
)

SUPPLEMENT = SupplementRequestData(
    code=RECEIPT.code,
    place=RECEIPT.place,
    issued_at=RECEIPT.issued_at,
    agency_name=RECEIPT.agency_name,
    parent_agency_name=RECEIPT.parent_agency_name,
    owner_name="Bùi Văn Chiến",
    owner_address=RECEIPT.submitter_address,
    phone=RECEIPT.phone,
    email=RECEIPT.email,
    procedure_name=RECEIPT.procedure_name,
    items=(
        MissingItem("Bản vẽ thiết kế xây dựng", "Thiếu mặt cắt móng và sơ đồ đấu nối thoát nước."),
        MissingItem("Đơn đề nghị cấp giấy phép xây dựng", "Chưa ghi diện tích tầng 2."),
    ),
    answer_by=at("2026-12-23T17:00:00"),
    lookup_url=URL,
    secret=RECEIPT.secret,
    officer_name="Lê Thu Trang",
    officer_phone="0229 3888 123",
    legal_basis="Nghị định 61/2018/NĐ-CP, Điều 17",
)

DECLINE = DeclineData(
    code=RECEIPT.code,
    place=RECEIPT.place,
    issued_at=RECEIPT.issued_at,
    agency_name=RECEIPT.agency_name,
    parent_agency_name=RECEIPT.parent_agency_name,
    owner_name="Bùi Văn Chiến",
    owner_address=RECEIPT.submitter_address,
    phone=RECEIPT.phone,
    email="",
    procedure_name=RECEIPT.procedure_name,
    reason="Thửa đất nằm trong hành lang bảo vệ đê.\nCơ quan không có thẩm quyền cấp phép tại vị trí này.",
    officer_name="Lê Thu Trang",
    officer_phone="0229 3888 123",
    signer_title="Giám đốc",
    signer_name="Trần Quốc Hưng",
    website="motcua.example",
)

LETTER: dict[str, Any] = {
    "code": RECEIPT.code,
    "place": RECEIPT.place,
    "issued_at": RECEIPT.issued_at,
    "agency_name": "Ủy ban nhân dân xã An Bình",
    "parent_agency_name": "Ủy ban nhân dân tỉnh Ninh Bình",
    "owner_name": "Bùi Văn Chiến",
    "owner_address": RECEIPT.submitter_address,
    "phone": RECEIPT.phone,
    "email": RECEIPT.email,
    "procedure_name": RECEIPT.procedure_name,
}

APOLOGY = ApologyData(
    **LETTER,
    received_at=at("2026-11-12T09:05:00"),
    old_due_at=at("2026-11-24T17:00:00"),
    new_due_at=at("2026-12-01T17:00:00"),
    reason="Phải lấy thêm ý kiến của Sở Xây dựng về chỉ giới đường đỏ.",
    return_place="Quầy 3, Trung tâm Phục vụ hành chính công xã An Bình",
    lookup_url=URL,
    secret=RECEIPT.secret,
    officer_phone="0229 3888 123",
    signer_title="Chủ tịch",
    signer_name="Trần Quốc Hưng",
)

STOP = StopNoticeData(
    **LETTER,
    received_at=at("2026-11-12T09:05:00"),
    ground="Theo đề nghị dừng giải quyết hồ sơ của ông (bà) ngày 20 tháng 11 năm 2026.",
    reason="Gia đình chưa thu xếp được tiền xây nhà.",
    papers=(PAPERS[0], PAPERS[2]),
    return_place="Quầy 3, Trung tâm Phục vụ hành chính công xã An Bình",
    refund_text="Số tiền 75.000 đ đã nộp được hoàn lại.",
    signer_title="KT. Chủ tịch\nPhó Chủ tịch",
    signer_name="Trần Quốc Hưng",
)

WITHDRAWAL = WithdrawalNoticeData(
    **LETTER,
    reason="Tôi đổi ý.",
    papers=PAPERS[:1],
    return_place="Quầy 3, Trung tâm Phục vụ hành chính công xã An Bình",
    refund_text="",
    officer_name="Lê Thu Trang",
)

DESK, LAND, HEAD = (
    Side("Bộ phận Một cửa xã An Bình", "Lê Thu Trang"),
    Side("Phòng Kinh tế", "Đỗ Thị Lý"),
    Side("Ủy ban nhân dân xã An Bình", "Vũ Quang Ký"),
)
CONTROL = ControlSlipData(
    code=RECEIPT.code,
    place=RECEIPT.place,
    issued_at=RECEIPT.issued_at,
    agency_name="Ủy ban nhân dân xã An Bình",
    parent_agency_name="Ủy ban nhân dân tỉnh Ninh Bình",
    procedure_name=RECEIPT.procedure_name,
    submitter_name=RECEIPT.submitter_name,
    owner_name=RECEIPT.owner_name,
    received_at=RECEIPT.received_at,
    due_at=RECEIPT.due_at,
    due_text="",
    papers=PAPERS,
    hand_overs=(
        HandOver(DESK, LAND, at("2026-11-23T10:30:00"), "Thẩm định hồ sơ", "Trước hạn"),
        HandOver(LAND, HEAD, at("2026-11-27T16:10:00"), "Ký duyệt", "Đúng hạn", "Đã kiểm tra thực địa."),
        HandOver(HEAD, DESK, at("2026-12-03T09:00:00"), "Trả kết quả"),
    ),
)


def register_line(number: int, **changes: Any) -> RegisterLine:
    line = RegisterLine(
        number=number,
        code=f"H42.36-261123-{number:04d}",
        procedure="Cấp giấy phép xây dựng mới, nhà ở riêng lẻ (1.013225)",
        sets=1,
        owner="Bùi Văn Chiến",
        address=RECEIPT.submitter_address,
        phone=RECEIPT.phone,
        handling_agency="Phòng Kinh tế",
        received_at=RECEIPT.received_at,
        due_at=RECEIPT.due_at,
        handed_on_at=at("2026-11-23T10:30:00"),
        result_at=at("2026-12-03T09:00:00"),
        returned_at=None,
        filed_through="Tại quầy",
        returned_through="",
        note="",
    )
    return replace(line, **changes)


REGISTER = RegisterData(
    place=RECEIPT.place,
    issued_at=RECEIPT.issued_at,
    agency_name="Ủy ban nhân dân xã An Bình",
    parent_agency_name="Ủy ban nhân dân tỉnh Ninh Bình",
    period="Tháng 11 năm 2026",
    filter_text="",
    lines=tuple(register_line(number) for number in range(1, 4)),
)

CERTIFICATION = CertificationBookData(
    title="Sổ chứng thực bản sao từ bản chính",
    sign="H42.36/2026",
    place=RECEIPT.place,
    issued_at=RECEIPT.issued_at,
    agency_name="Ủy ban nhân dân xã An Bình",
    parent_agency_name="Ủy ban nhân dân tỉnh Ninh Bình",
    period="Từ ngày 01/11/2026 đến ngày 23/11/2026",
    lines=(
        CertificationLine(
            1, date(2026, 11, 2), "Hờ A Páo", "Giấy khai sinh", 3, "Vũ Quang Ký, Chủ tịch", 12_000
        ),
        CertificationLine(
            2, date(2026, 11, 2), "Hờ A Páo", "Bằng tốt nghiệp", 2, "Vũ Quang Ký, Chủ tịch", 8_000
        ),
    ),
)


def receipt(**changes: Any) -> ReceiptData:
    return replace(RECEIPT, **changes)
