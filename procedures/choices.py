"""The service level and the other closed lists of the catalogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ServiceLevel(models.IntegerChoices):
    """What a citizen may do online (Decree 43/2011 Art. 3).

    Labels are the two-level names of Decree 42/2022 Art. 11: derived from the level, never stored.

    Levels bind the citizen's doors; the desk receives every procedure its agency performs.
    """

    INFORMATION = 1, _("Cung cấp thông tin")
    FORMS = 2, _("Cung cấp thông tin")
    SUBMISSION = 3, _("Một phần")
    FULL = 4, _("Toàn trình")

    @property
    def can_download_forms(self) -> bool:
        return self >= ServiceLevel.FORMS

    @property
    def can_submit_online(self) -> bool:
        return self >= ServiceLevel.SUBMISSION

    @property
    def can_pay_online(self) -> bool:
        return self >= ServiceLevel.FULL

    @property
    def can_receive_online(self) -> bool:
        return self >= ServiceLevel.FULL

    @property
    def promise(self) -> str:
        """One sentence: what the level lets a citizen do."""
        return str(_PROMISES[self])


_PROMISES = {
    ServiceLevel.INFORMATION: _("Xem hướng dẫn trên trang này, rồi đến nơi giải quyết"),
    ServiceLevel.FORMS: _("Tải mẫu và danh sách giấy tờ, rồi nộp tại quầy"),
    ServiceLevel.SUBMISSION: _("Nộp qua mạng, nhận kết quả tại quầy hoặc qua bưu chính"),
    ServiceLevel.FULL: _("Làm trọn trên mạng, cả nộp phí và nhận kết quả"),
}


class ProcedureStatus(models.TextChoices):
    OPEN = "open", _("Đang áp dụng")
    CLOSED = "closed", _("Đã bãi bỏ")


class Source(models.TextChoices):
    """Where a published version came from; only `own` needs two persons."""

    OWN = "own", _("Tỉnh biên soạn")
    SYSTEM = "system", _("Kèm theo phần mềm")
    NATIONAL = "national", _("Cơ sở dữ liệu quốc gia")


class Tier(models.TextChoices):
    COMMUNE = "commune", _("Cấp xã")
    DISTRICT = "district", _("Cấp huyện (đến 30/6/2025)")
    PROVINCE = "province", _("Cấp tỉnh")
    MINISTRY = "ministry", _("Cấp bộ")
    OTHER = "other", _("Nơi khác")


class Channel(models.TextChoices):
    ONLINE = "online", _("Qua mạng")
    DESK = "desk", _("Tại quầy")
    POST = "post", _("Qua bưu chính")


class RequirementMode(models.TextChoices):
    SUBMIT = "submit", _("Nộp")
    PRESENT = "present", _("Xuất trình")
    LOOKUP = "lookup", _("Tra cứu")


class PaperPicture(models.TextChoices):
    """Kinds of paper of which the portal shows a good and a bad picture."""

    CARD = "card", _("Thẻ, giấy tờ tùy thân")
    SHEET = "sheet", _("Giấy chứng nhận, văn bản một trang")
    BOOK = "book", _("Sổ, giấy nhiều trang")
    FORM = "form", _("Tờ khai đã điền và ký")
    PORTRAIT = "portrait", _("Ảnh chân dung")
    DRAWING = "drawing", _("Bản vẽ")
    PLACE = "place", _("Ảnh hiện trạng nơi ở, công trình")


class LimitUnit(models.TextChoices):
    WORKING_DAY = "working_day", _("ngày làm việc")
    CALENDAR_DAY = "calendar_day", _("ngày")
    MONTH = "month", _("tháng")
    HOUR = "hour", _("giờ làm việc")
    SAME_DAY = "same_day", _("trong ngày")


class FeeKind(models.TextChoices):
    PHI = "phi", _("Phí")
    LE_PHI = "le_phi", _("Lệ phí")


class FeeMode(models.TextChoices):
    BEFORE = "before", _("Nộp trước khi tiếp nhận")
    AFTER = "after", _("Nộp trước khi nhận kết quả")
    NONE = "none", _("Không phải nộp")


class StepKind(models.TextChoices):
    RECEIVE = "receive", _("Tiếp nhận")
    PROCESS = "process", _("Thụ lý")
    APPROVE = "approve", _("Ký duyệt")
    ISSUE = "issue", _("Vào sổ, đóng dấu")
    RETURN = "return", _("Trả kết quả")


class SupplementClock(models.TextChoices):
    RESET = "RESET", _("Tính lại thời hạn từ đầu")
    PAUSE = "PAUSE", _("Tạm dừng rồi tính tiếp")


class ResultMedium(models.TextChoices):
    PAPER = "paper", _("Bản giấy")
    ELECTRONIC = "electronic", _("Bản điện tử")
    BOTH = "both", _("Bản giấy và bản điện tử")
