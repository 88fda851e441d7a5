"""The link by which somebody else pays a fee: unguessable, and it tells nothing but the fee it is for.

The token is the fee's id and an HMAC over it; nothing is stored. It shows purpose, procedure, agency and amount, and
takes money while the fee is open: the state of the fee revokes it.
"""

import base64
import binascii
import hashlib
import hmac
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from portal.core.errors import NotFound

_ID_BYTES, _SIGN_BYTES = 16, 16


def build_token(fee_id: UUID) -> str:
    """43 characters of the URL-safe alphabet, always the same for one fee."""
    return base64.urlsafe_b64encode(fee_id.bytes + _sign(fee_id)).rstrip(b"=").decode()


def read_token(token: str) -> UUID:
    """The fee behind a token. Raises NotFound for everything that we did not sign."""
    try:
        raw = base64.b64decode(f"{token}=".encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise NotFound from error
    if len(raw) != _ID_BYTES + _SIGN_BYTES:
        raise NotFound
    fee_id = UUID(bytes=raw[:_ID_BYTES])
    if not hmac.compare_digest(raw[_ID_BYTES:], _sign(fee_id)) or build_token(fee_id) != token:
        raise NotFound
    return fee_id


def build_link(fee_id: UUID) -> str:
    """The whole address, to be sent to whoever pays."""
    return urljoin(settings.PUBLIC_URL, reverse("payments:link", args=[build_token(fee_id)]))


def _sign(fee_id: UUID) -> bytes:
    return hmac.new(settings.TRACKING_KEY, b"payment-link:" + fee_id.bytes, hashlib.sha256).digest()[
        :_SIGN_BYTES
    ]
