"""The words a dossier is described with: statuses, channels, roles, relations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Legal state of a dossier; the national code stands in NATIONAL_STATUS."""

    DRAFT = "draft", _("Bản nháp")
    SUBMITTED = "submitted", _("Đã nộp, chờ tiếp nhận")
    ACCEPTED = "accepted", _("Đã tiếp nhận")
    DECLINED = "declined", _("Từ chối tiếp nhận")
    PROCESSING = "processing", _("Đang giải quyết")
    AWAITING_SUPPLEMENT = "awaiting_supplement", _("Chờ bổ sung giấy tờ")
    AWAITING_PAYMENT = "awaiting_payment", _("Chờ nộp phí, lệ phí")
    WITHDRAWN = "withdrawn", _("Đã rút theo yêu cầu")
    STOPPED = "stopped", _("Dừng giải quyết")
    RESOLVED = "resolved", _("Đã có kết quả")
    RETURNED = "returned", _("Đã trả kết quả")


NATIONAL_STATUS: dict[str, int] = {
    Status.DRAFT: 0,
    Status.SUBMITTED: 1,
    Status.ACCEPTED: 2,
    Status.DECLINED: 3,
    Status.PROCESSING: 4,
    Status.AWAITING_SUPPLEMENT: 5,
    Status.AWAITING_PAYMENT: 6,
    Status.WITHDRAWN: 7,
    Status.STOPPED: 8,
    Status.RESOLVED: 9,
    Status.RETURNED: 10,
}
"""Codes of the national portal's synchronisation (0 is ours: not yet filed)."""

END_STATUSES = frozenset({Status.DECLINED, Status.WITHDRAWN, Status.STOPPED, Status.RETURNED})
AWAITING_STATUSES = frozenset({Status.AWAITING_SUPPLEMENT, Status.AWAITING_PAYMENT})
OPEN_STATUSES = frozenset(Status) - END_STATUSES - {Status.DRAFT}
RUNNING_STATUSES = frozenset({Status.ACCEPTED, Status.PROCESSING})


class Stage(TextChoices):
    """What an agency's desk does with a dossier: the saved views of its work list. STAGES says it by status."""

    NEW = "new", _("Mới nộp")
    WORKING = "working", _("Đang giải quyết")
    WAITING = "waiting", _("Chờ người dân")
    RESULTS = "results", _("Chờ trả kết quả")
    CLOSED = "closed", _("Đã kết thúc")


STAGES: dict[str, Stage] = {
    Status.SUBMITTED: Stage.NEW,
    **dict.fromkeys(RUNNING_STATUSES, Stage.WORKING),
    **dict.fromkeys(AWAITING_STATUSES, Stage.WAITING),
    Status.RESOLVED: Stage.RESULTS,
    **dict.fromkeys(END_STATUSES, Stage.CLOSED),
}


class Channel(TextChoices):
    """Door through which a dossier came (domain: 1 direct, 2 online, 3 post)."""

    ONLINE = "online", _("Nộp qua mạng")
    DESK = "desk", _("Nộp tại quầy")
    POST = "post", _("Gửi qua bưu điện")


class ActingRole(TextChoices):
    """What somebody is towards one dossier; the state table speaks of these."""

    OWNER_SIDE = "owner_side", _("Người nộp, chủ hồ sơ")
    RECEPTION = "reception", _("Cán bộ tiếp nhận")
    DESK_HEAD = "desk_head", _("Trưởng bộ phận Một cửa")
    CASE_OFFICER = "case_officer", _("Người thụ lý")
    APPROVER = "approver", _("Người có thẩm quyền ký")
    LEADER = "leader", _("Lãnh đạo cơ quan")
    SYSTEM = "system", _("Hệ thống")


class PartyKind(TextChoices):
    PERSON = "person", _("Cá nhân")
    HOUSEHOLD = "household", _("Hộ gia đình")
    HOUSEHOLD_BUSINESS = "household_business", _("Hộ kinh doanh")
    ORGANISATION = "organisation", _("Tổ chức, doanh nghiệp")
    PUBLIC_BODY = "public_body", _("Cơ quan nhà nước")
    COMMUNITY = "community", _("Cộng đồng dân cư")
    FOREIGNER = "foreigner", _("Người nước ngoài")


class PartyRole(TextChoices):
    OWNER = "owner", _("Chủ hồ sơ")
    CO_OWNER = "co_owner", _("Đồng chủ hồ sơ")
    SUBMITTER = "submitter", _("Người nộp")
    SPOUSE = "spouse", _("Vợ, chồng")
    CHILD = "child", _("Con")
    DECEASED = "deceased", _("Người đã mất")
    REPRESENTATIVE = "representative", _("Người đại diện")
    HOUSEHOLD_MEMBER = "household_member", _("Thành viên hộ")


OWNER_SIDE_ROLES = frozenset({PartyRole.OWNER, PartyRole.CO_OWNER, PartyRole.REPRESENTATIVE})
"""Party roles whose verified identity may act for the dossier."""


class Relation(TextChoices):
    """Why an agency may see a dossier."""

    RECEIVING = "receiving", _("Nơi tiếp nhận")
    COMPETENT = "competent", _("Cơ quan có thẩm quyền")
    HANDLING = "handling", _("Đơn vị đang giải quyết")
    RETURNING = "returning", _("Nơi trả kết quả")
    CONSULTED = "consulted", _("Đơn vị được hỏi ý kiến")


class FeeMode(TextChoices):
    BEFORE = "before", _("Nộp trước khi tiếp nhận")
    AFTER = "after", _("Nộp trước khi nhận kết quả")
    NONE = "none", _("Không thu")


class FeeStatus(TextChoices):
    OPEN = "open", _("Chưa nộp")
    SETTLED = "settled", _("Đã nộp")
    WAIVED = "waived", _("Được miễn")
    VOID = "void", _("Không còn phải nộp")


class Outcome(TextChoices):
    GRANTED = "granted", _("Đồng ý")
    PARTLY_GRANTED = "partly_granted", _("Đồng ý một phần")
    REFUSED = "refused", _("Từ chối giải quyết")


class Medium(TextChoices):
    PAPER = "paper", _("Bản giấy")
    ELECTRONIC = "electronic", _("Bản điện tử")


class FileState(TextChoices):
    QUARANTINED = "quarantined", _("Đang kiểm tra")
    CLEAN = "clean", _("Đã nhận")
    REFUSED = "refused", _("Không nhận")
    DELETED = "deleted", _("Đã xóa")


class PaperState(TextChoices):
    HELD = "held", _("Đang giữ")
    SHOWN = "shown", _("Đã xuất trình")
    GIVEN_BACK = "given_back", _("Đã trả lại")


class ConsentManner(TextChoices):
    ACCOUNT = "account", _("Đồng ý qua tài khoản")
    PRESENT = "present", _("Có mặt tại quầy")


class ConfirmationAnswer(TextChoices):
    CONFIRMED = "confirmed", _("Đồng ý với bản nháp")
    CORRECTION = "correction", _("Đề nghị sửa")
    SILENCE = "silence", _("Không trả lời, coi là đồng ý")
