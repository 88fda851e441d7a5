"""VNPAY's two signatures, both HMAC-SHA512 in hex: over sorted parameters, and over values between bars."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from urllib.parse import quote_plus

HASH, HASH_TYPE = "vnp_SecureHash", "vnp_SecureHashType"


def encode_parameters(parameters: Mapping[str, str]) -> str:
    """What is signed and sent: without empty values and signatures, sorted by ASCII, encoded as browsers do."""
    signed = {
        name: value for name, value in parameters.items() if value != "" and name not in (HASH, HASH_TYPE)
    }
    return "&".join(f"{_encode(name)}={_encode(signed[name])}" for name in sorted(signed))


def sign_parameters(parameters: Mapping[str, str], secret: str) -> str:
    """The signature of a payment's address, of a return and of a server message."""
    return sign_text(encode_parameters(parameters), secret)


def sign_values(values: Iterable[str], secret: str) -> str:
    """The signature of querydr, refund and their answers; the order of values is the documentation's."""
    return sign_text("|".join(values), secret)


def sign_text(text: str, secret: str) -> str:
    return hmac.new(secret.encode(), text.encode(), hashlib.sha512).hexdigest()


def is_same(given: str, expected: str) -> bool:
    """Compared in constant time. Case counts for nothing: the documentation's own samples ignore it."""
    return hmac.compare_digest(given.lower().encode(), expected.encode())


def _encode(text: str) -> str:
    """application/x-www-form-urlencoded as the WHATWG writes it (npm vnpay, Java): `*` stays, `~` does not."""
    return quote_plus(text, safe="*").replace("~", "%7E")
