"""The same request sent twice does its work once and gets the same answer (30 days, per user).

The response is stored sealed: it may hold what only its receiver may read.
"""

import re
from datetime import timedelta
from typing import Any, cast

from django.db import connection
from django.utils.translation import gettext_lazy as _

from portal.core.clock import now
from portal.core.errors import Conflict, RuleViolation
from portal.core.jsontypes import JsonObject
from portal.core.locking import require_transaction
from portal.core.models import IdempotencyKey
from portal.core.sealed import Sealed, SealedJSON

KEPT = timedelta(days=30)
_KEY = re.compile(r"[\x21-\x7e]{1,200}\Z")


def claim(
    user_key: str, key: str, body_sha256: str, *, response: JsonObject | None = None
) -> JsonObject | None:
    """Claim a key for this transaction: None means "do the work and remember()", else the stored response.

    `response`: the answer where it is known beforehand; then there is nothing left to remember.
    A concurrent request with the same key waits here for the first one to commit or roll back.
    Raises RuleViolation `idempotency_key_reused` when the body differs, `idempotency_key_invalid` for a key
    that is not 1 to 200 visible ASCII characters; RuntimeError outside a transaction.
    """
    require_transaction()
    if not _KEY.match(key):
        raise RuleViolation("idempotency_key_invalid", _("Khoá chống gửi trùng không đúng dạng."))
    if _insert(user_key, key, body_sha256, response):
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
    claimed = IdempotencyKey.objects.filter(user_key=user_key, key=key)
    if not claimed.update(response=_seal(user_key, key, response)):
        raise RuntimeError("remember() what this transaction claimed")


def forget_old() -> int:
    """Delete keys older than 30 days; returns how many."""
    return IdempotencyKey.objects.filter(created_at__lt=now() - KEPT).delete()[0]


def _insert(user_key: str, key: str, body_sha256: str, response: JsonObject | None) -> bool:
    sealed = None if response is None else _seal(user_key, key, response).blob
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_idempotencykey (user_key, key, body_sha256, response, created_at)"
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (user_key, key) DO NOTHING",
            [user_key, key, body_sha256, sealed, now()],
        )
        return bool(cursor.rowcount)


def _seal(user_key: str, key: str, response: JsonObject) -> Sealed:
    field = cast("SealedJSON[Any, Any]", IdempotencyKey._meta.get_field("response"))
    return field.seal(IdempotencyKey(user_key=user_key, key=key), response)
