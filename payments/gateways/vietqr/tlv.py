"""Tag, length, value, as EMVCo writes a QR code of a merchant: two digits, two digits, bytes.

Source: EMV QR Code Specification for Payment Systems, Merchant-Presented Mode 1.1, 3.2. The length counts bytes of
UTF-8, not letters.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from portal.core.errors import RuleViolation

HEAD = 4
MOST_BYTES = 99
CRC_TAG = "63"
_POLYNOMIAL, _START = 0x1021, 0xFFFF


def bad_code(reason: str) -> RuleViolation:
    """The refusal of everything that cannot be written or read; `reason` is a whole sentence."""
    return RuleViolation("invalid_transfer_code", reason)


def write_fields(fields: Iterable[tuple[str, str]]) -> str:
    """The fields one after another; empty ones are left out. Raises RuleViolation above 99 bytes."""
    return "".join(_write(tag, value) for tag, value in fields if value)


def _write(tag: str, value: str) -> str:
    length = len(value.encode())
    if length > MOST_BYTES:
        raise bad_code(_("Một phần của mã QR dài quá 99 ký tự."))
    return f"{tag}{length:02d}{value}"


def read_fields(raw: bytes) -> dict[str, bytes]:
    """The fields by tag, in order. Raises RuleViolation for bytes left over, cut short, or a tag that stands twice."""
    fields: dict[str, bytes] = {}
    place = 0
    while place < len(raw):
        head = raw[place : place + HEAD]
        if len(head) < HEAD or not _is_digits(head):
            raise bad_code(_("Mã QR bị hỏng: có chỗ không đọc được."))
        tag, length = head[:2].decode(), int(head[2:])
        value = raw[place + HEAD : place + HEAD + length]
        if len(value) < length:
            raise bad_code(_("Mã QR bị cắt giữa chừng."))
        if tag in fields:
            raise bad_code(_("Mã QR có một phần ghi hai lần."))
        fields[tag] = value
        place += HEAD + length
    return fields


def _is_digits(raw: bytes) -> bool:
    return all(0x30 <= byte <= 0x39 for byte in raw)  # noqa: PLR2004 - the digits 0 to 9, and no other script's


def compute_crc(text: str) -> str:
    """CRC-16/CCITT-FALSE of the bytes, four capital hexadecimal digits (ISO/IEC 13239 polynomial, start 0xFFFF)."""
    register = _START
    for byte in text.encode():
        register ^= byte << 8
        for _bit in range(8):
            register = (register << 1 ^ _POLYNOMIAL if register & 0x8000 else register << 1) & 0xFFFF
    return f"{register:04X}"


def seal(body: str) -> str:
    """The body with its check sum, which is also over the tag and the length of itself."""
    unsealed = f"{body}{CRC_TAG}04"
    return unsealed + compute_crc(unsealed)
