"""What VNPAY tells the portal by itself: the return of a person and the server message (IPN)."""

import re
from collections.abc import Callable, Mapping

from payments.gateways.base import BadSignature, Contract, Reply, ServerMessage, Verdict
from payments.gateways.vnpay.addresses import SECRET
from payments.gateways.vnpay.codes import REPLIES, judge_payment
from payments.gateways.vnpay.signing import HASH, HASH_TYPE, is_same, sign_parameters
from payments.gateways.vnpay.words import read_amount, read_time

LONGEST_NAME, LONGEST_VALUE = 64, 1024
_SHAPES = {
    "vnp_TmnCode": r"[A-Za-z0-9]{1,20}",
    "vnp_TxnRef": r"[A-Za-z0-9._\-]{1,100}",
    "vnp_ResponseCode": r"[0-9]{2}",
    "vnp_TransactionStatus": r"[0-9]{2}",
    "vnp_TransactionNo": r"[0-9]{1,15}",
    "vnp_BankCode": r"[A-Za-z0-9]{2,20}",
    HASH: r"[0-9A-Fa-f]{128}",
}
_NEEDED = ("vnp_TmnCode", "vnp_TxnRef", "vnp_ResponseCode", HASH)


def read_server_message(
    parameters: Mapping[str, str], secret_of: Callable[[str], Contract | None]
) -> ServerMessage:
    """A message with a true signature over all its parameters, also those that nobody knows.

    The amount is judged by the caller (None: not whole đồng), after the signature and the reference, in the order
    of the documentation. Raises BadSignature.
    """
    _refuse_misshapen(parameters)
    contract = secret_of(parameters["vnp_TmnCode"])
    if contract is None or not contract.secrets.get(SECRET):
        raise BadSignature("nobody here is that merchant")
    if not is_same(parameters[HASH], sign_parameters(parameters, contract.secrets[SECRET])):
        raise BadSignature("the signature is not the merchant's")
    content = {name: value for name, value in parameters.items() if name not in (HASH, HASH_TYPE)}
    return ServerMessage(contract, parameters["vnp_TxnRef"], read_verdict(content), content)


def read_verdict(said: Mapping[str, str]) -> Verdict:
    """What the parameters of a message say about the payment."""
    response = said.get("vnp_ResponseCode", "")
    return Verdict(
        state=judge_payment(response, said.get("vnp_TransactionStatus", "")),
        amount=read_amount(said.get("vnp_Amount", "")),
        gateway_number=said.get("vnp_TransactionNo", ""),
        bank_code=said.get("vnp_BankCode", ""),
        code=response,
        paid_at=read_time(said.get("vnp_PayDate", "")),
    )


def build_reply(reply: Reply) -> dict[str, str]:
    """What VNPAY reads, as JSON with status 200: 00 and 02 end its repeats, everything else makes it try again."""
    code, message = REPLIES[reply]
    return {"RspCode": code, "Message": message}


def _refuse_misshapen(parameters: Mapping[str, str]) -> None:
    for name, value in parameters.items():
        if len(name) > LONGEST_NAME or len(value) > LONGEST_VALUE:
            raise BadSignature("a parameter is too long")
        if not (name + value).isprintable():
            raise BadSignature("a parameter holds what cannot be written")
        if value and name in _SHAPES and not re.fullmatch(_SHAPES[name], value):
            raise BadSignature(f"{name} has another shape")
    for name in _NEEDED:
        if not parameters.get(name):
            raise BadSignature(f"{name} is missing")
