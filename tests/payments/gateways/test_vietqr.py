"""VietQR codes: the public vector, vectors that other programs wrote alike, and everything that is refused.

The vectors were compared once with npm vietnam-qr-pay 1.5.1 (the same bytes) and read by PyPI vietqr-emvco 1.0.0.
"""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from payments.gateways.registry import gateways
from payments.gateways.vietqr.banks import BANKS, name_bank
from payments.gateways.vietqr.codes import BIN, Transfer, build_code, read_code
from payments.gateways.vietqr.tlv import compute_crc, read_fields, seal, write_fields
from portal.core.errors import RuleViolation

PUBLIC = (
    "00020101021138540010A00000072701240006970407011003865776720208QRIBFTTA5303704540710000005802VN62160812"
    "henry an cut6304A322"
)
VECTORS = json.loads((Path(__file__).parent / "vietqr_vectors.json").read_text())
GOOD = Transfer("970436", "0011001234567", 15_000, "H13.36.01-261123-0014")


def test_the_check_sum_of_the_standard() -> None:
    assert compute_crc("123456789") == "29B1"
    assert compute_crc(PUBLIC[:-4]) == "A322"


def test_the_public_code_is_read_and_written_alike() -> None:
    found = read_code(PUBLIC)

    assert found == Transfer("970407", "0386577672", 1_000_000, "henry an cut", is_dynamic=False)
    assert build_code(found) == PUBLIC
    assert read_code(f" {PUBLIC[:-4]}a322\n") == found


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["bank"]))
def test_vectors_of_other_programs(vector: dict[str, object]) -> None:
    amount = vector["amount"]
    assert amount is None or isinstance(amount, int)
    transfer = Transfer(
        str(vector["bank"]), str(vector["number"]), amount, str(vector["memo"]), is_dynamic=amount is not None
    )

    assert build_code(transfer) == vector["code"]
    assert read_code(str(vector["code"])) == transfer


def test_a_card_and_a_bill_number_come_back() -> None:
    transfer = replace(GOOD, number="9704360012345678", is_card=True, bill="HD-7")

    code = build_code(transfer)

    assert "0208QRIBFTTC" in code
    assert read_code(code) == transfer


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"bank": "97043"}, "6 chữ số"),
        ({"bank": "97043x"}, "6 chữ số"),
        ({"bank": "９７０４３６"}, "6 chữ số"),
        ({"number": ""}, "Số tài khoản"),
        ({"number": "0011 001"}, "Số tài khoản"),
        ({"number": "1" * 20}, "Số tài khoản"),
        ({"number": "001-100"}, "Số tài khoản"),
        ({"number": "123456789012345", "is_card": True}, "Số thẻ"),
        ({"number": "97043600123456A8", "is_card": True}, "Số thẻ"),
        ({"amount": 0}, "Số tiền"),
        ({"amount": -1}, "Số tiền"),
        ({"amount": 10**13}, "13 chữ số"),
        ({"memo": "hồ sơ"}, "không dấu"),
        ({"memo": "a\nb"}, "không dấu"),
        ({"memo": "x" * 26}, "25"),
        ({"bill": "x" * 26}, "25"),
    ],
)
def test_what_no_bank_would_read_is_not_written(changes: dict[str, object], words: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        build_code(replace(GOOD, **changes))  # type: ignore[arg-type]

    assert words in refused.value.message


def of(*fields: tuple[str, str]) -> str:
    return seal(write_fields(fields))


RECEIVER = ("38", write_fields([("00", "A000000727"), ("01", "000697043601041234"), ("02", "QRIBFTTA")]))
HEAD = (("00", "01"), ("01", "11"))


@pytest.mark.parametrize(
    "code",
    [
        "",
        "x" * 600,
        PUBLIC[:-1],
        PUBLIC[:-4] + "A323",
        PUBLIC.replace("1000000", "2000000"),
        PUBLIC[:-8],
        "\ud800" + PUBLIC,
        of(("00", "02"), RECEIVER),
        of(("01", "11"), ("00", "01"), RECEIVER),
        of(*HEAD),
        of(("00", "01"), ("01", "13"), RECEIVER),
        of(*HEAD, RECEIVER, ("53", "840")),
        of(*HEAD, RECEIVER, ("58", "US")),
        of(*HEAD, RECEIVER, ("54", "12.5")),
        of(*HEAD, RECEIVER, ("54", "0")),
        of(*HEAD, RECEIVER, ("54", "1e9")),
        of(*HEAD, ("38", write_fields([("00", "A000000999"), ("01", "000697043601041234")]))),
        of(*HEAD, ("38", write_fields([("00", "A000000727"), ("01", "0006970436")]))),
        of(*HEAD, ("38", write_fields([("00", "A000000727"), ("01", "000697043601041234"), ("02", "QRPUSH")]))),
        of(*HEAD, ("38", "0010A00000")),
        of(*HEAD, RECEIVER, RECEIVER),
        seal(of(*HEAD, RECEIVER)),
        seal("0002010102111"),
        seal("00020１"),
    ],
)  # fmt: skip
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(RuleViolation, match="invalid_transfer_code"):
        read_code(code)


def test_lengths_count_bytes() -> None:
    assert write_fields([("08", "é")]) == "0802é"
    assert read_fields("0802é".encode()) == {"08": "é".encode()}
    with pytest.raises(RuleViolation):
        write_fields([("08", "é" * 50)])


def test_banks_are_known_by_their_bin() -> None:
    assert all(BIN.fullmatch(bank) for bank in BANKS)
    assert (name_bank("970436"), name_bank("970405"), name_bank("123456")) == (
        "Vietcombank",
        "Agribank",
        "123456",
    )


def test_it_is_a_gateway_without_a_page() -> None:
    gateway = gateways.get("vietqr")

    assert not gateway.has_page
    assert [field.name for field in gateway.fields] == ["bank", "account", "holder"]
