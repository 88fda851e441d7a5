"""Words of payments that are stored: accounts of the ledger, kinds of booking, ways to pay."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Account(TextChoices):
    """Where money is, and whose it is; `payments.accounts` says how each is used."""

    CASH_DRAWER = "cash_drawer", _("Tiền mặt tại quầy")
    BANK = "bank", _("Tiền gửi ngân hàng, kho bạc")
    GATEWAY_CLEARING = "gateway_clearing", _("Tiền ở cổng thanh toán")
    POST_CLEARING = "post_clearing", _("Tiền bưu điện thu hộ")
    RECEIVABLE = "receivable", _("Phải thu: thiếu quỹ, đối tác chưa trả")
    REVENUE_PHI = "revenue_phi", _("Thu phí")
    REVENUE_LE_PHI = "revenue_le_phi", _("Thu lệ phí")
    REFUND = "refund", _("Tiền phải hoàn trả")


class BookingKind(TextChoices):
    """Why a transaction was written."""

    CASH_RECEIPT = "cash_receipt", _("Thu tiền mặt")
    CARD_RECEIPT = "card_receipt", _("Thu bằng thẻ tại quầy")
    ONLINE_RECEIPT = "online_receipt", _("Thu qua cổng thanh toán")
    TRANSFER_RECEIPT = "transfer_receipt", _("Thu qua chuyển khoản")
    POST_RECEIPT = "post_receipt", _("Bưu điện thu hộ")
    SURPLUS = "surplus", _("Tiền đến thừa, chờ hoàn trả")
    DEPOSIT_RECEIPT = "deposit_receipt", _("Tiền giữ trước thành tiền thu")
    HANDED_OVER = "handed_over", _("Đối tác chuyển tiền về")
    DRAWER_DEPOSIT = "drawer_deposit", _("Nộp tiền mặt vào ngân hàng, kho bạc")
    DRAWER_DIFFERENCE = "drawer_difference", _("Chênh lệch quỹ khi kiểm đếm")
    REFUND_DECIDED = "refund_decided", _("Quyết định hoàn trả")
    REFUND_PAID = "refund_paid", _("Đã hoàn trả")


LONGEST_NAME = 400
"""Letters of a payer's name."""


class Method(TextChoices):
    """How the money of a receipt came."""

    CASH = "cash", _("Tiền mặt")
    CARD = "card", _("Thẻ tại quầy")
    ONLINE = "online", _("Trực tuyến")
    TRANSFER = "transfer", _("Chuyển khoản")
    POST = "post", _("Bưu điện thu hộ")


DESK_METHODS = (Method.CASH, Method.CARD)
"""What a cashier takes over the counter."""


class PaymentStatus(TextChoices):
    """One attempt to pay through a gateway. `failed` may still become `paid`; `paid` never changes."""

    CREATED = "created", _("Mới tạo")
    PENDING = "pending", _("Đang xác nhận")
    PAID = "paid", _("Đã trả tiền")
    FAILED = "failed", _("Không thành công")
    EXPIRED = "expired", _("Đã hết hạn")


class PaymentOutcome(TextChoices):
    """What the money of a paid attempt became."""

    SETTLED = "settled", _("Đã vào khoản phải nộp")
    SURPLUS = "surplus", _("Thừa, chờ hoàn trả")


class RefundStatus(TextChoices):
    """The way of money back to who paid it."""

    SUGGESTED = "suggested", _("Hệ thống đề nghị")
    PROPOSED = "proposed", _("Chờ người thứ hai duyệt")
    REJECTED = "rejected", _("Không duyệt")
    APPROVED = "approved", _("Đã duyệt, đang chuyển")
    UNSURE = "unsure", _("Đang hỏi lại cổng thanh toán")
    DONE = "done", _("Đã hoàn trả")
    FAILED = "failed", _("Chuyển không được")


class RefundCause(TextChoices):
    """Why money goes back."""

    SURPLUS = "surplus", _("Tiền đến thừa")
    DOUBLE = "double", _("Nộp hai lần")
    WITHDRAWN = "withdrawn", _("Hồ sơ đã rút")
    MISTAKE = "mistake", _("Thu nhầm")


class RefundWay(TextChoices):
    """How money goes back."""

    GATEWAY = "gateway", _("Qua cổng thanh toán")
    CASH = "cash", _("Tiền mặt tại quầy")
    TRANSFER = "transfer", _("Chuyển khoản ngân hàng")


class LineStatus(TextChoices):
    """What became of one line of a bank statement."""

    WAITING = "waiting", _("Đang vào sổ")
    MATCHED = "matched", _("Đã vào hồ sơ")
    PARTIAL = "partial", _("Còn thiếu, đang giữ")
    SURPLUS = "surplus", _("Thừa, chờ hoàn trả")
    QUEUED = "queued", _("Chưa biết của ai")
    IGNORED = "ignored", _("Không phải tiền phí, lệ phí")


class DifferenceKind(TextChoices):
    """How our books and somebody else's disagree."""

    MISSING_HERE = "missing_here", _("Bên kia có, ta không có")
    MISSING_THERE = "missing_there", _("Ta có, bên kia không có")
    AMOUNT = "amount", _("Khác số tiền")
    STATUS = "status", _("Khác trạng thái")
    UNANSWERED = "unanswered", _("Hỏi chưa được trả lời")
    DRAWER = "drawer", _("Kiểm đếm quỹ lệch")


class PostStatus(TextChoices):
    """The way of money that the post collects on delivery."""

    WAITING = "waiting", _("Chờ bưu điện báo")
    COLLECTED = "collected", _("Bưu điện đã thu, chưa chuyển")
    HANDED_OVER = "handed", _("Bưu điện đã chuyển tiền")
    CANCELLED = "cancelled", _("Thôi nhờ thu")


POST_TAKEN = (PostStatus.COLLECTED, PostStatus.HANDED_OVER)
"""The post has taken the money from the receiver."""


TREASURY = "treasury"
"""Paid at the treasury (land tax): settled by its receipt, without money at the desk."""

LONGEST_NUMBER = 64
"""Letters and digits of the number of the treasury's receipt."""
