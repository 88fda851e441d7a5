"""The address that takes a person to VNPAY's page."""

from django.conf import settings

from payments.gateways.base import Contract, PaymentRequest
from payments.gateways.vnpay.signing import HASH, encode_parameters, sign_text
from payments.gateways.vnpay.words import write_amount, write_purpose, write_time

VERSION = "2.1.0"
SECRET = "hash_secret"  # noqa: S105 - the name of the field, not the secret
MERCHANT = "tmn_code"
_LOCALES = {"en": "en"}


def build_payment_url(contract: Contract, request: PaymentRequest) -> str:
    """Signed by the contract's secret; the amount leaves in hundredths of đồng, times in GMT+7."""
    parameters = encode_parameters(
        {
            "vnp_Version": VERSION,
            "vnp_Command": "pay",
            "vnp_TmnCode": contract.merchant,
            "vnp_Amount": write_amount(request.amount),
            "vnp_CurrCode": "VND",
            "vnp_TxnRef": request.reference,
            "vnp_OrderInfo": write_purpose(request.purpose),
            "vnp_OrderType": "other",
            "vnp_Locale": _LOCALES.get(request.language, "vn"),
            "vnp_ReturnUrl": request.return_url,
            "vnp_IpAddr": request.client_ip,
            "vnp_CreateDate": write_time(request.created_at),
            "vnp_ExpireDate": write_time(request.expires_at),
            "vnp_BankCode": request.bank_code,
        }
    )
    signature = sign_text(parameters, contract.secrets[SECRET])
    return f"{settings.VNPAY_PAY_URL}?{parameters}&{HASH}={signature}"
