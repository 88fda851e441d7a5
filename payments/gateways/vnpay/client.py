"""Asking VNPAY: querydr and refund, JSON over HTTP. Whatever is not a clear, signed answer is `unknown`."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

import structlog
from django.conf import settings

from payments.gateways.base import Contract, PayState, RefundOrder, RefundState, RefundVerdict, Verdict
from payments.gateways.http import post_json
from payments.gateways.vnpay.addresses import SECRET, VERSION
from payments.gateways.vnpay.codes import (
    DONE,
    NOT_FOUND,
    REFUND_OF_ANSWER,
    STATE_OF_STATUS,
    judge_refund_status,
    name_status,
)
from payments.gateways.vnpay.signing import HASH, is_same, sign_values
from payments.gateways.vnpay.words import read_amount, read_time, write_amount, write_purpose, write_time
from portal.core import clock

_PAYMENT, _WHOLE, _PART = "01", "02", "03"
_NO_NUMBER = "0"

QUERY_ORDER = (
    "RequestId", "Version", "Command", "TmnCode", "TxnRef", "TransactionDate", "CreateDate", "IpAddr", "OrderInfo",
)  # fmt: skip
REFUND_ORDER = (
    "RequestId", "Version", "Command", "TmnCode", "TransactionType", "TxnRef", "Amount", "TransactionNo",
    "TransactionDate", "CreateBy", "CreateDate", "IpAddr", "OrderInfo",
)  # fmt: skip
REFUND_ANSWER_ORDER = (
    "ResponseId", "Command", "ResponseCode", "Message", "TmnCode", "TxnRef", "Amount", "BankCode", "PayDate",
    "TransactionNo", "TransactionType", "TransactionStatus", "OrderInfo",
)  # fmt: skip
QUERY_ANSWER_ORDER = (*REFUND_ANSWER_ORDER, "PromotionCode", "PromotionAmount")
"""In which order the documentation signs requests and answers; names without their `vnp_`."""

logger = structlog.get_logger(__name__)


def ask(contract: Contract, reference: str, created_at: datetime, ip: str) -> Verdict:
    """querydr: what VNPAY says about one payment now. Never raises for the network; takes 13 s at most."""
    said = _query(contract, reference, created_at, ip)
    return judge_query(said) if said else Verdict(PayState.UNKNOWN)


def refund(contract: Contract, order: RefundOrder) -> RefundVerdict:
    """Order money back, whole (02) or part (03). The same request number again is the same order (code 94)."""
    request = {
        "vnp_RequestId": order.request_number,
        "vnp_Version": VERSION,
        "vnp_Command": "refund",
        "vnp_TmnCode": contract.merchant,
        "vnp_TransactionType": _WHOLE if order.is_whole else _PART,
        "vnp_TxnRef": order.reference,
        "vnp_Amount": write_amount(order.amount),
        "vnp_TransactionNo": order.gateway_number or _NO_NUMBER,
        "vnp_TransactionDate": write_time(order.paid_created_at),
        "vnp_CreateBy": order.ordered_by,
        "vnp_CreateDate": write_time(order.ordered_at),
        "vnp_IpAddr": order.ip,
        "vnp_OrderInfo": write_purpose(order.purpose),
    }
    said = _post(contract, request, REFUND_ORDER, REFUND_ANSWER_ORDER)
    return judge_refund(said) if said else RefundVerdict(RefundState.UNKNOWN)


def ask_refund(contract: Contract, order: RefundOrder) -> RefundVerdict:
    """querydr of the payment: is its newest transaction this refund, and how far is it?

    An earlier refund of the same payment is told apart by its number, else by its amount.
    """
    said = _query(contract, order.reference, order.paid_created_at, order.ip)
    if not said:
        return RefundVerdict(RefundState.UNKNOWN)
    code = said.get("vnp_ResponseCode", "")
    if code != DONE:
        return RefundVerdict(RefundState.UNKNOWN, code)
    kind = said.get("vnp_TransactionType", "")
    status, number = said.get("vnp_TransactionStatus", ""), said.get("vnp_TransactionNo", "")
    if kind == _PAYMENT or number in order.earlier_numbers:
        return RefundVerdict(RefundState.ABSENT, code)
    if kind not in (_WHOLE, _PART) or read_amount(said.get("vnp_Amount", "")) != order.amount:
        return RefundVerdict(RefundState.UNKNOWN, code)
    return RefundVerdict(judge_refund_status(status), name_status(status), number)


def judge_query(said: Mapping[str, str]) -> Verdict:
    """An answer to querydr with a true signature, as a word on the payment."""
    code, status = said.get("vnp_ResponseCode", ""), said.get("vnp_TransactionStatus", "")
    if code == NOT_FOUND:
        return Verdict(PayState.PENDING, code=code)
    if code != DONE:
        return Verdict(PayState.UNKNOWN, code=code)
    is_refund = said.get("vnp_TransactionType", _PAYMENT) in (_WHOLE, _PART)
    return Verdict(
        state=PayState.UNKNOWN if is_refund else STATE_OF_STATUS.get(status, PayState.UNKNOWN),
        amount=read_amount(said.get("vnp_Amount", "")),
        gateway_number=said.get("vnp_TransactionNo", ""),
        bank_code=said.get("vnp_BankCode", ""),
        code=name_status(status),
        paid_at=read_time(said.get("vnp_PayDate", "")),
    )


def judge_refund(said: Mapping[str, str]) -> RefundVerdict:
    """An answer to an order to refund with a true signature."""
    code, status = said.get("vnp_ResponseCode", ""), said.get("vnp_TransactionStatus", "")
    if code == DONE:
        number = said.get("vnp_TransactionNo", "")
        return RefundVerdict(judge_refund_status(status), name_status(status), number)
    return RefundVerdict(REFUND_OF_ANSWER.get(code, RefundState.UNKNOWN), code)


def _query(contract: Contract, reference: str, created_at: datetime, ip: str) -> Mapping[str, str] | None:
    request = {
        "vnp_RequestId": secrets.token_hex(16),
        "vnp_Version": VERSION,
        "vnp_Command": "querydr",
        "vnp_TmnCode": contract.merchant,
        "vnp_TxnRef": reference,
        "vnp_TransactionDate": write_time(created_at),
        "vnp_CreateDate": write_time(clock.now()),
        "vnp_IpAddr": ip,
        "vnp_OrderInfo": write_purpose(f"Hoi ket qua {reference}"),
    }
    return _post(contract, request, QUERY_ORDER, QUERY_ANSWER_ORDER)


def _post(
    contract: Contract, request: dict[str, str], order: Sequence[str], answer_order: Sequence[str]
) -> Mapping[str, str] | None:
    """The signed answer about this very reference of this very merchant; None for everything else."""
    secret = contract.secrets[SECRET]
    request[HASH] = sign_values((request[f"vnp_{name}"] for name in order), secret)
    answer = post_json(settings.VNPAY_API_URL, request)
    said = read_answer(answer, secret, answer_order) if answer is not None else None
    if said is None:
        return None
    asked = {name: request[name] for name in ("vnp_Command", "vnp_TmnCode", "vnp_TxnRef")}
    if any(said.get(name, value) != value for name, value in asked.items()):
        logger.warning("vnpay_answer_about_another", reference=request["vnp_TxnRef"])
        return None
    return said


def read_answer(answer: Mapping[str, object], secret: str, order: Sequence[str]) -> dict[str, str] | None:
    """The texts of an answer, None unless its hash is that of its values. Numbers count as they are written."""
    said = {name: _as_text(value) for name, value in answer.items()}
    if any(value is None for value in said.values()):
        return None
    texts = {name: value for name, value in said.items() if value is not None}
    expected = sign_values((texts.get(f"vnp_{name}", "") for name in order), secret)
    return texts if is_same(texts.get(HASH, ""), expected) else None


def _as_text(value: object) -> str | None:
    """JSON null is an empty value; anything but text and whole numbers is no value of VNPAY's."""
    if value is None:
        return ""
    if isinstance(value, str) and value.isprintable():
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None
