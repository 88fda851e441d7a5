"""VNPAY as one of the portal's gateways."""

from django.utils.translation import gettext_lazy as _

from payments.gateways.base import ContractField, Gateway
from payments.gateways.registry import gateways
from payments.gateways.vnpay.addresses import MERCHANT, SECRET, build_payment_url
from payments.gateways.vnpay.client import ask, ask_refund, refund
from payments.gateways.vnpay.codes import explain
from payments.gateways.vnpay.messages import build_reply, read_server_message

KEY = "vnpay"

VNPAY = Gateway(
    key=KEY,
    label="VNPAY",
    fields=(
        ContractField(
            name=MERCHANT,
            label=_("Mã website (vnp_TmnCode)"),
            hint=_("VNPAY cấp, 8 chữ và số. Ví dụ: MOTCUA01."),
            pattern=r"[A-Z0-9]{8}",
            refusal=_("Mã website gồm đúng 8 chữ in hoa và số, như VNPAY đã cấp."),
            names_merchant=True,
        ),
        ContractField(
            name=SECRET,
            label=_("Chuỗi bí mật (vnp_HashSecret)"),
            hint=_("VNPAY cấp, 32 chữ và số. Hệ thống cất kín và không hiện lại."),
            pattern=r"[A-Za-z0-9]{32,64}",
            refusal=_("Chuỗi bí mật gồm 32 đến 64 chữ và số, không có dấu cách."),
            is_secret=True,
        ),
    ),
    has_page=True,
    can_query=True,
    can_refund=True,
    build_payment_url=build_payment_url,
    read_server_message=read_server_message,
    build_reply=build_reply,
    ask=ask,
    refund=refund,
    ask_refund=ask_refund,
    explain=explain,
)


def register() -> None:
    """Called once when payments is ready."""
    gateways.register(KEY, VNPAY)
