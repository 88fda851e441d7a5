"""A dossier as plain values for the API. Times are ISO 8601 with the offset of Việt Nam."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dossiers import proposals, selectors, timeline
from dossiers.choices import RUNNING_STATUSES, FeeStatus, PaperState, Status
from dossiers.estimates import estimate_due
from dossiers.models import (
    ConfirmationRequest,
    Dossier,
    Fee,
    PaperItem,
    ResultItem,
    Step,
    StoredFile,
    SupplementRequest,
)
from dossiers.numbering import tracking_secret
from dossiers.offers import Hanging, offered_actions
from portal.accounts.actor import Actor
from portal.core.clock import to_local
from procedures import selectors as catalogue
from procedures.content import Content

if TYPE_CHECKING:
    from portal.accounts.models import Agency
    from portal.audit.models import Proposal


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
    """Everything of one dossier; a constant number of queries. What waits between officers only they see."""
    content = catalogue.get_content(dossier.procedure_version_id)
    step, fees = selectors.get_current_step(dossier), selectors.list_fees(dossier)
    decision = selectors.get_decision(dossier)
    confirmation = selectors.get_open_confirmation(dossier)
    papers = selectors.list_papers(dossier)
    proposal = proposals.find_open(dossier) if actor.is_officer else None
    results = selectors.pick_current(decision.items.all()) if decision else []
    owed = [fee for fee in fees if _is_open(fee)]
    waivers = proposals.list_open_waivers(fee.pk for fee in owed) if actor.is_officer else {}
    return {
        **present_row(dossier),
        "case": dossier.case_key,
        "channel": dossier.channel,
        "status_label": str(Status(dossier.status).label),
        "agency": _agency(dossier.agency),
        "received_at": iso(dossier.received_at),
        "fees": [_fee(fee, waivers.get(str(fee.pk))) for fee in fees],
        "step": _step(step),
        "supplement": _supplement(dossier, selectors.get_open_supplement(dossier)),
        "confirmation": _confirmation(confirmation),
        "outcome": decision.outcome if decision else None,
        "results": [_result(item, content) for item in (decision.items.all() if decision else ())],
        "papers": [_paper(paper, content) for paper in papers],
        "proposal": _proposal(proposal),
        "actions": offered_actions(
            dossier,
            actor,
            selectors.relations_of(dossier) if actor.is_officer else (),
            Hanging(
                open_fee=any(_is_open(fee) and fee.amount is not None for fee in fees),
                unknown_fee=any(_is_open(fee) and fee.amount is None for fee in fees),
                open_confirmation=confirmation is not None,
                lying_here=_lies_here(papers, results),
                was_asked=_was_asked(dossier, actor),
                results=bool(results),
                proposal=proposals.kind_of(proposal),
                waiver=bool(waivers),
                unwaived=len(waivers) < len(owed),
            ),
        ),
    }


def _is_open(fee: Fee) -> bool:
    return fee.status == FeeStatus.OPEN


def _lies_here(papers: list[PaperItem], results: list[ResultItem]) -> bool:
    held = any(paper.state == PaperState.HELD for paper in papers)
    return held or any(result.replaces_id and result.handed_over_at is None for result in results)


def _was_asked(dossier: Dossier, actor: Actor) -> bool:
    """Asked only where an officer could propose to ask again."""
    running = actor.is_officer and dossier.status in RUNNING_STATUSES
    return running and dossier.supplement_requests.filter(round__gt=0).exists()


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


def _fee(fee: Fee, waiver: Proposal | None = None) -> dict[str, Any]:
    """`waiver`: officers see one that waits for a second person."""
    shown = ("kind", "label", "amount", "explanation")
    return {
        "id": str(fee.pk),
        "mode": fee.mode,
        "amount": fee.amount,
        "status": fee.status,
        "lines": [{key: line.get(key) for key in shown} for line in fee.lines],
        "waiver": _waiver(waiver),
    }


def _waiver(proposal: Proposal | None) -> dict[str, Any] | None:
    if proposal is None:
        return None
    payload = proposal.payload if isinstance(proposal.payload, dict) else {}
    return {
        "reason": str(payload.get("why") or ""),
        "basis": str(payload.get("basis") or ""),
        "paper": str(payload.get("paper") or ""),
        "proposed_at": iso(proposal.proposed_at),
        "until": iso(proposal.until),
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


def _confirmation(asked: ConfirmationRequest | None) -> dict[str, Any] | None:
    return None if asked is None else {"file": str(asked.file_id), "until": iso(asked.until)}


def _result(item: ResultItem, content: Content) -> dict[str, Any]:
    names = {kind.key: str(kind.name) for kind in content.results}
    return {
        "id": item.pk,
        "kind": item.kind,
        "name": names.get(item.kind, item.kind),
        "number": item.number,
        "copies": item.copies,
        "medium": item.medium,
        "file": str(item.file_id) if item.file_id else None,
        "handed_over_at": iso(item.handed_over_at),
        "replaces": item.replaces_id,
    }


def _paper(paper: PaperItem, content: Content) -> dict[str, Any]:
    requirement = content.requirement(paper.requirement)
    return {
        "id": paper.pk,
        "requirement": paper.requirement,
        "name": str(requirement.name) if requirement else paper.requirement,
        "originals": paper.originals,
        "copies": paper.copies,
        "state": paper.state,
        "borrowed": paper.is_borrowed,
        "given_back_at": iso(paper.given_back_at),
    }


def _proposal(proposal: Proposal | None) -> dict[str, Any] | None:
    if proposal is None:
        return None
    payload = proposal.payload if isinstance(proposal.payload, dict) else {}
    return {
        "kind": proposal.kind,
        "reason": str(payload.get("reason") or ""),
        "items": [dict(item) for item in payload.get("items", ())],
        "legal_basis": str(payload.get("legal_basis") or ""),
        "proposed_at": iso(proposal.proposed_at),
        "until": iso(proposal.until),
    }
