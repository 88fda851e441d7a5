"""The notice of a planned dossier's last act, delivered long ago."""

from collections.abc import Mapping, Sequence

from django.conf import settings

from dossiers.choices import Status
from portal.core.jsontypes import Json
from portal.core.templatetags.formats import vn_datetime, vn_deadline
from portal.demo.seeds.volume.histories import REASONS, Line, Owed
from portal.demo.seeds.volume.plans import Plan
from portal.demo.seeds.volume.sealing import Row, Sealer
from portal.demo.seeds.volume.tables import Tables
from portal.notifications.choices import DeliveryStatus
from portal.notifications.models import Message, build_message_id, build_reference

EVENTS: Mapping[str, str] = {
    "submit": "dossier.submitted", "receive": "dossier.submitted", "accept": "dossier.accepted",
    "start": "dossier.processing", "request_supplement": "dossier.supplement_requested",
    "request_payment": "dossier.payment_requested", "resolve": "dossier.resolved",
    "return_result": "dossier.returned", "decline": "dossier.declined", "withdraw": "dossier.withdrawn",
    "stop": "dossier.stopped",
}  # fmt: skip


class Notices:
    """Messages and deliveries; none is left to send."""

    def __init__(self, tables: Tables) -> None:
        self._address, self._context = Sealer(Message, "address"), Sealer(Message, "context")
        self._to = tables

    def add(self, plan: Plan, history: Sequence[Line], owed: Owed) -> None:
        """To the account that filed, else to the person who came to the desk and left a phone number."""
        line = next(line for line in reversed(history) if line.kind in EVENTS)
        filer = plan.filer
        event_key = f"dossier:{plan.id}:{line.seq}"
        recipient_key = f"user:{filer.user_id}" if filer else f"party:{plan.party_id}"
        message_id = build_message_id(event_key, recipient_key)
        row = Row(message_id)
        address: dict[str, Json] = {
            "email": filer.email if filer else "",
            "phone": "" if filer else plan.phone,
        }
        self._to.messages.add(
            message_id, EVENTS[line.kind], event_key, recipient_key, filer.user_id if filer else None,
            self._address.seal(row, address), self._context.seal(row, _context(plan, line, owed)), line.at,
        )  # fmt: skip
        channels = [name for name, used in (("inapp", filer), ("email", address["email"])) if used]
        for channel in channels:
            self._to.deliveries.add(
                message_id, channel, DeliveryStatus.DELIVERED.value, build_reference(message_id, channel),
                int(channel == "email"), line.at, line.at,
            )  # fmt: skip


def _context(plan: Plan, line: Line, owed: Owed) -> dict[str, Json]:
    filer, office = plan.filer, plan.office
    context = {
        "recipient_name": filer.name if filer else plan.owner,
        "procedure_name": plan.kind.name,
        "code": plan.code,
        "agency_name": office.name,
        "agency_address": office.address,
        "agency_phone": office.phone,
        "result_where": office.name,
        "status_label": str(Status(plan.status).label),
        "submitted_at": vn_datetime(plan.filed_at),
        "due_at": vn_deadline(owed.due_at) if owed.due_at else "",
        "reason": REASONS.get(line.kind, ""),
        "track_url": f"{settings.PUBLIC_URL}/track/",
        "support_phone": settings.HELP_PHONE,
    }
    return {key: value for key, value in context.items() if value}
