"""A dossier as plain values for the API. Times are ISO 8601 with the offset of Việt Nam."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dossiers import selectors, timeline
from dossiers.choices import FeeStatus, Status
from dossiers.estimates import estimate_due
from dossiers.models import Decision, Dossier, Fee, Step, StoredFile, SupplementRequest
from dossiers.numbering import tracking_secret
from dossiers.offers import offered_actions
from portal.accounts.actor import Actor
from portal.core.clock import to_local
from procedures import selectors as catalogue
from procedures.content import Content

if TYPE_CHECKING:
    from portal.accounts.models import Agency


def iso(at: datetime | None) -> str | None:
    return None if at is None else to_local(at).isoformat()


def present_row(dossier: Dossier) -> dict[str, Any]:
    return {
        "id": str(dossier.pk),
        "code": dossier.code,
        "procedure": dossier.procedure.code,
        "status": dossier.status,
        "national_status": dossier.national_status,
        "version": dossier.version,
        "submitted_at": iso(dossier.submitted_at),
        "check_by": iso(dossier.check_by),
        "due_at": iso(dossier.due_at),
    }


def present_dossier(dossier: Dossier, actor: Actor) -> dict[str, Any]:
    """Everything of one dossier; a constant number of queries."""
    content = catalogue.get_content(dossier.procedure_version_id)
    step, fees = selectors.get_current_step(dossier), selectors.list_fees(dossier)
    decision = selectors.get_decision(dossier)
    confirmation = dossier.confirmations.filter(answer=None).first()
    return {
        **present_row(dossier),
        "case": dossier.case_key,
        "channel": dossier.channel,
        "status_label": str(Status(dossier.status).label),
        "agency": _agency(dossier.agency),
        "received_at": iso(dossier.received_at),
        "fees": [_fee(fee) for fee in fees],
        "step": _step(step),
        "supplement": _supplement(dossier, selectors.get_open_supplement(dossier)),
        "confirmation": confirmation
        and {"file": str(confirmation.file_id), "until": iso(confirmation.until)},
        "outcome": decision.outcome if decision else None,
        "results": _results(decision, content),
        "actions": offered_actions(
            dossier,
            actor,
            selectors.relations_of(dossier),
            has_open_fee=any(fee.status == FeeStatus.OPEN and fee.amount is not None for fee in fees),
            has_open_confirmation=confirmation is not None,
        ),
    }


def present_filed(dossier: Dossier, actor: Actor) -> dict[str, Any]:
    """The answer to a filing: the dossier, its secret, and when the result may be expected."""
    return {
        **present_dossier(dossier, actor),
        "secret": tracking_secret(dossier.pk, dossier.secret_version),
        "due_estimate": iso(estimate_due(dossier)),
    }


def present_events(dossier: Dossier, audience: str) -> list[dict[str, Any]]:
    content = catalogue.get_content(dossier.procedure_version_id)
    lines = timeline.build_timeline(selectors.list_events(dossier), content, audience=audience)
    return [
        {
            "seq": line.seq,
            "kind": line.kind,
            "title": line.title,
            "at": iso(line.at),
            "detail": line.detail,
            "who": line.who,
        }
        for line in lines
    ]


def present_tracked(dossier: Dossier) -> dict[str, Any]:
    """What code and secret show: no person."""
    content = catalogue.get_content(dossier.procedure_version_id)
    lines = timeline.build_timeline(selectors.list_events(dossier), content, audience="public")
    return {
        "code": dossier.code,
        "status": dossier.status,
        "status_label": str(Status(dossier.status).label),
        "due_at": iso(dossier.due_at),
        "timeline": [{"title": line.title, "at": iso(line.at), "detail": line.detail} for line in lines],
    }


def present_upload(stored: StoredFile) -> dict[str, Any]:
    return {
        "id": str(stored.pk), "name": stored.name, "size": stored.size, "mime": stored.mime,
        "sha256": bytes(stored.sha256).hex(), "state": stored.state,
    }  # fmt: skip


def _agency(agency: Agency | None) -> dict[str, str] | None:
    return None if agency is None else {"code": agency.code, "name": agency.name}


def _fee(fee: Fee) -> dict[str, Any]:
    shown = ("kind", "label", "amount", "explanation")
    return {
        "id": str(fee.pk),
        "mode": fee.mode,
        "amount": fee.amount,
        "status": fee.status,
        "lines": [{key: line.get(key) for key in shown} for line in fee.lines],
    }


def _step(step: Step | None) -> dict[str, Any] | None:
    if step is None:
        return None
    return {"key": step.key, "kind": step.kind, "agency": _agency(step.agency), "due_at": iso(step.due_at)}


def _supplement(dossier: Dossier, request: SupplementRequest | None) -> dict[str, Any] | None:
    if request is None:
        return None
    items = [_item(item, position) for position, item in enumerate(request.items, 1)]
    return {"round": request.round, "answer_by": iso(dossier.answer_by), "items": items}


def _item(item: Mapping[str, str], position: int) -> dict[str, str]:
    return {"id": str(position), **{key: value for key, value in item.items() if value}}


def _results(decision: Decision | None, content: Content) -> list[dict[str, Any]]:
    if decision is None:
        return []
    names = {kind.key: str(kind.name) for kind in content.results}
    return [
        {
            "kind": item.kind,
            "name": names.get(item.kind, item.kind),
            "copies": item.copies,
            "medium": item.medium,
            "file": str(item.file_id) if item.file_id else None,
        }
        for item in decision.items.all()
    ]
