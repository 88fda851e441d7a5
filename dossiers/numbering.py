"""Codes of dossiers and the secret printed beside them.

Format: Circular 01/2018/TT-VPCP `<agency>-YYMMDD-NNNN`; the sequence starts anew each day for each agency and
grows past 9999 (Circular 4/2025/TT-VPCP allows at least four characters).
"""

import hashlib
import hmac
from datetime import date
from uuid import UUID

from django.conf import settings

from portal.core.ids import crockford32
from portal.core.training import mark_number, name_series

SECRET_LENGTH = 8


def code_series(agency_code: str, day: date) -> str:
    """Counter series of the dossier codes of one agency on one local day."""
    return name_series(f"dossier:{agency_code}:{day:%y%m%d}")


def format_code(agency_code: str, day: date, number: int) -> str:
    """`H13.36.01-261123-0014`; in training `TH-H13.36.01-261123-0014`."""
    return mark_number(f"{agency_code}-{day:%y%m%d}-{number:04d}")


def tracking_secret(dossier_id: UUID, version: int) -> str:
    """Eight Crockford base-32 characters, derived and never stored; a reprint raises `version`."""
    message = f"tracking:{dossier_id}:{version}".encode()
    digest = hmac.new(settings.TRACKING_KEY, message, hashlib.sha256).digest()
    return crockford32(digest, SECRET_LENGTH)


def normalise_secret(typed: str) -> str:
    """What was typed, as Crockford reads it: no blanks or dashes, O is 0, I and L are 1."""
    kept = "".join(c for c in typed.upper() if c.isalnum())
    return kept.translate(str.maketrans("OIL", "011"))


def secret_matches(dossier_id: UUID, version: int, typed: str) -> bool:
    """Constant-time comparison of a typed secret."""
    return hmac.compare_digest(
        tracking_secret(dossier_id, version).encode(), normalise_secret(typed).encode()
    )
