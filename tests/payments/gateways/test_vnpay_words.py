"""What VNPAY's codes mean, and how money, time and text are written for it."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings

from payments.gateways.base import PayState, RefundState, Reply
from payments.gateways.vnpay.addresses import build_payment_url
from payments.gateways.vnpay.client import judge_query, judge_refund
from payments.gateways.vnpay.codes import explain, judge_payment
from payments.gateways.vnpay.messages import build_reply
from payments.gateways.vnpay.words import read_amount, read_time, write_amount, write_purpose, write_time
from tests.payments.gateways.places import CONTRACT, CREATED, make_request

PAID, FAILED, PENDING, UNKNOWN = PayState.PAID, PayState.FAILED, PayState.PENDING, PayState.UNKNOWN


@pytest.mark.parametrize(
    ("response", "status", "state"),
    [
        ("00", "00", PAID),
        ("00", "", UNKNOWN),
        ("00", "01", UNKNOWN),
        ("00", "02", UNKNOWN),
        ("00", "07", UNKNOWN),
        ("24", "02", FAILED),
        ("51", "02", FAILED),
        ("11", "02", FAILED),
        ("99", "02", FAILED),
        ("24", "00", UNKNOWN),
        ("07", "02", UNKNOWN),
        ("07", "07", UNKNOWN),
        ("99", "04", UNKNOWN),
        ("13", "01", PENDING),
        ("24", "", UNKNOWN),
        ("24", "33", UNKNOWN),
    ],
)
def test_the_two_codes_of_a_message(response: str, status: str, state: PayState) -> None:
    assert judge_payment(response, status) == state


@pytest.mark.parametrize(
    ("code", "status", "kind", "state"),
    [
        ("00", "00", "01", PAID),
        ("00", "01", "01", PENDING),
        ("00", "02", "01", FAILED),
        ("00", "04", "01", UNKNOWN),
        ("00", "07", "01", UNKNOWN),
        ("00", "00", "02", UNKNOWN),
        ("00", "05", "03", UNKNOWN),
        ("00", "", "01", UNKNOWN),
        ("91", "", "", PENDING),
        ("94", "", "", UNKNOWN),
        ("97", "", "", UNKNOWN),
        ("02", "", "", UNKNOWN),
        ("03", "", "", UNKNOWN),
        ("99", "", "", UNKNOWN),
        ("", "", "", UNKNOWN),
    ],
)
def test_an_answer_to_querydr(code: str, status: str, kind: str, state: PayState) -> None:
    said = {"vnp_ResponseCode": code, "vnp_TransactionStatus": status, "vnp_TransactionType": kind}
    assert judge_query(said).state == state


@pytest.mark.parametrize(
    ("code", "status", "state"),
    [
        ("00", "00", RefundState.DONE),
        ("00", "05", RefundState.ACCEPTED),
        ("00", "06", RefundState.ACCEPTED),
        ("00", "09", RefundState.REFUSED),
        ("00", "", RefundState.UNKNOWN),
        ("94", "", RefundState.ACCEPTED),
        ("91", "", RefundState.REFUSED),
        ("95", "", RefundState.REFUSED),
        ("97", "", RefundState.REFUSED),
        ("98", "", RefundState.UNKNOWN),
        ("99", "", RefundState.UNKNOWN),
    ],
)
def test_an_answer_to_a_refund(code: str, status: str, state: RefundState) -> None:
    assert judge_refund({"vnp_ResponseCode": code, "vnp_TransactionStatus": status}).state == state


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply.CONFIRMED, "00"),
        (Reply.UNKNOWN_REFERENCE, "01"),
        (Reply.ALREADY_CONFIRMED, "02"),
        (Reply.WRONG_AMOUNT, "04"),
        (Reply.BAD_SIGNATURE, "97"),
        (Reply.ERROR, "99"),
    ],
)
def test_replies_are_the_documented_ones(reply: Reply, code: str) -> None:
    answer = build_reply(reply)
    assert set(answer) == {"RspCode", "Message"}
    assert answer["RspCode"] == code


def test_every_documented_code_has_a_short_sentence_of_its_own() -> None:
    codes = ["00", "05", "06", "07", "09", "10", "11", "12", "13", "24", "51", "65", "75", "79", "99"]
    sentences = [explain(code) for code in codes]
    assert explain("51") == "Tài khoản không đủ số dư."
    assert all(len(part.split()) <= 20 for text in sentences for part in text.split(". "))
    assert explain("weird") == explain("99")


def test_a_status_is_not_mistaken_for_an_answer_of_the_same_digits() -> None:
    said = {"vnp_ResponseCode": "00", "vnp_TransactionStatus": "04", "vnp_TransactionType": "01"}
    assert "Ngân hàng đã trừ tiền." in explain(judge_query(said).code)
    assert judge_query({**said, "vnp_TransactionStatus": "00"}).code == "00"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("100", 1), ("15000000", 150_000), ("0", 0), ("", None), ("150", None), ("-100", None), ("1e4", None),
        ("１００", None), ("9" * 16, None), (" 100", None),
    ],
)  # fmt: skip
def test_amounts(text: str, amount: int | None) -> None:
    assert read_amount(text) == amount
    if amount:
        assert write_amount(amount) == text


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("20261123143408", CREATED),
        ("20270101000000", datetime(2026, 12, 31, 17, tzinfo=UTC)),
        ("20260230000000", None),
        ("2026112314340", None),
        ("", None),
    ],
)
def test_times_are_those_of_viet_nam(text: str, moment: datetime | None) -> None:
    assert read_time(text) == moment
    if moment:
        assert write_time(moment) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Lệ phí đăng ký khai sinh", "Le phi dang ky khai sinh"),
        ("ĐẶNG Thuý – <b>&'\"", "DANG Thuy b"),
        ("hồ sơ H13.101-261123-0001: 2, 3", "ho so H13.101-261123-0001: 2, 3"),
        ("x" * 300, "x" * 255),
        ("  hai   chỗ ", "hai cho"),
    ],
)
def test_a_purpose_has_no_marks(text: str, written: str) -> None:
    assert write_purpose(text) == written


@pytest.mark.parametrize(("language", "locale"), [("vi", "vn"), ("en", "en"), ("fr", "vn")])
def test_the_address_says_all_that_the_documentation_asks(language: str, locale: str) -> None:
    parts = urlsplit(build_payment_url(CONTRACT, make_request("A1", 10_000, language=language)))
    said = {name: value for name, [value] in parse_qs(parts.query).items()}

    assert said["vnp_Amount"] == "1000000"
    assert said["vnp_OrderInfo"] == "Le phi ho so H13.101-261123-0001"
    assert said["vnp_Locale"] == locale
    assert "vnp_BankCode" not in said
    assert set(said) == {
        "vnp_Version", "vnp_Command", "vnp_TmnCode", "vnp_Amount", "vnp_CurrCode", "vnp_TxnRef", "vnp_OrderInfo",
        "vnp_OrderType", "vnp_Locale", "vnp_ReturnUrl", "vnp_IpAddr", "vnp_CreateDate", "vnp_ExpireDate",
        "vnp_SecureHash",
    }  # fmt: skip


def test_browsers_may_be_led_to_the_gateway_and_nowhere_else() -> None:
    pay = urlsplit(settings.VNPAY_PAY_URL)
    allowed = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"]
    assert allowed == ["'self'", f"{pay.scheme}://{pay.netloc}"]
