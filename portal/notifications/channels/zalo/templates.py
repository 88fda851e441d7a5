"""What a ZNS template is given: parameters within Zalo's limits, cut at word borders. Pure rules.

Limits: domain.md 9 (name 30, phone 15, address 200, code 30, status 30, contact 50, product 200, amount 20).
"""

import re
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from portal.notifications.channels.base import NotTaken
from portal.notifications.channels.sms.texts import cut
from portal.notifications.notice import ContextValue

LIMITS: Final[Mapping[str, int]] = {
    "name": 30, "phone": 15, "address": 200, "code": 30, "status": 30, "contact": 50, "product": 200, "amount": 20,
}  # fmt: skip
"""Characters of a parameter, by its kind."""
KINDS: Final[Mapping[str, str]] = {
    "recipient_name": "name",
    "code": "code",
    "procedure_name": "product",
    "agency_name": "contact",
    "agency_address": "address",
    "agency_phone": "phone",
    "support_phone": "phone",
    "status_label": "status",
    "result_where": "address",
    "amount": "amount",
    **dict.fromkeys(
        ("submitted_at", "check_by", "received_at", "due_at", "new_due_at", "answer_by", "at"), "status"
    ),
}
"""Which values of a context may leave as parameters, and of which kind each is."""
WHOLE: Final = frozenset({"code", "phone", "amount"})
"""Kinds that mean something else when they are cut."""
_LINE = re.compile(r"\s+")
_LINK = re.compile(r"https?:|www\.|://", re.IGNORECASE)


def build_parameters(context: Mapping[str, ContextValue]) -> dict[str, str]:
    """The `template_data` of one message. Raises NotTaken(permanent) `too_long` for a code, phone or amount."""
    return {
        key: _fit(str(context[key]), kind)
        for key, kind in KINDS.items()
        if context.get(key) not in (None, "")
    }


def _fit(value: str, kind: str) -> str:
    line, most = _LINE.sub(" ", value).strip(), LIMITS[kind]
    if _LINK.search(line):
        raise _refusal("link")
    if kind in WHOLE and len(line) > most:
        raise _refusal("too_long")
    return cut(line, most)


def _refusal(code: str) -> NotTaken:
    return NotTaken(code=code, message=_("Nội dung tin Zalo không được phép gửi."), permanent=True)
