"""The same request sent twice does its work once and gets the same answer (30 days, per user).

The response is stored sealed: it may hold what only its receiver may read.
"""

import re
from datetime import timedelta
from typing import cast

from django.db import connection
from django.utils.translation import gettext_lazy as _

from portal.core.clock import now
from portal.core.errors import Conflict, RuleViolation
from portal.core.jsontypes import JsonObject
from portal.core.locking import require_transaction
from portal.core.models import IdempotencyKey

KEPT = timedelta(days=30)
_KEY = re.compile(r"[\x21-\x7e]{1,200}\Z")


def claim(user_key: str, key: str, body_sha256: str) -> JsonObject | None:
    """Claim a key for this transaction: None means "do the work and remember()", else the stored response.

    A concurrent request with the same key waits here for the first one to commit or roll back.
    Raises RuleViolation `idempotency_key_reused` when the body differs, `idempotency_key_invalid` for a key
    that is not 1 to 200 visible ASCII characters; RuntimeError outside a transaction.
    """
    require_transaction()
    if not _KEY.match(key):
        raise RuleViolation("idempotency_key_invalid", _("Khoá chống gửi trùng không đúng dạng."))
    if _insert(user_key, key, body_sha256):
        return None
    earlier = IdempotencyKey.objects.get(user_key=user_key, key=key)
    if earlier.body_sha256 != body_sha256:
        raise RuleViolation(
            "idempotency_key_reused", _("Mã lần gửi này đã dùng cho một nội dung khác. Hãy mở lại biểu mẫu.")
        )
    if earlier.response is None:
        raise Conflict("idempotency_key_in_use", _("Yêu cầu này đang được xử lý. Hãy chờ một lát."))
    return cast("JsonObject", earlier.response)


def remember(user_key: str, key: str, response: JsonObject) -> None:
    """Store the answer to repeat, in the transaction that claimed the key."""
    require_transaction()
    row = IdempotencyKey.objects.get(user_key=user_key, key=key)
    row.response = response
    row.save(update_fields=["response"])


def forget_old() -> int:
    """Delete keys older than 30 days; returns how many."""
    return IdempotencyKey.objects.filter(created_at__lt=now() - KEPT).delete()[0]


def _insert(user_key: str, key: str, body_sha256: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_idempotencykey (user_key, key, body_sha256, created_at) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (user_key, key) DO NOTHING",
            [user_key, key, body_sha256, now()],
        )
        return bool(cursor.rowcount)
