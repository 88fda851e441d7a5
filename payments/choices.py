"""Words of payments that are stored: accounts of the ledger, kinds of booking, ways to pay."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Account(TextChoices):
    """Where money is, and whose it is; `payments.accounts` says how each is used."""

    CASH_DRAWER = "cash_drawer", _("Tiền mặt tại quầy")
    BANK = "bank", _("Tiền gửi ngân hàng, kho bạc")
    GATEWAY_CLEARING = "gateway_clearing", _("Tiền ở cổng thanh toán")
    POST_CLEARING = "post_clearing", _("Tiền bưu điện thu hộ")
    REVENUE_PHI = "revenue_phi", _("Thu phí")
    REVENUE_LE_PHI = "revenue_le_phi", _("Thu lệ phí")
    REFUND = "refund", _("Tiền phải hoàn trả")


class BookingKind(TextChoices):
    """Why a transaction was written."""

    CASH_RECEIPT = "cash_receipt", _("Thu tiền mặt")


LONGEST_NAME = 400
"""Letters of a payer's name."""


class Method(TextChoices):
    CASH = "cash", _("Tiền mặt")


TREASURY = "treasury"
"""Paid at the treasury (land tax): settled by its receipt, without money at the desk."""

LONGEST_NUMBER = 64
"""Letters and digits of the number of the treasury's receipt."""
