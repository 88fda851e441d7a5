"""VNPAY 2.1.0 as its own side writes it: signatures, times, answers. Written apart from the portal's reading of it."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from urllib.parse import urlencode

GMT7 = timezone(timedelta(hours=7))
QUERY = (
    "vnp_RequestId", "vnp_Version", "vnp_Command", "vnp_TmnCode", "vnp_TxnRef", "vnp_TransactionDate",
    "vnp_CreateDate", "vnp_IpAddr", "vnp_OrderInfo",
)  # fmt: skip
REFUND = (
    "vnp_RequestId", "vnp_Version", "vnp_Command", "vnp_TmnCode", "vnp_TransactionType", "vnp_TxnRef", "vnp_Amount",
    "vnp_TransactionNo", "vnp_TransactionDate", "vnp_CreateBy", "vnp_CreateDate", "vnp_IpAddr", "vnp_OrderInfo",
)  # fmt: skip
ANSWER = (
    "vnp_ResponseId", "vnp_Command", "vnp_ResponseCode", "vnp_Message", "vnp_TmnCode", "vnp_TxnRef", "vnp_Amount",
    "vnp_BankCode", "vnp_PayDate", "vnp_TransactionNo", "vnp_TransactionType", "vnp_TransactionStatus",
    "vnp_OrderInfo",
)  # fmt: skip
QUERY_ANSWER = (*ANSWER, "vnp_PromotionCode", "vnp_PromotionAmount")


def sign(text: str, secret: str) -> str:
    return hmac.new(secret.encode(), text.encode(), hashlib.sha512).hexdigest()


def sign_query(parameters: Mapping[str, str], secret: str) -> str:
    """Over what a query says, sorted, encoded, without empty values and signatures."""
    pairs = sorted((name, value) for name, value in parameters.items() if value and "SecureHash" not in name)
    return sign(urlencode(pairs, safe="*").replace("~", "%7E"), secret)


def sign_order(values: Mapping[str, object], order: Sequence[str], secret: str) -> str:
    """Over values between bars; what is missing counts as nothing."""
    return sign("|".join(str(values.get(name, "")) for name in order), secret)


def write_time(moment: datetime) -> str:
    return moment.astimezone(GMT7).strftime("%Y%m%d%H%M%S")


def read_time(text: str) -> datetime:
    """Raises ValueError."""
    return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=GMT7)
