"""A bank account that takes transfers: no page to go to and nobody to ask; the bank's statement tells."""

from django.utils.translation import gettext_lazy as _

from payments.gateways.base import ContractField, Gateway
from payments.gateways.registry import gateways
from payments.gateways.vietqr.banks import BANKS
from payments.gateways.vietqr.codes import ACCOUNT

KEY = "vietqr"
VIETQR = Gateway(
    key=KEY,
    label=_("Chuyển khoản ngân hàng (VietQR)"),
    fields=(
        ContractField(
            name="bank",
            label=_("Mã ngân hàng (BIN)"),
            hint=_("6 chữ số. Ví dụ: 970436 là Vietcombank, 970405 là Agribank."),
            pattern="|".join(BANKS),
            refusal=_("Không có ngân hàng mang mã này. Hãy xem lại 6 chữ số."),
            names_merchant=True,
        ),
        ContractField(
            name="account",
            label=_("Số tài khoản"),
            hint=_("Tài khoản nhận phí, lệ phí của cơ quan. Viết liền, không dấu cách."),
            pattern=ACCOUNT.pattern,
            refusal=_("Số tài khoản chỉ gồm chữ số và chữ cái không dấu, tối đa 19 ký tự."),
            names_merchant=True,
        ),
        ContractField(
            name="holder",
            label=_("Tên chủ tài khoản"),
            hint=_("Đúng như ngân hàng ghi, để người nộp đối chiếu."),
            pattern=r"[^\x00-\x1f<>]{3,100}",
            refusal=_("Tên chủ tài khoản có từ 3 đến 100 chữ."),
        ),
    ),
)


def register() -> None:
    """Called once when payments is ready."""
    gateways.register(KEY, VIETQR)
