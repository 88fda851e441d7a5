"""Contexts and notices for tests."""

from typing import Any
from uuid import UUID, uuid4

from portal.notifications.notice import Notice

DOSSIER_EVENTS = (
    "dossier.submitted",
    "dossier.accepted",
    "dossier.declined",
    "dossier.supplement_requested",
    "dossier.supplemented",
    "dossier.payment_requested",
    "dossier.paid",
    "dossier.processing",
    "dossier.stopped",
    "dossier.withdrawn",
    "dossier.expired",
    "dossier.expiry_warning",
    "dossier.resolved",
    "dossier.returned",
    "dossier.rescheduled",
    "dossier.recalled",
    "dossier.redirected",
    "dossier.confirmation_asked",
    "dossier.withdrawal_requested",
    "dossier.result_corrected",
    "dossier.receipt_reissued",
    "dossier.consent_asked",
)

DOSSIER_SAMPLE: dict[str, str] = {
    "recipient_name": "Hờ A Páo",
    "procedure_name": "Đăng ký khai sinh có yếu tố nước ngoài",
    "code": "000.00.18.H56-261122-0001",
    "agency_name": "Trung tâm Phục vụ hành chính công xã Sông Mây",
    "agency_address": "Số 1 đường Trần Phú, xã Sông Mây",
    "agency_phone": "0237 385 2246",
    "status_label": "Đã tiếp nhận",
    "submitted_at": "09:58, 22/11/2026",
    "check_by": "17:00, thứ Hai, 23/11/2026",
    "received_at": "10:30, 23/11/2026",
    "due_at": "17:00, thứ Sáu, 27/11/2026",
    "answer_by": "17:00, thứ Ba, 22/12/2026",
    "reason": "Tờ khai chưa có chữ ký của người yêu cầu.",
    "items": "Tờ khai: thiếu chữ ký\nGiấy chứng sinh: ảnh bị mờ",
    "amount": "10.000 đ",
    "new_due_at": "17:00, thứ Ba, 01/12/2026",
    "result_where": "Quầy trả kết quả, xã Sông Mây",
    "track_url": "https://motcua.example/track/?code=000.00.18.H56-261122-0001",
    "support_phone": "1022",
}


def build_notice(**changes: Any) -> Notice:
    """A notice to a new person with an e-mail address and an account, unless told otherwise."""
    user_id: UUID = uuid4()
    values: dict[str, Any] = {
        "event": "dossier.accepted",
        "event_key": f"dossier:{uuid4()}:2",
        "recipient_key": f"user:{user_id}",
        "email": f"{user_id.hex[:8]}@example.vn",
        "user_id": user_id,
        "context": DOSSIER_SAMPLE,
    }
    return Notice(**{**values, **changes})
