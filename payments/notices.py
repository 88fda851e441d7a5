"""What citizens are told about money, beside what dossiers tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from dossiers.notices import SAMPLE, added_words
from payments.online.links import build_link
from portal.core.jsontypes import Json
from portal.notifications.events import NoticeEvent, notice_events
from portal.notifications.notice import ContextValue

if TYPE_CHECKING:
    from dossiers.models import Dossier

SURPLUS = "payment.surplus"


def add_payment_link(_dossier: Dossier, payload: Mapping[str, Json]) -> Mapping[str, ContextValue]:
    """Where the fee that is asked for can be paid, by whoever has the notice; never in an SMS."""
    return {"payment_url": build_link(UUID(str(payload["fee"])))}


def register_notices() -> None:
    """Called once when the app is ready."""
    notice_events.register(SURPLUS, NoticeEvent(sample=SAMPLE, group="money"))
    added_words.register("dossier.payment_requested", add_payment_link)
