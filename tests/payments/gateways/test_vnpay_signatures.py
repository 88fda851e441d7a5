"""Our signatures are those of npm vnpay 2.5.0; vnpay_vectors.json says how they came about."""

import json
from pathlib import Path
from typing import Any

import pytest

from payments.gateways.base import BadSignature, PayState, parse_query
from payments.gateways.vnpay import client
from payments.gateways.vnpay.messages import read_server_message
from payments.gateways.vnpay.signing import encode_parameters, is_same, sign_parameters, sign_values
from portal.demo.simulators.vnpay import protocol
from tests.payments.gateways.places import CONTRACT

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parent / "vnpay_vectors.json").read_text(encoding="utf-8")
)
SECRET: str = VECTORS["secret"]
SIGNED = [*VECTORS["addresses"], *VECTORS["messages"]]


@pytest.mark.parametrize("vector", SIGNED, ids=lambda vector: vector["parameters"]["vnp_OrderInfo"])
def test_addresses_and_messages_are_signed_as_npm_signs_them(vector: dict[str, Any]) -> None:
    assert encode_parameters(vector["parameters"]) == vector["query"]
    assert sign_parameters(vector["parameters"], SECRET) == vector["signature"]
    assert protocol.sign_query(vector["parameters"], SECRET) == vector["signature"]


@pytest.mark.parametrize(
    ("vectors", "order"),
    [("queries", client.QUERY_ORDER), ("refunds", client.REFUND_ORDER)],
)
def test_requests_are_signed_in_the_documented_order(vectors: str, order: tuple[str, ...]) -> None:
    for vector in VECTORS[vectors]:
        sent = vector["parameters"]
        assert {f"vnp_{name}" for name in order} == set(sent)
        assert sign_values((sent[f"vnp_{name}"] for name in order), SECRET) == vector["signature"]


@pytest.mark.parametrize(
    "vector", VECTORS["query_answers"], ids=lambda vector: vector["answer"]["vnp_ResponseId"]
)
def test_an_answer_that_npm_verifies_is_read(vector: dict[str, Any]) -> None:
    answer = {**vector["answer"], "vnp_SecureHash": vector["signature"]}
    said = client.read_answer(answer, SECRET, client.QUERY_ANSWER_ORDER)

    assert said is not None
    assert said["vnp_ResponseCode"] == vector["answer"]["vnp_ResponseCode"]


def _spoil(answer: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {name: value for name, value in {**answer, **changes}.items() if value != "drop"}


@pytest.mark.parametrize(
    "changes",
    [
        {"vnp_SecureHash": "drop"},
        {"vnp_SecureHash": ""},
        {"vnp_SecureHash": "0" * 128},
        {"vnp_Amount": "15000100"},
        {"vnp_TransactionStatus": "02"},
        {"vnp_Extra": ["a", "list"]},
        {"vnp_Amount": 150000.0},
        {"vnp_Amount": True},
        {"vnp_Message": "line\nbreak"},
    ],
)
def test_an_answer_with_anything_wrong_is_no_answer(changes: dict[str, Any]) -> None:
    vector = VECTORS["query_answers"][0]
    answer = _spoil({**vector["answer"], "vnp_SecureHash": vector["signature"]}, **changes)

    assert client.read_answer(answer, SECRET, client.QUERY_ANSWER_ORDER) is None


@pytest.mark.parametrize(
    "vector", VECTORS["messages"], ids=lambda vector: vector["parameters"]["vnp_OrderInfo"]
)
@pytest.mark.parametrize("case", [str.lower, str.upper])
def test_a_message_that_npm_verifies_is_read(vector: dict[str, Any], case: Any) -> None:
    query = parse_query(
        f"{vector['query']}&vnp_SecureHash={case(vector['signature'])}&vnp_SecureHashType=SHA512"
    )
    message = read_server_message(query, lambda _: CONTRACT)

    assert message.reference == "A1"
    assert message.verdict.amount == 150_000
    assert "vnp_SecureHash" not in message.content
    assert "vnp_SecureHashType" not in message.content


def _message(**changes: str) -> dict[str, str]:
    """A true message, then changed; `drop` leaves a parameter out."""
    vector = VECTORS["messages"][0]
    told = {**vector["parameters"], "vnp_SecureHash": vector["signature"], **changes}
    return {name: value for name, value in told.items() if value != "drop"}


@pytest.mark.parametrize(
    "changes",
    [
        {"vnp_SecureHash": "drop"},
        {"vnp_SecureHash": ""},
        {"vnp_SecureHash": "abc"},
        {"vnp_SecureHash": "g" * 128},
        {"vnp_SecureHash": "0" * 128},
        {"vnp_Amount": "15000100"},
        {"vnp_Amount": "drop"},
        {"vnp_TxnRef": "A2"},
        {"vnp_TxnRef": "drop"},
        {"vnp_TxnRef": "A1\x00"},
        {"vnp_TxnRef": "A" * 101},
        {"vnp_ResponseCode": "0"},
        {"vnp_TransactionStatus": "OK"},
        {"vnp_TransactionNo": "-1"},
        {"vnp_TmnCode": "drop"},
        {"vnp_TmnCode": "MOTCUA99"},
        {"vnp_New": "unsigned"},
        {"vnp_OrderInfo": "x" * 1025},
        {"vnp_OrderInfo": "\ud800"},
        {"n" * 65: "1"},
    ],
)
def test_a_message_with_anything_wrong_is_refused(changes: dict[str, str]) -> None:
    with pytest.raises(BadSignature):
        read_server_message(_message(**changes), {CONTRACT.merchant: CONTRACT}.get)


@pytest.mark.parametrize(
    "query",
    [
        "vnp_TxnRef=A1&vnp_TxnRef=A2",
        "vnp_Amount=1&vnp_Amount=1",
        "a=1&" * 61,
        "a=" + "x" * 8200,
        "vnp_OrderInfo=%ff",
    ],
)
def test_a_query_that_can_be_read_in_two_ways_is_refused(query: str) -> None:
    with pytest.raises(BadSignature):
        parse_query(query)


def test_an_amount_with_half_a_dong_is_signed_and_still_no_amount() -> None:
    told = {**VECTORS["messages"][0]["parameters"], "vnp_Amount": "15000050"}
    told["vnp_SecureHash"] = sign_parameters(told, SECRET)
    message = read_server_message(told, lambda _: CONTRACT)

    assert (message.verdict.state, message.verdict.amount) == (PayState.PAID, None)


def test_the_secret_is_in_no_text_of_a_contract() -> None:
    assert SECRET not in repr(CONTRACT)
    assert not is_same("é" * 128, "0" * 128)
