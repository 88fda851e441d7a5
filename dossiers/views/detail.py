"""The page of a filed dossier: the five answers, what to do, the history, what was filed, the result."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from dossiers import ownreads, selectors
from dossiers.choices import END_STATUSES, Status
from dossiers.file_checks import LIMITS_TEXT, MAX_BYTES
from dossiers.models import Decision, Dossier, Filing, ResultItem
from dossiers.offers import offered_actions
from dossiers.rights import visible_to
from dossiers.screens.alerts import list_alerts
from dossiers.screens.filed import (
    build_decision_rows,
    build_filed_files,
    build_filed_sections,
    build_results,
    list_print_links,
)
from dossiers.screens.overview import Situation, build_five_answers
from dossiers.screens.pickers import build_item_pickers
from dossiers.screens.sent import build_sent
from dossiers.screens.sentences import TAG_KINDS
from dossiers.screens.stops import build_stops
from dossiers.views.access import UNPROCESSABLE, access_own
from portal.accounts.policy import signed_in
from portal.accounts.requests import get_actor
from portal.core import clock
from portal.core.context import get_href
from portal.core.errors import NotFound
from procedures import selectors as catalogue
from procedures.content import Content

_AFTER_RECEIPT = frozenset({Status.ACCEPTED, Status.PROCESSING})


@signed_in
@require_safe
def detail(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Drafts go to their task list; officers at work to the desk's page of the dossier."""
    if get_actor(request).is_officer:
        return _to_desk(request, dossier_id)
    dossier = access_own(request, dossier_id)
    if dossier.status == Status.DRAFT:
        return redirect("dossiers:filing", dossier_id)
    return show_dossier(request, dossier)


def show_dossier(
    request: HttpRequest, dossier: Dossier, refused: Mapping[str, Sequence[str]] | None = None
) -> HttpResponse:
    """The page, with files that were just refused beside their pickers. At most 15 queries."""
    content = catalogue.get_content(dossier.procedure_version_id)
    filing = selectors.get_filing(dossier)
    reader, events = get_actor(request).user_id, selectors.list_events(dossier)
    decision = selectors.get_decision(dossier)
    current = selectors.pick_current(decision.items.all()) if decision else []
    situation = _read_situation(request, dossier, content, filing, current)
    context = {
        "dossier": dossier,
        "content": content,
        "facts": build_five_answers(situation),
        "tag_kind": TAG_KINDS.get(dossier.status, ""),
        "stops": build_stops(
            dossier, events, content, audience="owner", reader_id=reader, awaited=situation.awaited
        ),
        "sections": build_filed_sections(dossier, content, filing),
        "files": build_filed_files(dossier, content, ownreads.list_filed_files(dossier, filing)),
        "filing": filing,
        "prints": list_print_links(dossier, events),
        "sent": build_sent(dossier, reader),
        "supplement": situation.supplement,
        "is_ended": dossier.status in END_STATUSES,
        "withdraw": _find_withdrawal(request, dossier),
        "alerts": list_alerts(dossier, content, events, selectors.list_papers(dossier), current),
        **_show_decision(dossier, content, decision, situation),
        **_build_supplement(dossier, content, filing, situation, refused or {}),
    }
    return render(request, "dossiers/detail.html", context, status=UNPROCESSABLE if refused else 200)


def _to_desk(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The same address for both sides of the counter; what an officer may not see is not there."""
    seen = visible_to(get_actor(request)).filter(pk=dossier_id).exists()
    if not seen or not get_href("onestop:desk"):
        raise NotFound
    return redirect("onestop:dossier", dossier_id)


def _read_situation(
    request: HttpRequest,
    dossier: Dossier,
    content: Content,
    filing: Filing | None,
    results: Sequence[ResultItem],
) -> Situation:
    """Only what can exist in this status is asked for."""
    status = dossier.status
    received = status in _AFTER_RECEIPT or dossier.resume_to in _AFTER_RECEIPT
    owing = status in {Status.AWAITING_PAYMENT, Status.RESOLVED}
    asking = status == Status.AWAITING_SUPPLEMENT
    awaited, reader = (
        ownreads.list_awaited_owners(dossier, content, filing),
        get_actor(request).identity_index,
    )
    return Situation(
        dossier,
        content,
        clock.now(),
        holder=ownreads.get_holder(dossier) if received else None,
        supplement=selectors.get_open_supplement(dossier) if asking else None,
        confirmation=ownreads.get_open_confirmation(dossier) if status == Status.PROCESSING else None,
        fees=selectors.list_fees(dossier) if owing else (),
        must_consent=any(owner.is_identity(reader) for owner in awaited),
        awaited=tuple(owner.name for owner in awaited if not owner.is_identity(reader)),
        corrections=sum(item.replaces_id is not None and item.handed_over_at is None for item in results),
    )


def _show_decision(
    dossier: Dossier, content: Content, decision: Decision | None, situation: Situation
) -> dict[str, Any]:
    if decision is None:
        return {"decision": None, "results": []}
    may_fetch = situation.open_fee is None
    return {
        "decision": decision,
        "decision_rows": build_decision_rows(decision),
        "results": build_results(dossier, content, decision, may_fetch=may_fetch),
        "may_fetch": may_fetch,
    }


def _build_supplement(
    dossier: Dossier,
    content: Content,
    filing: Filing | None,
    situation: Situation,
    refused: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    """The pickers of an open request, with what its draft holds already."""
    if situation.supplement is None:
        return {"pickers": []}
    draft, files = selectors.get_draft(dossier), dict[str, list[Any]]()
    for attachment in selectors.list_attachments(dossier):
        files.setdefault(attachment.requirement, []).append(attachment)
    before, after = (filing.answers if filing else {}), (draft.answers if draft else {})
    changed = {key for key in after if after[key] != before.get(key)} | (before.keys() - after.keys())
    return {
        "pickers": build_item_pickers(
            situation.supplement, content, files, changed if draft else (), refused
        ),
        "limits": LIMITS_TEXT,
        "max_bytes": MAX_BYTES,
        "errors": [{"text": text, "id": f"file-{key}"} for key, lines in refused.items() for text in lines],
        "has_errors": bool(refused),
    }


def _find_withdrawal(request: HttpRequest, dossier: Dossier) -> str:
    """What may be done to take the dossier back: withdraw, request_withdrawal, or nothing."""
    offered = offered_actions(dossier, get_actor(request), ())
    return next((name for name in ("withdraw", "request_withdrawal") if name in offered), "")
