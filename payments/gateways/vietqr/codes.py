"""VietQR: a bank transfer as a code that every banking app in Việt Nam reads.

Source: NAPAS "Thông số kỹ thuật QR Code chuyển nhanh 24/7" over EMVCo: tag 38 says whom, 54 how much, 62 what for.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from payments.gateways.vietqr.tlv import CRC_TAG, bad_code, compute_crc, read_fields, seal, write_fields

NAPAS = "A000000727"
TO_ACCOUNT, TO_CARD = "QRIBFTTA", "QRIBFTTC"
STATIC, DYNAMIC = "11", "12"
LONGEST_MEMO = 25
LONGEST_CODE = 512
MOST_AMOUNT = 9_999_999_999_999
"""Đồng; tag 54 has at most 13 digits."""
BIN = re.compile(r"[0-9]{6}")
ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}")
CARD = re.compile(r"[0-9]{16,19}")
MEMO = re.compile(r"[\x20-\x7e]*")
_AMOUNT = re.compile(r"([0-9]{1,13})(?:\.0{1,2})?")


@dataclass(frozen=True, slots=True)
class Transfer:
    """Whom, how much, what for. `bank` is the BIN of six digits; `amount` in đồng, None: the payer types it.

    `number` is an account, or a card where `is_card`. `is_dynamic`: the code is for one payment only. `memo` is what
    the payer's bank writes on both statements.
    """

    bank: str
    number: str
    amount: int | None = None
    memo: str = ""
    bill: str = ""
    is_card: bool = False
    is_dynamic: bool = True


def build_code(transfer: Transfer) -> str:
    """The text of the QR code. Raises RuleViolation `invalid_transfer_code` for what no bank would read."""
    _check(transfer)
    receiver = write_fields([("00", transfer.bank), ("01", transfer.number)])
    service = TO_CARD if transfer.is_card else TO_ACCOUNT
    body = write_fields(
        [
            ("00", "01"),
            ("01", DYNAMIC if transfer.is_dynamic else STATIC),
            ("38", write_fields([("00", NAPAS), ("01", receiver), ("02", service)])),
            ("53", "704"),
            ("54", "" if transfer.amount is None else str(transfer.amount)),
            ("58", "VN"),
            ("62", write_fields([("01", transfer.bill), ("08", transfer.memo)])),
        ]
    )
    return seal(body)


def _check(transfer: Transfer) -> None:
    if not BIN.fullmatch(transfer.bank):
        raise bad_code(_("Mã ngân hàng (BIN) phải có đúng 6 chữ số."))
    if transfer.is_card and not CARD.fullmatch(transfer.number):
        raise bad_code(_("Số thẻ phải có từ 16 đến 19 chữ số."))
    if not ACCOUNT.fullmatch(transfer.number):
        raise bad_code(_("Số tài khoản chỉ gồm chữ số và chữ cái không dấu, tối đa 19 ký tự."))
    if transfer.amount is not None and not 0 < transfer.amount <= MOST_AMOUNT:
        raise bad_code(_("Số tiền phải lớn hơn 0 và có tối đa 13 chữ số."))
    for text in (transfer.memo, transfer.bill):
        if not MEMO.fullmatch(text):
            raise bad_code(_("Nội dung chuyển khoản chỉ dùng chữ không dấu, chữ số và dấu câu thường."))
        if len(text) > LONGEST_MEMO:
            raise bad_code(_("Nội dung chuyển khoản dài quá 25 ký tự."))


def read_code(text: str) -> Transfer:
    """What a VietQR code asks for. Raises RuleViolation `invalid_transfer_code` for anything else."""
    raw = _read_bytes(text.strip())
    fields = {tag: _decode(value) for tag, value in read_fields(raw).items()}
    if next(iter(fields)) != "00" or fields["00"] != "01":
        raise bad_code(_("Đây không phải mã QR thanh toán theo chuẩn EMVCo."))
    if fields.get("53", "704") != "704" or fields.get("58", "VN") != "VN":
        raise bad_code(_("Mã QR này không phải tiền đồng ở Việt Nam."))
    bank, number, is_card = _read_receiver(fields.get("38", ""))
    more = {tag: _decode(value) for tag, value in read_fields(fields.get("62", "").encode()).items()}
    method = fields.get("01", STATIC)
    if method not in (STATIC, DYNAMIC):
        raise bad_code(_("Mã QR bị hỏng: không rõ dùng một lần hay nhiều lần."))
    amount = _read_amount(fields["54"]) if "54" in fields else None
    return Transfer(bank, number, amount, more.get("08", ""), more.get("01", ""), is_card, method == DYNAMIC)


def _read_bytes(text: str) -> bytes:
    if not text or len(text) > LONGEST_CODE:
        raise bad_code(_("Mã QR trống hoặc dài quá."))
    try:
        raw = text.encode()
    except UnicodeEncodeError as error:
        raise bad_code(_("Mã QR có ký tự bị hỏng.")) from error
    unsealed, crc = text[:-4], text[-4:]
    if not unsealed.endswith(f"{CRC_TAG}04") or compute_crc(unsealed) != crc.upper():
        raise bad_code(_("Mã QR sai số kiểm tra. Hãy quét lại."))
    return raw


def _read_receiver(text: str) -> tuple[str, str, bool]:
    fields = {tag: _decode(value) for tag, value in read_fields(text.encode()).items()}
    service = fields.get("02", TO_ACCOUNT)
    if fields.get("00") != NAPAS or service not in (TO_ACCOUNT, TO_CARD):
        raise bad_code(_("Mã QR này không phải mã chuyển khoản VietQR."))
    receiver = {tag: _decode(value) for tag, value in read_fields(fields.get("01", "").encode()).items()}
    bank, number = receiver.get("00", ""), receiver.get("01", "")
    if not BIN.fullmatch(bank) or not ACCOUNT.fullmatch(number):
        raise bad_code(_("Mã QR thiếu ngân hàng hoặc số tài khoản nhận tiền."))
    return bank, number, service == TO_CARD


def _read_amount(text: str) -> int:
    found = _AMOUNT.fullmatch(text)
    if found is None or int(found.group(1)) == 0:
        raise bad_code(_("Số tiền trong mã QR không đọc được."))
    return int(found.group(1))


def _decode(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise bad_code(_("Mã QR có ký tự bị hỏng.")) from error
