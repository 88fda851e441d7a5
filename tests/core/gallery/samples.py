"""Sample data for each component, in the states it has."""

from datetime import UTC, date, datetime
from typing import Any

WHEN = datetime(2026, 11, 23, 2, 58, tzinfo=UTC)
CODE = "H42.36-261123-0014"

FACTS = [
    {
        "term": "Tôi phải làm gì ngay",
        "value": "Nộp bổ sung 2 giấy tờ trước thứ Sáu, 04/12/2026",
        "icon": "pen",
        "small": "Sau ngày này hồ sơ dừng lại.",
        "urgent": True,
    },
    {
        "term": "Còn thiếu gì",
        "value": "2 giấy tờ",
        "icon": "paper",
        "href": "#papers",
        "link": "xem từng giấy tờ",
    },
    {"term": "Đang ở đâu", "value": "Phòng Kinh tế, UBND xã Bến Trăng", "icon": "pin"},
    {"term": "Ai đang giữ", "value": "Phạm Quang Huy", "small": "0229 355 0136", "icon": "person"},
    {"term": "Bao giờ xong", "value": "7 ngày làm việc", "small": "tính từ khi nộp đủ", "icon": "clock"},
]
ROWS = [
    {"label": "Họ, chữ đệm và tên", "value": "Nguyễn Thị Hạnh", "href": "#name"},
    {"label": "Mã hồ sơ", "value": CODE, "code": True},
    {
        "label": "Nơi ở hiện tại",
        "value": "Xóm 4, thôn Đông\nxã Bến Trăng",
        "href": "#address",
        "small": "từ hồ sơ trước",
    },
]
TASKS = [
    {"label": "Người đăng ký", "state": "Xong", "kind": "done", "href": "#a", "hint": "Lấy từ tài khoản"},
    {"label": "Nơi thường trú mới", "state": "Đang làm", "kind": "warn", "href": "#b"},
    {"label": "Ý kiến đồng ý của chủ hộ", "state": "Chưa làm", "kind": "info", "href": "#c"},
    {"label": "Xem lại và gửi", "state": "Chưa mở", "hint": "Mở khi các mục trên đã xong"},
]
PAPERS = [
    {"name": "Bản vẽ mặt bằng móng", "reason": "bản đã nộp thiếu cao độ và kích thước móng (trang 3)."},
    {
        "name": "Tờ khai CT01",
        "text": "Trả lời câu hỏi trên trang này.",
        "state": "Điền trên mạng",
        "kind": "done",
    },
    {"name": "Cam kết với nhà liền kề", "href": "#form", "link": "Tải mẫu", "state": "Nộp", "kind": "info"},
]
STOPS = [
    {"title": "Đã nộp qua mạng", "state": "done", "at": WHEN},
    {
        "title": "Yêu cầu bổ sung",
        "state": "stop",
        "at": WHEN,
        "text": "Ảnh trang 2 mờ, không đọc được chữ ký.",
    },
    {"title": "Đang thẩm định", "state": "now", "when": "Từ 07:30, 24/11/2026"},
    {"title": "Trả kết quả", "state": "todo", "when": "Hẹn thứ Tư, 02/12/2026"},
]
FILES = [
    {
        "name": "dong-y-chu-ho.jpg",
        "size": 1_887_437,
        "state": "Đã nhận",
        "is_good": True,
        "href": "#f",
        "remove": "1",
    },
    {
        "name": "ten-tep-rat-dai-khong-co-dau-cach-nao-ca-de-thu-xuong-dong.pdf",
        "size": 640_000,
        "remove": "2",
    },
    {
        "name": "IMG_2041.heic",
        "size": 25_165_824,
        "state": "quá 10 MB, chưa được nhận",
        "is_bad": True,
        "remove": "3",
    },
]
ERRORS_IN_FORM = [
    {"text": "Tháng phải từ 1 đến 12", "id": "birth"},
    {"text": "Chọn cách nhận kết quả", "id": "delivery"},
    {"text": "Phiên bản tờ khai đã cũ"},
]
DELIVERY = [
    {"value": "online", "label": "Qua mạng", "small": "Bản điện tử có giá trị như bản giấy"},
    {"value": "post", "label": "Bưu chính"},
    {"value": "desk", "label": "Tại quầy"},
]
VIEWS = [
    {"label": "Việc của tôi", "href": "#", "count": 37, "is_current": True},
    {"label": "Quá hạn", "href": "#late", "count": 0},
    {"label": "Cả đơn vị", "href": "#all"},
]
CONFIRM: dict[str, Any] = {
    "question": "Rút hồ sơ này?",
    "action_label": "Rút hồ sơ",
    "back_href": "/dossiers/",
    "back_label": "Giữ hồ sơ",
    "kicker": "Cấp giấy phép xây dựng nhà ở",
    "code": CODE,
    "warning": "Rút rồi thì không mở lại được",
    "consequences": ["Cơ quan dừng giải quyết ngay.", "Lệ phí chưa dùng được hoàn trong 5 ngày làm việc."],
    "kept": ["Tờ khai và giấy tờ vẫn dùng lại được khi nộp hồ sơ mới."],
    "reason_label": "Vì sao bạn rút?",
    "reason_hint": "Cán bộ sẽ đọc câu này.",
    "reason_error": "Viết lý do trong một câu.",
    "errors": [{"text": "Viết lý do trong một câu", "id": "reason"}],
    "has_errors": True,
    "hidden": {"version": 3},
}
ERRORS: dict[str, dict[str, Any]] = {
    "422": {
        "title": "Chưa nộp được hồ sơ",
        "message": "Thủ tục này đã thay bằng thủ tục khác.",
        "errors": {"procedure": ["Thủ tục đã đóng."]},
    },
    "conflict": {
        "back_href": "/dossiers/",
        "changes": [{"who": "Phạm Quang Huy", "at": WHEN, "what": "Chuyển sang bước thẩm định"}],
        "typed": [("Lý do", "Bản vẽ thiếu cao độ.\nTrang 3."), ("Ghi chú", "")],
    },
}


def build() -> dict[str, Any]:
    return {
        "facts": FACTS,
        "rows": ROWS,
        "tasks": TASKS,
        "papers": PAPERS,
        "stops": STOPS,
        "files": FILES,
        "views": VIEWS,
        "errors": ERRORS_IN_FORM,
        "delivery": DELIVERY,
        "has_errors": True,
        "code": CODE,
        "when": WHEN,
        "day": date(2026, 12, 2),
        "options": [("1", "Kinh"), ("2", "Mường"), ("3", "Tày")],
        "keys": [{"keys": ["j", "k"], "label": "lên xuống"}, {"keys": ["?"], "label": "mọi phím tắt"}],
        "crumbs": [{"label": "Hồ sơ của tôi", "href": "#"}, {"label": CODE, "code": True}],
        "words": ["Cơ quan dừng giải quyết ngay.", "Tờ khai vẫn dùng lại được."],
        "inbox_count": "99+",
    }
