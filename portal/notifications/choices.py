"""Words of notices that are stored: the states of a delivery, and why one waits."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliveryStatus(models.TextChoices):
    PENDING = "pending", _("Chờ gửi")
    SENDING = "sending", _("Đang gửi")
    DELIVERED = "delivered", _("Đã gửi")
    FAILED = "failed", _("Không gửi được")
    STOPPED = "stopped", _("Đã dừng theo yêu cầu")


class Hold(models.TextChoices):
    """Why a delivery waits although it could be sent."""

    QUIET = "quiet", _("Giờ nghỉ, gửi sau")
    CAP = "cap", _("Đã gửi nhiều trong ngày, gửi hôm sau")
    DIGEST = "digest", _("Gộp vào thư tổng hợp")


class ReceiptState(models.TextChoices):
    """What the provider reported after it took a notice."""

    RECEIVED = "received", _("Đã đến máy")
    READ = "read", _("Đã xem")
    LOST = "lost", _("Không đến được")


class FlagReason(models.TextChoices):
    """Why an address is believed not to work."""

    REFUSED = "refused", _("Nơi nhận từ chối")
    BOUNCED = "bounced", _("Thư bị trả lại")
    NO_SUCH_NUMBER = "no_number", _("Số không liên lạc được")
