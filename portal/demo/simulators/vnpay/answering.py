"""querydr and refund: what the gateway's API answers."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from portal.demo.simulators.vnpay.books import FAILED, OPEN, PAID, Books, Payment, Refund
from portal.demo.simulators.vnpay.faults import Faults
from portal.demo.simulators.vnpay.merchants import Merchant
from portal.demo.simulators.vnpay.protocol import (
    ANSWER,
    QUERY,
    QUERY_ANSWER,
    REFUND,
    read_time,
    sign_order,
    write_time,
)

EXPIRED = "11"
_REFUND_STATUS = {"done": "00", "accepted": "05", "refused": "09", "lost": "00"}
_MESSAGES = {
    "00": "Success", "02": "Invalid TmnCode", "03": "Invalid format", "91": "Transaction not found",
    "94": "Duplicate request", "95": "Refund refused", "97": "Invalid checksum",
}  # fmt: skip


def expire(books: Books, payment: Payment, now: datetime) -> None:
    """An attempt that nobody finished in time has failed."""
    if payment.status == OPEN and payment.expires_at and read_time(payment.expires_at) < now:
        books.finish(payment, code=EXPIRED, at=write_time(now))


def answer_request(
    request: Mapping[str, str], merchant: Merchant | None, books: Books, faults: Faults, now: datetime
) -> dict[str, Any]:
    """The signed answer. A request number that came before is refused with 94, whatever it asks."""
    command = request.get("vnp_Command", "")
    order = {"querydr": QUERY, "refund": REFUND}.get(command)
    if merchant is None or order is None:
        return _sign({"vnp_ResponseCode": "02" if merchant is None else "03"}, request, merchant)
    if sign_order(request, order, merchant.secret) != request.get("vnp_SecureHash", "").lower():
        return _sign({"vnp_ResponseCode": "97"}, request, merchant)
    if faults.api == "duplicate" or not books.is_new_request(f"{merchant.code}:{request['vnp_RequestId']}"):
        return _sign({"vnp_ResponseCode": "94"}, request, merchant)
    payment = books.find(merchant.code, request.get("vnp_TxnRef", ""))
    if payment is None or payment.created_at != request.get("vnp_TransactionDate"):
        return _sign({"vnp_ResponseCode": "91"}, request, merchant)
    expire(books, payment, now)
    if command == "querydr":
        return _sign(_describe(payment), request, merchant)
    return _sign(_refund(payment, request, books, faults, now), request, merchant)


def _describe(payment: Payment) -> dict[str, str]:
    """The newest transaction of the reference: the payment, or the last refund of it."""
    said = {
        "vnp_ResponseCode": "00",
        "vnp_Amount": str(payment.amount * 100),
        "vnp_BankCode": payment.bank,
        "vnp_PayDate": payment.paid_at,
        "vnp_TransactionNo": payment.number,
        "vnp_TransactionType": "01",
        "vnp_TransactionStatus": payment.status,
        "vnp_OrderInfo": payment.purpose,
    }
    return said | (_describe_refund(payment.refunds[-1]) if payment.refunds else {})


def _describe_refund(refund: Refund) -> dict[str, str]:
    return {
        "vnp_ResponseCode": "00",
        "vnp_Amount": str(refund.amount * 100),
        "vnp_PayDate": refund.at,
        "vnp_TransactionNo": refund.number,
        "vnp_TransactionType": refund.kind,
        "vnp_TransactionStatus": refund.status,
    }


def _refund(
    payment: Payment, request: Mapping[str, str], books: Books, faults: Faults, now: datetime
) -> dict[str, str]:
    kind, hundredths = request.get("vnp_TransactionType", ""), request.get("vnp_Amount", "")
    if kind not in ("02", "03") or not hundredths.isdigit() or int(hundredths) % 100:
        return {"vnp_ResponseCode": "03"}
    amount = int(hundredths) // 100
    with books.lock:
        is_too_much = amount > payment.amount - payment.refunded or amount == 0
        is_not_whole = kind == "02" and amount != payment.amount
        if payment.status != PAID or is_too_much or is_not_whole:
            return {"vnp_ResponseCode": "95"}
        refund = books.give_back(
            payment,
            request=request["vnp_RequestId"],
            kind=kind,
            amount=amount,
            status=_REFUND_STATUS[faults.refund],
            at=write_time(now),
        )
    return {**_describe_refund(refund), "vnp_OrderInfo": request.get("vnp_OrderInfo", "")}


def _sign(said: Mapping[str, str], request: Mapping[str, str], merchant: Merchant | None) -> dict[str, Any]:
    command = request.get("vnp_Command", "")
    answer: dict[str, Any] = {
        "vnp_ResponseId": secrets.token_hex(16),
        "vnp_Command": command,
        "vnp_Message": _MESSAGES.get(said["vnp_ResponseCode"], "Error"),
        "vnp_TmnCode": request.get("vnp_TmnCode", ""),
        "vnp_TxnRef": request.get("vnp_TxnRef", ""),
        **said,
    }
    order = QUERY_ANSWER if command == "querydr" else ANSWER
    return {**answer, "vnp_SecureHash": sign_order(answer, order, merchant.secret if merchant else "")}


def build_outcome(payment: Payment, now: datetime) -> dict[str, str]:
    """What return and server message say, unsigned."""
    return {
        "vnp_Amount": str(payment.amount * 100),
        "vnp_BankCode": payment.bank,
        "vnp_BankTranNo": f"VNP{payment.number}" if payment.status == PAID else "",
        "vnp_CardType": "ATM" if payment.status == PAID else "QRCODE",
        "vnp_OrderInfo": payment.purpose,
        "vnp_PayDate": payment.paid_at or write_time(now),
        "vnp_ResponseCode": payment.code or EXPIRED,
        "vnp_TmnCode": payment.merchant,
        "vnp_TransactionNo": payment.number,
        "vnp_TransactionStatus": payment.status if payment.status != OPEN else FAILED,
        "vnp_TxnRef": payment.reference,
    }
