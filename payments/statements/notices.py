"""What the payer is told about a bank transfer that was too small; the rest is told by receipts and refunds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dossiers.notices import SAMPLE, added_words
from portal.core.jsontypes import Json
from portal.core.money import format_vnd
from portal.notifications.events import NoticeEvent, notice_events
from portal.notifications.notice import ContextValue

if TYPE_CHECKING:
    from dossiers.models import Dossier

PART = "payment.part"


def add_lacking(_dossier: Dossier, payload: Mapping[str, Json]) -> Mapping[str, ContextValue]:
    """How much is still to be paid."""
    lacking = payload["lacking"]
    return {"lacking": format_vnd(lacking if isinstance(lacking, int) else None)}


def register_statement_notices() -> None:
    """Called once when the app is ready."""
    sample = {**SAMPLE, "amount": "8.000 đ", "lacking": "7.000 đ"}
    notice_events.register(PART, NoticeEvent(sample=sample, asks=True, group="money"))
    added_words.register(PART, add_lacking)
